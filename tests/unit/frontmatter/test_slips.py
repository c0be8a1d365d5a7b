"""A slip in front matter is named in an author's words, at its own line."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
import yaml

from sphinx_openinfra_blog.frontmatter import FrontMatterError, json_entry, read, yaml_form

YAML = {
    "title: x\nseo:\n\turl: y\n": (4, "tab in the indentation"),
    "\ttitle: x\ndate: y\n": (2, "tab in the indentation"),
    "title:\u00a0x\ndate: 2024-01-05\n": (2, "no-break space (U+00A0) instead of a blank"),
    "title: x\ndate:\u30002024-01-05\n": (3, "ideographic space (U+3000) instead of a blank"),
    "seo:\n\u00a0\u00a0url: y\n  title: z\n": (3, "no-break space (U+00A0) instead of a blank"),
    "tags:\n  - a\n  -\u00a0b\ndate: x\n": (4, "no-break space (U+00A0) instead of a blank"),
    "title：x\ndate: 2024-01-05\n": (2, "fullwidth colon (U+FF1A) instead of a colon"),
    "title: x\ndate：2024-01-05\n": (3, "fullwidth colon (U+FF1A) instead of a colon"),
    "title：x\n": (2, "fullwidth colon (U+FF1A) instead of a colon"),
    "title: x\ndate:2024-01-05\ndraft: true\n": (3, "missing blank after the colon of 'date'"),
    "title: x\ndate:2024-01-05\n": (3, "missing blank after the colon of 'date'"),
    'title:"Hello"\n': (2, "missing blank after the colon of 'title'"),
    "title: “Release: what”\ndate: x\n": (2, "left double quotation mark (U+201C) is no quote"),
    "title: «Neu: was»\ndate: x\n": (2, "left-pointing double angle quotation mark (U+00AB)"),
    "tags:\n-foo\n-bar\ndate: 2024-01-05\n": (3, "missing blank after '-'"),
    "tags:\n  - foo\n  -bar\ndate: 2024-01-05\n": (4, "missing blank after '-'"),
    "title: Release: what\ndate: 2024-01-05\n": (2, "colon in the value of 'title'"),
    "seo:\n  title: Why:\n  url: x\n": (3, "colon in the value of 'title'"),
    "title: x\nauthor: @ada\n": (3, "a value cannot begin with '@'"),
    "title: x\nauthors:\n  - @ada\n": (4, "a value cannot begin with '@'"),
    "title: `x` y\n": (2, "a value cannot begin with '`'"),
    "title: %x\n": (2, "a value cannot begin with '%'"),
    "title: {% x %}\ndate: y\n": (2, "a value cannot begin with '{%'"),
    "title: *big* news\ndate: x\n": (2, "a value cannot begin with '*'"),
    "title: > x\ndate: y\n": (2, "a value cannot begin with '>'"),
    "tags:\n  - a\n - b\ndate: x\n": (4, "wrong indentation"),
    "tags:\n  - a\n- b\ndate: x\n": (4, "wrong indentation"),
    "seo:\n  url: x\n   title: y\n": (4, "wrong indentation"),
    "seo:\n  url: x\n title: y\n": (4, "wrong indentation"),
    "title: x\n  date: y\n": (3, "wrong indentation"),
    " title: x\ndate: y\n": (2, "wrong indentation"),
    'title: "Hello\ndate: 2024-01-05\nseo:\n  url: x\n': (2, "the quote is not closed"),
    'date: x\ntitle: "Hello\nseo:\n  url: y\nexcerpt: "x"\n': (3, "the quote is not closed"),
    "title: 'Hello\nexcerpt: it's\n": (2, "the quote is not closed"),
    'excerpt: "one\n  two"\ntitle: "Hello\nurl: "y"\n': (4, "the quote is not closed"),
    "title: 'It's time'\ndate: y\n": (2, "text after 'It' (put double quotes around"),
    'title: "Hello" world\ndate: y\n': (2, 'text after "Hello" (put single quotes around'),
    'title: "C:\\Users"\n': (2, "a backslash in double quotes begins an escape"),
    "title: [Video] a talk\ndate: y\n": (2, "text after [Video] (put quotes around"),
    "tags: [a, b\ndate: x\n": (2, "'[' is not closed"),
    "title: x\nof the year\ndate: y\n": (3, "this line is not a key with a value"),
    "title: é\nurl: \x08\n": (3, "the character U+0008 is not allowed"),
    'tags: [a, "b" c]\n': (2, "or ']'"),
}
TOML = {
    "title = A post\n": (2, "missing quotes around the text of 'title'"),
    "draft = True\n": (2, "'True' is no value (use true or false)"),
    "date = 2024-01-05\ntitle: x\n": (3, "colon after 'title' (use an equals sign)"),
    "title = “x”\n": (2, "left double quotation mark (U+201C) is no quote"),
    'title = "x\ndate = 2024-01-05\n': (2, "the quote is not closed"),
    'a = """b\nc = 1\nd = 2\n': (2, "the quote is not closed"),
    'tags = [ "a",\ndate = 2024-01-05\n': (2, "'[' is not closed"),
    "date = 2024-02-30\n": (2, "invalid date '2024-02-30'"),
    'title = "a"\ndate = 2024-01-05\ntitle = "b"\n': (4, "duplicate key"),
    "t = 05\n": (2, "column 6"),
}
JSON = {
    '{"title": "x"\n "date": "y"}': (1, "missing comma"),
    '{"title": "x",\n}': (1, "comma without a value after it"),
    '{"title": ["x"\n,]}': (2, "comma without a value after it"),
    '{"title": "x",\n "date": “y”}': (2, "left double quotation mark (U+201C) is no quote"),
    "{'title': 1}": (1, "' is no quote"),
    "{\n title: 1}": (2, "missing quotes around 'title'"),
    '{\n "title": "x\n}': (2, "the quote is not closed"),
    '{\n "draft": True\n}': (2, "'True' is no value"),
    '{"title": "a "b" c"}': (1, "text after a closing quote"),
    '{"a": 1, // b\n}': (1, "comment"),
    '{"title": 01}': (1, "column 12"),
}


@pytest.mark.parametrize("loader", ["as installed", "in Python"])
@pytest.mark.parametrize(("block", "slip"), YAML.items(), ids=repr)
def test_slips_in_yaml(
    block: str, slip: tuple[int, str], loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if loader == "in Python":
        monkeypatch.setattr(yaml_form, "SafeLoader", yaml.SafeLoader)
    with pytest.raises(FrontMatterError) as caught:
        read(f"---\n{block}---\n")
    assert caught.value.line == slip[0], caught.value
    assert slip[1] in str(caught.value)


@pytest.mark.parametrize(("block", "slip"), TOML.items(), ids=repr)
def test_slips_in_toml(block: str, slip: tuple[int, str]) -> None:
    with pytest.raises(FrontMatterError) as caught:
        read(f"+++\n{block}+++\n")
    assert caught.value.line == slip[0], caught.value
    assert slip[1] in str(caught.value)


@pytest.mark.parametrize(("text", "slip"), JSON.items(), ids=repr)
def test_slips_in_json(text: str, slip: tuple[int, str]) -> None:
    with pytest.raises(FrontMatterError) as caught:
        json_entry(text, 1)
    assert caught.value.line == slip[0], caught.value
    assert slip[1] in str(caught.value)


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("tags:\n  -foo\n  -bar\n", 3),
        ("tags:\n - a\n  - b\n", 4),
        ("tags:\n  • a\n  • b\n", 3),
        ("tags:\n  \u2013 a\n", 3),
        ("excerpt: what we did\n  this - and that\n", None),
        ("temperature:\n  -5\n", None),
        ("excerpt: |\n  - a\n", None),
        ("title: -x\n", None),
    ],
)
def test_a_list_that_is_one_text_to_yaml_is_noted(block: str, line: int | None) -> None:
    matter = read(f"---\n{block}---\n")
    assert matter is not None
    assert [oddity.line for oddity in matter.oddities] == ([line] if line else [])


@pytest.mark.parametrize(
    "block",
    [
        "- " * 30_000 + "\n@",
        " " * 60_000 + "x\n  : @",
        "-" * 60_000 + "\n: @",
        "a " * 30_000 + ": '\n@",
        "a: '" + "'" * 60_001 + " x",
        'a: "\n' * 20_000,
        "a: [\n" * 20,
        "a b" * 20_000 + "\n: : :",
        "a: " + "\\" * 60_000 + ": b: \n",
        'a: "' + "\\x" * 30_000,
        "a" + "." * 60_000 + "\nb: c: d",
    ],
    ids=lambda block: f"{block[:8]!r}",
)
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_looking_for_slips_takes_no_long_time(block: str, fence: str) -> None:
    begin = time.process_time()
    with suppress(FrontMatterError):
        read(f"{fence}\ntitle: x\n{block}\n{fence}\n")
    assert time.process_time() - begin < 3
