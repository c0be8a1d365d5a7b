"""Feeds as their readers see them: the ids and the links of what is in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from .untrusted import InputError, XmlReader, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable


class FeedFormat(Enum):
    """The formats of feeds; the reader of one knows nothing of the ids in another."""

    RSS = "RSS"
    ATOM = "Atom"
    JSON = "JSON Feed"


_ATOM: Final = "http://www.w3.org/2005/Atom"
_ROOTS: Final = {"rss": FeedFormat.RSS, f"{_ATOM} feed": FeedFormat.ATOM}
_ITEM: Final = ["rss", "channel", "item"]
_ENTRY: Final = [f"{_ATOM} feed", f"{_ATOM} entry"]
_LINK: Final = f"{_ATOM} link"
_ABOVE_OWN_LINK: Final = (_ITEM[:-1], _ENTRY[:-1])
_IDS: Final = ([*_ITEM, "guid"], [*_ENTRY, f"{_ATOM} id"])
_BASE: Final = "http://www.w3.org/XML/1998/namespace base"
_JSON_VERSION: Final = "https://jsonfeed.org/version/"
# What XML calls white space; a no-break space is a part of an id.
_SPACE: Final = " \t\r\n"


class NoFeedError(InputError):
    """A file that is something else than a feed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed.

    :ivar id: by which readers know whether they have seen it, byte for byte.
    :ivar link: the address of its page, or an empty string.
    :ivar line: the 1-based line in the feed, 0 if unknown.
    """

    id: str
    link: str
    line: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was read.

    :ivar name: its file.
    :ivar address: where it says that it is published, or an empty string.
    :ivar nameless: how many items have neither an id nor a link.
    """

    name: str
    format: FeedFormat
    entries: tuple[Entry, ...]
    address: str
    nameless: int


@dataclass(slots=True)
class _Item:
    """An item while it is read.

    :ivar permanent: whether its id is an address too (``isPermaLink`` of RSS 2.0).
    """

    line: int = 0
    id: str = ""
    link: str = ""
    permanent: bool = False


def read_feed(data: bytes, name: str) -> Feed:
    """Return what is in a feed.

    :param name: of the file, for errors.
    :raises NoFeedError: if it is something else.
    :raises InputError: if it is broken, or holds what is not read from strangers.
    """
    if data[:1024].lstrip(b"\xef\xbb\xbf" + _SPACE.encode()).startswith(b"{"):
        return _json_feed(data, name)
    return _XmlFeed(name).read(data)


def _feed(name: str, kind: FeedFormat, items: Iterable[_Item], address: str) -> Feed:
    entries, nameless = [], 0
    for item in items:
        link = item.link or (item.id if item.permanent and "://" in item.id else "")
        if item.id or link:
            entries.append(Entry(item.id or link, link, item.line))
        else:
            nameless += 1
    return Feed(name, kind, tuple(entries), address, nameless)


class _XmlFeed:
    """Reads RSS 2.0 and Atom 1.0 (RFC 4287)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items: list[_Item] = []
        self.address = ""
        self._bases = [""]
        self._root = ""
        self._reader = XmlReader(name, self._start, self._end)

    def read(self, data: bytes) -> Feed:
        """Return what is in the feed."""
        self._reader.read(data)
        return _feed(self.name, _ROOTS[self._root], self.items, self.address)

    def _start(self, attributes: dict[str, str]) -> None:
        path = self._reader.path
        if len(path) == 1:
            self._root = path[0]
            if self._root not in _ROOTS:
                root = self._root.rpartition(" ")[2]
                message = f"it is neither RSS 2.0 nor Atom 1.0: its outermost element is '{root}'"
                raise NoFeedError(message, self.name, self._reader.line)
        self._bases.append(_joined(self._bases[-1], attributes.get(_BASE, "")))
        if path in (_ITEM, _ENTRY):
            self.items.append(_Item(self._reader.line))
        elif path == _IDS[0]:
            permanent = attributes.get("isPermaLink", "true").strip(_SPACE) == "true"
            self.items[-1].permanent = permanent
        elif path[-1] == _LINK:
            self._take_link(path[:-1], attributes)

    def _take_link(self, above: list[str], attributes: dict[str, str]) -> None:
        """Take a link of Atom (RFC 4287, 4.2.7); feeds in RSS name their address by one too."""
        relation = attributes.get("rel", "alternate")
        target = _joined(self._bases[-1], attributes.get("href", ""))
        if above == _ENTRY and relation == "alternate":
            self.items[-1].link = self.items[-1].link or target
        elif above in _ABOVE_OWN_LINK and relation == "self":
            self.address = self.address or target

    def _end(self, text: str) -> None:
        path = self._reader.path
        if path in _IDS:
            self.items[-1].id = self.items[-1].id or text.strip(_SPACE)
        elif path[-1] == "link" and path[:-1] == _ITEM:
            self.items[-1].link = self.items[-1].link or text.strip(_SPACE)
        self._bases.pop()


def _joined(base: str, target: str) -> str:
    """Return an address that may be relative (RFC 4287 follows XML Base)."""
    try:
        return urljoin(base, target.strip(_SPACE))
    except ValueError:
        return target


def _json_feed(data: bytes, name: str) -> Feed:
    """Return what is in a JSON Feed (version 1.1)."""
    loaded = read_json(data, name)
    version = loaded.get("version") if isinstance(loaded, dict) else None
    if not isinstance(version, str) or not version.startswith(_JSON_VERSION):
        raise NoFeedError("it is no JSON Feed: it does not name that as its version", name)
    listed = loaded.get("items")
    if not isinstance(listed, list):
        raise InputError("it has no list of items", name)
    items = [
        _Item(id=_text(item.get("id")), link=_text(item.get("url")))
        for item in listed
        if isinstance(item, dict)
    ]
    feed = _feed(name, FeedFormat.JSON, items, _text(loaded.get("feed_url")))
    odd = len(listed) - len(items)
    return Feed(feed.name, feed.format, feed.entries, feed.address, feed.nameless + odd)


def read_json(data: bytes, name: str) -> Any:
    """Return what a JSON file holds.

    :raises InputError: if it is broken.
    """
    try:
        return json.loads(read_text(data, name))
    except json.JSONDecodeError as error:
        raise InputError(f"this is no JSON: {error.msg}", name, error.lineno) from error
    except RecursionError as error:
        raise InputError("its values are nested too deep", name) from error
    except InputError:
        raise
    except ValueError as error:
        # Python refuses numbers of thousands of digits.
        raise InputError(f"this JSON cannot be read: {error}", name) from error


def _text(value: object) -> str:
    """Return an id or an address; readers take numbers for text (JSON Feed, "Items")."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return json.dumps(value)
    return ""
