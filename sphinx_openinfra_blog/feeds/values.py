"""Feeds as plain values, independent of any format."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

# All but the characters of XML 1.0 (https://www.w3.org/TR/xml/#NT-Char).
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEWLINE: Final = re.compile("\r\n?")


class FeedFormat(enum.Enum):
    """A feed format; the values are those of ``openinfra_blog_feeds``."""

    ATOM = "atom"
    RSS = "rss"
    JSON = "json"

    @property
    def file_name(self) -> str:
        """The file name of a feed."""
        return "feed.json" if self is FeedFormat.JSON else f"{self.value}.xml"

    @property
    def media_type(self) -> str:
        """The media type, for servers and links."""
        kind = "feed+json" if self is FeedFormat.JSON else f"{self.value}+xml"
        return f"application/{kind}"

    @property
    def label(self) -> str:
        """The name for people."""
        return {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}[self.value]


@dataclass(frozen=True, slots=True)
class FeedAuthor:
    """An author of an entry.

    :ivar url: the absolute URL of the author's page, or an empty string.
    """

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FeedLabel:
    """A category or tag.

    :ivar term: its slug or id.
    :ivar scheme: the absolute URL of the overview of its kind, or an empty string.
    :ivar label: the name as shown.
    """

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A post in a feed.

    :ivar guid: its id in RSS, byte for byte (contract point 11).
    :ivar iri: its id in Atom and JSON Feed, an absolute IRI.
    :ivar url: the absolute URL of its page.
    :ivar title: plain text.
    :ivar summary: plain text, may be empty.
    :ivar content: HTML; empty if the feed holds summaries only.
    :ivar published: an aware datetime, and so is *updated*.
    :ivar image: the absolute URL of its picture, or an empty string.
    """

    guid: str
    iri: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    authors: tuple[FeedAuthor, ...]
    labels: tuple[FeedLabel, ...]
    image: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, whatever its format.

    :ivar title: plain text.
    :ivar description: plain text, may be empty.
    :ivar home_url: the absolute URL of the page it belongs to.
    :ivar url: its own absolute URL.
    :ivar language: as in HTML's ``lang``, such as ``zh-CN``, or an empty string.
    :ivar stylesheet: the URL of a CSS file for browsers, or an empty string.
    :ivar entries: in the order in which they are written.
    """

    title: str
    description: str
    home_url: str
    url: str
    language: str
    stylesheet: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> datetime | None:
        """When an entry was last changed; ``None`` if there is no entry."""
        return max((entry.updated for entry in self.entries), default=None)


def xml_text(text: str) -> str:
    """Return *text* as an XML 1.0 parser would give it back.

    Characters that XML does not allow are dropped, and newlines normalized (section 2.11).
    """
    return _NEWLINE.sub("\n", _NOT_XML.sub("", text))


def writable_feed(feed: Feed) -> Feed:
    """Return a feed that every format can express.

    Dates are converted to UTC; authors and labels without a name are dropped.
    """
    return Feed(
        title=xml_text(feed.title),
        description=xml_text(feed.description),
        home_url=_uri(feed.home_url),
        url=_uri(feed.url),
        language=xml_text(feed.language),
        stylesheet=_uri(feed.stylesheet),
        entries=tuple(_writable_entry(entry) for entry in feed.entries),
    )


def _writable_entry(entry: FeedEntry) -> FeedEntry:
    authors = (FeedAuthor(xml_text(item.name), _uri(item.url)) for item in entry.authors)
    labels = (
        FeedLabel(xml_text(item.term), _uri(item.scheme), xml_text(item.label))
        for item in entry.labels
    )
    return FeedEntry(
        guid=xml_text(entry.guid),
        iri=xml_text(entry.iri),
        url=_uri(entry.url),
        title=xml_text(entry.title),
        summary=xml_text(entry.summary),
        content=xml_text(entry.content),
        published=entry.published.astimezone(UTC),
        updated=entry.updated.astimezone(UTC),
        authors=tuple(author for author in authors if author.name.strip()),
        labels=tuple(label for label in labels if label.term.strip() and label.label.strip()),
        image=_uri(entry.image),
    )


def _uri(url: str) -> str:
    """Return a URL with the characters that RFC 3986 does not allow quoted."""
    return quote(xml_text(url), safe="/#%[]=:;$&()+,!?*@'~")
