"""The JSON Schema of front matter says what the reader says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pages import blocks_of, is_post, post_with

from sphinx_openinfra_blog.__main__ import main
from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.fields import read_fields
from sphinx_openinfra_blog.frontmatter.keys import (
    KEYS,
    KNOWN_KEYS,
    TEMPLATE_KEY,
    front_matter_schema,
)
from sphinx_openinfra_blog.model.problems import Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCS = Path(__file__).resolve().parents[3] / "docs"
SCHEMA = Draft7Validator(front_matter_schema())
#: What a schema can know of: neither other posts, nor files, nor misspelt keys.
KNOWN_TO_IT = {
    Subtype.VALUE, Subtype.HANDLE, Subtype.DATE, Subtype.VISIBILITY, Subtype.TITLE, Subtype.KEY,
}  # fmt: skip


def is_right_by_schema(text: str) -> bool:
    matter = read(text)
    assert matter is not None
    data = {key: entry.plain() for key, entry in matter.entries.items()}
    return bool(SCHEMA.is_valid(data))


def is_right_by_reader(text: str) -> bool:
    matter = read(text)
    assert matter is not None
    fields, problems = read_fields(matter, "a.md", UTC)
    has_title = fields.title is not None
    return has_title and not {problem.subtype for problem in problems} & KNOWN_TO_IT


def post(line: str) -> str:
    rest = {"templateKey": TEMPLATE_KEY, "title": "T", "date": "2026-01-02"}
    kept = (f"{key}: {value}" for key, value in rest.items() if not line.startswith(f"{key}:"))
    return "\n".join(["---", *kept, line, "---", ""])


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(front_matter_schema())


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == front_matter_schema()


def test_who_reads_its_beginning_only_is_told_no_more() -> None:
    command = [sys.executable, "-m", "sphinx_openinfra_blog", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""


def test_every_key_is_in_it_with_its_meaning() -> None:
    properties = front_matter_schema()["properties"]
    assert set(properties) == KNOWN_KEYS
    # Of two rows for one key, the first describes it.
    for key in {key.name: key for key in reversed(KEYS)}.values():
        outer, _, inner = key.name.partition(".")
        if outer != "date" or not inner:
            place = properties[outer]["properties"][inner] if inner else properties[outer]
            assert place["description"] == key.help


MISTAKES = [
    "title: ''", "title: [a]", "title:", "date: soon", "date:",
    "date: 5/6/2026", "date: {updated: 2026-01-01}", "draft: 'true'",
    "hidePost: 1", "expires: later", "updated: yesterday",
    "tags: {a: b}", "tags: [[a]]", "category: [{value: ''}]", "category: {}",
    "category: ''", "category: [[[a]]]", "robots: x",
    "authors: [{name: {a: b}}]", "seo: text", "seo: {title: [a]}", "canonical: /blog/x",
    "seo: {twitterUsername: 'two words'}", "image: {src: [a]}", "aliases: {a: b}",
    "slug: [a]", "templateKey: [a]",
]  # fmt: skip


@pytest.mark.parametrize("line", MISTAKES)
def test_a_usual_mistake_is_one_by_it(line: str) -> None:
    assert (is_right_by_schema(post(line)), is_right_by_reader(post(line))) == (False, False)


def errors_of(text: str) -> list[tuple[str, str]]:
    """Return the key and the message of each error."""
    matter = read(text)
    assert matter is not None
    data = {key: entry.plain() for key, entry in matter.entries.items()}
    found = SCHEMA.iter_errors(data)
    return [(str(error.absolute_path[0]), error.message) for error in found]


@pytest.mark.parametrize("line", [*MISTAKES, "status: stable", "publishDate: x", "path: [a]"])
def test_a_mistake_is_one_short_error_at_its_key(line: str) -> None:
    ((key, message),) = errors_of(post(line))
    assert key == line.partition(":")[0]
    assert len(message) < 120


def test_three_mistakes_are_three_short_errors() -> None:
    text = post("date: 05/11/2026\ndraft: maybe\ncategory: [{value: ''}]")
    assert sorted(errors_of(text)) == [
        ("category", "'label' is a required property"),
        ("date", "'YYYY-MM-DD' was expected"),
        ("draft", "'maybe' is not of type 'boolean', 'null'"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "title: 2026", "date: 2026-1-2", "date: 2026-01-02 10:00", "date: 2026-01-02T10:00:00.5Z",
        "date: 2026-01-02T10:00+01:00", "date: Fri, 02 Jan 2026 10:00:00 GMT",
        "date: {created: 2026-01-02, updated: 2026-01-03}", "updated:", "draft:", "draft: false",
        "expires: 9999-12-31", "tags: a, b", "tags: [a, 2026]", "category: News", "category: []",
        "category: [[News, Events], a]", "date: 2026.11.05",
        "robots: NoIndex, max-snippet:20", "robots: [noindex, none]",
        "status: [null]", "url: ''", "save_as: x.html", "image: [x, {}]",
        "category: [{value: a, label: b}, {id: a}, {label: b}, c, null]", "author: A and B",
        "authors: [a, {name: b}]", "authors: {name: b}", "seo:", "seo: {url: x, other: [y]}",
        "seo: {twitterUsername: 'https://twitter.com/name'}", "seo: {twitterUsername: ''}",
        "canonical: https://example.org/x", "image: [a.png]", "image: {src: a.png, alt: b}",
        "aliases: /x", "aliases: [/x, y]", "tagline: x", "layout: {a: [b]}", "featured: true",
    ],
)  # fmt: skip
def test_what_the_reader_takes_is_right_by_it(line: str) -> None:
    assert (is_right_by_schema(post(line)), is_right_by_reader(post(line))) == (True, True)


_scalars = st.sampled_from(
    ["x", "''", "' '", "2026-01-02", "2026", "1.5", "true", "no", "'true'", "null", "'@a'", "a b",
     "https://example.org/x", "/x", "soon", "'2026-01-02T10:00:00Z'"]
)  # fmt: skip
_values = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from("value label id name src alt created updated url".split()),
            inner,
            max_size=2,
        ).map(lambda items: f"{{{', '.join(f'{key}: {value}' for key, value in items.items())}}}"),
    ),
    max_leaves=4,
)


@given(st.sampled_from([key.name for key in KEYS]), _values)
def test_it_says_of_any_value_what_the_reader_says(name: str, value: str) -> None:
    outer, _, inner = name.partition(".")
    text = post(f"{outer}: {{{inner}: {value}}}" if inner else f"{outer}: {value}")
    if is_right_by_schema(text):
        # Programs that read YAML 1.1 take "no" for false; the reader knows how it was written.
        assert is_right_by_reader(text) or is_right_by_reader(re.sub(r"\bno\b", "false", text))
    elif "{" not in value:
        # Of a mapping the reader may need one part only, and look at no other.
        assert not is_right_by_reader(text)


def examples() -> Iterable[str]:
    for path in [*DOCS.rglob("*.md"), *DOCS.rglob("*.rst")]:
        if path.parent.name == "blog":
            yield path.read_text(encoding="utf-8")
        for block in blocks_of(path):
            if is_post(block.text):
                yield block.text
            elif path.name == "front-matter.md" and block.language == "yaml":
                yield post_with(block.text)


def test_the_examples_of_the_documentation_are_right() -> None:
    texts = [text for text in examples() if text.startswith("---\n") and "\ndate: " in text]
    assert len(texts) > 20
    for text in texts:
        matter = read(text)
        assert matter is not None
        data = {key: entry.plain() for key, entry in matter.entries.items()}
        assert [error.message for error in SCHEMA.iter_errors(data)] == []


def test_the_real_posts_are_right_but_for_true_mistakes(corpus: Path) -> None:
    texts = [path.read_text("utf-8") for path in corpus.glob("*/blog/*.md")]
    assert len(texts) == 62
    assert [is_right_by_schema(text) for text in texts] == [
        is_right_by_reader(text) for text in texts
    ]
    assert sum(not is_right_by_schema(text) for text in texts) < 5
