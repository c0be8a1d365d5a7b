"""Links and images of documents: fixed, found, or resolved to pages of the blog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import docname_join

from sphinx_openinfra_blog.blog import matches, target_of
from sphinx_openinfra_blog.environment import (
    can_link_inside,
    domain_of,
    holds_page,
    project_of,
    warn,
)
from sphinx_openinfra_blog.model import Subtype, __

from .files import file_of_path
from .images import locate_image
from .link_rules import (
    LinkKind,
    fix_reference,
    fix_unknown,
    hidden_message,
    on_old_site,
)
from .raw import keep_unresolved, open_html

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_openinfra_blog.model import Post

#: The attribute of a reference that may lead to the blog itself: the URL as written. It stays in
#: the stored doctree, because what the blog has there is known only when a page is written.
_OWN: Final = "blog_url"
_KINDS: Final = (
    nodes.reference,
    addnodes.pending_xref,
    addnodes.download_reference,
    nodes.image,
)


class FixLinks(SphinxTransform):
    """Fix links and locate images of posts; unlink posts without a page in every document."""

    # After MyST and docutils made their references, before Sphinx's collectors (880).
    default_priority = 861

    def apply(self, **_kwargs: Any) -> None:
        """Apply the transform."""
        self.domain = domain_of(self.env)
        self.project = self.domain.project
        post = self.project.blog.posts.get(self.env.docname)
        own: set[str] = set()
        missing: set[str] = set()
        if post is not None:
            missing |= open_html(self.env, post, self.document)
        found = [node for node in self.document.findall(nodes.Element) if isinstance(node, _KINDS)]
        for node in found:
            if isinstance(node, addnodes.download_reference) and self._unlink_withheld(node):
                continue
            if post is None:
                continue
            if isinstance(node, nodes.image):
                missing.add(locate_image(self.project, post, node))
            elif (link := self._fixed(node, post)) is not None:
                own.update({link[_OWN]} if _OWN in link else ())
                if message := hidden_message(self.project.blog, post, self._linked_post(link)):
                    warn(Subtype.HIDDEN_LINK, message, link)
        keep_unresolved(self.document)
        if own:
            self.domain.note_links(self.env.docname, sorted(own))
        if missing := missing - {""}:
            self.domain.note_missing(self.env.docname, sorted(missing))

    def _unlink_withheld(self, link: addnodes.download_reference) -> bool:
        """Unlink a post without a page, which MyST takes for a file to download."""
        path, _absolute = self.env.relfn2path(link["reftarget"], self.env.docname)
        if not self.project.is_withheld(path):
            return False
        self.domain.note_files(self.env.docname, {path: ""})
        message = __("the post '%s' has no page; the link was removed", link["reftarget"])
        warn(Subtype.OWN_LINK, message, link)
        _unlink(link, _content_of(link))
        return True

    def _fixed(self, link: nodes.Element, post: Post) -> nodes.Element | None:
        """Fix a link and return what it became; ``None`` for text."""
        if isinstance(link, addnodes.pending_xref):
            by_name = link.get("reftype") == "myst" and not link.get("refdomain")
            return self._fixed_xref(link, post) if by_name else link
        return self._fixed_reference(link, post)

    def _fixed_xref(self, xref: nodes.Element, post: Post) -> nodes.Element | None:
        """Fix a Markdown link whose target MyST takes for the name of something."""
        target = xref["reftarget"]
        fix = fix_unknown(target, post.source_url, self.project.source_suffix)
        if fix.message:
            warn(Subtype.LINK, fix.message, xref)
        match fix.kind:
            case LinkKind.TEXT:
                _unlink(xref, _content_of(xref))
                return None
            case LinkKind.SITE_PATH:
                link = self._link_to_path(fix.url, post)
            case LinkKind.URL:
                link = nodes.reference("", "", refuri=fix.url)
            case _:
                return xref
        link += _content_of(xref) or [nodes.Text(target)]
        for name in ("reftitle", "classes", "ids", "names"):
            if xref.get(name):
                link[name] = xref[name]
        link.source, link.line = xref.source, xref.line
        xref.replace_self(link)
        return self._fixed_reference(link, post)

    def _fixed_reference(self, link: nodes.Element, post: Post) -> nodes.Element | None:
        if "refuri" not in link or link.get("internal") or _OWN in link:
            return link
        url, project = link["refuri"], self.project
        fix = fix_reference(url, project.blog.hosts, project.blog.path, project.source_suffix)
        if fix.message:
            warn(Subtype.LINK, fix.message, link)
        match fix.kind:
            case LinkKind.TEXT:
                _unlink(link, link.children)
                return None
            case LinkKind.OWN:
                link[_OWN] = url
            case LinkKind.URL:
                link["refuri"] = fix.url
            case LinkKind.SITE_PATH:
                rooted = self._link_to_path(fix.url, post)
                rooted += link.children
                link.replace_self(rooted)
                return rooted
        return link

    def _link_to_path(self, path: str, post: Post) -> nodes.Element:
        """Return a link to a path of the site on which the post was written."""
        target = file_of_path(self.project, path)
        if target is None:
            uri = on_old_site(path, post.source_url, self.project.blog.settings.root)
            return nodes.reference("", "", refuri=uri, **{_OWN: path})
        if target.url:
            return nodes.reference("", "", refuri=target.url)
        return addnodes.download_reference(
            "", "", reftarget=f"/{target.file}", refdoc=self.env.docname
        )

    def _linked_post(self, node: nodes.Element) -> Post | None:
        """Return the post that a link leads to by its URL, its name or its file."""
        page: str | None = None
        if _OWN in node:
            page = target_of(self.project.blog, node[_OWN]).page
        elif isinstance(node, addnodes.pending_xref):
            domain, kind, target = node.get("refdomain"), node.get("reftype"), node["reftarget"]
            if domain == "doc":
                page = target
            elif (domain, kind) == ("std", "doc"):
                page = docname_join(self.env.docname, target)
            elif (domain, kind) == ("blog", "post") and not node.get("refexact"):
                page = next((item.page for item in matches(self.project.blog, kind, target)), None)
        return self.project.blog.posts.get(page or "")


def resolve_own_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make internal references of URLs that the blog has (``doctree-resolved``, point 12)."""
    for node in [item for item in doctree.findall(nodes.reference) if _OWN in item]:
        _resolve(app, node, node.attributes.pop(_OWN), docname)


def _resolve(app: Sphinx, node: nodes.reference, url: str, docname: str) -> None:
    project = project_of(app)
    answer = target_of(project.blog, url)
    if answer.page is None:
        if answer.expected:
            message = __("unknown blog URL '%s' (no post or page is there)", url)
            warn(Subtype.OWN_LINK, message, node)
        elif url.startswith("/"):
            message = __("unknown path '%s' on this site; linking to '%s'", url, node["refuri"])
            warn(Subtype.LINK, message, node)
        return
    if not can_link_inside(app.builder) or not holds_page(app.builder, docname, answer.page):
        return
    uri = app.builder.get_relative_uri(docname, answer.page)
    fragment = answer.fragment
    if fragment and fragment not in domain_of(app.env).anchors.get(answer.page, (fragment,)):
        warn(Subtype.OWN_LINK, __("unknown fragment in '%s'; linking to the page", url), node)
        fragment = ""
    node["refuri"] = f"{uri}#{fragment}" if fragment else uri or "#"
    node["internal"] = True
    if not node.children:
        post = project.blog.posts.get(answer.page)
        node += nodes.Text(post.title if post else url)


def _unlink(link: nodes.Element, content: list[nodes.Node]) -> None:
    """Replace a link by its content, which keeps its ids and classes."""
    if any(link[name] for name in link.basic_attributes):  # docutils cannot give them to text
        content = [nodes.inline("", "", *content)]
    link.replace_self(content)


def _content_of(node: nodes.Element) -> list[nodes.Node]:
    """Return what a MyST reference shows, without the span around it."""
    if len(node) == 1 and isinstance(node[0], nodes.inline | nodes.literal):
        return list(node[0].children)
    return list(node.children)
