"""Front matter that was written to do harm: refused at its line, or read as text."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.frontmatter import yaml_form as frontmatter
from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.dates import read_moment
from sphinx_openinfra_blog.frontmatter.entries import MAX_CHARACTERS, FrontMatterError
from sphinx_openinfra_blog.frontmatter.fields import read_fields
from sphinx_openinfra_blog.frontmatter.keys import KNOWN_KEYS
from sphinx_openinfra_blog.model.text import clean

if TYPE_CHECKING:
    from sphinx_openinfra_blog.frontmatter.fields import Fields
    from sphinx_openinfra_blog.model.problems import Problem


def fields(text: str) -> tuple[Fields, list[Problem]]:
    """Return what a post says whose front matter ends with *text*."""
    matter = read(f"---\ndate: 2026-01-02\n{text}\n---\n")
    assert matter is not None
    return read_fields(matter, "x.md", UTC)


def refused(text: str) -> FrontMatterError:
    """Return why *text* is refused."""
    with pytest.raises(FrontMatterError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system ['id']",
        "!!python/name:os.system",
        "!!python/object/new:os.system [id]",
        "!!python/module:os",
        "!<tag:yaml.org,2002:python/name:os.system> ''",
        "!custom x",
        "[a, {b: !!binary aGk=, c: !!set {x}}]",
    ],
)
def test_nothing_is_constructed(monkeypatch: pytest.MonkeyPatch, loader: str, value: str) -> None:
    if not (found := getattr(yaml, loader, None)):
        pytest.skip("PyYAML has no such loader here")
    monkeypatch.setattr(frontmatter, "SafeLoader", found)
    if "!!binary" in value:
        assert "'tag:yaml.org,2002:set'" in str(refused(f"---\ntitle: x\nx: {value}\n---\n"))
        return
    error = refused(f"---\ntitle: x\nx: {value}\n---\n")
    assert error.line == 3
    assert "unsupported YAML tag" in str(error)


def test_a_tag_cannot_write_lines_of_its_own_into_the_log() -> None:
    """Servers that build sites take lines such as ``::stop-commands::x`` for commands."""
    error = refused("---\nx: !%0A::stop-commands::x%1B y\n---\n")
    assert str(error).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 ['', '']\n"
        + "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 18)),
        "a0: &a0 {x: 1}\n"
        + "\n".join(f"a{n}: &a{n} {{k: *a{n - 1}, l: *a{n - 1}}}" for n in range(1, 18)),
        "a: &a '" + "x" * 60_000 + "'\nb: [" + "*a," * 9_000 + "]",
        "a: &a '" + "x" * 60_000 + "'\ntags: [" + "*a," * 9_000 + "]",
        "a: &a '" + "x" * 60_000 + "'\nb: [" + "{*a : 1}," * 6_000 + "]",
        "a: &a [*a]",
    ],
    ids=["lists", "mappings", "one long text", "tags", "one long key", "itself"],
)
def test_aliases_cannot_explode(text: str) -> None:
    assert "too many" in str(refused(f"---\n{text}\n---\n"))


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "{a: " * 10_000,
        "[" * 10_000 + "]" * 10_000,
        "{a: " * 10_000 + "}" * 10_000,
        "\n" + "- " * 10_000 + "x",
        "\n" + "? " * 10_000 + "x",
        "[" * 1_000 + "]" * 1_000,
    ],
)  # fmt: skip
def test_deep_nesting_is_refused(monkeypatch: pytest.MonkeyPatch, loader: str, text: str) -> None:
    if not (found := getattr(yaml, loader, None)):
        pytest.skip("PyYAML has no such loader here")
    monkeypatch.setattr(frontmatter, "SafeLoader", found)
    assert refused(f"---\na: {text}\n---\n").line >= 2


@pytest.mark.parametrize(
    "text",
    ["a: b\n" * 10_000_000, "a" * 50_000_000 + "\n", "- " * 25_000_000 + "\n"],
    ids=["lines", "one line", "nested"],
)
def test_fifty_megabytes_are_refused_at_once(text: str) -> None:
    error = refused(f"---\n{text}---\nBody\n")
    assert error.line == 1
    assert str(MAX_CHARACTERS) in str(error)


@pytest.mark.parametrize(
    "number",
    [
        "9" * 5000,
        "-" + "9" * 5000,
        "0x" + "F" * 5000,
        "0b" + "1" * 20_000,
        "0" + "7" * 20_000,
        "1" + ":01" * 8_000,
        "1" + ":01" * 300 + ".5",
        "9" * 5000 + ".0",
        "1.0e+99999",
        ".inf",
        "-.INF",
        ".nan",
        "!!int ''",
        "!!float ''",
        "!!float x",
        "!!bool x",
        "!!timestamp x",
        "!!int 08",
    ],
)
def test_what_is_no_number_to_python_stays_text(number: str) -> None:
    """It must be possible to write it as JSON."""
    found, problems = fields(f"x: {number}\ntitle: {number}\ntags: [{number}]\npin: {number}")
    kept = json.loads(found.passthrough)
    assert isinstance(kept["x"], str)
    assert {problem.line for problem in problems} <= {4, 5, 6}


@pytest.mark.parametrize(
    "text",
    [
        "0000-01-01", "99999-01-01", "10000-01-01", "2026-00-10", "2026-02-30", "2026-13-01",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-01-02T25:00:00Z",
        "2026-01-02T03:04:60Z", "2026-01-02T03:04:05+99:99", "２０２６-01-02", "-2026-01-02",
        "1" * 5000, "9" * 99, "2026-01-02T03:04:05." + "9" * 5000 + "Q", ".nan", ".inf",
        "Thu, 99 Foo 99999 99:99:99 +9999",
    ],
)  # fmt: skip
def test_days_that_no_calendar_has_are_none(text: str) -> None:
    matter = read(f"---\ntemplateKey: blog-post\ntitle: x\ndate: '{text}'\n---\n")
    assert matter is not None
    found, problems = read_fields(matter, "x.md", UTC)
    assert found.withheld
    assert [(item.subtype.value, item.line) for item in problems] == [("date", 4)]


@given(st.text() | st.from_regex(r"[0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}(T[0-9:]{5}[-+Z0-9]{0,5})?"))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = read_moment(text, UTC)
    assert moment is None or moment.instant.tzinfo is not None


@pytest.mark.parametrize(
    "text",
    ["a: b\x00", "a: \x1b[31m", "a: \ufffe", 'a: "\\ud800"'],
)
def test_what_cannot_be_printed_is_refused_at_its_line(text: str) -> None:
    error = refused(f"---\ntitle: x\n{text}\n---\n")
    assert error.line == 3
    assert str(error).isprintable()


def test_what_yaml_can_write_behind_backslashes_is_taken_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """PyYAML's own loader reads lone surrogates, libyaml's does not."""
    monkeypatch.setattr(frontmatter, "SafeLoader", yaml.SafeLoader)
    hidden = "\\0\\e[31m\\x7f\\u202e\\u2066\\ud800\\ufffe"
    found, _problems = fields(f'title: "a{hidden}b"\nauthor: "{hidden}"\nx: "{hidden}"')
    assert found.title is not None
    assert found.title.text == "a[31mb"
    assert [author.text for author in found.authors] == ["[31m"]
    found.passthrough.encode("utf-8")


@pytest.mark.parametrize(
    "key", ["author", "authors", "category", "categories", "tags", "aliases", "redirect_from"]
)
@pytest.mark.parametrize("form", ["[*]", "[*, {name: x}]", "'*'"])
def test_one_post_cannot_ask_for_thousands_of_pages(key: str, form: str) -> None:
    names = ", ".join(f"n{number}" for number in range(4_000))
    found, problems = fields(f"{key}: {form.replace('*', names)}")
    asked = [*found.authors, *found.categories, *found.tags, *found.aliases]
    if form == "'*'" and key != "tags":
        assert len(asked) == 1
        return
    assert len(asked) == 100
    assert [(item.subtype.value, item.line) for item in problems] == [("value", 3)]
    assert "first 100" in str(problems[0].message)


#: Keys and values as no form would write them.
_scalars = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["0x" + "F" * 200, "1:1:1.5", ".nan", "!!int ''", "*a", "&a x", "[", "{a: *a}"]
    ),
)


@given(st.lists(st.tuples(st.sampled_from(sorted(KNOWN_KEYS)) | st.text(max_size=9), _scalars)))
def test_any_value_of_any_key_is_read_or_warned_of(pairs: list[tuple[str, str]]) -> None:
    for quoted in (True, False):
        lines = [
            f"{json.dumps(key)}: {json.dumps(value) if quoted else value}" for key, value in pairs
        ]
        try:
            matter = read("\n".join(["---", "date: 2026-01-02", *lines, "---", ""]))
        except FrontMatterError:
            continue
        if matter is not None:
            found, problems = read_fields(matter, "x.md", UTC)
            json.loads(found.passthrough)
            messages = [str(problem.message) for problem in problems]
            assert messages == [clean(message) for message in messages]
