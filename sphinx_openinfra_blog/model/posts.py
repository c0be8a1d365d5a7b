"""The values the blog is made of: frozen, picklable, without Sphinx and without a clock."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .text import digest_of

if TYPE_CHECKING:
    from datetime import datetime


class Visibility(enum.Enum):
    """Who may see a post."""

    #: Has a page and is in every listing.
    PUBLISHED = "published"
    #: Has a page, is in no listing (``hidePost: true``, contract point 4).
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


class Taxonomy(enum.StrEnum):
    """The kinds of terms of posts; the value is a part of their URLs."""

    CATEGORY = "category"
    AUTHOR = "author"
    TAG = "tag"
    YEAR = "year"

    @property
    def plural(self) -> str:
        """What authors of pages call several terms of this kind."""
        return "categories" if self is Taxonomy.CATEGORY else f"{self.value}s"


@dataclass(frozen=True, slots=True)
class Term:
    """A category, author, tag or year of posts.

    :ivar key: what makes it this term: a category's id, or its label where it has no id;
        an author's slug; a tag; the four digits of a year.
    :ivar label: the name as shown.
    :ivar slug: the last part of the path of its page, or an empty string if it has none.
    """

    taxonomy: Taxonomy
    key: str
    label: str
    slug: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The configured description of a category or an author, beyond the name.

    :ivar role: what an author does, and for whom.
    :ivar description: a paragraph, plain text.
    :ivar links: names and URLs of other pages, ``http``, ``https`` or ``mailto``.
    :ivar picture: a URL or a file, as written.
    """

    role: str = ""
    description: str = ""
    links: tuple[tuple[str, str], ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter for search engines and social sites only.

    :ivar title: ``seo.title``, or an empty string.
    :ivar description: ``seo.description`` or ``description``, or an empty string.
    :ivar image: the URL or file of the picture of the post, as written.
    :ivar image_alt: its alternative text.
    :ivar image_line: the 1-based line that names it.
    :ivar twitter: the author's handle with its ``@``, or an empty string.
    :ivar canonical: the absolute URL to use instead of the page's own.
    :ivar image_number: that of the image of the body to use as the picture, from 1, or 0.
    :ivar robots: what search engines are to do with the page, such as ``noindex``.
    :ivar off_sitemap: whether sitemaps should not have the page.
    """

    title: str = ""
    description: str = ""
    image: str = ""
    image_alt: str = ""
    image_line: int = 0
    twitter: str = ""
    canonical: str = ""
    image_number: int = 0
    robots: str = ""
    off_sitemap: bool = False

    @property
    def noindex(self) -> bool:
        """Whether search engines should ignore the page."""
        words = {word.strip() for word in self.robots.casefold().split(",")}
        return not words.isdisjoint({"noindex", "none"})


@dataclass(frozen=True, slots=True)
class Post:
    """One post, with everything about it that depends on other posts settled.

    :ivar docname: its permalink, which is Sphinx's name for the document.
    :ivar path: its file, relative to the source directory.
    :ivar title: plain text.
    :ivar title_line: the 1-based line of the title in the file.
    :ivar date: when it was published; ``None`` for an undated post.
    :ivar updated: when it was last changed, where the front matter has it.
    :ivar authors: in the order written.
    :ivar categories: in the order written, each once.
    :ivar tags: in the order written, each once.
    :ivar year: when it was published, in the blog's time zone.
    :ivar summary: the excerpt that the front matter gives, or an empty string.
    :ivar paragraphs: the number of those of the body that are the excerpt, or 0.
    :ivar pinned: whether listings by date begin with it.
    :ivar visibility: who may see it.
    :ivar source_url: ``seo.url`` as written, or an empty string.
    :ivar guid: the same byte for byte, if this post has it as its id in the feeds.
    :ivar keeps_url: whether *docname* is the path of ``seo.url``.
    :ivar aliases: other paths below the site root that lead to it, each with its line.
    :ivar head: what is for search engines and social sites only.
    :ivar passthrough: front matter for MyST, Sphinx, themes and extensions, as one line of JSON.
    """

    docname: str
    path: str
    title: str
    title_line: int
    date: Moment | None
    updated: Moment | None
    authors: tuple[Term, ...]
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    year: Term | None
    summary: str
    paragraphs: int
    pinned: bool
    visibility: Visibility
    source_url: str
    guid: str
    keeps_url: bool
    aliases: tuple[tuple[str, int], ...]
    head: Head
    passthrough: str

    def terms(self, taxonomy: Taxonomy) -> tuple[Term, ...]:
        """Return the terms of the post in one taxonomy."""
        if taxonomy is Taxonomy.YEAR:
            return () if self.year is None else (self.year,)
        named = {
            Taxonomy.CATEGORY: self.categories,
            Taxonomy.AUTHOR: self.authors,
            Taxonomy.TAG: self.tags,
        }
        return named[taxonomy]

    def digest(self) -> str:
        """Return a digest of everything a reader of the post's page can notice."""
        return digest_of(self)


class Reading(NamedTuple):
    """What a post was last read from; digests are of contents, not of times."""

    #: The file, relative to the source directory.
    path: str
    #: Digest of its bytes.
    content: str
    #: :meth:`Post.digest` of its resolved front matter.
    front_matter: str
    #: The files that it depends on, as Sphinx names them, each with a digest.
    dependencies: tuple[tuple[str, str], ...]
    #: Digest of the programs that read it.
    toolchain: str
    #: When it was read, in nanoseconds since the epoch.
    time_ns: int


class SiteLink(NamedTuple):
    """A link of a document that may lead to something of the site itself."""

    #: The target as written.
    written: str
    #: The URLs that it may mean, the likeliest first, in full or from the root of the site.
    urls: tuple[str, ...]
    #: Where it leads if the site has nothing there.
    uri: str
    #: The file it is in, relative to the source directory.
    path: str
    #: The 1-based line there, or 0.
    line: int


class Picture(NamedTuple):
    """An image of a post, as Sphinx knows it."""

    #: Relative to the source directory, or a URL.
    uri: str
    #: Image type -> the same for that type; ``*`` and ``?`` as Sphinx has them.
    candidates: tuple[tuple[str, str], ...]
    #: The alternative text.
    alt: str


class TitleReference(NamedTuple):
    """A reference that shows the title of its target, which only a whole site knows."""

    #: As Sphinx names it, such as ``std``.
    domain: str
    #: The name of the role, such as ``ref``.
    kind: str
    #: A label, a name, or a docname, perhaps with a fragment.
    target: str
    #: What to show where there is no title.
    text: str


class Summary(NamedTuple):
    """What listings and heads show of the body of a post."""

    #: The prose at its beginning.
    prose: tuple[str | TitleReference, ...]
    #: Whether the author marked its end, so that it is not cut.
    is_marked: bool
    picture: Picture | None
    #: The reading time.
    minutes: int
    #: The number of words.
    words: int
