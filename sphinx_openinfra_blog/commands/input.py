"""Input from other sites: files of limited size, XML without entities, text for a terminal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from pathlib import Path

#: The limit that sitemaps.org sets for a sitemap; feeds are smaller.
MAX_BYTES: Final = 50 * 1024 * 1024
# Only white space, processing instructions and comments come before a document type
# (XML 1.0, production 22). The groups give nothing back, so the time is linear.
_DOCTYPE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL
)


class InputError(ValueError):
    """Raised when a file cannot be read; the text names the file, the line and the problem."""

    def __init__(self, message: str, name: str, line: int = 0) -> None:
        """Put the location in front of the message.

        :param line: 1-based, 0 for the whole file.
        """
        super().__init__(f"{name}:{line}: {message}" if line else f"{name}: {message}")


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    :raises InputError: if it cannot be read, or is larger than ``MAX_BYTES``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(getattr(error, "strerror", None) or str(error), str(path)) from error
    if len(data) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 1024**2} MB", str(path))
    return data


def first_byte(data: bytes) -> bytes:
    """Return the first byte that is neither white space nor part of a byte order mark."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]


def read_text(data: bytes, name: str) -> str:
    """Return the text of a file without a byte order mark.

    :raises InputError: if it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("invalid UTF-8", name, line) from error


def read_json(data: bytes, name: str) -> Any:
    """Return the content of a JSON file.

    :raises InputError: if it is invalid.
    """
    text = read_text(data, name)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"invalid JSON: {error}", name) from error


def read_xml(data: bytes, name: str) -> ET.Element:
    """Return the root element of an XML file.

    Document types are refused before anything is parsed, and with them all entities: those that
    refer to other files, and those that grow without end (XML 1.0, section 4).

    :raises InputError: if it is not well-formed, has a document type, or is in UTF-16.
    """
    if b"\0" in data:
        # In an encoding that does not extend ASCII, the search would miss a document type.
        raise InputError("invalid XML: contains NUL bytes (convert it to UTF-8)", name)
    if found := _DOCTYPE.match(data):
        line = data.count(b"\n", 0, found.end()) + 1
        raise InputError("document types (<!DOCTYPE) are not supported", name, line)
    try:
        return ET.fromstring(data)  # noqa: S314 -- without a document type there are no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        # Not only syntax errors: Python does not know every encoding.
        raise InputError(f"invalid XML: {error}", name) from error
