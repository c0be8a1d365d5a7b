"""The ``blog`` domain: data of documents, and references to the blog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar, cast
from urllib.parse import unquote

from docutils.nodes import inline, make_id, reference
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinx_openinfra_blog.blog import Where, matches, published_url
from sphinx_openinfra_blog.model import (
    Reading,
    Subtype,
    Taxonomy,
    __,
    term_page,
)

from .builders import can_link_inside, holds_page
from .locale import _
from .nodes import plain_text
from .project import BlogProject
from .warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import RoleFunction

    from sphinx_openinfra_blog.blog import Blog, Listing
    from sphinx_openinfra_blog.model import Post, SiteLink, Summary

_T = TypeVar("_T")

# The data of single documents.
_PER_DOCUMENT: Final = tuple(
    "readings links files mentions globbed missing unmapped listings anchors summaries"
    " roles".split()
)

# A line of the inventory is "name type priority uri title": a name that contains the like
# would be misread.
_BREAKS_INVENTORY: Final = re.compile(r"\s\S+:\S+\s+-?\d+\s")
# Sphinx's priority of objects that its search does not show.
_NOT_IN_SEARCH: Final = -1


class _PerDocument(Generic[_T]):
    """Data of the domain by docname, as an attribute of it."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __get__(self, domain: BlogDomain, owner: object) -> dict[str, _T]:
        return cast("dict[str, _T]", domain.data[self.key])


class BlogDomain(Domain):
    """The ``blog`` domain; its data holds no nodes or doctrees."""

    name = "blog"
    label = "Blog"
    object_types: ClassVar[dict[str, ObjType]] = {
        "post": ObjType("blog post", "post"),
        "category": ObjType("blog category", "category"),
        "author": ObjType("blog author", "author"),
        "tag": ObjType("blog tag", "tag"),
    }
    roles: ClassVar[dict[str, RoleFunction]] = {
        name: XRefRole(innernodeclass=inline, warn_dangling=True) for name in object_types
    }
    initial_data: ClassVar[dict[str, Any]] = {"hosts": ()} | {key: {} for key in _PER_DOCUMENT}
    data_version = 9

    #: What each post was read from.
    readings = _PerDocument[Reading]("readings")
    #: The links that may lead to the site itself.
    links = _PerDocument[tuple["SiteLink", ...]]("links")
    #: The source files that are linked to, each with its docname when the document was read:
    #: an empty string for a post without a page, ``None`` for no document.
    files = _PerDocument[dict[str, "str | None"]]("files")
    #: The blog's documents that are referred to, and whether their titles are shown.
    mentions = _PerDocument[tuple[tuple[str, bool], ...]]("mentions")
    #: The documents below the blog's path that patterns in toctrees match.
    globbed = _PerDocument[tuple[str, ...]]("globbed")
    #: The absolute paths of missing images.
    missing = _PerDocument[tuple[str, ...]]("missing")
    #: Images that are missing and that the option ``media`` could map.
    unmapped = _PerDocument[tuple["SiteLink", ...]]("unmapped")
    #: The listings of ``blog`` directives.
    listings = _PerDocument[tuple["Listing", ...]]("listings")
    #: What listings show of a post's body.
    summaries = _PerDocument["Summary"]("summaries")
    #: The kind and target of roles, and the text they showed; ``None`` for explicit text.
    roles_used = _PerDocument[tuple[tuple[str, str, "str | None"], ...]]("roles")
    #: The fragments that links to a post can have.
    anchors = _PerDocument[tuple[str, ...]]("anchors")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The blog's hosts when documents were last read."""
        return cast("tuple[str, ...]", self.data["hosts"])

    @property
    def blog(self) -> Blog:
        """The blog, as of this build."""
        return self.project.blog

    @property
    def has_blog(self) -> bool:
        """Whether the site has a post, or a page that is to list posts."""
        return bool(self.blog.posts or self.listings)

    @property
    def project(self) -> BlogProject:
        """The source files, scanned in this build."""
        project = self.env.project
        assert isinstance(project, BlogProject)
        return project

    def read_at(self, docname: str) -> int | None:
        """Return when a document was read: a number that every reading has another of."""
        reading = self.readings.get(docname)
        return reading.time_ns if reading else self.env.all_docs.get(docname)

    def note_links(self, docname: str, links: Iterable[SiteLink]) -> None:
        """Remember links that may lead to the site itself."""
        self.links[docname] = tuple(links)

    def note_files(self, docname: str, files: dict[str, str | None]) -> None:
        """Remember which documents a document links to by their files."""
        self.files.setdefault(docname, {}).update(files)

    def note_mentions(self, docname: str, targets: Iterable[tuple[str, bool]]) -> None:
        """Remember which documents of the blog a document names, and if by their titles."""
        self.mentions[docname] = tuple(targets)

    def note_globbed(self, docname: str, names: Iterable[str]) -> None:
        """Remember which documents a toctree has because of patterns."""
        self.globbed[docname] = (*self.globbed.get(docname, ()), *names)

    def note_missing(self, docname: str, paths: Iterable[str]) -> None:
        """Remember files that would change the document if they were there."""
        self.missing[docname] = tuple(paths)

    def note_unmapped(self, docname: str, image: SiteLink) -> None:
        """Remember an image that is missing and that the option ``media`` could map."""
        self.unmapped[docname] = (*self.unmapped.get(docname, ()), image)

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
        return post.title if node is None else node.astext()

    def blog_title(self) -> str:
        """Return the title of the blog's own page, which need not have a source."""
        node = self.env.titles.get(self.blog.index)
        return self.blog.settings.title or _("Blog") if node is None else node.astext()

    def note_anchors(self, docname: str, anchors: Iterable[str]) -> None:
        """Remember the parts of a post that links can lead to."""
        self.anchors[docname] = tuple(anchors)

    def anchor_of(self, page: str, fragment: str) -> str:
        """Return the id that a fragment of a URL means.

        :returns: an empty string if it is of a post, and the post has no such part.
        """
        if (known := self.anchors.get(page)) is None:
            return fragment
        name = unquote(fragment)
        slug = self.env.metadata[page].get("myst_slugs", {}).get(name)
        ids = (fragment, name, slug[1] if slug else "", make_id(name))
        return next((item for item in ids if item in known), "")

    def note_hosts(self, hosts: Iterable[str]) -> None:
        """Remember the hosts that this build's documents are read with."""
        self.data["hosts"] = tuple(sorted(hosts))

    def clear_doc(self, docname: str) -> None:
        """Remove the data of a document."""
        for key in _PER_DOCUMENT:
            self.data[key].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Merge the data of a worker process."""
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
            generated page, else a name as :func:`~sphinx_openinfra_blog.blog.matches` takes.
        :returns: the text alone if the output has no such page; ``None`` if nothing is found.
        """
        blog = self.blog
        if node.get("refexact"):
            page = target
            if typ not in {"post", "page"}:
                page = blog.page(term_page(blog.path, Taxonomy(typ), target))
        else:
            found = matches(blog, typ, target)
            if not found:
                return None
            if len(found) > 1:
                names = ", ".join(sorted(item.name for item in found))
                message = __("ambiguous %s '%s' (use one of: %s)", typ, target, names)
                warn(Subtype.ROLE, message, node)
            page = found[0].page
            if not node.get("refexplicit"):
                post = blog.posts.get(page)
                contnode = plain_text(self.title_of(post) if post else found[0].text)
        linked = self._linked(builder, fromdocname, page, contnode)
        if isinstance(linked, reference):
            linked["classes"] += node["classes"]
            if node.get("reftitle"):
                linked["reftitle"] = node["reftitle"]
        return cast("reference", linked)

    def _linked(self, builder: Builder, fromdocname: str, page: str, contnode: Element) -> Element:
        """Return a link, or its content if the output has no such page.

        To raise ``NoUri`` instead would lose the title that a role shows.
        """
        if holds_page(builder, fromdocname, page):
            if can_link_inside(builder):
                return make_refnode(builder, fromdocname, page, "", contnode)
            return contnode
        post = self.blog.posts.get(page)
        address = "" if post is None else published_url(self.blog, post)
        return reference("", "", contnode, refuri=address) if address else contnode

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Return the published posts and the pages of terms, for other sites.

        None of them is for this site's own search, which indexes posts as documents.
        """
        blog = self.blog
        if not self.project.has_generated_pages:
            return
        for docname, post in sorted(blog.posts.items()):
            title = self.title_of(post)
            names = (docname.removeprefix(f"{blog.path}/"), docname)
            for name in names if blog.shows(post, Where.INVENTORY) else ():
                yield name, title, "post", docname, "", _NOT_IN_SEARCH
        for taxonomy, terms in blog.terms.pages.items():
            for term in terms if taxonomy.value in self.roles else ():
                if not blog.is_public(term):
                    continue
                page = blog.page_of(term)
                for name in dict.fromkeys((term.slug, term.key, term.label)):
                    alone = len(blog.terms.find(taxonomy, name)) == 1
                    if alone and not _BREAKS_INVENTORY.search(name):
                        yield name, term.label, taxonomy.value, page, "", _NOT_IN_SEARCH

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, reference]]:
        """Return nothing: a category must not make a site's ``any`` role ambiguous."""
        return []


def domain_of(env: BuildEnvironment) -> BlogDomain:
    """Return the blog's domain of an environment."""
    domain = env.domains["blog"]
    assert isinstance(domain, BlogDomain)
    return domain
