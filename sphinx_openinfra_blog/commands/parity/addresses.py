"""URLs as a static server compares them, and lists of them."""

from __future__ import annotations

import posixpath
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from sphinx_openinfra_blog.commands.input import InputError, first_byte, read_text, read_xml
from sphinx_openinfra_blog.model import host_of, query_text


class UrlError(ValueError):
    """Raised for a URL that is invalid or not answered; the text is the reason."""


class ParsedUrl(NamedTuple):
    """The parts of a URL that a static server looks at.

    :ivar host: in lower case; empty if the URL has none.
    :ivar path: from the host's root, percent-decoded, in NFC; a trailing slash matters.
    :ivar query: in the order of names.
    """

    host: str
    path: str
    query: str = ""


class OldUrl(NamedTuple):
    """A URL of the old site.

    :ivar text: as written.
    :ivar source: the file that names it, with the line if it is known.
    """

    text: str
    source: str


def parse_url(text: str, base: str = "/") -> ParsedUrl:
    """Parse a URL, without fragment.

    :param base: the path that relative URLs are resolved against.
    :raises UrlError: if it is invalid, or of another scheme than HTTP.
    """
    try:
        joined = urljoin(quote(base, errors="replace"), text.strip())
        parts = urlsplit(joined)
        path = unquote(parts.path, errors="strict")
    except UnicodeDecodeError as error:
        raise UrlError(f"invalid percent-encoding (not UTF-8): {text}") from error
    except ValueError as error:
        raise UrlError(f"invalid URL: {text}") from error
    if parts.scheme not in {"", "http", "https"}:
        raise UrlError(f"unsupported URL scheme: {text}")
    return ParsedUrl(host_of(joined), _normal(path), query_text(parts.query))


def with_query(path: str, query: str) -> str:
    """Return what redirects of a server are compared by: a path, and a query where it has one."""
    return f"{path.rstrip('/')}?{query}" if query else path.rstrip("/")


def _normal(path: str) -> str:
    """Remove ``.``, ``..`` and empty segments (RFC 3986, section 5.2.4)."""
    path = unicodedata.normalize("NFC", path.strip())
    normal = posixpath.normpath("/" + path.lstrip("/"))
    return f"{normal}/" if normal != "/" and path.endswith(("/", "/.", "/..")) else normal


def read_urls(data: bytes, name: str) -> list[OldUrl]:
    """Read a list of URLs, one per line, or a sitemap (sitemaps.org, protocol 0.9).

    In a list, blank lines and lines that begin with ``#`` are skipped.

    :param name: of the file, for errors and as the source.
    :raises InputError: if there are none.
    """
    if data.startswith(b"\x1f\x8b"):
        raise InputError("compressed file (decompress it first)", name)
    if first_byte(data) == b"<":
        found = [OldUrl(url, name) for url in _sitemap(data, name)]
    else:
        lines = map(str.strip, read_text(data, name).split("\n"))
        found = [
            OldUrl(line, f"{name}:{number}")
            for number, line in enumerate(lines, start=1)
            if line and not line.startswith("#")
        ]
    if not found:
        raise InputError("no URLs found", name)
    return found


def _sitemap(data: bytes, name: str) -> list[str]:
    root = read_xml(data, name)
    kind = root.tag.rpartition("}")[2]
    if kind == "sitemapindex":
        raise InputError("sitemap index (pass the sitemaps that it lists)", name)
    if kind != "urlset":
        raise InputError(f"not a sitemap: the root element is '{kind}'", name)
    found = (location.text or "" for location in root.iterfind("{*}url/{*}loc"))
    return [text.strip() for text in found if text.strip()]
