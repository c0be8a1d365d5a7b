"""Sphinx's ``Project`` with permalinks: which files are posts, and under which docname.

A post's docname *is* its permalink, so that the URL of its page, search results, the inventory,
``:doc:`` and parallel builds agree without further work. Sphinx has no interface for another
class of project, so :func:`install` replaces the two attributes that hold it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.project import EXCLUDE_PATHS, Project
from sphinx.util.matching import get_matching_files

from sphinx_openinfra_blog.blog import Blog, resolve

from .builders import has_generated_pages
from .options import read_settings
from .output_files import memory_folder
from .parsers import MarkdownParser, Parsers, parsers_of
from .pictures import Pictures
from .scan import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx

    from sphinx_openinfra_blog.config import Settings

    from .scan import Stamp


class BlogProject(Project):
    """The source files, the posts among them named by their permalinks.

    It is pickled with the environment as what Sphinx's own class holds; the rest is found again
    in every build, and inherited by worker processes.

    :ivar exclude: patterns of files that are not documents.
    :ivar include: patterns of files that are.
    """

    def __init__(
        self,
        srcdir: str | os.PathLike[str],
        source_suffix: Mapping[str, str | None],
        settings: Settings,
        encoding: str = "utf-8-sig",
        parsers: Parsers | None = None,
    ) -> None:
        """Make a project without files.

        :param source_suffix: file name suffix -> format, as Sphinx's option of that name.
        """
        super().__init__(srcdir, source_suffix)
        self.scanner = Scanner(srcdir, parsers or Parsers(source_suffix), settings, encoding)
        #: The files that describe authors.
        self._authors = frozenset(map(self.relative, settings.author_files))
        #: Names files as Sphinx does, whatever an earlier build called them.
        self._plain = Project(srcdir, source_suffix)
        self.exclude: list[str] = []
        self.include: list[str] = ["**"]
        #: Path of each file that is no ordinary page -> its docname, or ``None`` for no page.
        self._assigned: dict[str, str | None] = {}
        #: Whether Sphinx has asked for the documents; until then, others may write files.
        self._is_discovered = False
        #: The files at the last scan, each with its docname and state.
        self._scanned: list[tuple[str, str, tuple[int, ...]]] | None = None
        #: Path of each file that is no ordinary page -> its state when it was read.
        self.stamps: dict[str, Stamp] = {}
        #: The paths of the ordinary pages below the blog's folder.
        self.pages: list[str] = []
        #: Whether the builder makes pages that have no source.
        self.has_generated_pages = False
        #: The pictures on pages of this build.
        self.pictures = Pictures(self.srcdir)
        #: Digest of the programs that read posts.
        self.toolchain = ""
        #: What is known about the blog, apart from its files.
        self.blog = Blog(settings)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out everything that the next build finds anew."""
        return {name: self.__dict__[name] for name in self._plain.__dict__}

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Read the front matter of the files below the blog's folder, and find the documents."""
        self.exclude, self.include = list(exclude_paths), list(include_paths)
        self.scan()
        self._is_discovered = True
        docnames = super().discover(self.exclude, self.include)
        self.blog = replace(self.blog, documents=frozenset(docnames))
        return docnames

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the docname of a file: a post's permalink, or ``None`` if it must have no page.

        ``sphinx-build OUT FILE`` asks before Sphinx discovers the documents.
        """
        name = self.relative(filename)
        assigned = self._assigned if self._is_discovered else self.scan()
        if name in assigned:
            return assigned[name]
        return None if self._is_foreign(name) else self._plain.path2doc(name)

    def _is_foreign(self, path: str) -> bool:
        """Tell whether a file is a document only because the blog is in the site.

        Markdown that the site has no parser for, outside the blog's folder; and the files that
        describe authors.
        """
        if path in self._authors:
            return True
        suffix = self.scanner.parsers.brought
        if not suffix or not path.endswith(suffix) or self.blog.contains(path):
            return False
        return not (self.srcdir / f"{self.blog.settings.root_doc}{suffix}").is_file()

    def relative(self, filename: str | os.PathLike[str]) -> str:
        """Return a file's path relative to the source directory, with forward slashes."""
        path = Path(filename)
        if path.is_absolute() and path.is_relative_to(self.srcdir):
            path = path.relative_to(self.srcdir)
        return path.as_posix()

    def is_withheld(self, filename: str | os.PathLike[str]) -> bool:
        """Tell whether a file is a post that must leave no trace in the output."""
        return self._assigned.get(self.relative(filename), "") is None

    def from_source(self, path: str) -> str:
        """Return a file's path as documents write it: from the source directory's root."""
        return "/" + Path(os.path.relpath(path, self.srcdir)).as_posix()

    def docname_at(self, path: str) -> str | None:
        """Return the docname of the file *path*.

        :returns: an empty string for a post without a page, ``None`` if there is no document.
        """
        if self.is_withheld(path):
            return ""
        docname = self.path2doc(path)
        if docname is None or docname not in self.docnames:
            return None
        return docname if self.doc2path(docname, absolute=False).as_posix() == path else None

    def scan(self) -> dict[str, str | None]:
        """Read the front matter of all posts, and assign their docnames.

        It is not read again unless a file below the blog's folder came, went or changed.

        :returns: path of each file that is no ordinary page -> its docname, or ``None``.
        """
        exclude = [*self.exclude, *EXCLUDE_PATHS]
        below = filter(self.blog.contains, get_matching_files(self.srcdir, self.include, exclude))
        named = (
            (name, self._plain.path2doc(name)) for name in below if not self._is_foreign(name)
        )
        documents = {name: docname for name, docname in named if docname}
        scanned = [(*item, _state(self.srcdir / item[0])) for item in documents.items()]
        if scanned == self._scanned:
            return self._assigned
        self._scanned = scanned
        found = self.scanner.scan(documents)
        self.blog = resolve(
            found.sources, self.blog.settings, found.pages, found.problems, found.undated
        )
        self.stamps = found.files
        self.pages = sorted(found.pages.values())
        self._assigned = dict.fromkeys(found.files)
        self._assigned |= {post.path: post.docname for post in self.blog.posts.values()}
        return self._assigned


def _state(file: Path) -> tuple[int, ...]:
    """Return what changes when a file is edited; nothing for what cannot be read."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return ()
    return status.st_mtime_ns, status.st_size, status.st_mode


def project_of(app: Sphinx) -> BlogProject:
    """Return the project that :func:`install` made."""
    project = app.project
    assert isinstance(project, BlogProject)
    return project


def install(app: Sphinx, markdown: MarkdownParser) -> None:
    """Replace Sphinx's project by a :class:`BlogProject` (``builder-inited``).

    :param markdown: what reads Markdown if the site itself does not.
    """
    config = app.config
    project = BlogProject(
        app.srcdir,
        config.source_suffix,
        read_settings(config, Path(app.confdir)),
        config.source_encoding,
        parsers_of(app, markdown),
    )
    project.restore(app.project)
    project.has_generated_pages = has_generated_pages(app.builder)
    if project.has_generated_pages and project.blog.settings.thumbnails:
        folder = memory_folder(app).with_suffix(".pictures")
    else:
        folder = None
    project.pictures = Pictures(project.srcdir, app.builder.supported_image_types, folder)
    project.exclude += config.exclude_patterns
    project.exclude += [*config.templates_path, *app.builder.get_asset_paths()]
    project.include = config.include_patterns
    app.project = app.env.project = project
