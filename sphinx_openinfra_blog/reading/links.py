"""Links and images of documents that are read: fixed or found."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import docname_join

from sphinx_openinfra_blog.blog import matches, target_of
from sphinx_openinfra_blog.environment import (
    by_media,
    domain_of,
    file_of_path,
    is_unmapped,
    place_of,
    warn,
)
from sphinx_openinfra_blog.model import SiteLink, Subtype, __, is_below

from .images import locate_image
from .link_rules import (
    LinkKind,
    fix_reference,
    fix_unknown,
    hidden_message,
    on_old_site,
    urls_beside,
)
from .own_links import OWN, content_of
from .raw import keep_unresolved, open_html
from .slips import torn_around, torn_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_openinfra_blog.model import Post

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
        own: set[SiteLink] = set()
        self.missing: set[str] = set()
        if post is not None:
            self._mend_torn()
            self.missing |= open_html(self.env, post, self.document)
        found = [node for node in self.document.findall(nodes.Element) if isinstance(node, _KINDS)]
        for node in found:
            if isinstance(node, addnodes.download_reference) and self._unlink_withheld(node):
                continue
            if post is None:
                own.update(self._by_file(node))
                continue
            if isinstance(node, nodes.image):
                self._locate(node, post)
            elif (link := self._fixed(node, post)) is not None:
                own.update({link[OWN]} if OWN in link else ())
                if message := hidden_message(self.project.blog, post, self._linked_post(link)):
                    warn(Subtype.HIDDEN_LINK, message, link)
        keep_unresolved(self.document)
        if own:
            in_order = sorted(own, key=lambda link: (link.path, link.line, link))
            self.domain.note_links(self.env.docname, in_order)
        if missing := self.missing - {""}:
            self.domain.note_missing(self.env.docname, sorted(missing))

    def _locate(self, image: nodes.image, post: Post) -> None:
        """Locate an image; one that no file is found for is reported with others like it."""
        url = image["uri"].strip()
        missing = locate_image(self.project, post, image)
        self.missing.add(missing)
        if missing and is_unmapped(self.project, url):
            self.domain.note_unmapped(self.env.docname, self._placed(image, url, (), ""))

    def _mend_torn(self) -> None:
        """Make links of what a slip in the address kept the parser from taking for one."""
        for text in list(self.document.findall(nodes.Text)):
            parent = text.parent
            if "](" not in text or isinstance(parent, nodes.literal | nodes.FixedTextElement):
                continue
            at = parent.index(text)
            torn, end = torn_in(text), at + 1
            match parent.children[at : at + 3]:
                case [_, nodes.reference() as address, nodes.Text() as after] if torn is None:
                    torn, end = torn_around(text, address.get("refuri", ""), after), at + 3
            if torn is None:
                continue
            link = nodes.reference("", torn.text, refuri=torn.url)
            parent[at:end] = [
                nodes.Text(torn.before),
                link,
                nodes.Text(torn.after),
            ]
            message = __(
                "'[%s](…)' is no link; using '%s' (correct the address)", torn.text, torn.url
            )
            warn(Subtype.LINK, message, link)

    def _unlink_withheld(self, link: addnodes.download_reference) -> bool:
        """Unlink a post without a page, which MyST takes for a file to download."""
        path, _absolute = self.env.relfn2path(link["reftarget"], self.env.docname)
        if not self.project.is_withheld(path):
            return False
        self.domain.note_files(self.env.docname, {path: ""})
        message = __("the post '%s' has no page; the link was removed", link["reftarget"])
        warn(Subtype.OWN_LINK, message, link)
        _unlink(link, content_of(link))
        return True

    def _fixed(self, link: nodes.Element, post: Post) -> nodes.Element | None:
        """Fix a link and return what it became; ``None`` for text."""
        if isinstance(link, addnodes.pending_xref):
            if link.get("reftype") == "myst" and not link.get("refdomain"):
                return self._fixed_xref(link, post)
            if link.get("refdomain") == "doc" and link["reftarget"] in self.project.blog.posts:
                self._mark_fragment(link)
            return link
        return self._fixed_reference(link, post)

    def _fixed_xref(self, xref: nodes.Element, post: Post) -> nodes.Element | None:
        """Fix a Markdown link whose target MyST takes for the name of something."""
        target = xref["reftarget"]
        fix = fix_unknown(target, post.source_url, self.project.source_suffix)
        if fix.message:
            warn(Subtype.LINK, fix.message, xref)
        match fix.kind:
            case LinkKind.TEXT:
                _unlink(xref, content_of(xref))
                return None
            case LinkKind.SITE_PATH:
                link = self._link_to_path(fix.url, post, xref)
            case LinkKind.URL:
                link = nodes.reference("", "", refuri=fix.url)
            case LinkKind.FILE:
                self._mark(xref, target, self._urls_beside(target, post), fix.url)
                return xref
            case _:
                if ":" not in target:
                    self._mark(xref, target, self._urls_beside(target, post))
                return xref
        link += content_of(xref) or [nodes.Text(target)]
        for name in ("reftitle", "classes", "ids", "names"):
            if xref.get(name):
                link[name] = xref[name]
        link.source, link.line = xref.source, xref.line
        xref.replace_self(link)
        return self._fixed_reference(link, post)

    def _fixed_reference(self, link: nodes.Element, post: Post) -> nodes.Element | None:
        if "refuri" not in link or link.get("internal") or OWN in link:
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
                self._mark(link, url, (url,), url)
            case LinkKind.FILE:
                self._mark(link, url, self._urls_beside(url, post), fix.url)
            case LinkKind.URL:
                link["refuri"] = fix.url
            case LinkKind.SITE_PATH:
                rooted = self._link_to_path(fix.url, post, link)
                rooted += link.children
                link.replace_self(rooted)
                return rooted
        return link

    def _urls_beside(self, target: str, post: Post) -> tuple[str, ...]:
        return urls_beside(target, post.path, post.docname, post.source_url)

    def _mark(
        self, node: nodes.Element, written: str, urls: tuple[str, ...], uri: str = ""
    ) -> SiteLink:
        """Mark a link as one that may lead to the site itself."""
        node[OWN] = link = self._placed(node, written, urls, uri)
        return link

    def _placed(
        self, node: nodes.Element, written: str, urls: tuple[str, ...], uri: str
    ) -> SiteLink:
        path, _, line = (place_of(node) or "").rpartition(":")
        file = self.project.from_source(path)[1:] if path else ""
        return SiteLink(written, urls, uri, file, int(line) if line.isdecimal() else 0)

    def _mark_fragment(self, xref: addnodes.pending_xref) -> None:
        """Mark a link to a part of a post, which MyST-Parser may not know."""
        if fragment := xref["reftargetid"]:
            url = f"/{quote(xref['reftarget'])}#{quote(fragment)}"
            self._mark(xref, f"{xref['reftarget']}#{fragment}", (url,))

    def _by_file(self, node: nodes.Element) -> Iterator[SiteLink]:
        """Mark a link that may name the file of a post, in another document."""
        if not isinstance(node, addnodes.pending_xref) or node["reftype"] != "myst":
            return
        target = node["reftarget"]
        if node.get("refdomain") or ":" in target or target.startswith("/"):
            return
        path = self.env.doc2path(self.env.docname, base=False)
        urls = urls_beside(target, PurePath(path).as_posix())
        if is_below(urls[0].lstrip("/"), self.project.blog.path):
            yield self._mark(node, target, urls)

    def _link_to_path(self, path: str, post: Post, place: nodes.Element) -> nodes.Element:
        """Return a link to a path of the site on which the post was written."""
        target = file_of_path(self.project, path)
        if target is None:
            if (media := by_media(self.project, path.partition("#")[0])) is not None:
                self.missing.add(media.missing)
            uri = on_old_site(path, post.source_url, self.project.blog.settings.root)
            own = self._mark(place, path, (path,), uri)
            return nodes.reference("", "", refuri=uri, **{OWN: own})
        if target.url:
            return nodes.reference("", "", refuri=target.url)
        return addnodes.download_reference(
            "", "", reftarget=f"/{target.file}", refdoc=self.env.docname
        )

    def _linked_post(self, node: nodes.Element) -> Post | None:
        """Return the post that a link leads to by its URL, its name or its file."""
        page: str | None = None
        if OWN in node:
            page = target_of(self.project.blog, *node[OWN].urls).page
        elif isinstance(node, addnodes.pending_xref):
            domain, kind, target = node.get("refdomain"), node.get("reftype"), node["reftarget"]
            if domain == "doc":
                page = target
            elif (domain, kind) == ("std", "doc"):
                page = docname_join(self.env.docname, target)
            elif (domain, kind) == ("blog", "post") and not node.get("refexact"):
                page = next((item.page for item in matches(self.project.blog, kind, target)), None)
        return self.project.blog.posts.get(page or "")


def _unlink(link: nodes.Element, content: list[nodes.Node]) -> None:
    """Replace a link by its content, which keeps its ids and classes."""
    if any(link[name] for name in link.basic_attributes):  # docutils cannot give them to text
        content = [nodes.inline("", "", *content)]
    link.replace_self(content)
