"""Files -> what their front matter says, read again only when a file changed."""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .archive import visibility_of
from .diagnostics import Problem, Subtype
from .fields import Fields, read_fields
from .frontmatter import FrontMatterError, read
from .rules import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .settings import Settings

_TEXT_FORMATS: Final = frozenset({"restructuredtext", "markdown", None})


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another.

    :ivar ctime_ns: nobody can set it (POSIX); on Windows, when the file was made.
    """

    mtime_ns: int
    size: int
    ctime_ns: int = 0
    inode: int = 0


#: Of a file whose state cannot be told.
_UNKNOWN: Final = Stamp(-1, -1, -1, -1)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one file said when it had a certain stamp."""

    stamp: Stamp
    fields: Fields | None
    problems: tuple[Problem, ...]
    withheld: bool = False


@dataclass(slots=True)
class Found:
    """What the files below the blog's folder are.

    :ivar files: path -> what the file said, ``None`` for one that is no text.
    :ivar posts: the names of all files that are posts, with a page or without: those on the disk
        and, where they differ, those that Sphinx composes.
    :ivar pages: the documents that are none, with their files.
    """

    files: dict[str, Scanned | None] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Scanner:
    """Reads the front matter of documents.

    :ivar known: path relative to the source directory -> what the file said.
    :ivar stamps: the same paths -> the states of the files.
    """

    def __init__(
        self,
        srcdir: str | os.PathLike[str],
        formats: Mapping[str, str | None],
        settings: Settings,
        encoding: str,
    ) -> None:
        """Make a scanner that has read nothing.

        :param formats: file name suffix -> format, as Sphinx's ``source_suffix``.
        :param encoding: of the files, as Sphinx's ``source_encoding``.
        """
        self.srcdir = srcdir
        self.formats = formats
        self.settings = settings
        self.encoding = encoding
        self.known: dict[str, Scanned] = {}
        self.stamps: dict[str, Stamp] = {}
        self._last = Found()

    def look(self, documents: Mapping[str, str]) -> Found:
        """Find the posts.

        :param documents: path of a file below the blog's folder -> the docname that Sphinx
            gives it.
        :returns: what the last look returned, if the same files are in the same states.
        """
        paths = {name: self.on_disk(name) for name in documents}
        files = {path: self.read(path) for path in paths.values()}
        if files == self._last.files:
            return self._last
        found = self._last = Found(files)
        settings = self.settings
        for composed, docname in documents.items():
            stem = docname.removeprefix(f"{settings.rules.blog}/")
            path = paths[composed]
            said = files[path]
            if stem == "index" or said is None or not (said.withheld or said.fields):
                found.pages[docname] = path
                continue
            found.problems += said.problems
            found.posts += dict.fromkeys((path, composed))
            if said.fields is not None and not said.withheld:
                visibility = visibility_of(
                    said.fields, settings.now, publish_future=settings.publish_future
                )
                found.sources.append(Source(path, stem, docname, said.fields, visibility))
        self.known = {path: said for path, said in files.items() if said}
        self.stamps = {path: said.stamp for path, said in self.known.items()}
        return found

    def forget(self) -> None:
        """Let go of what files said, which takes memory that the rest of a build can use."""
        self.known, self._last = {}, Found()

    def on_disk(self, path: str) -> str:
        """Return the name that a file really has.

        Sphinx composes names (NFC); files written on macOS can have decomposed ones, which
        elsewhere are other names.

        :param path: relative to the source directory, composed.
        """
        if path.isascii() or Path(self.srcdir, path).exists():
            return path
        real = ""
        for part in path.split("/"):
            names = (entry.name for entry in Path(self.srcdir, real).iterdir())
            same = (name for name in names if unicodedata.normalize("NFC", name) == part)
            if (found := next(same, None)) is None:
                return path
            real = f"{real}/{found}".strip("/")
        return real

    def _is_text(self, path: str) -> bool:
        for suffix, kind in self.formats.items():
            if path.endswith(suffix):
                return kind in _TEXT_FORMATS
        return False

    def read(self, path: str) -> Scanned | None:
        """Read one file's front matter, unless its state is known already.

        :returns: ``None`` for a file that is no text.
        """
        if not self._is_text(path):
            return None
        # A thousand times in every build: a text is ten times as fast as an object.
        file = f"{self.srcdir}{os.sep}{path}"
        if not _is_unicode(path):
            # Sphinx 8 could not write a page about it.
            return _withheld(_UNKNOWN, path, "its name is no text in UTF-8", 1)
        try:
            status = os.stat(file)  # noqa: PTH116
            stamp = Stamp(status.st_mtime_ns, status.st_size, status.st_ctime_ns, status.st_ino)
            known = self.known.get(path)
            if known is not None and known.stamp == stamp:
                return known
            if not stat.S_ISREG(status.st_mode):
                return _withheld(stamp, path, "it is no regular file", 1)
            text = Path(file).read_text(encoding=self.encoding)
        except OSError as error:
            # Neither can Sphinx read it, so nothing of it is published; the state is unknown.
            message = f"it cannot be read ({error.strerror or error})"
            return _withheld(_UNKNOWN, path, message, 1)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].count(b"\n")
            message = f"its bytes are not in the encoding '{error.encoding}'"
            return _withheld(stamp, path, message, before + 1)
        return self._fields(path, stamp, text)

    def _fields(self, path: str, stamp: Stamp, text: str) -> Scanned:
        try:
            matter = read(text)
        except FrontMatterError as error:
            return _withheld(stamp, path, str(error), error.line)
        if matter is None:
            return Scanned(stamp, None, ())
        fields, problems = read_fields(
            matter,
            path,
            self.settings.rules.timezone,
            publish_undated=self.settings.publish_future,
        )
        if not fields.is_post:
            return Scanned(stamp, None, ())
        return Scanned(stamp, fields, tuple(problems), withheld=fields.withheld)


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _withheld(stamp: Stamp, path: str, message: str, line: int) -> Scanned:
    message += "; the file gets no page"
    problem = Problem(Subtype.FRONT_MATTER, message, path, line, withholds=True)
    return Scanned(stamp, None, (problem,), withheld=True)
