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
    :raises ValueError: if it cannot be read.
    """
    place = "openinfra_blog_categories"
    if isinstance(value, str):
        place, content = value, _text_of(confdir / value)
        try:
            value = json.loads(content)
        except json.JSONDecodeError as error:
            raise ValueError(
                f"cannot be read: {place}:{error.lineno}: invalid JSON: {error.msg}"
            ) from error
        except (ValueError, RecursionError) as error:
            raise ValueError(f"cannot be read: {place}: invalid JSON: {error}") from error
        if isinstance(value, dict):
            value = value.get("categories")
    if not isinstance(value, list | tuple):
        raise ValueError(f"cannot be read: {place}: 'categories' is not a list")
    found: dict[str, tuple[Term, Profile | None]] = {}
    for number, item in enumerate(value, start=1):
        known = item if isinstance(item, dict) else {"label": item}
        if not (label := _first(known, "label", "text", "name", "title")):
            raise ValueError(f"cannot be read: {place}: category {number} has no label")
        key = _first(known, "id", "value") or label
        if key in found:
            raise ValueError(
                f"cannot be read: {place}: duplicate category '{key}' (category {number})"
            )
        category = Term(Taxonomy.CATEGORY, key, label, _first(known, "slug") or label)
        about = _first(known, "description")
        found[key] = category, Profile(description=about) if about else None
    return tuple(found.values())


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
    :raises ValueError: if it cannot be read.
    """
    place = "openinfra_blog_authors"
    if isinstance(value, str):
        path = confdir / value
        if path.is_dir():
            return dict(_author_files(path, value))
        place, content = value, _text_of(path)
        try:
            value = yaml.safe_load(content)
        except (yaml.YAMLError, RecursionError, ValueError, ArithmeticError, LookupError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark is not None else ""
            raise ValueError(
                f"cannot be read: {place}{line}: invalid YAML: {str(error).splitlines()[0]}"
            ) from error
    if (
        isinstance(value, dict)
        and set(value) == {"authors"}
        and isinstance(value["authors"], dict)
    ):
        value = value["authors"]
    if not isinstance(value, dict):
        raise ValueError(f"cannot be read: {place}: not a mapping of ids to authors")
    roster = {}
    for key, item in value.items():
        known = item if isinstance(item, dict) else {"name": item}
        ident = _text(key)
        if not (name := _first(known, "name", "authorName")):
            raise ValueError(f"cannot be read: {place}: author '{ident}' has no name")
        roster[ident] = _person(name, known, f"{place}: author '{ident}'")
    return roster


def _person(name: str, known: Mapping[str, object], place: str) -> Person:
    """Return an author; the keys are those of other blog programs too."""
    links = [
        ("Website", _first(known, "url", "website", "homepage")),
        ("Email", _first(known, "email")),
    ]
    socials = known.get("socials", known.get("links"))
    if isinstance(socials, dict):
        links += (
            (clean(str(label)), _profile_url(str(label), clean(written)))
            for label, written in socials.items()
            if isinstance(written, str)
        )
    company = _first(known, "company", "organization", "affiliation")
    return Person(
        name=name,
        slug=_first(known, "slug"),
        profile=Profile(
            role=", ".join(filter(None, (_first(known, "title", "role"), company))),
            description=_first(known, "description", "bio"),
            links=tuple((label, _checked_url(url, place)) for label, url in links if url),
            picture=_first(known, "avatar", "picture", "image", "image_url", "imageURL"),
        ),
    )


def _profile_url(service: str, written: str) -> str:
    """Return the URL of a profile of which only the handle may be written."""
    prefix = _SERVICES.get(service.casefold())
    handle = re.fullmatch(r"@?([\w.-]+)", written)
    return prefix + handle[1] if prefix and handle else written


def _checked_url(url: str, place: str) -> str:
    """Return a URL that a page may link to.

    :raises ValueError: if it is not a web or mail URL, but for example a script.
    """
    if "@" in url and "/" not in url and ":" not in url:
        return f"mailto:{url}"
    with contextlib.suppress(ValueError):
        if urlsplit(url).scheme in {"http", "https", "mailto"}:
            return url
    raise ValueError(f"cannot be read: {place} has an invalid URL '{url}' (expected https://...)")


def _author_files(folder: Path, shown: str) -> Iterable[tuple[str, Person]]:
    for path in sorted(folder.iterdir()):
        if path.suffix != ".md" or not path.is_file():
            continue
        place = f"{shown}/{path.name}"
        try:
            matter = read(_text_of(path))
        except FrontMatterError as error:
            raise ValueError(f"cannot be read: {place}:{error.line}: {error}") from error
        known = {key: entry.plain() for key, entry in (matter.entries if matter else {}).items()}
        if name := _first(known, "authorName", "name"):
            yield path.stem, _person(name, known, place)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError(f"cannot be read: {path}: larger than {_LARGEST_FILE} bytes")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot be read: {path}: {error}") from error
