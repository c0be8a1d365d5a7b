"""What is wrong with an option's value: a sentence, or nothing if it is right.

Each check is given the value and the folder of conf.py.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from .handles import twitter_handle
from .permalinks import PathError, checked
from .roster import RosterError, read_categories, read_roster

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMATS: Final = ("atom", "rss", "json")


def path(value: object, confdir: Path) -> str:
    """Say what is wrong with the blog's folder."""
    del confdir
    if not isinstance(value, str) or not value.strip("/"):
        return "must be a folder below the source directory, such as 'blog'"
    try:
        checked(value.strip("/"))
    except PathError as error:
        return f"cannot be used: {error}"
    return ""


def hosts(value: object, confdir: Path) -> str:
    """Say what is wrong with a list of host names."""
    del confdir
    if not isinstance(value, list | tuple) or not all(
        isinstance(item, str) and re.fullmatch(r"[\w.-]+(:\d+)?", item) for item in value
    ):
        return "must be a list of host names, such as ['example.org']"
    return ""


def timezone(value: object, confdir: Path) -> str:
    """Say what is wrong with the name of a time zone."""
    del confdir
    try:
        ZoneInfo(value if isinstance(value, str) else "")
    except (KeyError, ValueError, OSError):
        return "must be the name of a time zone, such as 'UTC' or 'Europe/Berlin'"
    return ""


def permalink(value: object, confdir: Path) -> str:
    """Say what is wrong with the pattern of addresses."""
    del confdir
    if value == "file":
        return ""
    names = set(re.findall(r"\{(.*?)\}", value)) if isinstance(value, str) else set()
    if not isinstance(value, str) or not {"slug"} <= names <= {"slug", "year", "month", "day"}:
        return "must be 'file' or hold {slug}, and may hold {year}, {month} and {day}"
    try:
        checked(re.sub(r"\{.*?\}", "x", value))
    except PathError as error:
        return f"cannot be used: {error}"
    return ""


def text(value: object, confdir: Path) -> str:
    """Say what is wrong with a text."""
    del confdir
    return "" if isinstance(value, str) else "must be a text"


def count(value: object, confdir: Path) -> str:
    """Say what is wrong with a number of things."""
    del confdir
    right = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if right else "must be a whole number, 0 for no limit"


def handle(value: object, confdir: Path) -> str:
    """Say what is wrong with the site's handle."""
    del confdir
    if value == "" or (isinstance(value, str) and twitter_handle(value)):
        return ""
    return "must be a handle, such as '@name'"


def feed_formats(value: object, confdir: Path) -> str:
    """Say what is wrong with a list of feed formats."""
    del confdir
    if isinstance(value, list | tuple) and all(item in _FORMATS for item in value):
        return ""
    return f"must be a list of {', '.join(map(repr, _FORMATS))}"


def feed_paths(value: object, confdir: Path) -> str:
    """Say what is wrong with where feeds are."""
    if not isinstance(value, dict) or not set(value) <= set(_FORMATS):
        return "must map feed formats to paths, such as {'rss': '/rss.xml'}"
    for place in value.values():
        if place is None or (mistake := output_file(place, confdir)):
            return mistake if place else "must map feed formats to paths"
    if len({str(place).strip("/").casefold() for place in value.values()}) < len(value):
        return "maps two formats to one path"
    return ""


def output_file(value: object, confdir: Path) -> str:
    """Say what is wrong with the name of a file in the output."""
    del confdir
    if value is None:
        return ""
    if not isinstance(value, str) or not value.strip("/") or value.endswith("/"):
        return "must be the name of a file in the output"
    try:
        checked(value.strip("/"))
    except PathError as error:
        return f"cannot be used: {error}"
    return ""


def one_of(*choices: str) -> Callable[[object, Path], str]:
    """Return a check for one of several words."""

    def check(value: object, confdir: Path) -> str:
        del confdir
        return "" if value in choices else f"must be one of {', '.join(map(repr, choices))}"

    return check


def flag(value: object, confdir: Path) -> str:
    """Say what is wrong with a switch."""
    del confdir
    return "" if isinstance(value, bool) else "must be True or False"


def categories(value: object, confdir: Path) -> str:
    """Say what is wrong with the list of categories, or the file that holds it."""
    try:
        read_categories(value, confdir, "slug")
    except RosterError as error:
        return f"cannot be read: {error}"
    return ""


def authors(value: object, confdir: Path) -> str:
    """Say what is wrong with the authors' roster, or the file or folder that holds it."""
    try:
        read_roster(value, confdir)
    except RosterError as error:
        return f"cannot be read: {error}"
    return ""


def media(value: object, confdir: Path) -> str:
    """Say what is wrong with where addresses lead."""
    if not isinstance(value, dict):
        return "must map address prefixes to folders or addresses, such as {'/img/': 'img'}"
    for prefix, target in value.items():
        if not isinstance(prefix, str) or not re.fullmatch(r"/(.*/)?", prefix):
            return f"has a prefix that does not begin and end with '/': {prefix!r}"
        if not isinstance(target, str | Path) or not str(target):
            return f"must map {prefix!r} to a folder or an address"
        if not is_address(target) and not (confdir / target).is_dir():
            return f"maps {prefix!r} to a folder that is not there: '{target}'"
    return ""


def is_address(target: str | Path) -> bool:
    """Tell whether a target of the option ``media`` is an address, not a folder."""
    try:
        return urlsplit(str(target)).scheme in {"http", "https"}
    except ValueError:  # such as "http://["
        return False
