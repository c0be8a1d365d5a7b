"""Every option once: its default, how it is checked, what it makes Sphinx do again, its help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sphinx.errors import ConfigError

from .permalinks import SLUG_STYLES, PathError, checked
from .roster import RosterError, read_categories, read_roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config

PREFIX: Final = "openinfra_blog_"


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    :ivar name: without the prefix ``openinfra_blog_``.
    :ivar default: its value where conf.py says nothing.
    :ivar rebuild: Sphinx's word for what a change makes it do again. Options that only show in
        resolved front matter need none: the posts they change are found by comparison.
    :ivar check: returns what is wrong with a value, or an empty string.
    :ivar help: what the reference page says, in Markdown.
    """

    name: str
    default: object
    rebuild: Literal["", "env", "html"]
    check: Callable[[object, Path], str]
    help: str

    @property
    def full_name(self) -> str:
        """The name in conf.py."""
        return PREFIX + self.name


def _path(value: object, confdir: Path) -> str:
    del confdir
    if not isinstance(value, str) or not value.strip("/"):
        return "must be a folder below the source directory, such as 'blog'"
    try:
        checked(value.strip("/"))
    except PathError as error:
        return f"cannot be used: {error}"
    return ""


def _hosts(value: object, confdir: Path) -> str:
    del confdir
    if not isinstance(value, list | tuple) or not all(
        isinstance(item, str) and re.fullmatch(r"[\w.-]+(:\d+)?", item) for item in value
    ):
        return "must be a list of host names, such as ['example.org']"
    return ""


def _timezone(value: object, confdir: Path) -> str:
    del confdir
    try:
        ZoneInfo(value if isinstance(value, str) else "")
    except (KeyError, ValueError, OSError):
        return "must be the name of a time zone, such as 'UTC' or 'Europe/Berlin'"
    return ""


def _permalink(value: object, confdir: Path) -> str:
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


def _one_of(*choices: str) -> Callable[[object, Path], str]:
    def check(value: object, confdir: Path) -> str:
        del confdir
        return "" if value in choices else f"must be one of {', '.join(map(repr, choices))}"

    return check


def _flag(value: object, confdir: Path) -> str:
    del confdir
    return "" if isinstance(value, bool) else "must be True or False"


def _categories(value: object, confdir: Path) -> str:
    try:
        read_categories(value, confdir, "slug")
    except RosterError as error:
        return f"cannot be read: {error}"
    return ""


def _authors(value: object, confdir: Path) -> str:
    try:
        read_roster(value, confdir)
    except RosterError as error:
        return f"cannot be read: {error}"
    return ""


def _media(value: object, confdir: Path) -> str:
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
    return urlsplit(str(target)).scheme in {"http", "https"}


OPTIONS: Final = (
    Option(
        "path",
        "blog",
        "env",
        _path,
        "The folder of the posts, below the source directory; also the path of the blog below "
        "the site root.",
    ),
    Option(
        "hosts",
        (),
        "",
        _hosts,
        "Host names under which the blog is or was published. Links to them become references. "
        "The host of `html_baseurl` and those of every `seo.url` below the blog's path belong to "
        "them without being named.",
    ),
    Option(
        "timezone",
        "UTC",
        "env",
        _timezone,
        "The time zone of dates that name none, of the dates that are shown, and of `{year}`, "
        "`{month}` and `{day}` in addresses.",
    ),
    Option(
        "permalink",
        "{slug}",
        "",
        _permalink,
        "The address, below the blog's path, of a post without `seo.url` and `permalink`: "
        "`{slug}` is its `slug` or its file name; `{year}`, `{month}` and `{day}` come from its "
        'date. With `"file"` every post stays where its file is, and the address that it asks for '
        "redirects there.",
    ),
    Option(
        "slugs",
        "slug",
        "",
        _one_of(*SLUG_STYLES),
        "How the addresses of category and author pages are made from their names. `slug`: in "
        "lower case, without accents, other scripts in Latin letters; `unicode`: the same with "
        "the letters of every script kept; `kebab`: as the content system's sites do it, which "
        "splits camel case (`open-stack`).",
    ),
    Option(
        "categories",
        (),
        "",
        _categories,
        "The categories in the order of the archive, each of which gets a page even without "
        "posts: a list of labels or of `{id, label, slug}`, or the path of the content system's "
        "`blog-config.json`.",
    ),
    Option(
        "authors",
        {},
        "",
        _authors,
        "The authors' roster: a mapping of ids to names, the path of a YAML file that holds one, "
        "or a folder of the content system's author files.",
    ),
    Option(
        "media",
        {},
        "env",
        _media,
        'Where addresses below the site root lead: `{"/img/": "static/img"}` finds the images '
        'that posts name as `/img/name.png` in a folder, `{"/img/": "https://example.org/img/"}` '
        "leaves them where they are published.",
    ),
    Option(
        "preview",
        False,
        "",
        _flag,
        "Give drafts, scheduled and expired posts a page with a banner, and list them. "
        "Search engines are told to leave these pages alone.",
    ),
    Option(
        "future",
        "withhold",
        "",
        _one_of("withhold", "publish"),
        'Whether posts with a date in the future wait for it. With `"publish"` a post whose date '
        "cannot be read is published too, undated.",
    ),
)


def add_markdown(app: Sphinx, config: Config) -> None:
    """Let MyST parse ``.md`` if nothing does yet (``config-inited``).

    Not in ``setup()``: an extension that is set up later may bring a parser of its own.
    """
    suffixes = app.registry.source_suffix
    if isinstance(config.source_suffix, dict):
        suffixes = suffixes | config.source_suffix
    if suffixes.get(".md") not in app.registry.source_parsers:
        app.setup_extension("myst_parser")


def check_options(app: Sphinx, config: Config) -> None:
    """Check every option (``config-inited``).

    :raises ConfigError: naming every mistake.
    """
    mistakes = [
        f"{option.full_name} {mistake}"
        for option in OPTIONS
        if (mistake := option.check(config[option.full_name], Path(app.confdir)))
    ]
    if mistakes:
        raise ConfigError("\n".join(mistakes))


def register_options(app: Sphinx) -> None:
    """Tell Sphinx of every option; :func:`check_options` judges the values."""
    for option in OPTIONS:
        app.add_config_value(option.full_name, option.default, option.rebuild, types=Any)
