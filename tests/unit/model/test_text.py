"""The few words that stand for a post."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.model.text import LENGTH, clean, excerpt_of, length_of

WORDS = "word " * 39  # 195 characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("  Short.  ", "Short."),
        ("x" * LENGTH, "x" * LENGTH),
        # Each of these is what the old site's prune makes of it.
        (WORDS + "whole and more", WORDS + "whole…"),
        (WORDS + "cutted and more", WORDS.rstrip() + "…"),
        (WORDS + "comm, and more", WORDS + "comm…"),
        (WORDS + "hy-phen and more", WORDS + "hy…"),
        (WORDS[:-5] + "end. Next sentence", WORDS[:-5] + "end. Next…"),
        (WORDS + "l-long", WORDS + "l…"),
        (WORDS + "wi 2025", WORDS + "wi…"),
        (WORDS + "end...", WORDS + "end…"),
        # Where there is no blank, the old site left nothing.
        ("x" * 300, "x" * LENGTH + "…"),
        ("漢字" * 150, "漢字" * 100 + "…"),
        ("two\nlines  and   blanks", "two lines and blanks"),
    ],
)
def test_it_ends_with_a_word(text: str, expected: str) -> None:
    assert excerpt_of(text) == expected


@given(st.text(max_size=500))
def test_it_is_a_beginning_of_the_text_and_never_longer_than_promised(text: str) -> None:
    found = excerpt_of(text)
    whole = " ".join(clean(text).split())
    assert found == whole or (found.endswith("…") and whole.startswith(found[:-1]))
    assert len(found) <= LENGTH + 1


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("word " * 220, 1),
        ("word " * 221, 2),
        ("don't-split " * 220, 1),
        ("漢字" * 300, 2),
    ],
)
def test_reading_takes_a_minute_for_so_many_words_or_signs(text: str, minutes: int) -> None:
    assert length_of(text)[1] == minutes


def test_an_excerpt_holds_no_characters_that_html_forbids() -> None:
    assert excerpt_of("a\x01 b\x7f\ufffe") == "a b"
    assert excerpt_of("\x1bword " * 100).startswith("word word")
