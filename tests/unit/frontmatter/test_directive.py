"""Tests of front matter in the directive ``post`` of ABlog."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.frontmatter import FrontMatterError, Markup, find, read

REST = """\
Title
=====

.. post:: Jan 5, 2024
   :tags: a,
      b
   :author: Ada Lovelace, Bob
   :redirect: blog/old
   :exclude:

   Content.
"""
FENCE = "# Title\n\n```{post} Jan 5, 2024\n:tags: a, b\n:author: Ada Lovelace, Bob\n```\nText\n"
YAML = "```{post} 2024-01-05\n---\ntags: a, b\nauthor: Ada\n---\n```\n# Title\n"


def plain(text: str, markup: Markup) -> dict[str, object]:
    matter = read(text, markup, in_directive=True)
    assert matter is not None
    return {key: entry.plain() for key, entry in matter.entries.items()}


def test_its_argument_is_the_date_and_its_options_are_keys() -> None:
    assert plain(REST, Markup.REST) == {
        "date": "Jan 5, 2024",
        "tags": ["a", "b"],
        "authors": ["Ada Lovelace", "Bob"],
        "aliases": ["blog/old.html", "blog/old"],
        "exclude": None,
    }


@pytest.mark.parametrize(("text", "date"), [(FENCE, "Jan 5, 2024"), (YAML, "2024-01-05")])
def test_it_may_be_a_fence_with_options_in_two_forms(text: str, date: str) -> None:
    found = plain(text, Markup.MARKDOWN)
    assert (found["date"], found["tags"]) == (date, ["a", "b"])


@pytest.mark.parametrize(
    ("text", "markup", "place"),
    [
        (REST, Markup.REST, (3, 9)),
        (FENCE, Markup.MARKDOWN, (2, 6)),
        (YAML, Markup.MARKDOWN, (0, 6)),
    ],
)
def test_the_rest_of_the_file_is_not_part_of_it(
    text: str, markup: Markup, place: tuple[int, int]
) -> None:
    block = find(text, markup, in_directive=True)
    assert block is not None
    assert (block.first, block.end) == place


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        (".. post::\n\nTitle\n=====\n", Markup.REST),
        ("Title\n=====\n\n.. post::\n   :tags: a\n", Markup.REST),
        ("```{post}\n```\n# Title\n", Markup.MARKDOWN),
        ("~~~{post}\n:tags: a\n", Markup.MARKDOWN),
        ("  :::{post}\n  :tags: a\n  :::\n", Markup.MARKDOWN),
        (":::{note}\nText\n:::\n\n```{post}\n```\n", Markup.MARKDOWN),
        ("```a``` begins a line\n\n```{post}\n```\n", Markup.MARKDOWN),
    ],
)
def test_without_a_date_the_post_is_a_draft(text: str, markup: Markup) -> None:
    assert plain(text, markup)["draft"] is True


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("````md\n```{post} 2024-01-05\n```\n````\n", Markup.MARKDOWN),
        (".. code-block:: rst\n\n   .. post:: Jan 5, 2024\n", Markup.REST),
        (".. postlist:: 5\n", Markup.REST),
        ("```{postlist}\n```\n", Markup.MARKDOWN),
        (REST, Markup.MARKDOWN),
    ],
)
def test_examples_and_other_directives_are_none(text: str, markup: Markup) -> None:
    assert find(text, markup, in_directive=True) is None


def test_it_is_none_where_an_extension_has_the_directive() -> None:
    assert find(REST, Markup.REST) is None


def test_content_among_the_options_of_a_fence_is_an_error_at_its_line() -> None:
    with pytest.raises(FrontMatterError) as error:
        find("```{post} 2024-01-05\n:tags: a\n\nText\n```\n", in_directive=True)
    assert error.value.line == 4


_LINES = (
    "```|:::|  :::{post}|```{post}|~~~~{post} 2024-01-05|.. post::|   :tags: a|:a:|---|x|".split(
        "|"
    )
)


@given(st.lists(st.sampled_from(_LINES)), st.sampled_from([Markup.REST, Markup.MARKDOWN]))
def test_any_lines_are_front_matter_or_none_or_an_error_at_a_line(
    lines: list[str], markup: Markup
) -> None:
    block, line = None, 1
    try:
        block = find("\n".join(lines), markup, in_directive=True)
    except FrontMatterError as error:
        line = error.line
    assert 1 <= line <= max(len(lines), 1)
    assert block is None or 0 <= block.first < block.end <= len(lines)
