"""The configured categories and the authors' roster: option values and the files they name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from .frontmatter import Entry, FrontMatterError, clean, read
from .model import Category
from .permalinks import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_LARGEST_FILE = 4 * 1024 * 1024


class RosterError(ValueError):
    """A list of categories or authors that cannot be used; its text says where and why."""


def read_categories(value: object, confdir: Path, slugs: str) -> tuple[Category, ...]:
    """Read the option ``categories``.

    :param value: a list of labels or of ``{id, label, slug}``, or the path of the content
        system's ``blog-config.json`` (``{"categories": [{"id": ..., "text": ...}]}``).
    :param slugs: the option ``slugs``.
    :raises RosterError: if it cannot be read.
    """
    place = "openinfra_blog_categories"
    if isinstance(value, str):
        place = value
        try:
            value = json.loads(_text_of(confdir / value))
        except json.JSONDecodeError as error:
            raise RosterError(f"{place}:{error.lineno}: no JSON: {error.msg}") from error
        if isinstance(value, dict):
            value = value.get("categories")
    if not isinstance(value, list | tuple):
        raise RosterError(f"{place}: 'categories' is no list")
    categories: dict[str, Category] = {}
    for number, item in enumerate(value, start=1):
        label, key, slug = _category(item)
        if not label:
            raise RosterError(f"{place}: category {number} has no label")
        category = Category(key or label, label, slug_of(slug or label, slugs))
        if category.key in categories:
            raise RosterError(f"{place}: category {number} ('{category.key}') stands twice")
        categories[category.key] = category
    return tuple(categories.values())


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
    for key in keys:
        value = item.get(key)
        if isinstance(value, str | int) and clean(str(value)):
            return clean(str(value))
    return ""


def read_roster(value: object, confdir: Path) -> dict[str, str]:
    """Read the option ``authors``: an author's id -> name.

    :param value: a mapping of ids to names or to ``{name: ...}``, the path of a YAML file that
        holds one, or a folder of the content system's author files (``authorName``).
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
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark is not None else ""
            raise RosterError(f"{place}{line}: no YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(value, dict):
        raise RosterError(f"{place}: not a mapping of ids to authors")
    roster = {}
    for key, item in value.items():
        name = _first(item, "name") if isinstance(item, dict) else item
        if not isinstance(name, str) or not clean(name):
            raise RosterError(f"{place}: the author '{key}' has no name")
        roster[str(key)] = clean(name)
    return roster


def _author_files(folder: Path, shown: str) -> Iterable[tuple[str, str]]:
    for path in sorted(folder.iterdir()):
        if path.suffix != ".md" or not path.is_file():
            continue
        try:
            matter = read(_text_of(path))
        except FrontMatterError as error:
            raise RosterError(f"{shown}/{path.name}:{error.line}: {error}") from error
        name = (matter.entries if matter else {}).get("authorName", Entry(1, None))
        if clean(name.text):
            yield path.stem, clean(name.text)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise RosterError(f"{path}: larger than {_LARGEST_FILE} bytes")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RosterError(f"{path}: cannot be read: {error}") from error
