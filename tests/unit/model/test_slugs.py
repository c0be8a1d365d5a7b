"""Slugs are what the libraries make of labels, and names whatever the label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.model.paths import checked
from sphinx_openinfra_blog.model.slugs import SLUG_STYLES, slug_of


@pytest.mark.parametrize(
    ("label", "slugs"),
    [
        ("OpenStack", ("openstack", "openstack", "open-stack")),
        ("Jimmy McArthur", ("jimmy-mcarthur", "jimmy-mcarthur", "jimmy-mc-arthur")),
        ("Özgür Bal", ("ozgur-bal", "özgür-bal", "ozgur-bal")),
        ("News & Announcements", ("news-announcements",) * 3),
        ("StarlingX", ("starlingx", "starlingx", "starling-x")),
        ("Mónica O’Hara", ("monica-ohara", "mónica-o-hara", "monica-o-hara")),
        ("Łódź", ("lodz", "łódź", "lodz")),
        ("Don't", ("don-t", "don-t", "dont")),
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


def test_labels_without_letters_get_a_slug_of_their_own() -> None:
    slugs = [slug_of(label, "slug") for label in ("!!!", "???", "")]
    assert all(slug.startswith("term-") and len(slug) == 13 for slug in slugs)
    assert len(set(slugs)) == 3
