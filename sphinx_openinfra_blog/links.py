"""Links in a post: what they lack is mended, those to the blog itself become references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import docname_join

from . import lookup
from .builders import can_link_inside, holds_page
from .diagnostics import Subtype
from .domain import domain_of
from .link_rules import (
    Becomes,
    complaint_of,
    hidden_message,
    mend_reference,
    mend_unknown,
    on_old_site,
    withheld_message,
)
from .places import place_of_path
from .project import project_of
from .report import warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from .model import Post
    from .project import BlogProject

#: The attribute of a reference that may lead to the blog itself: the address as written.
OWN = "blog_address"


class MendLinks(SphinxTransform):
    """Mends the links of posts; takes links to posts without a page out of every document."""

    # After MyST and docutils made their references, before Sphinx's collectors (880).
    default_priority = 861

    def apply(self, **kwargs: Any) -> None:
        """Apply the transform."""
        del kwargs
        domain = domain_of(self.env)
        self.project: BlogProject = domain.project
        links = self._links()
        self._drop_withheld(links)
        if (post := self.project.posts.get(self.env.docname)) is None:
            return
        for link in links:
            if isinstance(link, addnodes.pending_xref):
                self._mend_xref(link, post)
            else:
                self._mend_reference(link, post)
        links = self._links()
        own = [link[OWN] for link in links if OWN in link]
        if own:
            domain.note_links(self.env.docname, sorted(set(own)))
        for link in links:
            if (linked := self._linked_post(link)) and (message := hidden_message(post, linked)):
                warn(Subtype.HIDDEN_LINK, message, link)

    def _links(self) -> list[nodes.Element]:
        """Return the links of the document; to go through all of it takes longer than the rest."""
        kinds = nodes.reference, addnodes.pending_xref, addnodes.download_reference
        return [node for node in self.document.findall(nodes.Element) if isinstance(node, kinds)]

    def _linked_post(self, node: Any) -> Post | None:
        """Return the post that a node refers to by its address, its name or its file."""
        page: str | None = None
        if OWN in node:
            page = lookup.answer(self.project, node[OWN]).page
        elif isinstance(node, addnodes.pending_xref):
            domain, kind, target = node.get("refdomain"), node.get("reftype"), node["reftarget"]
            if domain == "doc":
                page = target
            elif (domain, kind) == ("std", "doc"):
                page = docname_join(self.env.docname, target)
            elif (domain, kind) == ("blog", "post") and not node.get("refexact"):
                page = next((item.page for item in lookup.named(self.project, kind, target)), None)
        return self.project.posts.get(page or "")

    def _drop_withheld(self, links: Iterable[nodes.Element]) -> None:
        """Unlink posts without a page, which MyST takes for files to download."""
        for node in links:
            if not isinstance(node, addnodes.download_reference):
                continue
            path, _absolute = self.env.relfn2path(node["reftarget"], self.env.docname)
            if self.project.is_withheld(path):
                domain_of(self.env).note_files(self.env.docname, {path: ""})
                warn(Subtype.OWN_LINK, withheld_message(node["reftarget"]), node)
                node.replace_self(_content_of(node))

    def _mend_xref(self, xref: addnodes.pending_xref, post: Post) -> None:
        """Mend a Markdown link whose target MyST takes for the name of something."""
        if xref.get("reftype") != "myst" or xref.get("refdomain"):
            return
        target = xref["reftarget"]
        mended = mend_unknown(target, post.source_url, self.project.source_suffix)
        if mended.message:
            warn(Subtype.LINK, mended.message, xref)
        match mended.becomes:
            case Becomes.TEXT:
                xref.replace_self(_content_of(xref))
                return
            case Becomes.SITE_PATH:
                link = self._rooted(mended.address, post)
            case Becomes.ADDRESS:
                link = nodes.reference("", "", refuri=mended.address)
            case _:
                return
        link += _content_of(xref) or [nodes.Text(target)]
        for name in ("reftitle", "classes", "ids", "names"):
            if xref.get(name):
                link[name] = xref[name]
        link.source, link.line = xref.source, xref.line
        xref.replace_self(link)
        self._mend_reference(link, post)

    def _rooted(self, target: str, post: Post) -> nodes.Element:
        """Return a link to a path of the site on which the post was written."""
        place = place_of_path(self.project, target)
        if place is None:
            uri = on_old_site(target, post.source_url, self.project.settings.rules.root)
            return nodes.reference("", "", refuri=uri, **{OWN: target})
        if place.uri:
            return nodes.reference("", "", refuri=place.uri)
        return addnodes.download_reference(
            "", "", reftarget=f"/{place.file}", refdoc=self.env.docname
        )

    def _mend_reference(self, reference: nodes.Element, post: Post) -> None:
        if "refuri" not in reference or reference.get("internal") or OWN in reference:
            return
        address, project = reference["refuri"], self.project
        blog = project.settings.rules.blog
        mended = mend_reference(address, project.hosts, blog, project.source_suffix)
        if mended.message:
            warn(Subtype.LINK, mended.message, reference)
        match mended.becomes:
            case Becomes.TEXT:
                reference.replace_self(reference.children)
            case Becomes.OWN:
                reference[OWN] = address
            case Becomes.ADDRESS:
                reference["refuri"] = mended.address
            case Becomes.SITE_PATH:
                link = self._rooted(mended.address, post)
                link += reference.children
                reference.replace_self(link)


def resolve_own_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make references of the addresses that the blog answers (``doctree-resolved``, point 12)."""
    for node in [item for item in doctree.findall(nodes.reference) if OWN in item]:
        _resolve(app, node, node.attributes.pop(OWN), docname)


def _resolve(app: Sphinx, node: nodes.reference, address: str, docname: str) -> None:
    project = project_of(app)
    answer = lookup.answer(project, address)
    if answer.page is None:
        if (complaint := complaint_of(answer, address, node["refuri"])) is not None:
            warn(*complaint, node)
        return
    if not can_link_inside(app.builder) or not holds_page(app.builder, docname, answer.page):
        return
    uri = app.builder.get_relative_uri(docname, answer.page)
    fragment = answer.fragment
    if fragment and fragment not in domain_of(app.env).anchors.get(answer.page, (fragment,)):
        message = f"'{address}' names a part of the post that is not there; it leads to the whole"
        warn(Subtype.OWN_LINK, message, node)
        fragment = ""
    node["refuri"] = f"{uri}#{fragment}" if fragment else uri or "#"
    node["internal"] = True
    if not node.children:
        post = project.posts.get(answer.page)
        node += nodes.Text(post.title if post else address)


def _content_of(node: nodes.Element) -> list[nodes.Node]:
    """Return what a MyST reference shows, out of the span it is wrapped in."""
    if len(node) == 1 and isinstance(node[0], nodes.inline | nodes.literal):
        return list(node[0].children)
    return list(node.children)
