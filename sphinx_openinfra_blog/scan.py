"""Files -> what their front matter says, read again only when a file changed."""

from __future__ import annotations

import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .diagnostics import Problem, Subtype
from .fields import Fields, read_fields
from .frontmatter import FrontMatterError, read

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from .settings import Settings

_TEXT_FORMATS: Final = frozenset({"restructuredtext", "markdown", None})


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another."""

    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """What one file said when it had a certain stamp."""

    stamp: Stamp
    fields: Fields | None
    problems: tuple[Problem, ...]
    withheld: bool = False


class Scanner:
    """Reads the front matter of documents.

    :ivar known: path relative to the source directory -> what the file said.
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
        suffix = next((item for item in self.formats if path.endswith(item)), "")
        return self.formats.get(suffix, "") in _TEXT_FORMATS

    def read(self, path: str) -> Scanned | None:
        """Read one file's front matter, unless its state is known already.

        :returns: ``None`` for a file that is no text, or that cannot be read at all.
        """
        if not self._is_text(path):
            return None
        file = Path(self.srcdir, path)
        try:
            status = file.stat()
            stamp = Stamp(status.st_mtime_ns, status.st_size)
            known = self.known.get(path)
            if known is not None and known.stamp == stamp:
                return known
            if not stat.S_ISREG(status.st_mode):
                return _withheld(stamp, path, "it is no regular file", 1)
            text = file.read_text(encoding=self.encoding)
        except OSError:
            return None  # Sphinx itself warns of documents that cannot be read.
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


def _withheld(stamp: Stamp, path: str, message: str, line: int) -> Scanned:
    problem = Problem(Subtype.FRONT_MATTER, f"{message}; the file gets no page", path, line)
    return Scanned(stamp, None, (problem,), withheld=True)
