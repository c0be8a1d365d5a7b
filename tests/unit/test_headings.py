"""Heading levels made consecutive, in place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from strategies import bodies

from sphinx_openinfra_blog import headings
from sphinx_openinfra_blog.headings import block_parser, with_consecutive_headings

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


LINES = st.lists(
    st.sampled_from(
        [
            "", "", "", "# One", "## Two", "### Three ###", "####### Seven", "#", "##\tTab", "#No",
            " # In", "    # Code", "```", "````", "```{note}", "  ```", "~~~", ":::", ":::{tip}",
            "===",
            "---", "  ---", "- ", "- # item", "  # nested", "> # quote", "<div>", "</div>", "<!--",
            "-->", "$$", "\\begin{a}", "\\end{a}", "Text", "\u00a0", "| a |", "|---|", "% no",
            "+++",
            "(label)=", "[a]: b", '[a]: b "c', "[^1]: note", "    deep", ": definition",
            "``` x ```",
            "{#id}",
        ]
    ),
    max_size=14,
).map("\n".join)  # fmt: skip


@given(LINES)
@settings(max_examples=1000)
def test_headings_that_are_found_without_parsing_are_those_that_parsing_finds(text: str) -> None:
    sure = headings._sure_headings(text, 0)
    if sure is not None:
        assert sure == list(headings._parsed_headings(PARSER.parse(text)))


@pytest.mark.parametrize(
    "text",
    ["Text\n\n## A\n\n---\n\n### B\n", "## A\n\n````{note}\n# x\n````\n\n```py\n# y\n```\n"],
)
def test_usual_bodies_are_not_parsed(text: str) -> None:
    assert headings._sure_headings(text, 0) is not None
