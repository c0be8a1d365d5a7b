"""Read the front matter of the files below the blog's folder."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_openinfra_blog.blog import Source, Verdict, judge
from sphinx_openinfra_blog.frontmatter import (
    FrontMatterError,
    Markup,
    Notebook,
    conflict_in,
    find,
    read,
)
from sphinx_openinfra_blog.model import Problem, Subtype, __

from .headings import first_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_openinfra_blog.config import Settings
    from sphinx_openinfra_blog.frontmatter import Block, FrontMatter

    from .parsers import Parsers


class Stamp(NamedTuple):
    """What tells one state of a file from another."""

    mtime_ns: int
    #: Digest of its bytes.
    content: str


#: Of a file whose state is unknown.
_UNKNOWN: Stamp = Stamp(-1, "")


@dataclass(slots=True)
class ScanResult:
    """What the files below the blog's folder are.

    :ivar files: path of every file that is no ordinary page -> its state.
    :ivar sources: the posts.
    :ivar pages: docname -> path of the other documents.
    :ivar undated: the paths of pages that name a title or an author.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    undated: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def content_of(path: Path) -> str:
    """Return a digest of the content of a file; an empty string if it is none."""
    # Path.is_file() raises an error for a name that is too long.
    if not os.path.isfile(path):  # noqa: PTH113
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Scanner:
    """Reads the front matter of documents."""

    def __init__(
        self,
        srcdir: str | os.PathLike[str],
        parsers: Parsers,
        settings: Settings,
        encoding: str,
    ) -> None:
        """Make a scanner.

        :param encoding: of the files, as Sphinx's ``source_encoding``.
        """
        self.srcdir = Path(srcdir)
        self.parsers = parsers
        self.settings = settings
        self.encoding = encoding

    def scan(self, documents: Mapping[str, str]) -> ScanResult:
        """Find the posts.

        :param documents: path of a file below the blog's folder -> the docname that Sphinx
            gives it.
        """
        found = ScanResult()
        for path, docname in documents.items():
            file = _File(self, path)
            verdict = judge(path, docname, file.read, self.settings)
            if verdict.source and (parser := self.parsers.unserved(path)):
                verdict = _held_for(parser, path)
            found.problems += verdict.problems
            if verdict.source is not None:
                source = verdict.source
                if self.settings.lint:
                    found.problems += file.conflicts()
                if source.fields.title is None:
                    source = replace(source, heading=file.heading())
                found.sources.append(source)
            if verdict.source is None and verdict.has_page:
                found.pages[docname] = path
            else:
                found.files[path] = file.stamp
            if verdict.is_undated:
                found.undated.append(path)
        return found


def _held_for(parser: str, path: str) -> Verdict:
    message = __(
        "the parser '%s' cannot read posts; the file gets no page (use myst_parser, myst_nb,"
        " nbsphinx or reStructuredText)",
        parser,
    )
    return Verdict(
        problems=(Problem(Subtype.PARSER, message, path, 1, withholds=True),), has_page=False
    )


class _File:
    """A file that is read once."""

    def __init__(self, scanner: Scanner, path: str) -> None:
        self.stamp = _UNKNOWN
        self._path = path
        self._file = scanner.srcdir / path
        self._encoding = scanner.encoding
        self._markup = scanner.parsers.markup(path)
        self._in_directive = not scanner.parsers.has_post
        self._text = ""

    def read(self) -> FrontMatter | None:
        """Return the front matter.

        :raises FrontMatterError: if it, or the file, cannot be read.
        """
        try:
            self._path.encode()  # Sphinx 8 cannot write a page about a name that is not Unicode.
            status = self._file.stat()
            if not stat.S_ISREG(status.st_mode):
                raise FrontMatterError(__("not a regular file"), 1)
            data = self._file.read_bytes()
            self.stamp = Stamp(status.st_mtime_ns, hashlib.sha256(data).hexdigest())
            # With line ends as Sphinx reads them.
            self._text = StringIO(data.decode(self._encoding), newline=None).read()
        except UnicodeEncodeError as error:
            raise FrontMatterError(__("file name is not valid UTF-8"), 1) from error
        except OSError as error:
            # Sphinx cannot read it either.
            self.stamp = _UNKNOWN
            message = __("cannot read the file: %s", error.strerror or error)
            raise FrontMatterError(message, 1) from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            message = __("cannot decode the file as %s (save it in that encoding)", error.encoding)
            raise FrontMatterError(message, line) from error
        if self._markup is Markup.NOTEBOOK:
            return Notebook(self._text).read()
        return read(self._text, self._markup, in_directive=self._in_directive)

    def conflicts(self) -> Iterator[Problem]:
        """Find an unresolved conflict in the body; one in the JSON of a notebook breaks it."""
        block = self._block() if self._markup is not Markup.NOTEBOOK else None
        line = conflict_in(self._text, block.end if block else 0)
        if line is not None:
            message = __("unresolved conflict of versions in the text")
            yield Problem(Subtype.CONFLICT, message, self._path, line + 1)

    def heading(self) -> str:
        """Return the first heading of the body, or an empty string."""
        if self._markup is Markup.NOTEBOOK:
            notebook = Notebook(self._text)
            notebook.remove_front_matter()
            return first_heading("\n\n".join(notebook.texts), Markup.MARKDOWN)
        lines = self._text.split("\n")
        if block := self._block():
            lines[block.first : block.end] = []
        return first_heading("\n".join(lines), self._markup)

    def _block(self) -> Block | None:
        return find(self._text, self._markup, in_directive=self._in_directive)
