"""A built folder as a static server serves it."""

from __future__ import annotations

import contextlib
import os
import re
from functools import cached_property
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from sphinx_openinfra_blog.commands.input import InputError, read_bytes

from .addresses import UrlError, parse_url, with_query
from .old_feeds import JSON_FEED_VERSION, read_feed
from .server_rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .old_feeds import ParsedFeed

#: Browsers give up after twenty, search engines after ten.
MAX_REDIRECTS: Final = 10
#: Heads end before that.
HEAD_BYTES: Final = 128 * 1024
_INDEX: Final = "index.html"
_FEED_MARKS: Final = (b"<rss", b"<feed", JSON_FEED_VERSION.encode())
# What follows the seconds (HTML, "shared declarative refresh steps").
_REFRESH: Final = re.compile(
    r"""[^;,]*[;,]\s*(?:url\s*=\s*)?(?:'([^']*)|"([^"]*)|(.*))""", re.IGNORECASE | re.DOTALL
)


class BuiltPageHead(NamedTuple):
    """The head of a built page.

    :ivar refresh: the URL that the page redirects to, or an empty string.
    :ivar noindex: whether search engines should ignore the page.
    :ivar canonical: the canonical URL, or an empty string.
    """

    refresh: str = ""
    noindex: bool = False
    canonical: str = ""


class BuiltSite:
    """The folder of a built site.

    :ivar root: the path of the folder on its host, with slashes around it.
    :ivar host: the host of the site, or an empty string if it is unknown.
    """

    def __init__(self, folder: Path, root: str | None = None, maps: Iterable[Path] = ()) -> None:
        """List the files in the folder.

        :param root: by default, the path of the canonical URL of the front page.
        :param maps: files with redirects of the server, besides the folder's ``_redirects``.
        :raises InputError: if there is no such folder, or a file with redirects is invalid.
        """
        if not folder.is_dir():
            raise InputError("no such directory", str(folder))
        self.files = {normalize("NFC", name): path for name, path in sorted(_files(folder))}
        self._heads: dict[str, BuiltPageHead] = {}
        try:
            self.host, path, _query = parse_url(self.head(_INDEX).canonical)
            self.root = path.rpartition("/")[0] + "/"
            if root is not None:
                self.root = parse_url(root).path.rstrip("/") + "/"
        except UrlError as error:
            raise InputError(f"cannot tell the URL of the site: {error}", str(folder)) from error
        own_map = [folder / "_redirects"] if "_redirects" in self.files else []
        self._rules = [
            rule
            for path in (*own_map, *maps)
            for rule in read_rules(read_bytes(path), str(path), self.root)
        ]
        #: Paths -> the numbers of the rules for only these; with ``None``, of those with patterns.
        self._rules_for: dict[str | None, list[int]] = {}
        for number, rule in enumerate(self._rules):
            self._rules_for.setdefault(rule.exact, []).append(number)

    def place(self, url: str) -> str:
        """Return the path of an old URL on the host of the site.

        Paths on other hosts count as moved below the root of the site.

        :raises UrlError: if the URL is invalid.
        """
        host, path, query = parse_url(url, self.root)
        if host and self.host and host != self.host and self.below(path) is None:
            path = self.root + path[1:]
        asked = with_query(path, query)
        return asked if query and asked in self._rules_for else path

    def ask(self, path: str) -> str:
        """Return the file that a server shows in the end, relative to the folder.

        :param path: from the host's root.
        :returns: an empty string if the path redirects to another host.
        :raises UrlError: if nothing is shown; the text is the reason.
        """
        asked: list[str] = []
        while True:
            if path in asked:
                raise UrlError(f"redirect loop through {path}")
            if len(asked) > MAX_REDIRECTS:
                raise UrlError(f"more than {MAX_REDIRECTS} redirects")
            asked.append(path)
            try:
                file, redirect = self._answer(path)
                host, target, _query = parse_url(redirect, self.root + file)
            except UrlError as error:
                if len(asked) == 1:
                    raise
                raise UrlError(f"redirects to {path}: {error}") from error
            if not redirect:
                return file
            if host not in {"", self.host}:
                return ""
            path = target

    def head(self, file: str) -> BuiltPageHead:
        """Return the head of a page; an empty one for other files."""
        if file not in self._heads:
            is_page = file.lower().endswith((".html", ".htm")) and file in self.files
            html = read_bytes(self.files[file])[:HEAD_BYTES] if is_page else b""
            self._heads[file] = read_head(html)
        return self._heads[file]

    def url_of(self, file: str) -> str:
        """Return the path of a file from the host's root."""
        is_index = file == _INDEX or file.endswith(f"/{_INDEX}")
        return self.root + (file.removesuffix(_INDEX) if is_index else file)

    def feeds(self) -> Iterator[ParsedFeed | InputError]:
        """Yield the feeds in the folder, and an error for each that cannot be read."""
        for file, path in self.files.items():
            if not file.lower().endswith((".xml", ".json")):
                continue
            try:
                data = read_bytes(path)
                if any(mark in data for mark in _FEED_MARKS):
                    yield read_feed(data, file)
            except InputError as error:
                yield error

    def _answer(self, path: str) -> tuple[str, str]:
        """Return the file at a path and the URL that it redirects to.

        :raises UrlError: if there is neither.
        """
        file = self._file_at(path)
        numbers = (self._rules_for.get(key, ()) for key in (path.rstrip("/"), None))
        for number in sorted(chain(*numbers)):
            rule = self._rules[number]
            if file and not rule.forced:
                continue
            target = rule.match(path)
            if target is not None and rule.status >= 400:
                raise UrlError(f"{rule.name} answers {rule.status}")
            if target is not None:
                return "", target
        if not file:
            raise UrlError(self._why(path))
        return file, self.head(file).refresh

    def below(self, path: str) -> str | None:
        """Return a path relative to the root of the site, or ``None`` if it is outside."""
        if f"{path}/" == self.root:
            return ""
        return path.removeprefix(self.root) if path.startswith(self.root) else None

    def _file_at(self, path: str) -> str:
        """Return the file at a path, or an empty string.

        ``/x`` is ``x``, the folder ``x``, and on most servers of static sites ``x.html``;
        ``/x/`` is the folder only.
        """
        below = self.below(path)
        if below is None:
            return ""
        if not below or below.endswith("/"):
            below += _INDEX
        names = (below, f"{below}/{_INDEX}", f"{below}.html")
        return next((name for name in names if name in self.files), "")

    def _why(self, path: str) -> str:
        """Return the reason why there is no file at a path."""
        below = self.below(path)
        if below is None:
            return f"outside of the site, which is at {self.root}"
        if file := self._file_at(path.rstrip("/")):
            return f"only {self.url_of(file)} exists (not served with a trailing slash)"
        if file := self._by_lower_case.get(below.rstrip("/").casefold(), ""):
            return f"only {self.url_of(file)} exists (URLs are case-sensitive)"
        if file := self._by_last_part.get(_last_part(path), ""):
            return f"not found; did you mean {self.url_of(file)}?"
        return "not found"

    @cached_property
    def _by_lower_case(self) -> dict[str, str]:
        """Paths in lower case, without a trailing slash -> the first file at each."""
        return {
            name.casefold(): file
            for file in reversed(self.files)
            for name in (file, file.removesuffix(f"/{_INDEX}"), file.removesuffix(".html"))
        }

    @cached_property
    def _by_last_part(self) -> dict[str, str]:
        """The last parts of paths -> the first page at each, without files of the theme."""
        return {
            _last_part(self.url_of(file)): file
            for file in reversed(self.files)
            if not file.startswith(("_", "."))
        }


class _BodyBegins(Exception):  # noqa: N818 -- it is no error
    """Raised to stop at the end of the head."""


class _HeadParser(HTMLParser):
    head = BuiltPageHead()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            raise _BodyBegins
        # The first of duplicate attributes counts (HTML, "attribute name state").
        values = {name: (value or "").strip() for name, value in reversed(attrs)}
        refresh, noindex, canonical = self.head
        if tag == "link" and "canonical" in values.get("rel", "").lower().split():
            canonical = canonical or values.get("href", "")
        elif tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            found = _REFRESH.match(values.get("content", ""))
            refresh = refresh or (found[found.lastindex or 0].strip() if found else "")
        elif tag == "meta" and values.get("name", "").lower() == "robots":
            words = re.split(r"[,\s]+", values.get("content", "").lower())
            noindex = noindex or not {"noindex", "none"}.isdisjoint(words)
        self.head = BuiltPageHead(refresh, noindex, canonical)


def read_head(html: bytes) -> BuiltPageHead:
    """Parse the head of a page.

    :param html: the page, or its first ``HEAD_BYTES`` bytes.
    """
    parser = _HeadParser()
    # Python's parser asserts that a declaration has a name: "<![x" stops it.
    with contextlib.suppress(_BodyBegins, AssertionError):
        parser.feed(html.decode("utf-8-sig", "replace"))
    return parser.head


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].removesuffix(".html")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder, except links that lead out of it.

    Links to folders are followed, except inside of linked folders, where they may lead back.
    """
    top = folder.resolve()

    def is_inside(path: Path) -> bool:
        return not path.is_symlink() or path.resolve().is_relative_to(top)

    for where, folders, names in os.walk(top, followlinks=True):
        here = Path(where)
        is_linked = here.resolve() != here
        folders[:] = [
            name
            for name in folders
            if is_inside(here / name) and not (is_linked and (here / name).is_symlink())
        ]
        for path in map(here.joinpath, names):
            if path.is_file() and is_inside(path):
                yield path.relative_to(top).as_posix(), path
