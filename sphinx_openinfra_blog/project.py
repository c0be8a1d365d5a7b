"""Which files are posts, and under which docname: Sphinx's ``Project`` with permalinks.

A post's docname *is* its permalink, so that its page's address, search results, the inventory,
``:doc:`` and parallel builds agree without further work.
"""

from __future__ import annotations

import os
import unicodedata
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx.project import Project
from sphinx.util.osutil import path_stabilize

from .addresses import Addresses
from .archive import has_page, is_listed, neighbours_of, next_change
from .model import Post, Taxonomy, Term, Visibility
from .permalinks import host_of, is_below
from .resolve import Resolved, resolve
from .scan import Found, Scanner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

    from .archive import Neighbours
    from .rules import Source
    from .scan import Stamp
    from .settings import Settings
    from .terms import Terms


class BlogProject(Project):
    """The source files, the posts among them named by their permalinks.

    It is pickled with the environment; what it knows of the posts is not, but found
    again at the beginning of every build (worker processes inherit it).
    """

    def __init__(
        self,
        srcdir: str | os.PathLike[str],
        source_suffix: Mapping[str, str | None],
        settings: Settings,
        encoding: str = "utf-8-sig",
    ) -> None:
        """Make a project that knows no files yet.

        :param source_suffix: file name suffix -> format, as Sphinx's option of that name.
        """
        super().__init__(srcdir, source_suffix)
        self.settings = settings
        self.scanner = Scanner(srcdir, source_suffix, settings, encoding)
        self._found = Found()
        self._assigned: dict[str, str | None] = {}
        self._decomposed: dict[str, str] = {}
        self._walked: list[str] | None = None
        self._is_looking = False
        #: Whether the builder makes pages that have no source.
        self.has_generated_pages = False
        self._take(Resolved(), ())

    def __getstate__(self) -> dict[str, Any]:
        """Leave out everything that the next build finds anew."""
        plain = Project(self.srcdir, self.source_suffix)
        return {name: self.__dict__[name] for name in plain.__dict__}

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find the documents, and read the front matter of those below the blog's folder."""
        exclude, include = list(exclude_paths), list(include_paths)
        # Nearly always the files are those of the last look, and named rightly at once.
        if self._scan(self._walk(exclude, include)):
            self._walk(exclude, include)
        self._add_decomposed()
        # Nobody asks again in this build.
        self.scanner.forget()
        self._found = Found()
        return self.docnames

    def look(self, exclude_paths: Iterable[str], include_paths: Iterable[str]) -> None:
        """Do what :meth:`discover` does, except for warnings, going through the files once."""
        self._is_looking = True
        try:
            files = self._walk(exclude_paths, include_paths)
        finally:
            self._is_looking = False
        self._scan(files)
        for name in files:
            if (docname := self.path2doc(name)) and docname not in self.docnames:
                self._add(docname, name)
        self._add_decomposed()

    def _walk(self, exclude: Iterable[str], include: Iterable[str]) -> list[str]:
        """Let Sphinx find the documents, and return the files it asked the docnames of."""
        self._walked = []
        try:
            super().discover(exclude, include)
            return self._walked
        finally:
            self._walked = None

    def _add_decomposed(self) -> None:
        for docname, name in self._decomposed.items():
            # Sphinx looks for files by their composed names only, and would not find these.
            self._add(docname, name)

    def _add(self, docname: str, name: str) -> None:
        path = Path(name)
        self.docnames.add(docname)
        self._path_to_docname[path] = docname
        self._docname_to_path[docname] = path

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the docname of a file: a post's permalink, or nothing if it must have no page."""
        name = self.relative(filename)
        if self._walked is not None:
            self._walked.append(name)
            if self._is_looking:
                return None
        if name in self._assigned:
            return self._assigned[name]
        return super().path2doc(filename)

    def relative(self, filename: str | os.PathLike[str]) -> str:
        """Return a file's path relative to the source directory, with forward slashes."""
        if isinstance(filename, str) and filename in self._assigned:
            return filename
        path = Path(filename)
        if path.is_absolute() and path.is_relative_to(self.srcdir):
            path = path.relative_to(self.srcdir)
        return path.as_posix()

    def is_withheld(self, filename: str | os.PathLike[str]) -> bool:
        """Tell whether a file is a post that must leave no trace in the output."""
        return self._assigned.get(self.relative(filename), "") is None

    def files_of_posts(self) -> list[str]:
        """Return the files that are posts, whether these have a page or not."""
        return sorted(self._assigned.keys() & self.scanner.stamps.keys())

    def stamp_of(self, post: Post) -> Stamp:
        """Return the state in which a post's file was found."""
        return self.scanner.stamps[post.path]

    @property
    def index(self) -> str:
        """The document that stands at the blog's own address, or the page generated there."""
        blog = self.settings.rules.blog
        own = f"{blog}/index"
        return next((name for name in (own, blog) if name in self.docnames), own)

    @property
    def terms(self) -> Terms:
        """The terms that have a page."""
        return self.resolved.terms

    def is_public(self, term: Term) -> bool:
        """Tell whether the world may know of a term: the options or a published post name it."""
        posts = self.under.get((term.taxonomy, term.key), ())
        configured = {(item.taxonomy, item.key) for item in self.settings.rules.categories}
        return (term.taxonomy, term.key) in configured or any(
            post.visibility is Visibility.PUBLISHED for post in posts
        )

    def page(self, name: str) -> str:
        """Return what stands in the place of a generated page: a document, or the page itself."""
        return f"{name}/index" if f"{name}/index" in self.docnames else name

    def page_name(self, first: str, number: int) -> str:
        """Return what is a listing's n-th page: below its first page's address.

        :param first: the name of its first page.
        """
        if number == 1:
            return first
        folder = "" if first == "index" else first.removesuffix("/index")
        # Under html "q" and "q/index" are two documents.
        above = first if folder in self.docnames else folder
        return self.page(f"{above}/page/{number}".lstrip("/"))

    def listed_or_unlisted(self) -> list[Post]:
        """Return the posts that are published, in listings or not; a preview's others left out."""
        public = {Visibility.PUBLISHED, Visibility.UNLISTED}
        return [post for post in self.resolved.posts if post.visibility in public]

    def from_source(self, path: str) -> str:
        """Return a file's name as documents write it: from the source directory's root."""
        return "/" + Path(os.path.relpath(path, self.srcdir)).as_posix()

    def is_below(self, path: str) -> bool:
        """Tell whether a file, relative to the source directory, is in the blog's folder."""
        return path.startswith(f"{self.settings.rules.blog}/")

    def docname_at(self, path: str) -> str | None:
        """Return the document that is read from the file *path*.

        :returns: an empty string for a post without a page, ``None`` if there is no document.
        """
        if self.is_withheld(path):
            return ""
        docname = self.path2doc(path)
        if docname is None or docname not in self.docnames:
            return None
        return docname if self.doc2path(docname, absolute=False).as_posix() == path else None

    def _scan(self, files: Iterable[str]) -> bool:
        """Read the front matter of *files*, and tell whether anything is not as it was."""
        below = ((name, self._named(name)) for name in files if self.is_below(name))
        found = self.scanner.look({name: docname for name, docname in below if docname})
        if found is self._found:
            return False  # the same states of the same files: what they say is settled already
        self._found = found
        resolved = resolve(found.sources, self.settings.rules, found.pages)
        self._decomposed = {
            post.docname: post.path
            for post in resolved.posts
            if not unicodedata.is_normalized("NFC", post.path)
        }
        self._assigned = dict.fromkeys(found.posts)
        self._assigned |= {post.path: post.docname for post in resolved.posts}
        resolved.problems[:0] = found.problems
        self._take(resolved, found.sources)
        return True

    def _named(self, name: str) -> str | None:
        """Return the docname that Sphinx gives a file, whatever its front matter says."""
        for suffix in self.source_suffix:
            if name.endswith(suffix):
                return path_stabilize(name).removesuffix(suffix)
        return None

    def _take(self, resolved: Resolved, sources: Iterable[Source]) -> None:
        rules = self.settings.rules
        listed = partial(is_listed, preview=rules.preview)
        self.resolved = resolved
        self.posts: dict[str, Post] = {post.docname: post for post in resolved.posts}
        self.listed: list[Post] = [post for post in resolved.posts if listed(post.visibility)]
        self.neighbours: dict[str, Neighbours] = neighbours_of(self.listed)
        self.scheduled = [
            (source.path, source.fields.date.text)
            for source in sources
            if source.visibility is Visibility.SCHEDULED and source.fields.date is not None
            if not has_page(source.visibility, preview=rules.preview)
        ]
        changes = (
            next_change(
                source.fields,
                self.settings.now,
                publish_future=self.settings.publish_future,
            )
            for source in sources
        )
        #: When a build would next change something because of the time.
        self.next_change = min((moment for moment in changes if moment), default=None)
        self.hosts = self.settings.hosts | set(_hosts_of(resolved.posts, rules.blog))
        self.addresses = Addresses(resolved, rules)
        #: A post's docname -> a digest of everything its page shows of itself.
        self.digests = {post.docname: post.digest() for post in resolved.posts}
        #: The listed posts under each term, newest first.
        self.under: dict[tuple[Taxonomy, str], list[Post]] = {}
        for post in self.listed:
            for taxonomy in Taxonomy:
                for term in post.terms(taxonomy):
                    self.under.setdefault((taxonomy, term.key), []).append(post)


def _hosts_of(posts: Iterable[Post], blog: str) -> Iterator[str]:
    """Return the hosts of the addresses that posts had below the blog's path."""
    for post in posts:
        if (host := host_of(post.source_url)) and is_below(
            urlsplit(post.source_url).path[1:], blog
        ):
            yield host


def project_of(app: Sphinx) -> BlogProject:
    """Return the project that :func:`install` made."""
    project = app.project
    assert isinstance(project, BlogProject)
    return project
