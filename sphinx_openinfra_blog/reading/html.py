"""Find the URLs in raw HTML as browsers do; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class UrlKind(Enum):
    """What a URL in HTML leads to."""

    #: An image.
    IMAGE = auto()
    #: Images of other sizes, with the size of each.
    IMAGE_SET = auto()
    #: A video, a sound, or another file that the page shows.
    FILE = auto()
    #: Another page, or a file.
    LINK = auto()


@dataclass(frozen=True, slots=True)
class UrlAttribute:
    """An attribute that holds a URL, in a start tag.

    :ivar start: where its name begins in the HTML.
    :ivar end: where its value ends, after the quotation mark.
    :ivar value: without character references, and without blanks around it.
    :ivar alt: the alternative text; ``None`` if it is missing.
    :ivar beside: the names of all attributes of an ``img``, in lower case; else empty.
    """

    kind: UrlKind
    name: str
    start: int
    end: int
    value: str
    alt: str | None
    beside: tuple[str, ...] = ()


_KINDS: Final = {
    ("a", "href"): UrlKind.LINK,
    ("area", "href"): UrlKind.LINK,
    ("audio", "src"): UrlKind.FILE,
    ("embed", "src"): UrlKind.FILE,
    ("image", "href"): UrlKind.IMAGE,
    ("image", "xlink:href"): UrlKind.IMAGE,
    ("img", "src"): UrlKind.IMAGE,
    ("img", "srcset"): UrlKind.IMAGE_SET,
    ("input", "src"): UrlKind.IMAGE,
    ("object", "data"): UrlKind.FILE,
    ("source", "src"): UrlKind.FILE,
    ("source", "srcset"): UrlKind.IMAGE_SET,
    ("track", "src"): UrlKind.FILE,
    ("video", "poster"): UrlKind.IMAGE,
    ("video", "src"): UrlKind.FILE,
}
_NEED_ALT: Final = frozenset({"img", "input"})
#: Elements whose content is text, whatever it looks like. Also ``template``, which shows nothing.
_HOLD_TEXT: Final = frozenset(
    "iframe noembed noframes plaintext script style template textarea title xmp".split()
)
# Every repetition is possessive or of what cannot end it: the time is linear, whoever wrote it.
_MARKUP: Final = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"  # a comment
    r"|<(?:[!?]|/(?![a-z]))[^>]*+>?"  # what browsers take for one
    r"|<(?P<name>/?[a-z][^ \t\n\f\r/>]*+)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"[ \t\n\f\r/]*+(?P<whole>(?P<name>[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    r"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+"
    r"""(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'"""
    r"""|(?P<bare>[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)))?)"""
)
_TAG_END: Final = re.compile(r"[ \t\n\f\r/]*+>")


def url_attributes(html: str, inside: str = "") -> tuple[list[UrlAttribute], str]:
    """Return the URLs in a part of a page.

    :param inside: the element that holds text and is still open where the part begins.
    :returns: besides, that of the end of the part; or an empty string.
    """
    found: list[UrlAttribute] = []
    position = 0
    while True:
        if inside:
            end = re.compile(rf"</{inside}(?=[\s/>])", re.IGNORECASE).search(html, position)
            if end is None:
                return found, inside
            position = end.start()
        if (tag := _MARKUP.search(html, position)) is None:
            return found, ""
        inside, position = "", tag.end()
        if tag["name"] is None:
            continue
        attributes: dict[str, re.Match[str]] = {}
        while (attribute := _ATTRIBUTE.match(html, position)) is not None:
            position = attribute.end()
            attributes.setdefault(attribute["name"].lower(), attribute)  # The first one counts.
        if (closed := _TAG_END.match(html, position)) is None:
            return found, ""
        position, element = closed.end(), tag["name"].lower()
        found += _urls_of(element, attributes)
        inside = element if element in _HOLD_TEXT else ""


def _urls_of(element: str, attributes: Mapping[str, re.Match[str]]) -> Iterator[UrlAttribute]:
    values = {name: _value(attribute) for name, attribute in attributes.items()}
    for name, attribute in attributes.items():
        kind = _KINDS.get((element, name))
        if kind is not None and (value := values[name]):
            start, end = attribute.span("whole")
            alt = values.get("alt") if element in _NEED_ALT else ""
            beside = tuple(attributes) if element == "img" else ()
            yield UrlAttribute(kind, attribute["name"], start, end, value, alt, beside)


def _value(attribute: re.Match[str]) -> str:
    value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
    return unescape(value).strip()
