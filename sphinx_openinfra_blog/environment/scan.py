"""Read the front matter of the files below the blog's folder."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_openinfra_blog.blog import Source, visibility_of
from sphinx_openinfra_blog.frontmatter import Fields, FrontMatterError, read, read_fields
from sphinx_openinfra_blog.model import Message, Problem, Subtype, __

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from sphinx_openinfra_blog.config import Settings

_TEXT_FORMATS: Final = frozenset({"restructuredtext", "markdown", None})


class Stamp(NamedTuple):
    """What tells one state of a file from another, as far as its content is concerned."""

    mtime_ns: int
    size: int


#: Of a file whose state is unknown.
_UNKNOWN: Final = Stamp(-1, -1)


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """The front matter of one file.

    :ivar fields: ``None`` if the file is not a post, or is withheld because it cannot be read.
    """

    stamp: Stamp
    fields: Fields | None = None
    problems: tuple[Problem, ...] = ()
    withheld: bool = False


@dataclass(slots=True)
class ScanResult:
    """What the files below the blog's folder are.

    :ivar posts: path of every file that is a post, with or without a page -> its state.
    :ivar sources: the posts that can be read.
    :ivar pages: docname -> path of the other documents.
    """

    posts: dict[str, Stamp] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Scanner:
    """Reads the front matter of documents."""

    def __init__(
        self,
        srcdir: str | os.PathLike[str],
        formats: Mapping[str, str | None],
        settings: Settings,
        encoding: str,
    ) -> None:
        """Make a scanner.

        :param formats: file name suffix -> format, as Sphinx's ``source_suffix``.
        :param encoding: of the files, as Sphinx's ``source_encoding``.
        """
        self.srcdir = Path(srcdir)
        self.formats = formats
        self.settings = settings
        self.encoding = encoding

    def scan(self, documents: Mapping[str, str]) -> ScanResult:
        """Find the posts.

        :param documents: path of a file below the blog's folder -> the docname that Sphinx
            gives it.
        """
        found, settings = ScanResult(), self.settings
        for path, docname in documents.items():
            stem = docname.removeprefix(f"{settings.blog}/")
            file = self._read(path) if stem != "index" and self._is_text(path) else None
            if file is None or not (file.withheld or file.fields):
                found.pages[docname] = path
                continue
            found.problems += file.problems
            found.posts[path] = file.stamp
            if file.fields is not None and not file.withheld:
                visibility = visibility_of(file.fields, settings)
                found.sources.append(Source(path, stem, docname, file.fields, visibility))
        return found

    def _is_text(self, path: str) -> bool:
        kinds = (kind for suffix, kind in self.formats.items() if path.endswith(suffix))
        return next(kinds, "") in _TEXT_FORMATS

    def _read(self, path: str) -> ScannedFile:
        stamp = _UNKNOWN
        try:
            path.encode()  # Sphinx 8 cannot write a page about a name that is not Unicode.
            status = (self.srcdir / path).stat()
            if not stat.S_ISREG(status.st_mode):
                return _withheld(stamp, path, __("not a regular file"), 1)
            stamp = Stamp(status.st_mtime_ns, status.st_size)
            text = (self.srcdir / path).read_text(encoding=self.encoding)
            matter = read(text)
        except UnicodeEncodeError:
            return _withheld(stamp, path, __("file name is not valid UTF-8"), 1)
        except OSError as error:
            # Sphinx cannot read it either.
            reason = __("cannot read the file: %s", error.strerror or error)
            return _withheld(_UNKNOWN, path, reason, 1)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            return _withheld(stamp, path, __("cannot decode the file as %s", error.encoding), line)
        except FrontMatterError as error:
            return _withheld(stamp, path, error.message, error.line)
        if matter is None:
            return ScannedFile(stamp)
        fields, problems = read_fields(
            matter,
            path,
            self.settings.timezone,
            publish_undated=self.settings.publish_future,
        )
        if not fields.is_post:
            return ScannedFile(stamp)
        return ScannedFile(stamp, fields, tuple(problems), withheld=fields.withheld)


def _withheld(stamp: Stamp, path: str, reason: Message, line: int) -> ScannedFile:
    message = __("%s; the file gets no page", reason)
    problem = Problem(Subtype.FRONT_MATTER, message, path, line, withholds=True)
    return ScannedFile(stamp, None, (problem,), withheld=True)
