"""The feeds in one output folder.

What a feed holds of a page is stored when the page is written, by whichever process does so, and
from one build to the next, because a feed also holds posts whose pages are not written in this
build. No post is rendered for a feed: where nothing is stored of one, its page is written again.
"""

from __future__ import annotations

import contextlib
import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sphinx.util.osutil import ensuredir

from sphinx_openinfra_blog.environment import (
    MemoryFileError,
    domain_of,
    has_generated_pages,
    has_output,
    inform,
    memory_folder,
    obstacle,
    public_url,
    warn,
    write_output,
)
from sphinx_openinfra_blog.model import Message, Subtype, __, digest_of

from .content import feed_content
from .entries import FeedMaker
from .formats import write_feed
from .places import all_places, has_feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sphinx.application import Sphinx

    from .values import Feed, FeedFormat


class FeedStore:
    """The contents of posts, by docname, in a folder that holds nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, docname: str, content: str) -> None:
        """Store a content, in whichever process: as a whole or not at all.

        :raises OSError: if it cannot be written.
        """
        path = self._path(docname)
        temporary = path.with_suffix(f".{os.getpid()}")
        ensuredir(self.folder)
        temporary.write_bytes(content.encode())
        temporary.replace(path)

    def load(self, docname: str) -> str:
        """Return a content, or an empty string if it is missing or broken."""
        try:
            return self._path(docname).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return ""

    def remove_others(self, docnames: Iterable[str]) -> None:
        """Remove all but some contents, and what killed builds left.

        :raises OSError: if that fails.
        """
        wanted = {self._path(docname) for docname in docnames}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path not in wanted:
                path.unlink()

    def _path(self, docname: str) -> Path:
        return self.folder / f"{digest_of(docname)}.html"


class _PlannedFeed(NamedTuple):
    """A feed that the output is going to have.

    :ivar digest: what decides about it, the contents of its posts aside.
    :ivar docnames: its posts.
    :ivar make: takes the content of each post that it holds in full, by docname.
    """

    format: FeedFormat
    digest: str
    docnames: frozenset[str]
    make: Callable[[Mapping[str, str]], Feed]


class FeedFiles:
    """The feeds of one output folder, in one build."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self._feeds: dict[str, _PlannedFeed] = {}
        #: The posts that a feed holds in full.
        self._full: set[str] = set()
        self._store = FeedStore(memory_folder(app))

    @property
    def planned(self) -> dict[str, str]:
        """File, relative to the output folder -> digest of what the feed holds, bodies aside."""
        return {file: feed.digest for file, feed in self._feeds.items()}

    def plan(self, occupied: Mapping[str, Message]) -> None:
        """Find out which feeds there are to be (``env-updated``).

        :param occupied: the files of the output that are not ours to replace -> what has each.
        """
        self._feeds, self._full = {}, set()
        builder = self.app.builder
        if not has_generated_pages(builder):
            return
        maker = FeedMaker(builder)
        settings = maker.blog.settings
        if not domain_of(self.app.env).has_blog:
            return
        if not has_feeds(builder) and settings.feeds and maker.blog.posts:
            inform(__("html_baseurl is not set; skipping feeds and canonical URLs"))
        taken = {file.casefold(): owner for file, owner in occupied.items()}
        for place in all_places(builder, maker.blog):
            if reason := obstacle(place.file, taken, settings.copied):
                warn(Subtype.OUTPUT, __("cannot write '/%s': %s", place.file, reason), None)
                continue
            taken[place.file.casefold()] = __("already used by another feed")
            docnames = frozenset(post.docname for post in maker.posts(place))
            digest = digest_of((maker.digest(place), settings.feed_full))
            make = partial(maker.feed, place)
            self._feeds[place.file] = _PlannedFeed(place.format, digest, docnames, make)
            if settings.feed_full:
                self._full |= docnames

    def without_body(self) -> set[str]:
        """Return the posts whose content a feed needs and is missing or broken."""
        return {docname for docname in self._full if not self._store.load(docname)}

    def store(self, pagename: str, body: str) -> None:
        """Store what the page of a post was rendered to, perhaps in a worker process.

        :param body: its HTML, after all other extensions have changed it.
        """
        builder = self.app.builder
        if pagename in self._full and has_generated_pages(builder):
            content = feed_content(body, public_url(builder, pagename))
            with self._storing():
                self._store.save(pagename, content)

    @contextlib.contextmanager
    def _storing(self) -> Iterator[None]:
        """Stop the build where contents cannot be stored; the next would take older ones."""
        try:
            yield
        except OSError as error:
            raise MemoryFileError(self._store.folder, error) from error

    def write(
        self, old: Mapping[str, str], written: AbstractSet[str], stale: AbstractSet[str]
    ) -> dict[str, str]:
        """Write the feeds that changed (``build-finished``).

        :param old: the digests of the feeds that are there.
        :param written: the documents that were written in this build.
        :param stale: those that should have been: a feed with one of them stays as it is.
        :returns: the digests of the feeds that are there now.
        """
        now: dict[str, str] = {}
        for file, feed in self._feeds.items():
            if feed.docnames & stale:
                now[file] = old.get(file, "")
                continue
            same = old.get(file) == feed.digest and has_output(self.app, file)
            current = same and not self._full & feed.docnames & written
            if current or self._write(file, feed):
                now[file] = feed.digest
        with self._storing():
            self._store.remove_others(self._full)
        return now

    def _write(self, file: str, feed: _PlannedFeed) -> bool:
        """Write a feed if its bytes changed, and tell whether it is there now.

        Not if the page of one of its posts was never written, which is so where only some files
        of the site are built.
        """
        contents = {name: self._store.load(name) for name in feed.docnames & self._full}
        if not all(contents.values()):
            return False
        try:
            write_output(self.app, file, write_feed(feed.make(contents), feed.format))
        except OSError as error:
            message = __("cannot write the feed '/%s': %s", file, error.strerror)
            warn(Subtype.OUTPUT, message, None)
            return False
        return True
