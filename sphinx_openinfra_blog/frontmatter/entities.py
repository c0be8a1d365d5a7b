"""HTML entities, which exports of WordPress leave in titles and names; pure."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING, Final, TypeVar

from sphinx_openinfra_blog.model import Subtype, __, clean

if TYPE_CHECKING:
    from .entries import Entry
    from .values import ValueReader, Values

_T = TypeVar("_T")

#: Code, which stays; or an entity. A number may be escaped twice, as nobody writes of one.
_ENTITY: Final = re.compile(
    r"`[^`]*+`|&(?:amp;)*(#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});)|&([A-Za-z][A-Za-z0-9]{1,31};)"
)


def decoding(read: ValueReader[_T]) -> ValueReader[_T]:
    """Return a reader that decodes HTML entities first, and warns of them."""

    def read_decoded(values: Values, key: str, entry: Entry) -> _T | None:
        return read(values, key, _decoded(values, key, entry))

    return read_decoded


def _decoded(values: Values, key: str, entry: Entry) -> Entry:
    if isinstance(entry.data, list):
        return replace(entry, data=[_decoded(values, key, item) for item in entry.data])
    if isinstance(entry.data, dict):
        parts = {name: _decoded(values, key, part) for name, part in entry.data.items()}
        return replace(entry, data=parts)
    text = without_entities(entry.text) if isinstance(entry.data, str) else entry.text
    if text == entry.text:
        return entry
    message = __(
        "HTML entity in '%s': reading '%s' as '%s' (write the character itself)",
        key,
        clean(entry.text)[:80],
        clean(text)[:80],
    )
    values.warn(Subtype.VALUE, message, entry.line)
    return replace(entry, data=text, text=text)


def without_entities(text: str) -> str:
    """Return a text with the characters that HTML entities stand for.

    An entity for a blank or an invisible character stays if it is a word of its own: the text
    speaks of it.
    """

    def character(match: re.Match[str]) -> str:
        number, name = match.groups()
        found = unescape(f"&{number}") if number else html5.get(name or "", match[0])
        around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        is_word = len(around.strip()) < 2
        return match[0] if is_word and not found.isprintable() else found

    return _ENTITY.sub(character, text)
