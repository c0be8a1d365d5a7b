"""The files that are posts: who may see them, and when that changes; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sphinx_openinfra_blog.config import Settings
    from sphinx_openinfra_blog.frontmatter import Fields


@dataclass(frozen=True, slots=True)
class Source:
    """One file that is a post.

    :ivar path: relative to the source directory, with forward slashes.
    :ivar stem: *path* below the blog's folder, without the suffix.
    :ivar docname: what Sphinx would call the document by itself.
    :ivar heading: the first heading of the body, if the front matter has no title.
    """

    path: str
    stem: str
    docname: str
    fields: Fields
    visibility: Visibility
    heading: str = ""


class Where(Enum):
    """Where a post may be shown."""

    #: On a page of its own.
    PAGE = auto()
    #: In listings with their counts, among neighbours, and on the pages of terms.
    LISTING = auto()
    #: In the blog's feeds.
    FEED = auto()
    #: In sitemaps.
    SITEMAP = auto()
    #: In search engines of the web.
    ENGINES = auto()
    #: In ``objects.inv`` and in maps of redirects for servers.
    INVENTORY = auto()
    #: In the site's own search.
    SEARCH = auto()
    #: At other paths that redirect to it.
    REDIRECT = auto()


_PUBLIC: Final = frozenset({Visibility.PUBLISHED})
_REACHABLE: Final = _PUBLIC | {Visibility.UNLISTED}
_SHOWN: Final[Mapping[Where, frozenset[Visibility]]] = {
    Where.PAGE: _REACHABLE,
    Where.LISTING: _PUBLIC,
    Where.FEED: _PUBLIC,
    Where.SITEMAP: _PUBLIC,
    Where.ENGINES: _PUBLIC,
    Where.INVENTORY: _PUBLIC,
    Where.SEARCH: _PUBLIC,
    Where.REDIRECT: _REACHABLE,
}
#: Where a preview shows drafts, scheduled and expired posts, too.
_PREVIEWED: Final = frozenset({Where.PAGE, Where.LISTING, Where.SEARCH})


def may_show(visibility: Visibility, where: Where, settings: Settings) -> bool:
    """Tell whether a post may be shown somewhere: the one rule, which every output asks."""
    if visibility in _SHOWN[where]:
        return True
    if visibility is Visibility.UNLISTED:
        return where is Where.FEED and settings.feed_unlisted
    return settings.preview and where in _PREVIEWED


def visibility_of(fields: Fields, settings: Settings) -> Visibility:
    """Return who may see a post at the moment of the build."""
    if fields.switch is Visibility.DRAFT:
        return Visibility.DRAFT
    if fields.expires is not None and fields.expires.instant <= settings.now:
        return Visibility.EXPIRED
    future = any(moment > settings.now for moment in _begins(fields))
    if future and not settings.publish_future:
        return Visibility.SCHEDULED
    return fields.switch or Visibility.PUBLISHED


def next_change(fields: Fields, settings: Settings) -> datetime | None:
    """Return when :func:`visibility_of` will next return another value, or ``None``."""
    if visibility_of(fields, settings) in {Visibility.DRAFT, Visibility.EXPIRED}:
        return None
    moments = [] if settings.publish_future else _begins(fields)
    moments += [] if fields.expires is None else [fields.expires.instant]
    return min((moment for moment in moments if moment > settings.now), default=None)


def _begins(fields: Fields) -> list[datetime]:
    """Return the moments before which a post is scheduled."""
    return [moment.instant for moment in (fields.date, fields.release) if moment is not None]
