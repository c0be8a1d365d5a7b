"""Builds of a site, each in a process of its own, and what they took and did."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .sites import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MIB: Final = 1024**2
#: The kinds of builds, in the order in which they follow one another.
KINDS: Final = ("cold", "no-op", "checkout", "one edit")


@dataclass(frozen=True, slots=True)
class Build:
    """What one run of Sphinx took and did.

    :ivar site: ``plain``, ``pages``, ``blog`` or ``ablog``.
    :ivar kind: one of :data:`KINDS`.
    :ivar jobs: Sphinx's ``-j``.
    :ivar cpu: seconds of the process and its children, user and system.
    :ivar wall: seconds by the clock.
    :ivar read: documents read.
    :ivar written: HTML files written.
    :ivar feeds: feeds written.
    :ivar peak: resident memory of the largest process at its peak, in MiB.
    :ivar pickle: size of the pickled environment, in MiB.
    :ivar output: size of the output, in MiB.
    """

    site: str
    theme: str
    builder: str
    posts: int
    jobs: int
    run: int
    kind: str
    cpu: float
    wall: float
    read: int
    written: int
    feeds: int
    peak: float
    pickle: float
    output: float


@dataclass(frozen=True, slots=True)
class Task:
    """A site to build, and how."""

    folder: Path
    theme: str
    builder: str
    posts: int
    jobs: int

    def measure(self, run: int) -> list[Build]:
        """Build the site from nothing, without a change, from a fresh checkout, and with an edit.

        What the run before this one built is put aside and not removed: a file system may be
        slow at making new files while it still remembers thousands of removed ones.
        """
        built = self.folder / "_build"
        if built.exists():
            built.rename(tempfile.mkdtemp(prefix="built-", dir=self.folder.parent))
        builds = [self._build(kind, run) for kind in KINDS[:2]]
        for path in self.folder.rglob("*"):
            if not path.is_relative_to(built):
                os.utime(path)
        builds.append(self._build(KINDS[2], run))
        posts = sorted((self.folder / "blog").glob("0*.md"))
        with _edited(posts[len(posts) // 2]):
            builds.append(self._build(KINDS[3], run))
        return builds

    def _build(self, kind: str, run: int) -> Build:
        out = self.folder / "_build" / self.builder
        trees = self.folder / "_build" / "doctrees"
        command = [sys.executable, "-m", "sphinx", "-q", "-b", self.builder, "-j", str(self.jobs)]
        command += ["-d", str(trees), str(self.folder), str(out)]
        pages, feeds = _stamps(out, ".html"), _stamps(out, ".xml", ".json")
        read = _stamps(trees, ".doctree")
        # As users have it: what is compiled once is not compiled in every build.
        settings = {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONDONTWRITEBYTECODE": ""}
        began = os.times().elapsed
        child = os.posix_spawn(sys.executable, command, {**os.environ, **settings})
        _, status, usage = os.wait4(child, 0)
        wall = os.times().elapsed - began
        if status:
            message = f"Sphinx failed with exit code {os.waitstatus_to_exitcode(status)}"
            raise SystemExit(message)
        unit = _MIB if sys.platform == "darwin" else 1024
        return Build(
            site=self.folder.name,
            theme=self.theme,
            builder=self.builder,
            posts=self.posts,
            jobs=self.jobs,
            run=run,
            kind=kind,
            cpu=usage.ru_utime + usage.ru_stime,
            wall=wall,
            read=_changed(read, _stamps(trees, ".doctree")),
            written=_changed(pages, _stamps(out, ".html")),
            feeds=_changed(feeds, _stamps(out, ".xml", ".json")),
            peak=usage.ru_maxrss / unit,
            pickle=(trees / "environment.pickle").stat().st_size / _MIB,
            output=sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / _MIB,
        )


def _stamps(folder: Path, *suffixes: str) -> dict[str, int]:
    """Return when each file of *folder* with one of the suffixes was last changed."""
    files = (path for path in folder.rglob("*") if path.suffix in suffixes)
    return {str(path): path.stat().st_mtime_ns for path in files}


def _changed(before: dict[str, int], after: dict[str, int]) -> int:
    """Count the files that are new or were written again."""
    return sum(before.get(name) != when for name, when in after.items())


@contextmanager
def _edited(post: Path) -> Iterator[None]:
    """Add a sentence to *post*, and take it away again afterwards."""
    text = post.read_text(encoding="utf-8")
    post.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")
    yield
    post.write_text(text, encoding="utf-8")
