"""Slugs are what the libraries make of labels, and names whatever the label."""

from __future__ import annotations

import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify
from text_unidecode import unidecode

from sphinx_openinfra_blog.permalinks import checked
from sphinx_openinfra_blog.slugs import SLUG_STYLES, slug_of

ACCENTED = "".join(chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha())
#: What names and titles are made of, with typographic apostrophes.
LETTERS = string.ascii_letters + string.digits + ACCENTED + "\u2019&;#-"


@pytest.mark.parametrize(
    ("label", "slugs"),
    [
        ("OpenStack", ("openstack", "openstack", "open-stack")),
        ("Jimmy McArthur", ("jimmy-mcarthur", "jimmy-mcarthur", "jimmy-mc-arthur")),
        ("Özgür Bal", ("ozgur-bal", "özgür-bal", "ozgur-bal")),
        ("News & Announcements", ("news-announcements",) * 3),
        ("StarlingX", ("starlingx", "starlingx", "starling-x")),
        ("AI4All HTTPServer", ("ai4all-httpserver", "ai4all-httpserver", "ai-4-all-http-server")),
    ],
)
def test_slugs_in_three_styles(label: str, slugs: tuple[str, str, str]) -> None:
    assert tuple(slug_of(label, style) for style in SLUG_STYLES) == slugs


@pytest.mark.parametrize("style", SLUG_STYLES)
@given(label=st.text(max_size=60))
def test_a_slug_is_never_empty_and_always_a_name(style: str, label: str) -> None:
    slug = slug_of(label, style)
    assert checked(f"blog/{slug}")
    assert "/" not in slug
    assert slug == slug_of(label, style)


@given(st.lists(st.text(LETTERS, min_size=1), min_size=1))
def test_words_of_latin_letters_have_the_slug_that_the_library_makes(words: list[str]) -> None:
    label = " ".join(words)[:99].strip()
    for style in ("slug", "unicode"):
        slug = slugify(label, allow_unicode=style == "unicode")
        assert slug_of(label, style) in {slug, f"{slug}-term"} or not slug


def test_each_letter_without_its_accent_is_what_the_libraries_say() -> None:
    by_slugify = {letter: slugify(f"A{letter}b") for letter in ACCENTED}
    bare = {letter: f"A{unidecode(letter)}b" for letter in ACCENTED}

    assert {letter: slug_of(f"A{letter}b", "slug") for letter in ACCENTED} == by_slugify
    assert {letter: slug_of(f"A{letter}b", "kebab") for letter in ACCENTED} == {
        letter: slug_of(label, "kebab") for letter, label in bare.items()
    }


def test_a_build_with_plain_labels_loads_no_tables() -> None:
    code = (
        "import sys; from sphinx_openinfra_blog.slugs import slug_of;"
        "slug_of('Özgür Bál', 'slug'), slug_of('Mónica O’Hara', 'slug');"
        "slug_of('Mónica 2', 'kebab');"
        "sys.exit('text_unidecode' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_labels_without_letters_get_a_slug_of_their_own() -> None:
    slugs = [slug_of(label, "slug") for label in ("!!!", "???", "")]
    assert all(slug.startswith("term-") and len(slug) == 13 for slug in slugs)
    assert len(set(slugs)) == 3
