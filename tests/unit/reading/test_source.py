"""The sources of posts, in Markdown."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from strategies import bodies

from sphinx_openinfra_blog.reading.link_rules import LinkKind, fix_unknown
from sphinx_openinfra_blog.reading.myst import block_parser
from sphinx_openinfra_blog.reading.source import (
    SourceReader,
    with_consecutive_headings,
)

EXTENSIONS = {"colon_fence", "dollarmath", "amsmath", "deflist", "fieldlist", "attrs_block"}
PARSER = block_parser(MdParserConfig(enable_extensions=EXTENSIONS))


def levels(text: str) -> list[int]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [int(item.tag[1]) for item in tokens if item.type == "heading_open" and not item.level]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### C\n\n# A\n\n#### D", "# C\n\n# A\n\n## D"),
        ("## B ##", "# B ##"),
        ("Two\nlines\n---", "Two\nlines\n==="),
        ("# A\n\n## B\n\nC\n---\n\n#### D", "# A\n\n## B\n\nC\n---\n\n### D"),
        ("# A\n\n## B\n\n### C\n\n  #### D #", "# A\n\n## B\n\n### C\n\n  #### D #"),
        (":::{note}\n## inner\n:::\n\n## outer", ":::{note}\n## inner\n:::\n\n# outer"),
    ],
)
def test_levels_begin_at_one_and_skip_none(text: str, expected: str) -> None:
    assert with_consecutive_headings(text, PARSER) == expected


@pytest.mark.parametrize(
    "text", ["```\n### x\n```", "> ### x", "- ### x", "<div>\n### x\n</div>", "Text\n", ""]
)
def test_what_is_no_heading_of_the_body_is_left_alone(text: str) -> None:
    assert with_consecutive_headings(text, PARSER) == text


@given(bodies)
def test_any_body_keeps_its_lines_and_has_consecutive_levels(text: str) -> None:
    changed = with_consecutive_headings(text, PARSER)
    found = levels(changed)
    assert changed.count("\n") == text.count("\n")
    assert len(found) == len(levels(text))
    assert not found or found[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(found))
    assert with_consecutive_headings(changed, PARSER) == changed


def test_front_matter_may_configure_the_parser_of_its_post() -> None:
    reader, config = SourceReader(), MdParserConfig()
    own = json.dumps({"myst": {"enable_extensions": ["colon_fence"]}})
    text = ":::{note}\n## x\n:::\n\n# y"
    assert with_consecutive_headings(text, reader.parser_for(config, own)) == text
    assert with_consecutive_headings(text, reader.parser_for(config, "{}")) != text
    assert reader.parser_for(config, "{}") is reader.parser_for(config, "{}")


LONG = "a" * 256


@pytest.mark.parametrize(
    ("target", "becomes", "address"),
    [
        (f"www.example.com/{LONG}", LinkKind.URL, f"https://www.example.com/{LONG}"),
        (f"/{LONG}", LinkKind.SITE_PATH, f"/{LONG}"),
        (f"{LONG}.html#a", LinkKind.SITE_PATH, f"/blog/{LONG}.html#a"),
        (LONG, LinkKind.TEXT, ""),
        ("\u00e9" * 128, LinkKind.TEXT, ""),
        (f"data:text/plain,{LONG}", LinkKind.TEXT, ""),
        ("a/" * 501, LinkKind.TEXT, ""),
        ("a\0b.md", LinkKind.TEXT, ""),
        ("/\0", LinkKind.TEXT, ""),
        ("a" * 255, LinkKind.UNCHANGED, ""),
        (f"a#{LONG}", LinkKind.FILE, f"a#{LONG}"),
    ],
)
def test_a_link_that_cannot_be_a_file_is_a_url_or_text(
    target: str, becomes: LinkKind, address: str
) -> None:
    mended = fix_unknown(target, "https://old.example/blog/x", (".md", ".rst"))
    assert (mended.kind, mended.url) == (becomes, address)
    if becomes is LinkKind.TEXT:
        assert str(mended.message).endswith("is not a valid file name; the link was removed")
        assert len(str(mended.message)) < 150
        assert "\0" not in str(mended.message)
