"""Links to the site itself, which lead to what it has when a document is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join
from sphinx.util.osutil import relative_uri

from sphinx_openinfra_blog.blog import target_of
from sphinx_openinfra_blog.environment import (
    by_media,
    can_link_inside,
    domain_of,
    has_generated_pages,
    holds_page,
    project_of,
    warn,
)
from sphinx_openinfra_blog.model import Problem, SiteLink, Subtype, __, host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.blog import Target
    from sphinx_openinfra_blog.environment import BlogProject

#: The attribute of a reference that may lead to the site itself: a :class:`SiteLink`. It stays in
#: the stored doctree, because what the site has there is known only when a page is written.
OWN: Final = "blog_link"
#: Where intersphinx keeps what other sites have: kind -> name -> what it is.
_INVENTORY: Final = "intersphinx_inventory"


class LinkFiles(SphinxPostTransform):
    """Make links by the names of posts' files ours where MyST-Parser does not know the name."""

    default_priority = 8  # MyST-Parser resolves links at 9.

    def run(self, **_kwargs: Any) -> None:
        """Apply the transform."""
        blog = domain_of(self.env).blog
        for xref in list(self.document.findall(addnodes.pending_xref)):
            if (link := xref.attributes.pop(OWN, None)) is None:
                continue
            # Without a URL to lead to, it is a name that MyST-Parser warns of.
            is_ours = bool(link.uri) or target_of(blog, *link.urls).page is not None
            if not is_ours or self._is_known(xref):
                continue
            reference = nodes.reference("", "", *content_of(xref), refuri=link.uri, **{OWN: link})
            for name in ("reftitle", "classes", "ids", "names"):
                if xref.get(name):
                    reference[name] = xref[name]
            reference.source, reference.line = xref.source, xref.line
            xref.replace_self(reference)

    def _is_known(self, xref: addnodes.pending_xref) -> bool:
        """Tell whether MyST-Parser finds what a reference names."""
        target, env = xref["reftarget"], self.env
        if xref.get("refdomain") == "doc":
            return xref["reftargetid"] in env.metadata[target].get("myst_slugs", {})
        if docname_join(xref.get("refdoc", env.docname), target) in env.all_docs:
            return True
        names = {target, target.lower()}
        if any(names & known.keys() for known in getattr(env, _INVENTORY, {}).values()):
            return True
        others = (domain for domain in env.domains.sorted() if domain.name != "blog")
        return any(
            names & {item[0] for item in domain.get_objects() if item[2] != "doc"}
            for domain in others
        )


def link_by_file(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.Element
) -> nodes.Element | None:
    """Resolve a ``doc`` role that names the file of a post (``missing-reference``)."""
    if (node.get("refdomain"), node["reftype"]) != ("std", "doc"):
        return None
    docname = docname_join(node.get("refdoc", env.docname), node["reftarget"])
    blog = project_of(app).blog
    page = target_of(blog, f"/{docname}").page
    if page not in blog.posts:
        return None
    node["reftarget"] = f"/{page}"
    return env.domains.standard_domain.resolve_xref(
        env, node["refdoc"], app.builder, "doc", node["reftarget"], node, content
    )


def resolve_own_links(
    app: Sphinx, doctree: nodes.document, docname: str, find_file: Callable[[SiteLink], str]
) -> None:
    """Make internal references of what the site has (``doctree-resolved``, contract point 12).

    :param find_file: returns where a link leads that leads to no page of the blog, from the root
        of the output, or an empty string.
    """
    for node in [item for item in doctree.findall(nodes.reference) if OWN in item]:
        link = node.attributes.pop(OWN)
        target = target_of(project_of(app).blog, *link.urls)
        if target.page is not None:
            _lead_to_page(app, node, docname, target, link)
        elif file := find_file(link):
            _lead_to_file(app, node, docname, file)
        elif _is_relative(link) and not host_of(link.uri):
            if link.uri:
                message = __("no such file: '%s' (correct the link)", link.written[:200])
                warn(Subtype.LINK, message, node)
        elif target.expected:
            message = __("unknown blog URL '%s' (no post or page is there)", link.written)
            warn(Subtype.OWN_LINK, message, node)


def _lead_to_page(
    app: Sphinx, node: nodes.reference, docname: str, target: Target, link: SiteLink
) -> None:
    assert target.page is not None
    if not can_link_inside(app.builder) or not holds_page(app.builder, docname, target.page):
        return
    domain = domain_of(app.env)
    uri = app.builder.get_relative_uri(docname, target.page)
    fragment = domain.anchor_of(target.page, target.fragment)
    if target.fragment and not fragment:
        message = __("unknown fragment in '%s'; linking to the page", link.written)
        warn(Subtype.OWN_LINK, message, node)
    node["refuri"] = f"{uri}#{fragment}" if fragment else uri or "#"
    node["internal"] = True
    if not node.astext().strip() and not list(node.findall(nodes.image)):
        post = domain.blog.posts.get(target.page)
        node += nodes.Text(domain.title_of(post) if post else link.written)


def _lead_to_file(app: Sphinx, node: nodes.reference, docname: str, file: str) -> None:
    if has_generated_pages(app.builder):
        path = re.split("[?#]", file, maxsplit=1)[0]
        uri = relative_uri(app.builder.get_target_uri(docname), path)
        node["refuri"] = uri + file.removeprefix(path)
        node["internal"] = True
    elif root := domain_of(app.env).blog.settings.root:
        node["refuri"] = f"{root.rstrip('/')}/{file}"


def unknown_paths(app: Sphinx, find_file: Callable[[SiteLink], str]) -> Iterator[Problem]:
    """Return the problems of links to paths that the site does not have, outside of its blog.

    Of the whole site in every build, whichever documents are written.
    """
    domain, project = domain_of(app.env), project_of(app)
    for docname in sorted(domain.links):
        for link in domain.links[docname]:
            target = target_of(project.blog, *link.urls)
            if target.page is None and not target.expected and not find_file(link):
                yield from _unknown_path(project, link)


def _unknown_path(project: BlogProject, link: SiteLink) -> Iterator[Problem]:
    is_path = link.written.startswith("/") and not link.written.startswith("//")
    if not is_path and not (_is_relative(link) and host_of(link.uri)):
        return
    if (found := by_media(project, link.written.partition("#")[0])) is not None and found.missing:
        message = __(
            "file not found: '%s' (openinfra_blog_media leads to '%s'); linking to '%s'",
            link.written,
            project.from_source(found.missing)[1:],
            link.uri,
        )
        yield Problem(Subtype.LINK, message, link.path, link.line)
    elif not _is_beside(link.uri, project.blog.settings.root):
        there, message = urlsplit(link.uri), __("unknown path '%s' on this site", link.written)
        many = __(
            "%s links lead to paths that this site does not have, such as %s; they are left as"
            " they are (add the pages, or the files with html_extra_path or openinfra_blog_media)",
        )
        if there.netloc:
            message = __("%s; linking to '%s'", message, link.uri)
            many = __(
                "%s links lead to paths that this site does not have, such as %s; they lead to"
                " '%s' (add the pages, or the files with html_extra_path or openinfra_blog_media)",
                f"{there.scheme}://{there.netloc}/",
            )
        yield Problem(Subtype.LINK, message, link.path, link.line, many=many, example=link.written)


def _is_relative(link: SiteLink) -> bool:
    return not link.written.startswith("/") and not urlsplit(link.written).netloc


def _is_beside(uri: str, root: str) -> bool:
    """Tell whether a URL is on the host of the site, but outside of its folder."""
    if host_of(uri) != host_of(root) or not host_of(root):
        return False
    return not urlsplit(uri).path.startswith(urlsplit(root).path.rstrip("/") + "/")


def content_of(node: nodes.Element) -> list[nodes.Node]:
    """Return what a MyST reference shows, without the span around it."""
    if len(node) == 1 and isinstance(node[0], nodes.inline | nodes.literal):
        return list(node[0].children)
    return list(node.children)
