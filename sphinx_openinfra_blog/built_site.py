"""A built folder as a static server shows it: which addresses it answers, and with what."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from .feed_reading import NoFeedError, read_feed
from .page_head import HEAD_BYTES, PageHead, read_head
from .redirect_rules import Rules, read_rules
from .untrusted import InputError, read_bytes
from .web_addresses import AddressError, WebAddress, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .feed_reading import Feed

#: Browsers give up after twenty, search engines after ten.
MAX_REDIRECTS: Final = 10
_PAGE: Final = (".html", ".htm")
_INDEX: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server has at an address.

    :ivar file: the file that is shown in the end, relative to the folder; empty if there is
        none, or if the address leads to another host.
    :ivar lost: why there is nothing, or an empty string.
    """

    file: str = ""
    lost: str = ""


class BuiltSite:
    """The folder of a built site.

    :ivar root: the path of the folder on its host, with slashes around it.
    :ivar host: where it says that it is published, or an empty string.
    """

    def __init__(self, folder: Path, root: str | None = None, maps: Iterable[Path] = ()) -> None:
        """Look at what is in the folder.

        :param root: without it, the path of the canonical address of its front page.
        :param maps: files with redirects, besides its own ``_redirects``.
        :raises InputError: if there is no such folder, or a file with redirects is broken.
        """
        if not folder.is_dir():
            raise InputError("there is no such folder", str(folder))
        self.files = dict(_files(folder))
        self._heads: dict[str, PageHead] = {}
        own = self.head(_INDEX).canonical if _INDEX in self.files else ""
        self.host, self.root = "", "/"
        try:
            if own:
                address = web_address(own)
                self.host, self.root = address.host, address.path.rpartition("/")[0] + "/"
            if root is not None:
                self.root = web_address(root).path.rstrip("/") + "/"
        except AddressError as error:
            raise InputError(f"where it is published: {error}", str(folder)) from error
        own_rules = [folder / "_redirects"] if "_redirects" in self.files else []
        self._rules = Rules(
            rule
            for path in (*own_rules, *maps)
            for rule in read_rules(read_bytes(path), str(path), self.root)
        )

    def place(self, text: str) -> str:
        """Return the path at which an old address is asked for on the site's host.

        What was on another host has been moved below the site's root.

        :raises AddressError: if nothing can be asked for.
        """
        address = web_address(text, self.root)
        moved = address.host and self.host and address.host != self.host
        if moved and self._below(address.path) is None:
            return self.root + address.path[1:]
        return address.path

    def ask(self, path: str) -> Answer:
        """Return what a server answers, redirects followed.

        :param path: from the host's root.
        """
        asked = [path]
        while True:
            try:
                following = self._following(path)
            except AddressError as error:
                return Answer(lost=self._on_the_way(asked, f"it leads to nothing: {error}"))
            if following is None:
                file = self._file_at(path)
                return Answer(file or "", "" if file else self._on_the_way(asked, self._why(path)))
            if following.host and following.host != self.host:
                return Answer()
            path = following.path
            if path in asked:
                return Answer(lost=f"it redirects in a circle, by way of {path}")
            if len(asked) > MAX_REDIRECTS:
                return Answer(lost=f"it redirects more than {MAX_REDIRECTS} times")
            asked.append(path)

    def head(self, file: str) -> PageHead:
        """Return what the head of a page says; nothing for other files."""
        if (known := self._heads.get(file)) is None:
            known = PageHead()
            if file.lower().endswith(_PAGE):
                try:
                    with self.files[file].open("rb") as page:
                        known = read_head(page.read(HEAD_BYTES))
                except OSError as error:
                    raise InputError(error.strerror or "", str(self.files[file])) from error
            self._heads[file] = known
        return known

    def address_of(self, file: str) -> str:
        """Return the path at which a file is, from the host's root."""
        if file == _INDEX or file.endswith(f"/{_INDEX}"):
            return self.root + file[: -len(_INDEX)]
        return self.root + file

    def namesakes(self, path: str) -> list[str]:
        """Return the pages whose last part is that of a path, those that redirect left out."""
        return [
            self.address_of(file)
            for file in self._by_last_part.get(_last_part(path), ())
            if not self.head(file).refresh
        ]

    def feeds(self) -> Iterator[Feed | InputError]:
        """Return the feeds in the folder, and what is wrong with those that cannot be read."""
        for file, path in self.files.items():
            if not file.lower().endswith((".xml", ".json")):
                continue
            try:
                data = read_bytes(path)
            except InputError as error:
                yield error
                continue
            if file.lower().endswith(".json") and not _may_be_feed(data):
                continue
            try:
                yield read_feed(data, file)
            except NoFeedError:
                continue
            except InputError as error:
                if any(word in data[:4096] for word in (b"<rss", b"<feed", b"jsonfeed.org")):
                    yield error

    def _following(self, path: str) -> WebAddress | None:
        """Return the address that a path redirects to, if it does.

        :raises AddressError: if it redirects to what is none.
        """
        file = self._file_at(path)
        found = self._rules.find(path)
        if found is not None and (found[0].forced or file is None):
            rule, target = found
            if rule.status >= 400:
                raise AddressError(f"{rule.name} answers {rule.status}")
            return web_address(target, self.root)
        if file is None or not (refresh := self.head(file).refresh):
            return None
        return web_address(refresh, self.root + file)

    def _below(self, path: str) -> str | None:
        """Return a path relative to the site's root, or ``None`` if it is not below it."""
        if f"{path}/" == self.root:
            return ""
        return path.removeprefix(self.root) if path.startswith(self.root) else None

    def _file_at(self, path: str) -> str | None:
        """Return the file that a server shows, none of them redirecting.

        ``/x`` is ``x``, the folder ``x``, and on most servers of static sites ``x.html``;
        ``/x/`` is the folder only.
        """
        below = self._below(path)
        if below is None:
            return None
        if not below or below.endswith("/"):
            names = [below + _INDEX]
        else:
            names = [below, f"{below}/{_INDEX}", f"{below}.html"]
        return next((name for name in names if name in self.files), None)

    def _on_the_way(self, asked: list[str], reason: str) -> str:
        return reason if len(asked) == 1 else f"it redirects to {asked[-1]}: {reason}"

    def _why(self, path: str) -> str:
        """Return why nothing is at a path."""
        below = self._below(path)
        if below is None:
            return f"it is outside of {self.root}, where the site is"
        name = below.rstrip("/")
        for file in (f"{name}.html", name):
            if file in self.files:
                there = self.root + file
                return f"only {there} is there, which servers do not show with a closing slash"
        if other := self._by_any_case.get(name.casefold()):
            return f"only {self.address_of(other)} is there, and letters' case counts"
        if found := self.namesakes(path):
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            return f"nothing is there; the last part is the same in {found[0]}{more}"
        return "nothing is there"

    @cached_property
    def _by_any_case(self) -> dict[str, str]:
        """What answers at a path without a closing slash, by that path in lower case."""
        found: dict[str, str] = {}
        for file in self.files:
            for name in (file, file.removesuffix(f"/{_INDEX}"), file.removesuffix(".html")):
                found.setdefault(name.casefold(), file)
        return found

    @cached_property
    def _by_last_part(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for file in self.files:
            # Copies of sources and files of the theme are no pages.
            if not file.startswith(("_", ".")):
                found[_last_part(self.address_of(file))].append(file)
        return found


def _may_be_feed(json: bytes) -> bool:
    return b"jsonfeed.org" in json and json[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].removesuffix(".html")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Return the files below a folder, in NFC and sorted, without those outside of it.

    Links to folders are followed once: a link in a linked folder may lead back.
    """
    top = folder.resolve()
    found = dict(_walk(top, top, ""))
    for name in [*_linked_folders(top)]:
        found |= dict(_walk(top, Path(top, name).resolve(), f"{name}/"))
    for name in sorted(found):
        yield normalize("NFC", name), found[name]


def _walk(top: Path, start: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for where, _folders, names in os.walk(start):
        for name in names:
            path = Path(where, name)
            if path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(top)):
                yield prefix + path.relative_to(start).as_posix(), path


def _linked_folders(top: Path) -> Iterator[str]:
    for where, folders, _names in os.walk(top):
        for name in folders:
            path = Path(where, name)
            if path.is_symlink() and path.resolve().is_relative_to(top):
                yield path.relative_to(top).as_posix()
