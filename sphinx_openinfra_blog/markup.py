"""How browsers cut HTML into tags, attributes and the rest; pure.

``html.parser`` is not used: on hostile pages it raises (``<![x[``), takes tags for text (after a
second ``&#;``), needs time that grows with the square of the length (``<a <a <a``), and differs
from version to version. What is here follows the HTML standard's tokenization (13.2.5), in which
every character is looked at once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.entities import html5
from typing import Final, NamedTuple

#: The characters of HTML's ASCII whitespace, for use in a set of a pattern.
BLANKS: Final = r"\t\n\f\r "

_NAME: Final = rf"(?:=[^{BLANKS}/>=]*+|[^{BLANKS}/>=]++)"
_VALUE: Final = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?=>)|[^{BLANKS}>]++|\Z)"""
_ATTRIBUTE: Final = re.compile(rf"({_NAME})(?:[{BLANKS}]*+=[{BLANKS}]*+({_VALUE}))?")
# None of its parts can fail after it has begun, so it never goes back.
_TAG: Final = re.compile(
    rf"<(/?)([a-zA-Z][^{BLANKS}/>]*+)"
    rf"((?:[{BLANKS}/]++|{_NAME}(?:[{BLANKS}]*+=[{BLANKS}]*+{_VALUE})?)*)(>|\Z)"
)
_EMPTY_COMMENT: Final = re.compile("<!---?>")
_COMMENT_END: Final = re.compile("--!?>")
_REFERENCE: Final = re.compile(
    r"&(?:#(?:([0-9]+)|[xX]([0-9a-fA-F]+));?|([a-zA-Z][a-zA-Z0-9]*;?)(=?))"
)


class Tag(NamedTuple):
    """A start or end tag.

    :ivar name: in lower case.
    :ivar attributes: what stands between its name and its end, as written.
    :ivar text: all of it, as written.
    :ivar after: where the text after it begins.
    """

    closing: bool
    name: str
    attributes: str
    text: str
    after: int


class Attribute(NamedTuple):
    """An attribute of a tag.

    :ivar name: in lower case.
    :ivar value: without its quotes and with its character references resolved.
    :ivar begin: where it begins in the attributes of the tag, and so *end*.
    """

    name: str
    value: str
    begin: int
    end: int


def tag_at(text: str, begin: int) -> Tag | None:
    """Return the tag that begins at a ``<``, or ``None`` if none begins there.

    One that is not closed reaches to the end of the text; its name is then empty.
    """
    match = _TAG.match(text, begin)
    if match is None:
        return None
    closing, name, attributes, end = match.groups()
    return Tag(bool(closing), name.lower() if end else "", attributes, match[0], match.end())


def after_other(text: str, begin: int) -> int:
    """Return where a comment, declaration or processing instruction ends that begins at a ``<``.

    :returns: the same place if no such thing begins there. One that is not closed reaches to the
        end of the text.
    """
    if text.startswith("<!--", begin):
        match = _EMPTY_COMMENT.match(text, begin) or _COMMENT_END.search(text, begin + 4)
        return match.end() if match else len(text)
    if text.startswith(("<!", "<?"), begin) or (
        text.startswith("</", begin) and len(text) > begin + 2
    ):
        return text.find(">", begin) + 1 or len(text)
    return begin


@lru_cache(maxsize=64)
def end_of(name: str) -> re.Pattern[str]:
    """Return a pattern for the beginning of an element's end tag."""
    return re.compile(rf"</{re.escape(name)}(?=[{BLANKS}/>])", re.IGNORECASE | re.ASCII)


def attributes_of(attributes: str) -> list[Attribute]:
    """Return the attributes of a tag in order."""
    found = []
    for match in _ATTRIBUTE.finditer(attributes):
        name, value = match.groups()
        if value and value[0] in "\"'":
            value = value[1:-1]
        found.append(
            Attribute(name.lower(), _resolved(value) if value else "", match.start(), match.end())
        )
    return found


def _resolved(value: str) -> str:
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name, equals = match.groups()
    if name is None:
        digits = (decimal or hexadecimal).lstrip("0") or "0"
        if len(digits) > 7:  # no character has so high a number, and Python would not read it
            return "\ufffd"
        return unescape(f"&#x{digits};" if hexadecimal else f"&#{digits};")
    # In attributes "&copy=" and "&copying" are parts of an address (13.2.5.73).
    if name in html5 and (name.endswith(";") or not equals):
        return html5[name] + equals
    return match[0]
