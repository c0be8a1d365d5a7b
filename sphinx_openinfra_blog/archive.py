"""Posts -> who may see them, their order and neighbours; pure.

:func:`has_page`, :func:`is_listed` and :func:`is_in_feeds` are the visibility rule: every output
asks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .model import Post, Term, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from .fields import Fields
    from .model import Moment


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The posts before and after one in time."""

    older: Post | None
    newer: Post | None


def visibility_of(fields: Fields, now: datetime, *, publish_future: bool) -> Visibility:
    """Return who may see a post at the moment *now* (an aware datetime)."""
    if fields.draft:
        return Visibility.DRAFT
    if fields.expires is not None and fields.expires.instant <= now:
        return Visibility.EXPIRED
    if fields.date is not None and fields.date.instant > now and not publish_future:
        return Visibility.SCHEDULED
    return Visibility.UNLISTED if fields.unlisted else Visibility.PUBLISHED


def has_page(visibility: Visibility, *, preview: bool) -> bool:
    """Tell whether a post has a page."""
    return preview or visibility in {Visibility.PUBLISHED, Visibility.UNLISTED}


def is_listed(visibility: Visibility, *, preview: bool) -> bool:
    """Tell whether a post stands in listings, and is a neighbour."""
    if visibility is Visibility.UNLISTED:
        return False
    return preview or visibility is Visibility.PUBLISHED


def is_in_feeds(visibility: Visibility, *, unlisted: bool) -> bool:
    """Tell whether a post may leave the site in a feed; what only a preview shows never does.

    :param unlisted: the option ``feed_unlisted``.
    """
    return visibility is Visibility.PUBLISHED or (unlisted and visibility is Visibility.UNLISTED)


def next_change(fields: Fields, now: datetime, *, publish_future: bool) -> datetime | None:
    """Return when :func:`visibility_of` will next change after *now*, or ``None``."""
    if fields.draft or (fields.expires is not None and fields.expires.instant <= now):
        return None
    moments = [] if publish_future or fields.date is None else [fields.date.instant]
    moments += [] if fields.expires is None else [fields.expires.instant]
    return min((moment for moment in moments if moment > now), default=None)


def newest_first(posts: Iterable[Post]) -> list[Post]:
    """Return posts newest first; equal instants by docname, undated ones last."""

    def rank(post: Post) -> tuple[bool, float, str]:
        instant = 0.0 if post.date is None else -post.date.instant.timestamp()
        return post.date is None, instant, post.docname

    return sorted(posts, key=rank)


def precedence(
    visibility: Visibility, date: Moment | None, path: str
) -> tuple[int, bool, float, str]:
    """Order posts that claim one URL: visible before unlisted, then by date, then by file."""
    ranks = {Visibility.PUBLISHED: 0, Visibility.UNLISTED: 1}
    instant = 0.0 if date is None else date.instant.timestamp()
    return ranks.get(visibility, 2), date is None, instant, path


def by_precedence(posts: Iterable[Post]) -> list[Post]:
    """Sort posts by the precedence of their claims to an alias."""
    return sorted(posts, key=lambda post: precedence(post.visibility, post.date, post.path))


def neighbours_of(posts: Sequence[Post]) -> dict[str, Neighbours]:
    """Return each post's neighbours, by docname.

    :param posts: the listed posts, newest first.
    """
    around = [None, *posts, None]
    return {
        post.docname: Neighbours(older=around[number + 2], newer=around[number])
        for number, post in enumerate(posts)
    }


def in_term_order(found: Mapping[str, Term], configured: Sequence[Term] = ()) -> list[Term]:
    """Return terms as archives order them: configured first, then by label."""
    first = [found[term.key] for term in configured if term.key in found]
    keys = {term.key for term in configured}
    others = [term for term in found.values() if term.key not in keys]
    return first + sorted(others, key=lambda item: (item.label.casefold(), item.label, item.key))
