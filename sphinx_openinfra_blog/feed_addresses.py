"""Addresses in a page -> the same for those who read it elsewhere; pure.

Each function takes the value of an attribute and the absolute address of the page, and returns the
value with absolute addresses, or ``None`` if the attribute cannot be kept.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

from .markup import BLANKS

# What browsers leave out at the beginning and inside of a scheme (URL standard, 4.4).
_SCHEME: Final = re.compile(r"[\x00-\x20]*+([a-zA-Z](?:[\t\n\r]*+[a-zA-Z0-9+.-])*)[\t\n\r]*+:")
# The same with everything in it that some reader may leave out besides.
_HIDDEN: Final = r"[\s\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]*+"
_SCRIPT: Final = re.compile(
    "|".join(_HIDDEN + _HIDDEN.join(scheme) for scheme in ("javascript:", "vbscript:")),
    re.IGNORECASE,
)
_C0_AND_SPACE: Final = "".join(map(chr, range(0x21)))

# A candidate: its address, and what is said of it until a comma outside of brackets.
_CANDIDATE: Final = re.compile(rf"([{BLANKS},]*+)([^{BLANKS}]++)")
_DESCRIPTORS: Final = re.compile(r"(?:[^,(]++|\([^)]*+\)?)*")

_STYLE_URL: Final = re.compile(
    r"""\burl\(\s*+(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|((?:[^\s"'()\\]|\\.)*))\s*+\)""",
    re.IGNORECASE | re.DOTALL,
)
_STYLE_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\n|(.))", re.DOTALL)


def absolute(address: str, page: str) -> str | None:
    """Return one address. One that cannot be read stays as written."""
    if is_script(address):
        return None
    scheme = _SCHEME.match(address)
    if scheme is not None:
        web = scheme[1].lower() in {"http", "https"}
        if not web or address.startswith(("//", "\\\\"), scheme.end()):
            return address
    try:
        # Browsers mend a blank, but not every reader does.
        return urljoin(page, _with_slashes(address.strip(_C0_AND_SPACE))).replace(" ", "%20")
    except ValueError:
        return address


def absolute_unless_empty(address: str, page: str) -> str | None:
    """Return the address of a picture or the like: an empty one is none."""
    return absolute(address, page) if address.strip() else address


def absolute_target(address: str, page: str) -> str | None:
    """Return the address of something in SVG: with a fragment alone, it is in the same SVG."""
    return address if address.strip().startswith("#") else absolute(address, page)


def absolute_list(addresses: str, page: str) -> str | None:
    """Return addresses with blanks between them."""
    found = [absolute(address, page) for address in addresses.split()]
    return " ".join(address for address in found if address is not None)


def absolute_srcset(candidates: str, page: str) -> str | None:
    """Return addresses of pictures with their sizes (HTML standard, 4.8.4.3.10)."""
    parts, at = [], 0
    while match := _CANDIDATE.match(candidates, at):
        before, address = match.groups()
        kept = address.rstrip(",")
        at = match.end()
        if (made := absolute(kept, page)) is None:
            return None
        parts += [before, re.sub(",$", "%2C", made), address[len(kept) :]]
        if kept == address and (descriptors := _DESCRIPTORS.match(candidates, at)):
            parts.append(descriptors[0])
            at = descriptors.end()
    return "".join(parts) + candidates[at:]


def absolute_style(style: str, page: str) -> str | None:
    """Return declarations of CSS. A fragment alone means the same document (CSS Values, 4.5.1)."""

    def replaced(match: re.Match[str]) -> str:
        written = next((group for group in match.groups() if group is not None), "")
        address = _STYLE_ESCAPE.sub(_unescaped, written)
        made = address if address[:1] in {"", "#"} else absolute(address, page)
        if made == address:
            return match[0]
        escaped = re.sub(r'[\\"\n]', lambda char: f"\\{ord(char[0]):x} ", made or "")
        return f'url("{escaped}")'

    return _STYLE_URL.sub(replaced, style)


def without_scripts(values: str, page: str) -> str | None:
    """Return what an animation in SVG sets another attribute to."""
    del page
    return None if any(is_script(value) for value in values.split(";")) else values


def is_script(address: str) -> bool:
    """Tell whether an address is a program."""
    return _SCRIPT.match(address) is not None


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2] or ""
    number = int(match[1], 16)
    valid = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if valid else "\ufffd"


def _with_slashes(address: str) -> str:
    """Return an address as browsers read it: before its query, a backslash is a slash."""
    if "\\" not in address:
        return address
    path = re.split("[?#]", address, maxsplit=1)[0]
    return path.replace("\\", "/") + address[len(path) :]
