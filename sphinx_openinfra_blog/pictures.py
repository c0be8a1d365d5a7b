"""The picture of a post: that which the front matter names, else the first image of the body."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes

from .builders import has_generated_pages
from .diagnostics import Problem, Subtype
from .domain import domain_of
from .frontmatter import clean
from .markup import after_other, attributes_of, end_of, tag_at
from .media import MISSING
from .places import place_of_picture
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
    place = place_of_picture(domain.project, post)
    if place is None:
        return None
    if place.file:
        env.note_dependency(place.file)
        env.images.add_file(post.docname, place.file)
        return Picture(place.file, (("*", place.file),), post.head.image_alt)
    if place.uri:
        return Picture(place.uri, (("?", place.uri),), post.head.image_alt)
    known = domain.missing.get(post.docname, ())
    domain.note_missing(post.docname, {*known, place.missing})
    problem = Problem(Subtype.IMAGE, place.message, post.path, post.head.image_line)
    warn_of(problem, Path(env.srcdir))
    return None


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
