"""Feeds as values, whatever their format; pure."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

# Everything but the characters of XML 1.0 (https://www.w3.org/TR/xml/#NT-Char).
_UNHELD: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEWLINE: Final = re.compile("\r\n?")


class FeedFormat(enum.Enum):
    """The formats of feeds; the values are those of the option ``feeds``."""

    ATOM = "atom"
    RSS = "rss"
    JSON = "json"

    @property
    def file_name(self) -> str:
        """The last part of a feed's address."""
        return "feed.json" if self is FeedFormat.JSON else f"{self.value}.xml"

    @property
    def media_type(self) -> str:
        """What servers and links call the format."""
        kind = "feed+json" if self is FeedFormat.JSON else f"{self.value}+xml"
        return f"application/{kind}"

    @property
    def label(self) -> str:
        """What people call the format."""
        return {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}[self.value]


@dataclass(frozen=True, slots=True)
class FeedAuthor:
    """Who wrote an entry.

    :ivar address: the absolute address of the author's page, or an empty string.
    """

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class FeedLabel:
    """A category or tag.

    :ivar term: its slug or id.
    :ivar scheme: the absolute address of the overview of its kind, or an empty string.
    :ivar label: its name as shown.
    """

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A post in a feed.

    :ivar guid: its id in RSS, byte for byte (contract point 11).
    :ivar iri: its id in Atom and JSON Feed, an absolute IRI.
    :ivar address: the absolute address of its page.
    :ivar title: plain text.
    :ivar summary: plain text, may be empty.
    :ivar content: HTML; empty if the feed holds summaries only.
    :ivar published: an aware datetime, and so is *updated*.
    :ivar image: the absolute address of its picture, or an empty string.
    """

    guid: str
    iri: str
    address: str
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
    :ivar home: the absolute address of the page it belongs to.
    :ivar address: its own absolute address.
    :ivar language: as in HTML's ``lang``, such as ``zh-CN``, or an empty string.
    :ivar stylesheet: the address of a CSS file for people who open it, or an empty string.
    :ivar entries: in the order in which they are written.
    """

    title: str
    description: str
    home: str
    address: str
    language: str
    stylesheet: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> datetime | None:
        """When an entry was last changed; ``None`` if there is no entry."""
        return max((entry.updated for entry in self.entries), default=None)


def held(text: str) -> str:
    """Return *text* as it is read back from XML 1.0.

    Other characters than XML's are left out, and every newline is the same (2.11 there).
    """
    return _NEWLINE.sub("\n", _UNHELD.sub("", text))


def held_feed(feed: Feed) -> Feed:
    """Return a feed as every format can hold it.

    Dates are in UTC; authors and labels without a name are left out.
    """
    return Feed(
        title=held(feed.title),
        description=held(feed.description),
        home=_uri(feed.home),
        address=_uri(feed.address),
        language=held(feed.language),
        stylesheet=_uri(feed.stylesheet),
        entries=tuple(_held_entry(entry) for entry in feed.entries),
    )


def _held_entry(entry: FeedEntry) -> FeedEntry:
    authors = (FeedAuthor(held(item.name), _uri(item.address)) for item in entry.authors)
    labels = (
        FeedLabel(held(item.term), _uri(item.scheme), held(item.label)) for item in entry.labels
    )
    return FeedEntry(
        guid=held(entry.guid),
        iri=held(entry.iri),
        address=_uri(entry.address),
        title=held(entry.title),
        summary=held(entry.summary),
        content=held(entry.content),
        published=_utc(entry.published),
        updated=_utc(entry.updated),
        authors=tuple(author for author in authors if author.name.strip()),
        labels=tuple(label for label in labels if label.term.strip() and label.label.strip()),
        image=_uri(entry.image),
    )


def _uri(address: str) -> str:
    """Return an address without the characters that RFC 3986 has not."""
    return quote(held(address), safe="/#%[]=:;$&()+,!?*@'~")


def _utc(moment: datetime) -> datetime:
    # Offsets with seconds, as zones had before 1900, have no place in feeds.
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # a day before the first of the calendar, or after its last
        return moment.replace(tzinfo=UTC)
