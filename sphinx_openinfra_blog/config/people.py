"""Read the configured categories and authors, from option values or the files they name."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from sphinx_openinfra_blog.frontmatter import FrontMatterError, read
from sphinx_openinfra_blog.model import Profile, Taxonomy, Term, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_LARGEST_FILE = 4 * 1024 * 1024
_MOST_BITS = 256
# What completes a handle to a URL.
_SERVICES = {
    "bluesky": "https://bsky.app/profile/",
    "github": "https://github.com/",
    "gitlab": "https://gitlab.com/",
    "linkedin": "https://www.linkedin.com/in/",
    "twitter": "https://x.com/",
    "x": "https://x.com/",
}


class RosterError(ValueError):
    """Raised when categories or authors cannot be read; its text says where and why."""


@dataclass(frozen=True, slots=True)
class Person:
    """A configured author.

    :ivar slug: the last part of the author page's path; if empty, it is made from the name.
    """

    name: str
    slug: str
    profile: Profile


def read_categories(value: object, confdir: Path) -> tuple[tuple[Term, Profile | None], ...]:
    """Read the option ``categories``.

    :param value: a list of labels or of ``{id, label, slug, description}``, or the path of the
        content system's ``blog-config.json`` (``{"categories": [{"id": ..., "text": ...}]}``).
    :returns: the categories and their profiles. A term's slug is the configured one or the
        label, as written.
    :raises RosterError: if it cannot be read.
    """
    place = "openinfra_blog_categories"
    if isinstance(value, str):
        place = value
        try:
            value = json.loads(_text_of(confdir / value))
        except json.JSONDecodeError as error:
            raise RosterError(f"{place}:{error.lineno}: invalid JSON: {error.msg}") from error
        except (ValueError, RecursionError) as error:
            raise RosterError(f"{place}: invalid JSON: {error}") from error
        if isinstance(value, dict):
            value = value.get("categories")
    if not isinstance(value, list | tuple):
        raise RosterError(f"{place}: 'categories' is not a list")
    found: dict[str, tuple[Term, Profile | None]] = {}
    for number, item in enumerate(value, start=1):
        label, key, slug = _category(item)
        if not label:
            raise RosterError(f"{place}: category {number} has no label")
        category = Term(Taxonomy.CATEGORY, key or label, label, slug or label)
        if category.key in found:
            raise RosterError(f"{place}: duplicate category '{category.key}' (category {number})")
        about = _first(item, "description") if isinstance(item, dict) else ""
        found[category.key] = category, Profile(description=about) if about else None
    return tuple(found.values())


def _category(item: object) -> tuple[str, str, str]:
    """Return the label, id and slug of one configured category."""
    if not isinstance(item, dict):
        return (clean(item) if isinstance(item, str) else ""), "", ""
    return (
        _first(item, "label", "text", "name", "title"),
        _first(item, "id", "value"),
        _first(item, "slug"),
    )


def _first(item: Mapping[str, object], *keys: str) -> str:
    return next((text for key in keys if (text := _text(item.get(key)))), "")


def _text(value: object) -> str:
    """Return a string or an integer as one line of text, anything else as an empty string."""
    # Python does not convert very large numbers to text.
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return ""
    return clean(str(value)) if isinstance(value, str | int) else ""


def read_roster(value: object, confdir: Path) -> dict[str, Person]:
    """Read the option ``authors``: a mapping of ids to authors.

    :param value: a mapping of ids to names or to ``{name: ..., ...}``, the path of a YAML file
        that holds one, or a folder of the content system's author files (``authorName``).
    :raises RosterError: if it cannot be read.
    """
    place = "openinfra_blog_authors"
    if isinstance(value, str):
        path = confdir / value
        if path.is_dir():
            return dict(_author_files(path, value))
        place = value
        try:
            value = yaml.safe_load(_text_of(path))
        except (yaml.YAMLError, RecursionError, ValueError, ArithmeticError, LookupError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark is not None else ""
            raise RosterError(
                f"{place}{line}: invalid YAML: {str(error).splitlines()[0]}"
            ) from error
    if (
        isinstance(value, dict)
        and set(value) == {"authors"}
        and isinstance(value["authors"], dict)
    ):
        value = value["authors"]
    if not isinstance(value, dict):
        raise RosterError(f"{place}: not a mapping of ids to authors")
    roster = {}
    for key, item in value.items():
        known = item if isinstance(item, dict) else {"name": item}
        ident = _text(key)
        if not (name := _first(known, "name", "authorName")):
            raise RosterError(f"{place}: author '{ident}' has no name")
        roster[ident] = _person(name, known, f"{place}: author '{ident}'")
    return roster


def _person(name: str, known: Mapping[str, object], place: str) -> Person:
    """Return an author; the keys are those of other blog programs too."""
    role = _first(known, "title", "role")
    company = _first(known, "company", "organization", "affiliation")
    links = []
    for label, keys in (("Website", ("url", "website", "homepage")), ("Email", ("email",))):
        if address := _first(known, *keys):
            links.append((label, address))
    socials = known.get("socials", known.get("links"))
    for label, address in socials.items() if isinstance(socials, dict) else ():
        if isinstance(address, str) and clean(address):
            service = _SERVICES.get(str(label).casefold(), "")
            handle = re.fullmatch(r"@?([\w.-]+)", clean(address))
            full = service + handle[1] if service and handle else clean(address)
            links.append((clean(str(label)), full))
    return Person(
        name=name,
        slug=_first(known, "slug"),
        profile=Profile(
            role=", ".join(part for part in (role, company) if part),
            description=_first(known, "description", "bio"),
            links=tuple((label, _checked_link(link, place)) for label, link in links),
            picture=_first(known, "avatar", "picture", "image", "image_url", "imageURL"),
        ),
    )


def _checked_link(address: str, place: str) -> str:
    """Return a URL that a page may link to.

    :raises RosterError: if it is not a web or mail URL, but for example a script.
    """
    if "@" in address and "/" not in address and ":" not in address:
        return f"mailto:{address}"
    with contextlib.suppress(ValueError):
        if urlsplit(address).scheme in {"http", "https", "mailto"}:
            return address
    raise RosterError(f"{place} has an invalid URL '{address}' (expected https://...)")


def _author_files(folder: Path, shown: str) -> Iterable[tuple[str, Person]]:
    for path in sorted(folder.iterdir()):
        if path.suffix != ".md" or not path.is_file():
            continue
        place = f"{shown}/{path.name}"
        try:
            matter = read(_text_of(path))
        except FrontMatterError as error:
            raise RosterError(f"{place}:{error.line}: {error}") from error
        known = {key: entry.plain() for key, entry in (matter.entries if matter else {}).items()}
        if name := _first(known, "authorName", "name"):
            yield path.stem, _person(name, known, place)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise RosterError(f"{path}: larger than {_LARGEST_FILE} bytes")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RosterError(f"{path}: cannot be read: {error}") from error
