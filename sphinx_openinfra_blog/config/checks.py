"""The checks of options.

Each check returns the value as the extension uses it, or raises :exc:`ValueError` with what is
wrong with it.
"""

from __future__ import annotations

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from zoneinfo import ZoneInfo

from babel.dates import format_date

from sphinx_openinfra_blog.model import (
    PathError,
    checked,
    host_of,
    is_remote,
    twitter_handle,
    with_ascii_host,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_T = TypeVar("_T")

_FORMATS: Final = ("atom", "rss", "json")
_DATE_STYLES: Final = frozenset({"short", "medium", "long", "full"})
#: With the letters of a day's fields (Unicode TR 35, part 4); others would need quotes.
_DATE_PATTERN: Final = re.compile(
    r"(?:'[^']*'|[^A-Za-z%'])*[yYuQqMLdDEec](?:'[^']*'|[GyYuQqMLwWdDFEec]|[^A-Za-z%'])*"
)


def path(value: object) -> str:
    """Return the directory of the blog."""
    if not isinstance(value, str) or not value.strip("/"):
        raise ValueError("must be a directory below the source directory, such as 'blog'")
    return _inside(value.strip("/"))


def hosts(value: object) -> tuple[str, ...]:
    """Return host names in lower case."""
    if isinstance(value, list | tuple) and all(
        isinstance(item, str) and re.fullmatch(r"[\w.-]+(:\d+)?", item) for item in value
    ):
        return tuple(host_of(f"//{item}") for item in value)
    raise ValueError("must be a list of host names, such as ['example.org']")


def base_url(value: object) -> str:
    """Return the URL of the site with its host as the DNS has it, or an empty string."""
    if not value:
        return ""
    if isinstance(value, str) and is_remote(value) and not re.search("[?#]", value):
        return with_ascii_host(value)
    raise ValueError(f"must be a whole URL, such as 'https://example.org/': {value!r}")


def timezone(value: object) -> ZoneInfo:
    """Return a time zone."""
    try:
        return ZoneInfo(value if isinstance(value, str) else "")
    except (KeyError, ValueError, OSError):
        message = "must be the name of a time zone, such as 'UTC' or 'Europe/Berlin'"
        raise ValueError(message) from None


def date_format(value: object) -> str:
    """Return one of Babel's styles or patterns of dates, or an empty string for the usual ones."""
    if value is None:
        return ""
    if isinstance(value, str) and (value in _DATE_STYLES or _DATE_PATTERN.fullmatch(value)):
        try:
            format_date(date(2001, 1, 1), value)
        except ValueError:
            pass  # A field is longer than any is.
        else:
            return value
    raise ValueError(
        "must be 'short', 'medium', 'long', 'full' or a pattern of Babel's, such as 'd MMM y'"
    )


def permalink(value: object) -> str:
    """Return the pattern of permalinks, or ``file``."""
    if value == "file":
        return "file"
    names = set(re.findall(r"\{(.*?)\}", value)) if isinstance(value, str) else set()
    if not isinstance(value, str) or not {"slug"} <= names <= {"slug", "year", "month", "day"}:
        raise ValueError(
            "must be 'file' or contain {slug}, and may contain {year}, {month}, {day}"
        )
    _inside(re.sub(r"\{.*?\}", "x", value))
    return value


_OF_POSTS: Final = frozenset(
    "file folder slug title year month day i_month i_day category".split()
)


def old_addresses(value: object) -> tuple[str, ...]:
    """Return patterns of paths."""
    if not isinstance(value, list | tuple):
        raise ValueError("must be a list of patterns, such as ['/blog/{file}/']")
    for pattern in value:
        found = re.findall(r"\{(\w+)(?::(?:slug|kebab|lower))?\}", str(pattern))
        names, rest = set(found), re.sub(r"\{\w+(?::(?:slug|kebab|lower))?\}", "x", str(pattern))
        about_terms = names in ({"category"}, {"author"}, {"tag"}, {"year"})
        if not (names and (about_terms or names <= _OF_POSTS)) or set("{}?#") & set(rest):
            raise ValueError(
                f"has an invalid pattern {pattern!r} (it may contain"
                f" {', '.join(f'{{{name}}}' for name in sorted(_OF_POSTS))} for posts, or one of"
                " {category}, {author}, {tag} and {year} alone, each perhaps with ':slug',"
                " ':kebab' or ':lower' behind its name)"
            )
        _inside(rest.strip("/"))
    return tuple(map(str, value))


def text(value: object) -> str:
    """Return a string."""
    if isinstance(value, str):
        return value
    raise ValueError("must be a string")


def count(value: object) -> int:
    """Return a number that is not negative."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError("must be a whole number (0 for no limit)")


def handle(value: object) -> str:
    """Return the site's X handle with its ``@``, or an empty string."""
    found = twitter_handle(value) if isinstance(value, str) else ""
    if value != "" and not found:
        raise ValueError("must be an X handle, such as '@name'")
    return found


def feed_formats(value: object) -> tuple[str, ...]:
    """Return feed formats, each once."""
    if isinstance(value, list | tuple) and all(item in _FORMATS for item in value):
        return tuple(dict.fromkeys(value))
    raise ValueError(f"must be a list of {', '.join(map(repr, _FORMATS))}")


def feed_paths(value: object) -> dict[str, str]:
    """Return the paths of feeds in the output directory, by format."""
    if not isinstance(value, dict) or not set(value) <= set(_FORMATS) or None in value.values():
        raise ValueError("must map feed formats to paths, such as {'rss': '/rss.xml'}")
    paths = {name: output_file(file) for name, file in value.items()}
    if len({file.casefold() for file in paths.values()}) < len(paths):
        raise ValueError("maps two formats to the same path")
    return paths


def output_file(value: object) -> str:
    """Return a path in the output directory, or an empty string for no file."""
    if value is None:
        return ""
    if not isinstance(value, str) or not value.strip("/") or value.endswith("/"):
        raise ValueError("must be the name of a file in the output directory")
    return _inside(value.strip("/"))


def word(meanings: Mapping[str, _T]) -> Callable[[object], _T]:
    """Return a check for one of several words, which returns what the word means."""

    def check(value: object) -> _T:
        if isinstance(value, str) and value in meanings:
            return meanings[value]
        raise ValueError(f"must be one of {', '.join(map(repr, meanings))}")

    return check


def flag(value: object) -> bool:
    """Return a boolean."""
    if isinstance(value, bool):
        return value
    raise ValueError("must be True or False")


def thumbnails(value: object) -> bool:
    """Return whether to make smaller copies of pictures: by default, where Pillow is installed."""
    can = find_spec("PIL") is not None
    if value is True and not can:
        raise ValueError("needs Pillow (pip install 'sphinx-openinfra-blog[images]')")
    return can if value is None else flag(value)


def media(value: object, confdir: Path) -> tuple[tuple[str, str], ...]:
    """Return URL prefixes and the directory or URL of each, the longest prefix first."""
    if not isinstance(value, dict):
        raise ValueError("must map URL prefixes to directories or URLs, such as {'/img/': 'img'}")
    found = []
    for prefix, target in value.items():
        if not isinstance(prefix, str) or not re.fullmatch(r"/(.*/)?", prefix):
            raise ValueError(f"has a prefix that does not begin and end with '/': {prefix!r}")
        if not isinstance(target, str | Path) or not str(target):
            raise ValueError(f"must map {prefix!r} to a directory or a URL")
        if is_remote(str(target)):
            found.append((prefix, str(target)))
        elif (confdir / target).is_dir():
            found.append((prefix, str((confdir / target).resolve())))
        else:
            raise ValueError(f"maps {prefix!r} to a missing directory: '{target}'")
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def share_image(value: object, confdir: Path) -> str:
    """Return an image's absolute path or URL, or an empty string."""
    if not isinstance(value, str | Path):
        raise ValueError("must be the path or the URL of an image")
    if str(value).lower().endswith((".svg", ".svgz")):
        raise ValueError(f"names an SVG image, which social sites do not show: '{value}'")
    if not str(value) or is_remote(str(value)):
        return str(value)
    if not (confdir / value).is_file():
        raise ValueError(f"names a missing file: '{value}'")
    return str((confdir / value).resolve())


def _inside(place: str) -> str:
    try:
        return checked(place)
    except PathError as error:
        raise ValueError(f"cannot be used: {error}") from error
