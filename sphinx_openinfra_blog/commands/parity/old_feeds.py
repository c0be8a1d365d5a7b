"""The ids and links in a feed, as feed readers see them."""

from __future__ import annotations

import json
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from sphinx_openinfra_blog.commands.input import InputError, first_byte, read_json, read_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RSS: Final = "RSS"
ATOM: Final = "Atom"
JSON_FEED: Final = "JSON Feed"
#: Feed readers know nothing of the ids in other formats.
FORMATS: Final = (RSS, ATOM, JSON_FEED)
JSON_FEED_VERSION: Final = "https://jsonfeed.org/version/"
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
# White space as XML defines it; a no-break space is part of an id.
_SPACE: Final = " \t\r\n"


class ParsedItem(NamedTuple):
    """An item of a feed.

    :ivar id: which feed readers compare, byte for byte.
    :ivar link: the URL of its page, or an empty string.
    """

    id: str
    link: str


class ParsedFeed(NamedTuple):
    """A feed that was read.

    :ivar name: of its file.
    :ivar format: one of ``FORMATS``.
    :ivar url: its own, or an empty string.
    :ivar skipped: the number of items with neither an id nor a link.
    """

    name: str
    format: str
    items: tuple[ParsedItem, ...]
    url: str
    skipped: int


def read_feed(data: bytes, name: str) -> ParsedFeed:
    """Read RSS 2.0, Atom 1.0 (RFC 4287) or JSON Feed 1.1.

    :param name: of the file, for errors.
    :raises InputError: if it is none of them, or broken.
    """
    if first_byte(data) == b"{":
        return _json_feed(data, name)
    root = read_xml(data, name)
    if root.tag == "rss":
        items = [_rss_item(item) for item in root.iterfind("channel/item")]
        above = [root, *root.iterfind("channel")]
        return _feed(name, RSS, items, _atom_link(above, "self"))
    if root.tag == f"{_ATOM}feed":
        entries = root.iterfind(f"{_ATOM}entry")
        items = [
            (_text(entry, f"{_ATOM}id"), _atom_link([root, entry], "alternate"))
            for entry in entries
        ]
        return _feed(name, ATOM, items, _atom_link([root], "self"))
    kind = root.tag.rpartition("}")[2]
    raise InputError(f"not an RSS 2.0 or Atom 1.0 feed: the root element is '{kind}'", name)


def _feed(name: str, kind: str, pairs: list[tuple[str, str]], url: str) -> ParsedFeed:
    items = tuple(ParsedItem(key or link, link) for key, link in pairs if key or link)
    return ParsedFeed(name, kind, items, url, len(pairs) - len(items))


def _rss_item(item: Element) -> tuple[str, str]:
    guid, link = _text(item, "guid"), _text(item, "link")
    element = item.find("guid")
    # A guid is a URL too, unless it says that it is not.
    permanent = element is not None and element.get("isPermaLink", "true").strip() == "true"
    return guid, link or (guid if permanent and "://" in guid else "")


def _text(parent: Element, tag: str) -> str:
    """Return the text of the first child of a name that has any."""
    texts = ((child.text or "").strip(_SPACE) for child in parent.iterfind(tag))
    return next(filter(None, texts), "")


def _atom_link(elements: list[Element], relation: str) -> str:
    """Return the target of a link in the last element (RFC 4287, 4.2.7); RSS uses them too.

    :param elements: the element and those around it, outermost first.
    """
    for link in elements[-1].iterfind(f"{_ATOM}link"):
        if link.get("rel", "alternate") == relation:
            bases = [element.get(_BASE, "") for element in (*elements, link)]
            return reduce(_join, [*bases, link.get("href", "")])
    return ""


def _join(base: str, url: str) -> str:
    try:
        return urljoin(base, url.strip(_SPACE))
    except ValueError:
        return url


def _json_feed(data: bytes, name: str) -> ParsedFeed:
    loaded = read_json(data, name)
    if not str(loaded.get("version")).startswith(JSON_FEED_VERSION):
        raise InputError("not a JSON Feed: missing or unknown version", name)
    items = loaded.get("items")
    if not isinstance(items, list):
        raise InputError("missing list of items", name)
    known = [item if isinstance(item, dict) else {} for item in items]
    pairs = [(_json_text(item.get("id")), _json_text(item.get("url"))) for item in known]
    return _feed(name, JSON_FEED, pairs, _json_text(loaded.get("feed_url")))


def _json_text(value: object) -> str:
    """Return an id or a URL; feed readers accept numbers as text (JSON Feed, "Items")."""
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return json.dumps(value) if is_number else ""
