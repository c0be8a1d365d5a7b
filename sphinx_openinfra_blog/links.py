"""Links in a post: what they lack is mended, those to the blog itself become references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from . import lookup
from .builders import can_link_inside, holds_page
from .diagnostics import Subtype
from .domain import domain_of
from .image_files import media_target
from .permalinks import host_of, is_below
from .project import project_of
from .report import warn
from .targets import meant_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .model import Post
    from .project import BlogProject

# MyST knows four schemes, in lower case. What has two slashes, or is made for another program,
# is an address too; other words before a colon may name a label. Scripts are no addresses.
_SCHEME = re.compile(
    r"(?!javascript:|vbscript:|data:|file:)(?:[a-z][a-z0-9+.-]*:(?=//)"
    r"|(?:https?|mailto|tel|sms|irc|ircs|xmpp|sip|sips|matrix|magnet|news|geo|webcal):)",
    re.IGNORECASE,
)

# What can only be an address on the site that the post was written for.
_RELATIVE = re.compile(r"\?|\.\./|[^#?:]+\.(?:html?|php|aspx?)(?:[?#]|$)", re.IGNORECASE)

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
        self._drop_withheld()
        if (post := self.project.posts.get(self.env.docname)) is None:
            return
        for xref in list(self.document.findall(addnodes.pending_xref)):
            if xref.get("reftype") == "myst" and not xref.get("refdomain"):
                self._mend_unknown(xref, post)
        for reference in list(self.document.findall(nodes.reference)):
            if "refuri" in reference and not reference.get("internal"):
                self._mend_reference(reference, post)
        own = [node[OWN] for node in self.document.findall(nodes.reference) if OWN in node]
        if own:
            domain.note_links(self.env.docname, sorted(set(own)))

    def _drop_withheld(self) -> None:
        """Unlink posts without a page, which MyST takes for files to download."""
        for node in list(self.document.findall(addnodes.download_reference)):
            path, _absolute = self.env.relfn2path(node["reftarget"], self.env.docname)
            if self.project.is_withheld(path):
                domain_of(self.env).note_files(self.env.docname, {path: ""})
                message = f"'{node['reftarget']}' is a post that has no page, so it is not linked"
                warn(Subtype.OWN_LINK, message, node)
                node.replace_self(_content_of(node))

    def _mend_unknown(self, xref: addnodes.pending_xref, post: Post) -> None:
        """Mend a Markdown link whose target MyST takes for the name of something."""
        target = xref["reftarget"]
        if not target:
            warn(Subtype.LINK, "a link has no target, so only its text is shown", xref)
            xref.replace_self(_content_of(xref))
            return
        if target.startswith("/") and not target.startswith("//"):
            link = self._rooted(target, post)
        elif match := _SCHEME.match(target):
            link = nodes.reference("", "", refuri=match[0].lower() + target[match.end() :])
        elif (address := self._meant(target, xref)) is not None:
            link = nodes.reference("", "", refuri=address)
        elif _RELATIVE.match(target) and host_of(post.address):
            there = urlsplit(urljoin(post.address, target))
            link = self._rooted(there._replace(scheme="", netloc="").geturl(), post)
        else:
            return  # MyST resolves it, or says that it cannot.
        link += _content_of(xref) or [nodes.Text(target)]
        for name in ("reftitle", "classes", "ids", "names"):
            if xref.get(name):
                link[name] = xref[name]
        link.source, link.line = xref.source, xref.line
        xref.replace_self(link)

    def _meant(self, target: str, node: nodes.Element) -> str | None:
        address = meant_address(target, self.project.source_suffix)
        if address is not None:
            message = f"the link to '{target}' has no scheme; it leads to '{address}'"
            warn(Subtype.LINK, message, node)
        return address

    def _rooted(self, target: str, post: Post) -> nodes.Element:
        """Return a link to a path of the site on which the post was written."""
        path, _, fragment = target.partition("#")
        found = media_target(path, self.project.settings.media)
        if found is not None and not found.is_address and found.exists:
            source = self.project.from_source(found.path)
            return addnodes.download_reference("", "", reftarget=source, refdoc=self.env.docname)
        if found is not None and found.is_address:
            return nodes.reference(
                "", "", refuri=found.path + (f"#{fragment}" if fragment else "")
            )
        base = post.address or self.project.settings.rules.root
        uri = urljoin(base, target) if urlsplit(base).netloc else target
        return nodes.reference("", "", refuri=uri, **{OWN: target})

    def _mend_reference(self, reference: nodes.reference, post: Post) -> None:
        address = reference["refuri"]
        if address == "#":
            warn(Subtype.LINK, "a link has no target, so only its text is shown", reference)
            reference.replace_self(reference.children)
        if OWN in reference or address.startswith("#"):
            return
        parts = _split(address)
        if parts is None:
            return
        if parts.scheme not in {"http", "https"}:
            self._mend_bare(reference, address, post)
            return
        blog = self.project.settings.rules.blog
        if host_of(address) in self.project.hosts or is_below(parts.path[1:], blog):
            reference[OWN] = address

    def _mend_bare(self, reference: nodes.reference, address: str, post: Post) -> None:
        """Mend a link that reStructuredText took for an address though it has no scheme."""
        if not address or ":" in address.split("/", 1)[0]:
            return
        if address.startswith("/") and not address.startswith("//"):
            link = self._rooted(address, post)
            link += reference.children
            reference.replace_self(link)
        elif (meant := self._meant(address, reference)) is not None:
            reference["refuri"] = meant


def resolve_own_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make references of the addresses that the blog answers (``doctree-resolved``, point 12)."""
    for node in [item for item in doctree.findall(nodes.reference) if OWN in item]:
        _resolve(app, node, node.attributes.pop(OWN), docname)


def _resolve(app: Sphinx, node: nodes.reference, address: str, docname: str) -> None:
    project = project_of(app)
    answer = lookup.answer(project, address)
    if answer.page is None:
        if answer.expected:
            warn(Subtype.OWN_LINK, f"no post and no page of the blog is at '{address}'", node)
        elif address.startswith("/"):
            message = f"nothing is at '{address}' on this site; it leads to '{node['refuri']}'"
            warn(Subtype.LINK, message, node)
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


def _split(address: str) -> Any:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _content_of(node: nodes.Element) -> list[nodes.Node]:
    """Return what a MyST reference shows, out of the span it is wrapped in."""
    if len(node) == 1 and isinstance(node[0], nodes.inline | nodes.literal):
        return list(node[0].children)
    return list(node.children)
