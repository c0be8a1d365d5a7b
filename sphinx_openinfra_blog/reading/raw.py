"""Raw HTML of posts, in which links and images are nodes like those of the markup around it."""

from __future__ import annotations

import posixpath
import re
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from sphinx_openinfra_blog.environment import (
    blog_attribute,
    blog_html,
    domain_of,
    file_of_image,
    file_of_link,
    is_cell_output,
    warn,
)
from sphinx_openinfra_blog.model import Subtype, host_of, srcset_images

from .html import UrlKind, url_attributes
from .own_links import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.model import Post

    from .html import UrlAttribute

_WEB: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)
#: What leads to a site or a file; not ``mailto:``, ``data:`` or ``#part``.
_HANDLED: Final = re.compile(rf"{_WEB.pattern}|(?![a-z][a-z0-9+.-]*:|#)", re.IGNORECASE)


def open_html(env: BuildEnvironment, post: Post, document: nodes.document) -> set[str]:
    """Replace raw HTML by nodes for its text, its links and its images.

    What the code of a notebook wrote is left alone.

    :returns: the absolute paths of files that would change the post if they were there.
    """
    opener = _Opener(env, post)
    inside = ""
    for raw in list(document.findall(nodes.raw)):
        if "html" not in raw.get("format", "").split() or is_cell_output(raw):
            continue
        html = raw.astext()
        # MyST-Parser makes a node of each tag in a paragraph.
        found, inside = url_attributes(html, inside)
        if handled := [item for item in found if _HANDLED.match(item.value)]:
            opened = blog_html(raw.rawsource, **raw.attributes)
            opened.source, opened.line = raw.source, raw.line
            opened += opener.parts_of(html, handled, opened)
            raw.parent.replace(raw, opened)
    return opener.missing - {""}


class _Opener:
    """Makes the nodes of raw HTML.

    :ivar missing: the absolute paths at which files were expected, and empty strings.
    """

    def __init__(self, env: BuildEnvironment, post: Post) -> None:
        self.missing: set[str] = set()
        self._docname, self._path = env.docname, post.path
        self._domain = domain_of(env)
        self._project = self._domain.project

    def parts_of(
        self, html: str, found: list[UrlAttribute], opened: blog_html
    ) -> Iterator[nodes.Node]:
        position, line = 0, opened.line
        for item in found:
            before, position = html[position : item.start], item.end
            line = None if line is None else line + before.count("\n")
            node = blog_attribute("", name=item.name, written=html[item.start : item.end])
            if item.kind is UrlKind.IMAGE:
                node["beside"] = item.beside
            node.source, node.line = opened.source, line
            node += self._values_of(item, node)
            node["value"] = "".join(map(_as_read, node.children))
            for value in node.children:
                value.source, value.line = opened.source, line
            yield nodes.Text(before)
            yield node
        yield nodes.Text(html[position:])

    def _values_of(self, item: UrlAttribute, place: nodes.Node) -> Iterator[nodes.Node]:
        """Yield nodes for the URLs of an attribute, and for the text between them."""
        match item.kind:
            case UrlKind.IMAGE:
                alt = {} if item.alt is None else {"alt": item.alt}
                yield nodes.image("", uri=item.value, **alt)
            case UrlKind.IMAGE_SET:
                for number, (url, size) in enumerate(srcset_images(item.value)):
                    yield nodes.Text(", " if number else "")
                    handled = _HANDLED.match(url)
                    yield nodes.image("", uri=url, alt="") if handled else nodes.Text(url)
                    yield nodes.Text(size)
            case UrlKind.FILE:
                yield self._file(item.value, place)
            case UrlKind.LINK:
                yield from self._link(item.value)

    def _file(self, url: str, place: nodes.Node) -> nodes.Node:
        """Return a video or the like, which Sphinx copies like a download."""
        target = file_of_image(self._project, self._path, url)
        if target.message:
            warn(Subtype.IMAGE, target.message, place)
        self.missing.add(target.missing)
        if target.file:
            return self._download(target.file, url)
        return nodes.inline("", target.url or url)

    def _link(self, url: str) -> Iterator[nodes.Node]:
        """Yield a link as MyST-Parser makes it of the same URL."""
        target = None if _WEB.match(url) else file_of_link(self._project, self._path, url)
        if target is not None and target.file:
            yield from self._link_to_file(target.file, url)
            return
        self.missing.add(target.missing if target else "")
        if target is None or url.startswith("/"):
            yield nodes.reference("", "", nodes.Text(url), refuri=url)
        else:
            yield _pending(url, self._docname, None, "myst", url)

    def _link_to_file(self, file: str, url: str) -> Iterator[nodes.Node]:
        docname = self._project.docname_at(file)
        if not docname:
            yield self._download(file, url)
            return
        self._domain.note_files(self._docname, {file: docname})
        _path, mark, fragment = url.partition("#")
        yield _pending(url, self._docname, "std", "doc", f"/{docname}")
        yield nodes.Text(mark + fragment)

    def _download(self, file: str, url: str) -> addnodes.download_reference:
        return addnodes.download_reference(
            "", "", nodes.Text(url), reftarget=f"/{file}", refdoc=self._docname
        )


def _pending(
    url: str, docname: str, domain: str | None, kind: str, target: str
) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "",
        nodes.inline("", url),
        refdoc=docname,
        refdomain=domain,
        reftype=kind,
        reftarget=target,
        refexplicit=True,
    )


def _as_read(node: nodes.Node) -> str:
    return str(node["uri"]) if isinstance(node, nodes.image) else node.astext()


def keep_unresolved(document: nodes.document) -> None:
    """Keep links in raw HTML as they are written if no file or rule says what they mean.

    They may lead to a page of the output, which is known later, or to one of the server.
    """
    for node in list(document.findall(blog_attribute)):
        link = node[0]
        if not isinstance(link, addnodes.pending_xref) or link["reftype"] != "myst":
            continue
        if (own := link.get(OWN)) is None:
            node.parent.replace(node, nodes.Text(node["written"]))
        else:
            own = own if host_of(own.uri) else own._replace(uri="")
            url = own.uri or own.written
            link.replace_self(nodes.reference("", "", nodes.Text(url), refuri=url, **{OWN: own}))


def release_remote_images(elements: Iterable[nodes.Element]) -> None:
    """Make text of the images in raw HTML that are on other sites.

    Builders that cannot link to images would fetch them, even if they do not show raw HTML.
    """
    for image in elements:
        if isinstance(image.parent, blog_attribute) and "://" in image.get("uri", ""):
            image.replace_self(nodes.inline("", image["uri"]))


def close_html(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make raw HTML again of its parts, with the URLs of this output (``doctree-resolved``)."""
    builder = app.builder
    for node in list(doctree.findall(blog_html)):
        html = node.astext()
        if isinstance(builder, StandaloneHTMLBuilder):
            html = "".join(
                _attribute(builder, docname, child)
                if isinstance(child, blog_attribute)
                else child.astext()
                for child in node.children
            )
        raw = nodes.raw(node.rawsource, html, **node.attributes)
        raw.source, raw.line = node.source, node.line
        node.parent.replace(node, raw)


def _attribute(builder: StandaloneHTMLBuilder, docname: str, node: blog_attribute) -> str:
    if not any(isinstance(child, nodes.Element) for child in node.children):
        return ""  # The link was removed.
    value = "".join(_url(builder, docname, child) for child in node.children)
    text: str = node["written"]
    if value != node["value"]:
        text = f'{node["name"]}="{escape(value)}"'
    more: dict[str, str] = node.get("more", {})
    return text + "".join(f' {name}="{value}"' for name, value in more.items())


def _url(builder: StandaloneHTMLBuilder, docname: str, node: nodes.Node) -> str:
    """Return the URL that a page has for a node, as Sphinx's translator writes it."""
    here = builder.get_target_uri(docname)
    if isinstance(node, nodes.image):
        uri: str = node["uri"]
        if uri not in builder.env.images:
            return uri
        name = builder.env.images[uri][1]
        builder.images[uri] = name
        return posixpath.join(relative_uri(here, builder.imagedir), quote(name))
    if isinstance(node, addnodes.download_reference):
        if "filename" in node and builder.download_support:
            return posixpath.join(relative_uri(here, "_downloads"), quote(node["filename"]))
    elif isinstance(node, nodes.reference):
        return str(node.get("refuri") or f"#{node['refid']}")
    return node.astext()
