"""Slips of the pen around addresses, and the address that was meant; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

# Schemes as people mistype them, one or more in a row: "https//", "http:/", "http://https://".
_SCHEMES: Final = re.compile(
    r"(?:www\.)?(?:(h{1,2}t{1,3}ps{0,2}|htpps?|ttps?|httsp|ftp)"
    r"(?:[:;.,]{0,2}\s{0,3}(?:[/\\]|%5C){2,}|[:;]{1,2}\s{0,3}(?:[/\\]|%5C)?))+",
    re.IGNORECASE,
)
_HOST: Final = re.compile(
    r"(?:[^\s/@:]+@)?(?:(?:[\w-]+\.)+[\w-]{2,}|localhost|\[[\da-f:.]+\])\.?(?=[:/\\?#]|$)",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(
    r"(?:(?:(?:e-?)?mail(?:to)?|mai?lto|mialto|maito)\s?[:;]\s?/{0,2})+", re.IGNORECASE
)
_MAIL_ADDRESS: Final = re.compile(r"[^\s@<>/:]+@[^\s@<>/:]+\.[^\s@<>/:]+")
_INVISIBLE: Final = " \t\n\xa0\u200b\u200c\u200d\u2060\ufeff"
_PAIRS: Final = {"]": "[", ")": "(", ">": "<", "}": "{", "”": "“", "’": "‘", "»": "«"}
_QUOTES: Final = "\"'`"
_OPENING: Final = (*_PAIRS.values(), *_QUOTES)
# MyST-Parser has these encoded in URLs.
_ENCODED: Final = re.compile(r"%(?:5B|5D|3C|3E|7B|7D|22|60)", re.IGNORECASE)
_LONGEST: Final = 2000


def meant(target: str) -> str:
    """Return the address that a link target stands for, which is often the target itself.

    :returns: for what is no address, the target without brackets and quotation marks around it.
    """
    if len(target) > _LONGEST:
        return target
    text = _unwrapped(target)
    if mail := _mail(text):
        return target if unquote(target) == mail else mail
    if (schemes := _SCHEMES.match(text)) is None:
        return text
    rest = text[schemes.end() :]
    if mail := _mail(rest):
        return mail
    if not _HOST.match(rest):
        return target
    word = schemes[1].lower()
    scheme = "ftp" if word == "ftp" else "https" if "s" in word else "http"
    if schemes[0].lower() == f"{scheme}://":
        return text
    return f"{scheme}://" + rest.replace("\\", "/")


def _mail(text: str) -> str:
    """Return a link to the mail address that a text names as one, or an empty string."""
    if (words := _MAIL.match(text)) is None:
        return ""
    address = _unwrapped(unquote(text[words.end() :]))
    return f"mailto:{address}" if _MAIL_ADDRESS.fullmatch(address) else ""


def _unwrapped(target: str) -> str:
    """Return a target without the brackets and quotation marks around it."""
    text = target.strip(_INVISIBLE)
    while text:
        plain = _ENCODED.sub(lambda match: unquote(match[0]), text)
        first, last = plain[0], plain[-1]
        is_around = first in _OPENING and last == _closing(first) and len(plain) > 1
        if is_around or (last in _PAIRS and plain.count(last) > plain.count(_PAIRS[last])):
            text = text[: -3 if text[-1] != last else -1]
        elif first not in _OPENING:
            break
        if first in _OPENING:
            text = text[3 if text[:1] != first else 1 :]
        text = text.strip(_INVISIBLE)
    return text


def _closing(opening: str) -> str:
    pairs = {opened: closed for closed, opened in _PAIRS.items()}
    return pairs.get(opening, opening)


# Markdown links with a blank or a bracket in the address are no links to a parser: "[x](<…>.)".
_HEAD: Final = re.compile(r"\[([^\[\]\n]{1,500})\]\(([^()\[\]\n]{0,100})$")
_TAIL: Final = re.compile(r"([^()\[\]\n]{0,300})\)")
_TORN: Final = re.compile(
    r"\[([^\[\]\n]{1,500})\]\(([<\s]{0,9}(?:https?|mailto):[^()\[\]\n]{1,1000})\)", re.IGNORECASE
)
_TITLE: Final = re.compile(r"\s[\"'“]")
_BLANK: Final = re.compile(r"(?<=[:/])\s+")
_MARKS: Final = f"{_INVISIBLE}<>.,;:"


@dataclass(frozen=True, slots=True)
class TornLink:
    """What its author meant as a Markdown link.

    :ivar before: the text before it.
    :ivar text: its own.
    :ivar after: the text after it.
    """

    before: str
    text: str
    url: str
    after: str


def torn_around(before: str, url: str, after: str) -> TornLink | None:
    """Find a link whose parts a parser took for text, and for a link to a bare address."""
    head, tail = _HEAD.search(before[-700:]), _TAIL.match(after)
    # Without anything around the address it would be a link: somebody wants to show how.
    if head is None or tail is None or not (head[2] or tail[1]):
        return None
    start = before[: -len(head[0])]
    return TornLink(start, head[1], _joined(head[2] + url + tail[1]), after[tail.end() :])


def torn_in(text: str) -> TornLink | None:
    """Find a link that a parser took for text."""
    if (found := _TORN.search(text)) is None or re.fullmatch(r"\S+", found[2].strip(_MARKS)):
        return None
    return TornLink(text[: found.start()], found[1], _joined(found[2]), text[found.end() :])


def _joined(written: str) -> str:
    """Return the address that was meant, without a title after it."""
    text = _TITLE.split(written.strip(_MARKS), maxsplit=1)[0]
    text = _BLANK.sub("", text.replace(">", "").replace("<", "")).strip(_MARKS)
    return quote(text, safe="/%~!*'();:@&=+$,?#[]")
