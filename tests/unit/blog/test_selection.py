"""Which posts and terms a listing shows, in which order and groups."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.blog.resolve import resolve
from sphinx_openinfra_blog.blog.selection import Listing, Selection, select
from sphinx_openinfra_blog.blog.visibility import Source
from sphinx_openinfra_blog.config.settings import Settings
from sphinx_openinfra_blog.frontmatter.fields import Fields
from sphinx_openinfra_blog.frontmatter.values import CategoryMention, Located
from sphinx_openinfra_blog.listing.options import read_options
from sphinx_openinfra_blog.model.posts import Moment, Taxonomy, Term, Visibility

#: name, day, categories, tags, authors
POSTS: list[tuple[str, str, str, str, str]] = [
    ("a", "2025-01-05", "News", "one two", "Ann"),
    ("b", "2025-03-01", "News Zebra", "two", "Bob Ann"),
    ("c", "2024-12-31", "", "", ""),
    ("d", "", "Two", "one", "Bob"),
    ("e", "2025-03-20", "two", "", "Ann"),
]
RULES = Settings(
    blog="blog",
    root="",
    pattern="{slug}",
    slugs="slug",
    timezone=UTC,
    categories=tuple(
        Term(Taxonomy.CATEGORY, label, label, label.lower())
        for label in ("Zebra", "Empty", "News")
    ),
)


def source(name: str, day: str, categories: str, tags: str, authors: str) -> Source:
    date = datetime.fromisoformat(f"{day}T23:30:00+00:00") if day else None
    fields = Fields(
        is_post=True,
        title=Located({"a": "écru", "b": "Zoo"}.get(name, name), 2),
        date=Moment(date, day) if date else None,
        categories=[CategoryMention("", label) for label in categories.split()],
        tags=[Located(tag, 3) for tag in tags.split()],
        authors=[Located(author, 4) for author in authors.split()],
        pinned=name == "c",
    )
    return Source(f"blog/{name}.md", name, f"blog/{name}", fields, Visibility.PUBLISHED)


BLOG = resolve([source(*post) for post in POSTS], RULES, {})


def show(zone: Any = UTC, **options: str) -> Selection:
    """Return what the directive shows with these options."""
    given = {name.replace("_", "-"): text for name, text in options.items()}
    listing, problems = read_options(given)
    assert problems == []
    return select(listing, BLOG.listed, BLOG.terms, zone, lambda post: post.title)


def names(selection: Selection) -> str:
    """Return the last letters of the docnames, in order."""
    return "".join(post.docname[-1] for group in selection.groups for post in group.posts)


def headings(selection: Selection) -> list[tuple[Any, str]]:
    """Return each group's heading with the names below it."""
    return [
        (
            group.term.label if group.term else group.month,
            "".join(post.docname[-1] for post in group.posts),
        )
        for group in selection.groups
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "cebad"),
        ({"sort": "oldest"}, "cabed"),
        ({"sort": "title"}, "cdeab"),
        ({"limit": "2"}, "ce"),
        ({"limit": "2", "offset": "1"}, "eb"),
        ({"offset": "9"}, ""),
        ({"categories": "news"}, "ba"),
        ({"categories": "Two"}, "ed"),
        ({"categories": "TWO"}, "ed"),
        ({"categories": "zebra, two"}, "ebd"),
        ({"tags": "one", "authors": "ann"}, "a"),
        ({"years": "2024"}, "c"),
        ({"years": "2024, 2025", "authors": "bob"}, "b"),
    ],
)
def test_posts_are_filtered_sorted_and_cut(options: dict[str, str], expected: str) -> None:
    assert names(show(group_by="none", **options)) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {},
            [("Zebra", "b"), ("News", "ba"), ("two", "ed"), (None, "c")],
        ),
        ({"group_by": "category", "categories": "news"}, [("News", "ba")]),
        ({"group_by": "author"}, [("Ann", "eba"), ("Bob", "bd"), (None, "c")]),
        ({"group_by": "tag"}, [("one", "ad"), ("two", "ba"), (None, "ce")]),
        ({"group_by": "year"}, [("2025", "eba"), ("2024", "c"), (None, "d")]),
        (
            {"group_by": "year", "sort": "oldest"},
            [("2024", "c"), ("2025", "abe"), (None, "d")],
        ),
        (
            {"group_by": "month"},
            [((2025, 3), "eb"), ((2025, 1), "a"), ((2024, 12), "c"), (None, "d")],
        ),
    ],
)
def test_posts_are_grouped(options: dict[str, str], expected: list[tuple[Any, str]]) -> None:
    assert headings(show(**options)) == expected


def test_months_are_those_of_the_blogs_time_zone() -> None:
    there = show(zone=ZoneInfo("Asia/Tokyo"), group_by="month", years="2024")
    assert headings(there) == [((2025, 1), "c")]


def test_featured_posts_come_first_only_where_a_directive_asks() -> None:
    generated = Listing(group_by="none", pinned_first=False)
    found = select(generated, BLOG.listed, BLOG.terms, UTC, lambda post: post.title)
    assert names(found) == "ebacd"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"show": "categories"},
            [("Zebra", 1), ("Empty", 0), ("News", 2), ("two", 2)],
        ),
        ({"show": "categories", "authors": "ann"}, [("Zebra", 1), ("News", 2), ("two", 1)]),
        ({"show": "authors"}, [("Ann", 3), ("Bob", 2)]),
        ({"show": "tags", "limit": "1", "offset": "1"}, [("two", 2)]),
        ({"show": "years"}, [("2025", 3), ("2024", 1)]),
        ({"show": "profiles"}, [("Ann", 3), ("Bob", 2)]),
        ({"show": "profiles", "authors": "bob"}, [("Bob", 2)]),
        ({"show": "feeds"}, []),
        (
            {"show": "feeds", "categories": "empty, news", "tags": "two"},
            [("Empty", 0), ("News", 2), ("two", 2)],
        ),
    ],
)
def test_terms_are_counted(options: dict[str, str], expected: list[tuple[str, int]]) -> None:
    assert [(term.label, count) for term, count in show(**options).counts] == expected


def test_unknown_names_are_reported_and_the_others_still_count() -> None:
    found = show(group_by="none", tags="one, nothing", years="1999")
    assert found.unknown == ((Taxonomy.TAG, "nothing"), (Taxonomy.YEAR, "1999"))
    assert names(found) == ""
    assert names(show(group_by="none", tags="one, nothing")) == "ad"


@given(st.integers(1, 9), st.sampled_from(["none", "tag", "category", "month"]))
def test_the_pages_of_a_listing_are_the_listing(size: int, group_by: str) -> None:
    whole = show(group_by=group_by)
    pages = [whole.page(number, size) for number in range(1, whole.pages(size) + 1)]
    assert "".join(names(page) for page in pages) == names(whole)
    assert all(page.size == size for page in pages[:-1])
    assert 1 <= pages[-1].size <= size
    assert whole.page(1, 0) == whole
