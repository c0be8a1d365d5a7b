"""The ``blog`` domain: what only reading a document can tell, and references to the blog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from docutils.nodes import reference
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from .builders import can_link_inside, holds_page
from .diagnostics import Subtype
from .inventory import objects_of
from .lookup import named, published_address
from .messages import _
from .model import Taxonomy
from .nodes import plain_text
from .permalinks import term_page
from .project import BlogProject
from .report import warn
from .roles import ROLES, BlogRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element, title
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import RoleFunction

    from .model import Post, Reading, Summary
    from .selection import Listing


# What is known of single documents.
_PER_DOCUMENT: Final = (
    "readings",
    "links",
    "files",
    "mentions",
    "missing",
    "listings",
    "anchors",
    "summaries",
    "roles",
)


class BlogDomain(Domain):
    """Holds values only; nodes and doctrees never."""

    name = "blog"
    label = "Blog"
    object_types: ClassVar[dict[str, ObjType]] = {
        "post": ObjType("blog post", "post"),
        "category": ObjType("blog category", "category"),
        "author": ObjType("blog author", "author"),
        "tag": ObjType("blog tag", "tag"),
    }
    roles: ClassVar[dict[str, RoleFunction]] = {name: BlogRole() for name in ROLES}
    initial_data: ClassVar[dict[str, Any]] = {"hosts": ()} | {key: {} for key in _PER_DOCUMENT}
    data_version = 5

    def __init__(self, env: BuildEnvironment) -> None:
        """Make the domain of an environment."""
        super().__init__(env)
        self._titles: dict[str, tuple[title, str]] = {}

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
    def mentions(self) -> dict[str, tuple[tuple[str, bool], ...]]:
        """A docname -> the blog's documents it refers to, and whether it shows their titles."""
        return cast("dict[str, tuple[tuple[str, bool], ...]]", self.data["mentions"])

    @property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """A docname -> absolute paths of files that its images named and that were not there."""
        return cast("dict[str, tuple[str, ...]]", self.data["missing"])

    @property
    def listings(self) -> dict[str, tuple[Listing, ...]]:
        """A docname -> what its ``blog`` directives ask for."""
        return cast("dict[str, tuple[Listing, ...]]", self.data["listings"])

    @property
    def summaries(self) -> dict[str, Summary]:
        """A post's docname -> what listings show of its body."""
        return cast("dict[str, Summary]", self.data["summaries"])

    @property
    def roles_used(self) -> dict[str, tuple[tuple[str, str, str | None], ...]]:
        """A docname -> kind and name of what its roles refer to, and what they showed then.

        Roles with words of their own show ``None``.
        """
        return cast("dict[str, tuple[tuple[str, str, str | None], ...]]", self.data["roles"])

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

    def note_mentions(self, docname: str, targets: Iterable[tuple[str, bool]]) -> None:
        """Remember which documents of the blog a document names, and if by their titles."""
        self.mentions[docname] = tuple(targets)

    def note_missing(self, docname: str, paths: Iterable[str]) -> None:
        """Remember files that would change the document if they were there."""
        self.missing[docname] = tuple(paths)

    def note_listings(self, docname: str, listings: Iterable[Listing]) -> None:
        """Remember what the ``blog`` directives of a document ask for."""
        self.listings[docname] = tuple(listings)

    def note_summary(self, docname: str, summary: Summary) -> None:
        """Remember what listings show of a post."""
        self.summaries[docname] = summary

    def note_roles(self, docname: str, targets: Iterable[tuple[str, str, str | None]]) -> None:
        """Remember what a document's roles refer to."""
        self.roles_used[docname] = tuple(targets)

    def title_of(self, post: Post) -> str:
        """Return the title of a post as readers see it, which may be a translation."""
        node = self.env.titles.get(post.docname)
        if node is None:
            return post.title
        # Many pages show it, and a build asks for it in many places.
        known = self._titles.get(post.docname)
        if known is None or known[0] is not node:
            known = self._titles[post.docname] = node, node.astext()
        return known[1]

    def excerpt_of(self, post: Post) -> str:
        """Return the excerpt of a post: its author's own, or else the first words of its body."""
        summary = self.summaries.get(post.docname)
        return post.summary or (summary.excerpt if summary else "")

    def blog_title(self) -> str:
        """Return the title of the blog's own page, which need not have a source."""
        node = self.env.titles.get(self.project.index)
        return self.project.settings.title or _("Blog") if node is None else node.astext()

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
        """Return a link to a post or to a page of the blog.

        :param target: with the attribute ``refexact`` a docname, a term's slug or the name of a
            generated page, else what :func:`~sphinx_openinfra_blog.lookup.named` finds.
        :returns: the text alone if the output has no such page; ``None`` if nothing is found.
        """
        project = self.project
        if node.get("refexact"):
            page = target
            if typ not in {"post", "page"}:
                blog = project.settings.rules.blog
                page = project.page(term_page(blog, Taxonomy(typ), target))
        else:
            found = named(project, typ, target)
            if not found:
                return None
            if len(found) > 1:
                names = ", ".join(sorted(item.name for item in found))
                message = f"several {typ} pages are called '{target}': {names}; write one of these"
                warn(Subtype.ROLE, message, node)
            page = found[0].page
            if not node.get("refexplicit"):
                post = project.posts.get(page)
                contnode = plain_text(self.title_of(post) if post else found[0].text)
        return cast("reference", self._linked(builder, fromdocname, page, contnode))

    def _linked(self, builder: Builder, fromdocname: str, page: str, contnode: Element) -> Element:
        """Return a link, or where none can lead there what it would show.

        Sphinx's word for the latter, ``NoUri``, would lose the title that a role shows.
        """
        if holds_page(builder, fromdocname, page):
            if can_link_inside(builder):
                return make_refnode(builder, fromdocname, page, "", contnode)
            return contnode
        post = self.project.posts.get(page)
        address = "" if post is None else published_address(self.project, post)
        return reference("", "", contnode, refuri=address) if address else contnode

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Return what other sites may refer to: the listed posts and the terms' pages.

        Nothing of it is for this site's own search, which knows the posts as documents.
        """
        return objects_of(self.project, self.title_of)

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
