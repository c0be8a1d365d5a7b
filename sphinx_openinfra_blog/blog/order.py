"""The order of posts and terms; pure."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_openinfra_blog.model import Moment, Post, Term


def newest_first(posts: Iterable[Post]) -> list[Post]:
    """Return posts newest first; equal instants by docname, undated ones last."""
    return sorted(
        posts, key=lambda post: (post.date is None, -_timestamp(post.date), post.docname)
    )


def precedence(
    visibility: Visibility, date: Moment | None, path: str
) -> tuple[int, bool, float, str]:
    """Order posts that claim one URL: visible before unlisted, then by date, then by file."""
    ranks = {Visibility.PUBLISHED: 0, Visibility.UNLISTED: 1}
    return ranks.get(visibility, 2), date is None, _timestamp(date), path


def _timestamp(date: Moment | None) -> float:
    return 0.0 if date is None else date.instant.timestamp()


def by_precedence(posts: Iterable[Post]) -> list[Post]:
    """Sort posts by the precedence of their claims to an alias."""
    return sorted(posts, key=lambda post: precedence(post.visibility, post.date, post.path))


def in_term_order(found: Mapping[str, Term], configured: Sequence[Term] = ()) -> list[Term]:
    """Return terms as archives order them: configured first, then by label."""
    first = [found[term.key] for term in configured if term.key in found]
    keys = {term.key for term in configured}
    others = [term for term in found.values() if term.key not in keys]
    return first + sorted(others, key=lambda item: (alphabetical(item.label), item.key))


def alphabetical(text: str) -> tuple[str, str]:
    """Return the key by which texts are sorted: without case and accents at first."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char)), text
