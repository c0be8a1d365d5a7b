"""The picture of a post: that which the front matter names, else the first image of the body."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from docutils import nodes

from .builders import has_generated_pages
from .diagnostics import Problem, Subtype
from .domain import domain_of
from .frontmatter import clean
from .markup import after_other, attributes_of, end_of, tag_at
from .media import MISSING, first_file, is_copied, media_target
from .records import Picture
from .report import warn_of

if TYPE_CHECKING:
    from collections.abc import Container

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

    from .domain import BlogDomain
    from .model import Post


def note_picture(app: Sphinx, doctree: nodes.document) -> None:
    """Note the picture of a post, for its head and for cards (``doctree-read``, after Sphinx).

    It is the one that the front matter names, else the first image of the body. Not one that
    is missing, nor one that is written into the post itself: it would be repeated on every page
    that lists the post.
    """
    domain = domain_of(app.env)
    summary = domain.summaries.get(app.env.docname)
    post = domain.project.posts.get(app.env.docname)
    pictures = [
        _picture_of(node) for node in doctree.findall(nodes.Element) if isinstance(node, _IMAGES)
    ]
    if summary is not None and post is not None:
        first = next((picture for picture in pictures if picture is not None), None)
        own = _own_picture(app.env, domain, post)
        domain.note_summary(app.env.docname, summary._replace(picture=own or first))


_IMAGES = (nodes.image, nodes.raw)
#: An image in them is none that readers see.
_WITHOUT_TAGS: Final = frozenset({"script", "style", "template", "textarea", "title", "noscript"})


def _picture_of(node: nodes.Element) -> Picture | None:
    if isinstance(node, nodes.raw):
        return _picture_in(node.astext()) if "html" in node.get("format", "").split() else None
    if node.attributes.pop(MISSING, False) or node["uri"].startswith("data:"):
        return None
    candidates: tuple[tuple[str, str], ...] = tuple(sorted(node.get("candidates", {}).items()))
    return Picture(node["uri"], candidates, clean(node.get("alt", ""))) if candidates else None


def _picture_in(html: str) -> Picture | None:
    """Return the first image of raw HTML, if it is at an address of its own."""
    if "<img" not in html.lower():
        return None
    at = 0
    while (begin := html.find("<", at)) >= 0:
        tag = tag_at(html, begin)
        if tag is None:
            at = max(after_other(html, begin), begin + 1)
            continue
        at = tag.after
        if tag.closing:
            continue
        if tag.name == "img":
            return _picture_of_tag(tag.attributes)
        if tag.name in _WITHOUT_TAGS:
            end = end_of(tag.name).search(html, at)
            at = end.start() if end else len(html)
    return None


def _picture_of_tag(written: str) -> Picture | None:
    # Of equal attributes the first counts.
    attributes = {item.name: item.value for item in reversed(attributes_of(written))}
    uri = attributes.get("src", "").strip()
    if not uri.lower().startswith(("https://", "http://")):
        return None
    return Picture(uri, (("?", uri),), clean(attributes.get("alt", "")))


def _own_picture(env: BuildEnvironment, domain: BlogDomain, post: Post) -> Picture | None:
    """Return the picture that the front matter names, if it is there."""
    head, project = post.head, domain.project
    address = f"https:{head.image}" if head.image.startswith("//") else head.image
    target = media_target(address, project.settings.media)
    if target is not None and target.is_address:
        address = target.path
    if not address:
        return None
    if address.startswith(("https://", "http://")):
        return Picture(address, (("?", address),), head.image_alt)
    folder = Path(env.srcdir)
    if target is None and not address.startswith("/"):
        folder = Path(env.doc2path(post.docname)).parent
    wanted = os.path.normpath(
        target.path if target is not None else folder / unquote(address).lstrip("/")
    )
    found = wanted if target is not None and target.exists else first_file(folder, address)
    if found is not None and _may_be_shown(project.settings.media, env, str(found)):
        path = project.from_source(str(found))[1:]
        env.note_dependency(path)
        env.images.add_file(post.docname, path)
        return Picture(path, (("*", path),), head.image_alt)
    if is_copied(project, address):
        return Picture(address, (("?", address),), head.image_alt)
    domain.note_missing(post.docname, {*domain.missing.get(post.docname, ()), wanted})
    message = (
        f"the image '{head.image[:200]}' is not there (add the file, or set openinfra_blog_media)"
    )
    warn_of(Problem(Subtype.IMAGE, message, post.path, head.image_line), Path(env.srcdir))
    return None


def _may_be_shown(media: tuple[tuple[str, str], ...], env: BuildEnvironment, path: str) -> bool:
    """Tell whether a file is where posts may take pictures from; a stranger wrote its name."""
    folders = [str(env.srcdir), *(target for _prefix, target in media)]
    return any(Path(path).is_relative_to(folder) for folder in folders)


def copy_picture(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let the builder copy the picture of a post that is being written (``doctree-resolved``).

    The body may not show it.
    """
    del doctree
    summary = domain_of(app.env).summaries.get(docname)
    if summary is None or summary.picture is None or not has_generated_pages(app.builder):
        return
    for kind, path in summary.picture.candidates:
        if kind == "*" and path in app.env.images:
            app.builder.images[path] = app.env.images[path][1]


def pictures_in(builder: StandaloneHTMLBuilder, docnames: Container[str]) -> set[str]:
    """Return the files of the output that hold the images of some documents."""
    return {
        f"{builder.imagedir}/{name}"
        for users, name in builder.env.images.values()
        if any(docname in docnames for docname in users)
    }
