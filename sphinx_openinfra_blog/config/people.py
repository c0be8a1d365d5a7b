"""Read the configured categories and authors, from option values or the files they name.

A mistake in ``conf.py`` is an error. One in a file, which others may edit, is a problem of that
file: the rest of it is used.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from sphinx_openinfra_blog.frontmatter import (
    FrontMatterError,
    entry_of,
    json_entry,
    read,
    yaml_entry,
)
from sphinx_openinfra_blog.model import Profile, Taxonomy, Term, __, clean

from .option import FromFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sphinx_openinfra_blog.frontmatter import Entry

_T = TypeVar("_T")

_LARGEST_FILE = 4 * 1024 * 1024
# What services are called, and what completes a handle to a URL where only one can be meant.
_SERVICES = {
    "bluesky": ("Bluesky", "https://bsky.app/profile/"),
    "facebook": ("Facebook", ""),
    "github": ("GitHub", "https://github.com/"),
    "gitlab": ("GitLab", "https://gitlab.com/"),
    "instagram": ("Instagram", ""),
    "launchpad": ("Launchpad", ""),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/"),
    "mastodon": ("Mastodon", ""),
    "medium": ("Medium", ""),
    "orcid": ("ORCID", ""),
    "stackoverflow": ("Stack Overflow", ""),
    "twitter": ("X", "https://x.com/"),
    "x": ("X", "https://x.com/"),
    "youtube": ("YouTube", ""),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A configured author.

    :ivar slug: the last part of the author page's path; if empty, it is made from the name.
    """

    name: str
    slug: str
    profile: Profile


def read_categories(
    value: object, confdir: Path
) -> FromFile[tuple[tuple[Term, Profile | None], ...]]:
    """Read the option ``categories``.

    :param value: a list of labels or of ``{id, label, slug, description}``, or the path of the
        content system's ``blog-config.json`` (``{"categories": [{"id": ..., "text": ...}]}``).
    :returns: the categories and their profiles. A term's slug is the configured one or the
        label, as written.
    :raises ValueError: if conf.py has a mistake, or names a file that cannot be opened.
    """
    found: FromFile[tuple[tuple[Term, Profile | None], ...]] = FromFile(())
    entry = _loaded(value, confdir, found, json_entry)
    if entry is not None and isinstance(entry.data, dict):
        entry = entry.data.get("categories")
    if entry is None or not isinstance(entry.data, list):
        if not found.problems:
            found.warn(__("'categories' is not a list"), entry.line if entry else 1)
        return found
    categories: dict[str, tuple[Term, Profile | None]] = {}
    for number, item in enumerate(entry.data, start=1):
        known = item.data if isinstance(item.data, dict) else {"label": item}
        line = next((entry.line for entry in known.values()), item.line)
        if not (label := _first(found, known, "label", "text", "name", "title")):
            found.warn(__("category %s has no label; ignoring it", number), line)
            continue
        key = _first(found, known, "id", "value") or label
        if key in categories:
            found.warn(__("duplicate category '%s'; ignoring it", key), line)
            continue
        category = Term(Taxonomy.CATEGORY, key, label, _first(found, known, "slug") or label)
        about = _first(found, known, "description")
        categories[key] = category, Profile(description=about) if about else None
    found.value = tuple(categories.values())
    return found


def read_roster(value: object, confdir: Path) -> FromFile[dict[str, Person]]:
    """Read the option ``authors``: a mapping of ids to authors.

    :param value: a mapping of ids to names or to ``{name: ..., ...}``, the path of a YAML file
        that holds one, or a folder of the content system's author files (``authorName``).
    :raises ValueError: if conf.py has a mistake, or names a file that cannot be opened.
    """
    roster: FromFile[dict[str, Person]] = FromFile({})
    if isinstance(value, str) and (confdir / value).is_dir():
        _add_author_files(roster, confdir / value)
        return roster
    entry = _loaded(value, confdir, roster, yaml_entry)
    if entry is None or not isinstance(entry.data, dict):
        if not roster.problems:
            roster.warn(__("not a mapping of ids to authors"), 1)
        return roster
    items = entry.data
    inner = items.get("authors")
    if set(items) == {"authors"} and inner is not None and isinstance(inner.data, dict):
        items = inner.data
    for key, item in items.items():
        ident, known = clean(key), {"name": item}
        if isinstance(item.data, dict):
            known = item.data
        name = _first(roster, known, "name", "authorName")
        if not name:
            roster.warn(__("author '%s' has no name; using the id", ident), item.line)
        if name or ident:
            roster.value[ident] = _person(roster, name or ident, known)
    return roster


def _loaded(
    value: object,
    confdir: Path,
    found: FromFile[_T],
    reader: Callable[[str, int], Entry],
) -> Entry | None:
    """Return an option's value, or what the file holds that it names."""
    content = ""
    if isinstance(value, str):
        content, found.path = _text_of(confdir / value), str(confdir / value)
    try:
        if not isinstance(value, str):
            return entry_of(value)
        return reader(content, 1)
    except FrontMatterError as error:
        found.warn(__("%s; ignoring the file", error.message), error.line)
        return None


def _first(found: FromFile[_T], known: Mapping[str, Entry], *keys: str) -> str:
    """Return the first text under some keys, as one line."""
    for key in keys:
        entry = known.get(key)
        if entry is None or entry.data is None:
            continue
        if isinstance(entry.data, list | dict):
            found.warn(__("invalid value for '%s' (expected text); ignoring it", key), entry.line)
        elif text := clean(entry.text):
            return text
    return ""


def _person(roster: FromFile[_T], name: str, known: Mapping[str, Entry]) -> Person:
    """Return an author; the keys are those of other blog programs too."""
    company = _first(roster, known, "company", "organization", "affiliation")
    role = _first(roster, known, "title", "role")
    return Person(
        name=name,
        slug=_first(roster, known, "slug"),
        profile=Profile(
            role=", ".join(filter(None, (role, company))),
            description=_first(roster, known, "description", "bio"),
            links=tuple(_links(roster, known)),
            picture=_first(roster, known, "avatar", "picture", "image", "image_url", "imageURL"),
        ),
    )


def _links(roster: FromFile[_T], known: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """Yield the names and URLs of an author's other pages."""
    for label, keys in (("Website", ("url", "website", "homepage")), ("Email", ("email",))):
        written = _first(roster, known, *keys)
        line = next((known[key].line for key in keys if key in known), 0)
        if written and (url := _checked(roster, written, written, line)):
            yield label, url
    socials = known.get("socials") or known.get("links")
    if socials is None or socials.data is None:
        return
    if not isinstance(socials.data, dict):
        message = __("invalid value for 'socials' (expected services with URLs); ignoring it")
        roster.warn(message, socials.line)
        return
    for service, entry in socials.data.items():
        written = _first(roster, socials.data, service)
        if not written:
            continue
        url = _profile_url(service, written)
        if url == written and re.fullmatch(r"@?[\w.-]+", written):
            message = __(
                "unknown service '%s' (write the whole URL instead of '%s'); ignoring it",
                clean(service),
                written[:80],
            )
            roster.warn(message, entry.line)
        elif url := _checked(roster, url, written, entry.line):
            name = clean(service)
            yield _SERVICES.get(name.casefold(), (name, ""))[0], url


def _profile_url(service: str, written: str) -> str:
    """Return the URL of a profile of which only the handle may be written."""
    _name, prefix = _SERVICES.get(service.casefold(), ("", ""))
    handle = re.fullmatch(r"@?([\w.-]+)", written)
    return prefix + handle[1] if prefix and handle else written


def _checked(roster: FromFile[_T], url: str, written: str, line: int) -> str:
    """Return a web or mail URL; an empty string, with a warning, for any other."""
    if "@" in url and "/" not in url and ":" not in url:
        return f"mailto:{url}"
    try:
        if urlsplit(url).scheme in {"http", "https", "mailto"}:
            return url
    except ValueError:
        pass
    message = __("invalid URL '%s' (expected https://...); ignoring it", written[:80])
    roster.warn(message, line)
    return ""


def _add_author_files(roster: FromFile[dict[str, Person]], folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.suffix != ".md" or not path.is_file():
            continue
        roster.path = str(path)
        try:
            matter = read(_text_of(path))
        except FrontMatterError as error:
            roster.warn(__("%s; ignoring the file", error.message), error.line)
            continue
        known = matter.entries if matter else {}
        if name := _first(roster, known, "authorName", "name"):
            roster.value[path.stem] = _person(roster, name, known)
            roster.files.append(os.path.normpath(path))


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError(f"cannot be read: {path}: larger than {_LARGEST_FILE} bytes")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot be read: {path}: {error}") from error
