"""The first heading of a file that is not read yet."""

from __future__ import annotations

import pytest

from sphinx_openinfra_blog.environment.headings import first_heading
from sphinx_openinfra_blog.frontmatter import Markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Hello *world*\n", "Hello world"),
        ("![x](y.png)\n\nHello `world`\n=====\n", "Hello world"),
        ("```\n# no\n```\n\n## Hello\n", "Hello"),
        ("> # no\n\ntext\n", ""),
    ],
)
def test_of_markdown(text: str, expected: str) -> None:
    assert first_heading(text, Markup.MARKDOWN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello *world*\n=============\n", "Hello world"),
        (".. image:: x.png\n\n=====\nHello\n=====\n", "Hello"),
        ("Same\n\n****\nSame\n****\n", "Same"),
        (":ref:`Hello <x>` there\n----------------------\n", "Hello there"),
        ("text\n\n----\n\nmore\n", ""),
        ("a long line of text\n--\n", ""),
    ],
)
def test_of_restructuredtext(text: str, expected: str) -> None:
    assert first_heading(text, Markup.REST) == expected


def test_a_title_that_was_made_to_take_long_is_cut() -> None:
    text = f"{'*' * 10_000} x\n{'=' * 20}\n"
    assert len(first_heading(text, Markup.REST)) <= 500
