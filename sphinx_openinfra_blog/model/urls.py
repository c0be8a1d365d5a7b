"""URLs and hosts, and handles on X; pure."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

import idna

_NO_IRI: Final = re.compile(r"""[\x00-\x20\x7f-\x9f<>"{}|\\^`\s]|%(?![0-9A-Fa-f]{2})""")


def ascii_host(host: str) -> str:
    """Return a host name in lower case and as the DNS has it (RFC 5891), if it can have it."""
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return host.lower()


def with_ascii_host(url: str) -> str:
    """Return a URL whose host is as the DNS has it."""
    if url.isascii():
        return url
    try:
        place = urlsplit(url).netloc
    except ValueError:
        return url
    user, at, rest = place.rpartition("@")
    host, colon, port = rest.partition(":")
    return url.replace(place, user + at + ascii_host(host) + colon + port, 1)


def host_of(url: str) -> str:
    """Return the host of an absolute URL as the DNS has it, with an unusual port.

    :returns: an empty string if there is none.
    """
    try:
        parts = urlsplit(url)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return host if port is None or port == usual else f"{host}:{port}"


def query_text(query: str) -> str:
    """Return the query of a URL without characters that would end it, in the order of names.

    Only what has a value and does not only say where readers came from tells pages apart.
    """
    parts = sorted(
        part for part in query.split("&") if "=" in part and not part.startswith("utm_")
    )
    return quote("&".join(parts), safe="=&%+-._~:@!$'()*,;/?")


def is_web_url(url: str) -> bool:
    """Tell whether *url* is an absolute URL that needs no escaping (RFC 3987)."""
    if _NO_IRI.search(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


#: The ways in which people write a handle, for Python and for JSON Schema.
HANDLE: Final = (
    r"((https?:)?//)?((www\.|mobile\.)?(twitter|x)\.com/)?(@ ?)?([A-Za-z0-9_]{1,50})/?([?#].*)?"
)


_HANDLE: Final = re.compile(HANDLE, re.IGNORECASE)


def twitter_handle(written: str) -> str:
    """Return a handle with its ``@``, or an empty string if *written* is not one.

    :param written: ``@name``, ``name`` or the URL of the profile (contract point 13).
    """
    match = _HANDLE.fullmatch(written.strip())
    return f"@{match[7]}" if match else ""


# A URL, which may hold commas but not end with one, and a width or density.
_SRCSET_IMAGE: Final = re.compile(r"([^\s,]\S*)((?<!,)\s[^,]*)?")


def srcset_images(srcset: str) -> list[tuple[str, str]]:
    """Return the URLs in an attribute ``srcset``, each with a blank and its size, if any."""
    found = _SRCSET_IMAGE.findall(srcset)
    return [(url.rstrip(","), size.rstrip()) for url, size in found]


def is_remote(target: str) -> bool:
    """Tell whether a target is a URL with a host, not a file or directory."""
    return target.lower().startswith(("http://", "https://")) and host_of(target) != ""
