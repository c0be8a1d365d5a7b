"""What the options of the directive mean."""

from __future__ import annotations

from dataclasses import fields

import pytest

from sphinx_openinfra_blog.blog.selection import Listing
from sphinx_openinfra_blog.listing.options import LISTING_OPTIONS, read_options
from sphinx_openinfra_blog.model.posts import Taxonomy

NAMES = [option.name for option in LISTING_OPTIONS]


def test_nothing_asked_for_is_the_archive_by_category() -> None:
    assert read_options({}) == (Listing(group_by="category", style="compact"), [])


def test_every_option_is_declared_once_and_sets_a_field_that_there_is() -> None:
    assert len(set(NAMES)) == len(NAMES)
    known = {field.name for field in fields(Listing)}
    assert {option.field for option in LISTING_OPTIONS} - {""} <= known


@pytest.mark.parametrize(
    ("name", "text", "field", "expected"),
    [
        ("show", "tags", "show", "tags"),
        ("group-by", "month", "group_by", "month"),
        ("sort", "title", "sort", "title"),
        ("limit", "5", "limit", 5),
        ("offset", "0", "offset", 0),
        ("style", "cards", "style", "cards"),
        ("excerpts", None, "excerpts", True),
        ("excerpts", "off", "excerpts", False),
        ("paginate", " 10 ", "paginate", 10),
        ("empty", "No *posts*", "empty", "No *posts*"),
    ],
)
def test_a_value_is_read(name: str, text: str | None, field: str, expected: object) -> None:
    listing, problems = read_options({name: text})
    assert problems == []
    assert getattr(listing, field) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("one", ("one",)),
        ("one, Two  words ,one,", ("one", "Two words")),
        ('"With, comma", other', ("With, comma", "other")),
        ("one,\n two", ("one", "two")),
    ],
)
def test_filters_are_names_between_commas(text: str, names: tuple[str, ...]) -> None:
    listing, problems = read_options({"tags": text, "authors": "ann"})
    assert problems == []
    assert listing.only == ((Taxonomy.TAG, names), (Taxonomy.AUTHOR, ("ann",)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("show", "post"),
        ("group-by", "none of it"),
        ("sort", ""),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "٣"),
        ("offset", "1.5"),
        ("paginate", "all"),
        ("paginate", "9" * 30),
        ("style", "Cards"),
        ("fields", "title, colour"),
        ("fields", ","),
        ("excerpts", "perhaps"),
        ("tags", " , "),
        ("empty", ""),
        ("colour", "red"),
    ],
)
def test_a_mistake_is_told_and_the_rest_still_counts(name: str, text: str) -> None:
    listing, problems = read_options({name: text, "years": "2025"})
    assert [problem[0] for problem in problems] == [name]
    assert listing == Listing(only=((Taxonomy.YEAR, ("2025",)),))


def test_a_misspelt_option_comes_with_a_suggestion() -> None:
    assert "'paginate'" in str(read_options({"pagination": "3"})[1][0][1])


@pytest.mark.parametrize("name", [item.name for item in LISTING_OPTIONS if item.of_posts])
def test_what_is_said_of_posts_has_no_effect_on_terms(name: str) -> None:
    values = {"excerpts": "on", "paginate": "3", "group-by": "tag", "sort": "title"}
    given = {"show": "authors", name: values.get(name, "cards")}
    assert [problem[0] for problem in read_options(given)[1]] == [name]


def test_a_mistake_is_told_once() -> None:
    assert len(read_options({"show": "years", "sort": "bad"})[1]) == 1


def test_titles_have_no_excerpts() -> None:
    assert read_options({"style": "titles", "excerpts": "on"})[1]
    assert not read_options({"style": "compact", "excerpts": "on"})[1]
    assert read_options({"style": "table", "excerpts": "on"})[1]
    listing, problems = read_options({"style": "table", "fields": "tags, title"})
    assert (listing.fields, problems) == (("tags", "title"), [])
    assert read_options({"fields": "title"})[1]
    given = {"show": "feeds", "tags": "x", "years": "2025", "limit": "1", "sort": "title"}
    listing, problems = read_options(given)
    assert listing.only == ((Taxonomy.TAG, ("x",)),)
    assert [name for name, _message in problems] == ["years", "limit", "sort"]
    assert [name for name, _ in read_options({**given, "show": "profiles"})[1]] == ["sort"]
