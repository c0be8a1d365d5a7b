"""Listings, and the selection of their posts and terms; pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from sphinx_openinfra_blog.model import Post, Taxonomy, Term

from .order import alphabetical, in_term_order, newest_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import tzinfo

    from .terms import Terms

_Item = TypeVar("_Item")
_Heading = TypeVar("_Heading", str, tuple[int, int])

#: What posts can be grouped by.
GROUPINGS: Final = (*(taxonomy.value for taxonomy in Taxonomy), "month", "none")

#: What tables can show of posts.
FIELDS: Final = (
    "title",
    "date",
    "updated",
    "authors",
    "categories",
    "tags",
    "reading-time",
    "excerpt",
    "picture",
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The options of a ``blog`` directive, or of the listing on a generated page.

    :ivar show: ``posts``, the plural of a taxonomy: its terms, ``profiles`` of authors, or
        ``feeds``.
    :ivar only: taxonomies and names; a post must have one name of each.
    :ivar under: the taxonomy and key of the term whose page this is.
    :ivar group_by: one of :data:`GROUPINGS`.
    :ivar sort: ``newest``, ``oldest`` or ``title``.
    :ivar limit: how many posts or terms at most; 0 for all.
    :ivar offset: how many to leave out at the beginning.
    :ivar style: ``cards``, ``rows``, ``compact``, ``titles`` or ``table``.
    :ivar fields: the columns of a table, of :data:`FIELDS`.
    :ivar excerpts: whether posts have an excerpt; ``None`` if the style decides.
    :ivar paginate: how many posts on one page; 0 for all.
    :ivar empty: the text of an empty listing; an empty string for the default.
    :ivar pinned_first: whether ``featured`` posts come first.
    """

    show: str = "posts"
    only: tuple[tuple[Taxonomy, tuple[str, ...]], ...] = ()
    under: tuple[Taxonomy, str] | None = None
    group_by: str = "category"
    sort: str = "newest"
    limit: int = 0
    offset: int = 0
    style: str = "compact"
    fields: tuple[str, ...] = ("date", "title", "authors")
    excerpts: bool | None = None
    paginate: int = 0
    empty: str = ""
    pinned_first: bool = True

    @property
    def shows(self) -> Taxonomy | None:
        """The taxonomy whose terms are shown, or ``None`` for posts and feeds."""
        if self.show == "profiles":
            return Taxonomy.AUTHOR
        return next((item for item in Taxonomy if item.plural == self.show), None)

    @property
    def with_excerpts(self) -> bool:
        """Whether posts have an excerpt."""
        if self.style == "table":
            return "excerpt" in self.fields
        return self.has_pictures if self.excerpts is None else self.excerpts

    @property
    def with_pictures(self) -> bool:
        """Whether posts have a picture."""
        return self.has_pictures or (self.style == "table" and "picture" in self.fields)

    @property
    def has_pictures(self) -> bool:
        """Whether posts have a picture, and their categories."""
        return self.style in {"cards", "rows"}


@dataclass(frozen=True, slots=True)
class Group:
    """Posts under one heading.

    :ivar term: the heading, or ``None`` for posts without any.
    :ivar month: year and month, where posts are grouped by them.
    """

    term: Term | None
    month: tuple[int, int] | None
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The posts or the terms of a listing.

    :ivar groups: at most one if posts are not grouped.
    :ivar counts: terms with the number of their posts.
    :ivar unknown: taxonomies and names that do not exist.
    """

    groups: tuple[Group, ...] = ()
    counts: tuple[tuple[Term, int], ...] = ()
    unknown: tuple[tuple[Taxonomy, str], ...] = field(default=(), compare=False)

    @property
    def size(self) -> int:
        """The number of posts; a post under several headings counts several times."""
        return sum(len(group.posts) for group in self.groups)

    def page(self, number: int, size: int) -> Selection:
        """Return the part on one page.

        :param number: of the page, the first being 1.
        :param size: how many posts a page has; 0 for all.
        """
        if not size:
            return self
        begin, end, groups = (number - 1) * size, number * size, []
        for group in self.groups:
            if part := group.posts[max(begin, 0) : max(end, 0)]:
                groups.append(Group(group.term, group.month, part))
            begin, end = begin - len(group.posts), end - len(group.posts)
        return Selection(tuple(groups), self.counts, self.unknown)

    def pages(self, size: int) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.size // size)) if size else 1


def select(
    listing: Listing,
    posts: Sequence[Post],
    terms: Terms,
    zone: tzinfo,
    title_of: Callable[[Post], str],
) -> Selection:
    """Return the posts or terms of a listing; those that its filters name if it shows feeds.

    :param posts: the listed posts below the listing's term, newest first.
    :param zone: the time zone of months.
    :param title_of: the title of a post as readers see it.
    """
    keys, unknown = _wanted(listing, terms)
    if listing.show == "feeds":
        named = [
            (term, count)
            for taxonomy, wanted in keys.items()
            for term, count in _count(posts, terms, taxonomy, all_of_them=True)
            if term.key in wanted
        ]
        return Selection(counts=tuple(named), unknown=unknown)
    chosen = [
        post
        for post in posts
        if all(wanted & {term.key for term in post.terms(kind)} for kind, wanted in keys.items())
    ]
    if (taxonomy := listing.shows) is not None:
        counted = _count(chosen, terms, taxonomy, all_of_them=not listing.only)
        if listing.show == "profiles" and taxonomy in keys:
            # Those who are asked for, without those who wrote with them.
            counted = [item for item in counted if item[0].key in keys[taxonomy]]
        return Selection(counts=tuple(_part(counted, listing)), unknown=unknown)
    chosen = list(_part(_sorted(listing, chosen, title_of), listing))
    groups = _grouped(listing, chosen, terms, zone, keys)
    return Selection(tuple(groups), unknown=unknown)


def _wanted(
    listing: Listing, terms: Terms
) -> tuple[dict[Taxonomy, set[str]], tuple[tuple[Taxonomy, str], ...]]:
    found = {
        (taxonomy, name): {term.key for term in terms.find(taxonomy, name)}
        for taxonomy, names in listing.only
        for name in names
    }
    keys = {
        taxonomy: set[str]().union(*(found[taxonomy, name] for name in names))
        for taxonomy, names in listing.only
    }
    return keys, tuple(item for item, terms_found in found.items() if not terms_found)


def _count(
    posts: Iterable[Post], terms: Terms, taxonomy: Taxonomy, *, all_of_them: bool
) -> list[tuple[Term, int]]:
    counts = dict.fromkeys((term.key for term in terms.pages[taxonomy]), 0)
    for post in posts:
        for term in post.terms(taxonomy):
            counts[term.key] = counts.get(term.key, 0) + 1
    # A configured category is there without posts; an author of hidden posts only is not.
    empty_too = all_of_them and taxonomy is Taxonomy.CATEGORY
    return [
        (term, counts[term.key]) for term in terms.pages[taxonomy] if counts[term.key] or empty_too
    ]


def _part(items: Sequence[_Item], listing: Listing) -> Sequence[_Item]:
    end = listing.offset + listing.limit if listing.limit else None
    return items[listing.offset : end]


def _sorted(
    listing: Listing, posts: Iterable[Post], title_of: Callable[[Post], str]
) -> list[Post]:
    ordered = newest_first(posts)
    if listing.sort == "title":
        return sorted(ordered, key=lambda post: alphabetical(title_of(post)))
    if listing.sort == "oldest":
        ordered.sort(key=lambda post: post.date.instant.timestamp() if post.date else math.inf)
    if listing.pinned_first:
        ordered.sort(key=lambda post: not post.pinned)
    return ordered


def _grouped(
    listing: Listing,
    posts: Sequence[Post],
    terms: Terms,
    zone: tzinfo,
    wanted: dict[Taxonomy, set[str]],
) -> list[Group]:
    if listing.group_by == "none":
        return [Group(None, None, tuple(posts))] if posts else []
    if listing.group_by == "month":
        months, without = _members(posts, lambda post: _month(post, zone))
        ordered_months = sorted(months, reverse=listing.sort != "oldest")
        groups = [Group(None, month, tuple(months[month])) for month in ordered_months]
    else:
        taxonomy = Taxonomy(listing.group_by)
        only = wanted.get(taxonomy)
        members, without = _members(
            posts,
            lambda post: [
                term.key for term in post.terms(taxonomy) if only is None or term.key in only
            ],
        )
        pages = terms.pages[taxonomy]
        # The page's own spelling, where a post's differs.
        known = [*(term for post in posts for term in post.terms(taxonomy)), *pages]
        found = {term.key: term for term in known if term.key in members}
        ordered = in_term_order(found, pages)
        if taxonomy is Taxonomy.YEAR and listing.sort == "oldest":
            ordered.reverse()
        groups = [Group(term, None, tuple(members[term.key])) for term in ordered]
    return [*groups, Group(None, None, tuple(without))] if without else groups


def _month(post: Post, zone: tzinfo) -> list[tuple[int, int]]:
    """Return the year and month of a post, or nothing if it is undated."""
    day = post.date.instant.astimezone(zone) if post.date else None
    return [(day.year, day.month)] if day else []


def _members(
    posts: Iterable[Post], headings_of: Callable[[Post], Sequence[_Heading]]
) -> tuple[dict[_Heading, list[Post]], list[Post]]:
    """Return the posts under each heading, and those under none."""
    headed = [(post, headings_of(post)) for post in posts]
    members: dict[_Heading, list[Post]] = {}
    for post, headings in headed:
        for heading in headings:
            members.setdefault(heading, []).append(post)
    return members, [post for post, headings in headed if not headings]
