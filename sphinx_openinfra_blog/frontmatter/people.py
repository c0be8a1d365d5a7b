"""Read the authors of a post; pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Subtype, __, clean, is_web_url

from .values import items_of, part_of, read_text, unique

if TYPE_CHECKING:
    from .entries import Entry
    from .values import Located, Values

#: The keys of a person's mapping that hold the name or the id in the roster, and a URL.
PERSON_NAMES: Final = (
    "name", "display_name", "displayName", "fullName", "full_name", "fullname", "nickname", "key",
    "id", "slug", "ref", "username", "user",
)  # fmt: skip
PERSON_URLS: Final = ("url", "link", "website", "homepage")
#: A name with a URL, in Markdown, in HTML, or in brackets behind it.
_LINKED_NAMES: Final = (
    re.compile(r"\[(?P<name>[^\[\]]+)\]\(<?(?P<url>[^\s<>]+?)>?(?: +[\"'][^\"']*[\"'])?\)"),
    re.compile(r"<a [^<>]*href=[\"']?(?P<url>[^\s\"'<>]+)[^<>]*>(?P<name>[^<>]+)</a>"),
    re.compile(r"(?P<name>[^<>()]*[^<>()\s])\s*[<(](?P<url>https?://[^\s<>()]+)[)>]"),
)
#: A name with a mail address behind it, or before it as in RSS; or the address alone.
_MAIL: Final = r"[^<>()@\s]+@[^<>()@\s]+"
_MAILED_NAMES: Final = (
    re.compile(rf"(?P<name>[^<>]*[^<>\s])\s*<{_MAIL}>"),
    re.compile(rf"{_MAIL}\s*\((?P<name>[^()]+)\)"),
    re.compile(rf"(?P<name>[^<>@]*[^<>@\s])\s+\(?{_MAIL}\)?"),
    re.compile(r"<?(?P<name>[^<>()@\s]+)@[^<>()@\s]+\.[^<>()@\s]+>?"),
)
_BETWEEN_MAILED: Final = re.compile(r"(?<=>)\s*(?:[,;&]|and)\s*")


def read_people(values: Values, key: str, entry: Entry) -> list[Located]:
    """Read names, mappings or ids; one text is one person (contract point 10).

    A name may be a link or have a mail address, which is not shown.
    """
    items = [part for item in items_of(values, key, entry) for part in _people_in(item)]
    return unique(_person(values, key, item) for item in items)


def _people_in(entry: Entry) -> list[Entry]:
    """Return the people of a mapping by ids, or of one text with several mail addresses."""
    if isinstance(entry.data, dict):
        inner = entry.data.values()
        if entry.data and all(isinstance(part.data, dict | None) for part in inner):
            return [
                part if part.data else replace(part, data=name, text=name)
                for name, part in entry.data.items()
            ]
        return [entry]
    parts = _BETWEEN_MAILED.split(entry.text)
    if len(parts) > 1 and all(map(_MAILED_NAMES[0].fullmatch, parts)):
        return [replace(entry, data=part, text=part) for part in parts]
    return [entry]


def _person(values: Values, key: str, entry: Entry) -> Located | None:
    if isinstance(entry.data, dict):
        url = part_of(values, key, entry.data, PERSON_URLS)
        if (name := part_of(values, key, entry.data, PERSON_NAMES)) is None:
            message = __("missing name in '%s' (expected {name: ...})", key)
            values.warn(Subtype.VALUE, message, entry.line)
            return None
        written = url.text if url else ""
        return replace(name, url=written if is_web_url(written) else "")
    if (written_name := read_text(values, key, entry)) is None:
        return None
    # Nobody's name is longer; the patterns take their time for what is.
    patterns = (*_LINKED_NAMES, *_MAILED_NAMES) if len(written_name.text) <= 300 else ()
    for pattern in patterns:
        if match := pattern.fullmatch(written_name.text):
            url_text = match.groupdict().get("url") or ""
            name_text = clean(match["name"].strip("\"'"))
            return replace(
                written_name, text=name_text, url=url_text if is_web_url(url_text) else ""
            )
    return written_name
