"""The feeds in one output folder, and what their posts' pages were rendered to.

A page's body is kept when the page is written, by whichever process does so, and from one build
to the next, because a feed also holds posts whose pages are not written in this build. No post is
rendered for a feed: where nothing is kept of one that a feed needs, its page is written again.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from . import manifest, report
from .bodies import Bodies, BrokenBodyError, NoBodyError
from .builders import has_generated_pages, public_address
from .diagnostics import Message, Subtype, __
from .feed_places import all_places, has_feeds
from .feeds import FeedMaker
from .model import digest_of
from .redirects import obstacle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx

    from .feed_places import FeedPlace
    from .model import Post


class FeedFiles:
    """The feeds of one output folder, in one build.

    :ivar planned: file, relative to the output folder -> digest of what the feed holds, the
        posts' bodies aside.
    """

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.kept = Bodies(manifest.folder(app))
        self.planned: dict[str, str] = {}
        self._places: dict[str, FeedPlace] = {}
        #: A post's docname -> the name that its body is kept under.
        self._bodies: dict[str, str] = {}

    def plan(self, occupied: Mapping[str, Message]) -> None:
        """Find out which feeds there are to be (``env-updated``).

        :param occupied: the files of the output that are not ours to replace -> what has each.
        """
        self.planned, self._places, self._bodies = {}, {}, {}
        builder = self.app.builder
        if not has_generated_pages(builder):
            return
        self.maker = FeedMaker(builder)
        settings = self.maker.project.settings
        if not has_feeds(builder):
            if settings.feeds.formats and self.maker.project.posts:
                report.inform(
                    "the blog has no feeds and no canonical addresses, because html_baseurl "
                    "does not say where the site is"
                )
            return
        taken = {file.casefold(): owner for file, owner in occupied.items()}
        for place in all_places(builder, self.maker.project):
            if reason := obstacle(place.file, taken, settings.copied):
                message = __("cannot write '/%s': %s", place.file, reason)
                report.warn(Subtype.OUTPUT, message, None)
                continue
            taken[place.file.casefold()] = __("already used by another feed")
            self._places[place.file] = place
            if settings.feeds.full:
                posts = self.maker.posts(place)
                for post in posts:
                    if post.docname not in self._bodies:
                        self._bodies[post.docname] = digest_of(post.docname)
        self.planned = {
            file: digest_of((self.maker.digest(place), settings.feeds.full))
            for file, place in self._places.items()
        }

    def without_body(self) -> set[str]:
        """Return the posts that a feed needs and nothing is kept of."""
        if not self._bodies:
            return set()
        with self._remembering():
            self.kept.gather()
        there = self.kept.names()
        return {docname for docname, name in self._bodies.items() if name not in there}

    def keep(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Keep what the page of a post was rendered to (``html-page-context``, after all others).

        Runs in worker processes too.
        """
        del templatename, doctree
        name, builder = self._bodies.get(pagename), app.builder
        if name is not None and has_generated_pages(builder):
            # Not before it is needed: most rebuilds need neither this nor the formats.
            from .feed_content import feed_content  # noqa: PLC0415

            content = feed_content(context["body"], public_address(builder, pagename))
            with self._remembering():
                self.kept.add(name, content)

    @contextlib.contextmanager
    def _remembering(self) -> Iterator[None]:
        """Say what to do where bodies cannot be kept.

        :raises MemoryFileError: if so; the next build would take older ones.
        """
        try:
            yield
        except OSError as error:
            raise manifest.MemoryFileError(self.kept.folder, error) from error

    def write(
        self, old: Mapping[str, str], written: AbstractSet[str], stale: AbstractSet[str]
    ) -> dict[str, str]:
        """Write the feeds that changed (``build-finished``).

        :param old: the digests of the feeds that are there.
        :param written: the documents that were written in this build.
        :param stale: those that should have been: a feed with one of them stays as it is.
        :returns: the digests of the feeds that are there now.
        """
        with self._remembering():
            self.kept.gather()
        now: dict[str, str] = {}
        for file, digest in self.planned.items():
            posts = {post.docname for post in self.maker.posts(self._places[file])}
            if posts & stale:
                now[file] = old.get(file, "")
                continue
            same = old.get(file) == digest and manifest.is_there(self.app, file)
            if (same and not (self._bodies and posts & written)) or self._write(file):
                now[file] = digest
        with self._remembering():
            self.kept.keep(set(self._bodies.values()))
        return now

    def _write(self, file: str) -> bool:
        """Write a feed if its bytes changed, and tell whether it is there now.

        Not if the page of one of its posts was never written, which is so where only some files
        of the site are built.
        """
        from .feed_formats import write_feed  # noqa: PLC0415

        place = self._places[file]
        try:
            data = write_feed(self.maker.feed(place, self._body_of), place.format)
        except NoBodyError:
            return False
        except BrokenBodyError:
            # Nobody but this class writes there; the next build does so again.
            self.kept.clear()
            message = f"what is kept for the feed '/{file}' cannot be read: build once more"
            report.warn(Subtype.OUTPUT, message, None)
            return False
        try:
            manifest.write(self.app, file, data)
        except OSError as error:
            message = f"no feed can stand at '/{file}': {error.strerror}"
            report.warn(Subtype.OUTPUT, message, None)
            return False
        return True

    def _body_of(self, post: Post) -> str:
        name = self._bodies.get(post.docname)
        return "" if name is None else self.kept.text_of(name)
