"""The values the blog is made of: frozen, picklable, without Sphinx and without a clock."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Visibility(enum.Enum):
    """Who may see a post."""

    #: Has a page and stands in every listing.
    PUBLISHED = "published"
    #: Has a page, stands in no listing (``hidePost: true``, contract point 4).
    UNLISTED = "unlisted"
    #: Not finished: no page.
    DRAFT = "draft"
    #: Its date lies in the future: no page yet.
    SCHEDULED = "scheduled"
    #: Its ``expires`` lies in the past: no page any more.
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time and how it was written.

    :ivar instant: an aware datetime.
    :ivar text: the same as an HTML *valid global date and time string*, with the
        fraction of a second as written (HTML allows three digits at most).
    """

    instant: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote posts.

    :ivar name: the name as shown.
    :ivar slug: the last part of the author page's path.
    """

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category that posts stand under.

    :ivar key: what makes it this category: its id, or its label where it has no id.
    :ivar label: the name as shown.
    :ivar slug: the last part of the category page's path.
    """

    key: str
    label: str
    slug: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post, with everything about it that depends on other posts settled.

    :ivar docname: its permalink, which is Sphinx's name for the document.
    :ivar path: its file, relative to the source directory.
    :ivar title: plain text.
    :ivar title_line: the 1-based line of the title in the file.
    :ivar date: when it was published; ``None`` for an undated post.
    :ivar updated: when it was last changed, where the author says so.
    :ivar authors: in the order written.
    :ivar categories: in the order written, each once.
    :ivar tags: in the order written, each once.
    :ivar visibility: who may see it.
    :ivar address: ``seo.url`` as written, or an empty string.
    :ivar published: whether *docname* is the path of ``seo.url``.
    :ivar aliases: other paths below the site root that lead to it, each with its line.
    :ivar kept: front matter that is not the blog's, as one line of JSON.
    """

    docname: str
    path: str
    title: str
    title_line: int
    date: Moment | None
    updated: Moment | None
    authors: tuple[Author, ...]
    categories: tuple[Category, ...]
    tags: tuple[str, ...]
    visibility: Visibility
    address: str
    published: bool
    aliases: tuple[tuple[str, int], ...]
    kept: str

    def digest(self) -> str:
        """Return a digest of everything a reader of the post's page can notice."""
        return digest_of(self)


def digest_of(value: object) -> str:
    """Return a digest of plain values that is the same in every process.

    :param value: anything whose ``repr`` says all of it, such as the values of this module.
    """
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:32]
