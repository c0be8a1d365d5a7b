"""Addresses on the web as a static server compares them, and lists of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from .permalinks import host_of
from .untrusted import InputError, XmlReader, read_text

_LOCATION: Final = ["urlset", "url", "loc"]


class AddressError(ValueError):
    """An address that no server can be asked for; its text says why."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """What counts of an address.

    :ivar host: in lower case; empty if the address names none.
    :ivar path: from the host's root, percent-decoded, in NFC; a closing slash counts.
    """

    host: str
    path: str


@dataclass(frozen=True, slots=True)
class OldAddress:
    """An address at which the old site answered.

    :ivar text: as written.
    :ivar source: the file that names it, and the line.
    """

    text: str
    source: str


def web_address(text: str, root: str = "/") -> WebAddress:
    """Return what counts of an address: query and fragment do not.

    :param root: the path that an address without a leading slash is relative to.
    :raises AddressError: if it is none of the web.
    """
    try:
        joined = urljoin(quote(root, errors="replace"), text.strip())
        parts = urlsplit(joined)
        path = unquote(parts.path, errors="strict")
    except UnicodeDecodeError as error:
        raise AddressError("what its percent signs stand for is not UTF-8") from error
    except ValueError as error:
        raise AddressError("it cannot be read as an address") from error
    if parts.scheme not in {"", "http", "https"}:
        raise AddressError(f"it is no address on the web, but one of the scheme '{parts.scheme}'")
    return WebAddress(host_of(joined), _normal(path))


def shown_path(text: str) -> str:
    """Return an address without host, query and fragment, otherwise as it is written."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return text.strip()
    if parts.scheme not in {"", "http", "https"}:
        return text.strip()
    return parts.path.strip() or "/"


def _normal(path: str) -> str:
    """Return a path from the root without ``.`` and ``..`` (RFC 3986, section 5.2.4)."""
    parts: list[str] = []
    last = ""
    for last in unicodedata.normalize("NFC", path.strip()).split("/"):
        if last == "..":
            del parts[-1:]
        elif last not in {"", "."}:
            parts.append(last)
    closing = "/" if parts and last in {"", ".", ".."} else ""
    return "/" + "/".join(parts) + closing


def read_addresses(data: bytes, name: str) -> list[OldAddress]:
    """Return the addresses of a list with one on each line, or of a sitemap.

    In a list, blank lines and those that begin with ``#`` are left out.

    :param name: of the file, for errors and as the source.
    :raises InputError: if there is no address in it.
    """
    if data.startswith(b"\x1f\x8b"):
        raise InputError("it is compressed: unpack it first", name)
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found = _of_sitemap(data, name)
    else:
        lines = enumerate(read_text(data, name).split("\n"), start=1)
        found = [
            OldAddress(line.strip(), f"{name}:{number}")
            for number, line in lines
            if line.strip() and not line.lstrip().startswith("#")
        ]
    if not found:
        raise InputError("there is no address in it", name)
    return found


def _of_sitemap(data: bytes, name: str) -> list[OldAddress]:
    """Return the addresses of a sitemap (sitemaps.org, protocol 0.9)."""
    found: list[OldAddress] = []

    def local(element: str) -> str:
        return element.rpartition(" ")[2]

    def start(_attributes: dict[str, str]) -> None:
        root = local(reader.path[0])
        if root == "sitemapindex":
            raise InputError("it is an index: name the sitemaps that it lists", name)
        if root != "urlset":
            raise InputError(f"it is no sitemap: its outermost element is '{root}'", name)

    def end(text: str) -> None:
        at_location = (
            len(reader.path) == len(_LOCATION)
            and [local(element) for element in reader.path] == _LOCATION
        )
        if at_location and text.strip():
            found.append(OldAddress(text.strip(), f"{name}:{reader.line}"))

    reader = XmlReader(name, start, end)
    reader.read(data)
    return found
