"""The ``blog`` domain: what only reading a document can tell, and references to the blog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, cast

from sphinx.domains import Domain, ObjType
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from .builders import has_generated_pages
from .permalinks import term_page
from .project import BlogProject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element, reference
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


# What is known of single documents.
_PER_DOCUMENT: Final = ("readings", "links", "files", "mentions", "missing", "listings", "anchors")


class Reading(NamedTuple):
    """What a post was read from."""

    #: Its file, relative to the source directory.
    path: str
    #: When that file was changed, in nanoseconds since the epoch.
    mtime_ns: int
    #: Its size in bytes.
    size: int
    #: :meth:`sphinx_openinfra_blog.model.Post.digest` of its resolved front matter.
    digest: str


class BlogDomain(Domain):
    """Holds values only; nodes and doctrees never."""

    name = "blog"
    label = "Blog"
    object_types: ClassVar[dict[str, ObjType]] = {}
    initial_data: ClassVar[dict[str, Any]] = {"hosts": ()} | {key: {} for key in _PER_DOCUMENT}
    data_version = 1

    @property
    def readings(self) -> dict[str, Reading]:
        """A post's docname -> what it was read from."""
        return cast("dict[str, Reading]", self.data["readings"])

    @property
    def links(self) -> dict[str, tuple[str, ...]]:
        """A docname -> the addresses in it that may be the blog's own."""
        return cast("dict[str, tuple[str, ...]]", self.data["links"])

    @property
    def files(self) -> dict[str, dict[str, str | None]]:
        """A docname -> the source files it links to, each with the docname it had then.

        An empty docname is that of a post without a page, ``None`` that of no document.
        """
        return cast("dict[str, dict[str, str | None]]", self.data["files"])

    @property
    def mentions(self) -> dict[str, tuple[str, ...]]:
        """A docname -> the documents below the blog's path that it refers to."""
        return cast("dict[str, tuple[str, ...]]", self.data["mentions"])

    @property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """A docname -> absolute paths of files that its images named and that were not there."""
        return cast("dict[str, tuple[str, ...]]", self.data["missing"])

    @property
    def listings(self) -> dict[str, int]:
        """A docname -> how many ``blog`` directives it has."""
        return cast("dict[str, int]", self.data["listings"])

    @property
    def anchors(self) -> dict[str, tuple[str, ...]]:
        """A post's docname -> the fragments that links to it can have."""
        return cast("dict[str, tuple[str, ...]]", self.data["anchors"])

    @property
    def hosts(self) -> tuple[str, ...]:
        """The blog's hosts when documents were last read."""
        return cast("tuple[str, ...]", self.data["hosts"])

    @property
    def project(self) -> BlogProject:
        """The source files, scanned in this build."""
        project = self.env.project
        assert isinstance(project, BlogProject)
        return project

    def note_reading(self, docname: str, reading: Reading) -> None:
        """Remember what a post was read from."""
        self.readings[docname] = reading

    def note_links(self, docname: str, addresses: Iterable[str]) -> None:
        """Remember addresses that may be the blog's own."""
        self.links[docname] = tuple(addresses)

    def note_files(self, docname: str, files: dict[str, str | None]) -> None:
        """Remember which documents a document links to by their files."""
        self.files.setdefault(docname, {}).update(files)

    def note_mentions(self, docname: str, targets: Iterable[str]) -> None:
        """Remember which documents of the blog a document names, with their titles."""
        self.mentions[docname] = tuple(targets)

    def note_missing(self, docname: str, paths: Iterable[str]) -> None:
        """Remember files that would change the document if they were there."""
        self.missing[docname] = tuple(paths)

    def note_listing(self, docname: str) -> None:
        """Remember that a document has one more ``blog`` directive."""
        self.listings[docname] = self.listings.get(docname, 0) + 1

    def note_anchors(self, docname: str, anchors: Iterable[str]) -> None:
        """Remember the parts of a post that links can lead to."""
        self.anchors[docname] = tuple(anchors)

    def note_hosts(self, hosts: Iterable[str]) -> None:
        """Remember the hosts that this build's documents are read with."""
        self.data["hosts"] = tuple(sorted(hosts))

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is read again or gone."""
        for key in _PER_DOCUMENT:
            self.data[key].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a worker process read."""
        for key in _PER_DOCUMENT:
            theirs = otherdata[key]
            self.data[key].update({name: theirs[name] for name in docnames if name in theirs})

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> reference | None:
        """Return a link to a post (by docname) or to the page of a term (by slug).

        :raises sphinx.errors.NoUri: if the output has no such page.
        """
        if typ == "post":
            return make_refnode(builder, fromdocname, target, "", contnode)
        page = term_page(self.project.settings.rules.blog, typ, target)
        if page not in env.all_docs and not has_generated_pages(builder):
            raise NoUri(target, typ)
        return make_refnode(builder, fromdocname, page, "", contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, reference]]:
        """Answer nothing: a category must not make an adopter's ``any`` role ambiguous."""
        return []


def domain_of(env: BuildEnvironment) -> BlogDomain:
    """Return the blog's domain of an environment."""
    domain = env.domains["blog"]
    assert isinstance(domain, BlogDomain)
    return domain
