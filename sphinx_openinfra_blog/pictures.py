"""The picture of a post: that which the front matter names, else the first image of the body."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final

import nh3
from docutils import nodes

from .builders import has_generated_pages
from .diagnostics import Problem, Subtype
from .domain import domain_of
from .frontmatter import clean
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
#: Readers see no image in them.
_WITHOUT_IMAGES: Final = {"noscript", "script", "style", "template"}


def _picture_of(node: nodes.Element) -> Picture | None:
    if isinstance(node, nodes.raw):
        return _picture_in(node.astext()) if "html" in node.get("format", "").split() else None
    if node.attributes.pop(MISSING, False) or node["uri"].startswith("data:"):
        return None
    candidates: tuple[tuple[str, str], ...] = tuple(sorted(node.get("candidates", {}).items()))
    return Picture(node["uri"], candidates, clean(node.get("alt", ""))) if candidates else None


class _ImageParser(HTMLParser):
    """Finds the first image of clean HTML."""

    image: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and self.image is None:
            self.image = dict(attrs)


def _picture_in(html: str) -> Picture | None:
    """Return the first image of raw HTML, if it has a URL of its own."""
    if "<img" not in html.lower():
        return None
    parser = _ImageParser()
    parser.feed(
        nh3.clean(
            html,
            tags={"img"},
            clean_content_tags=_WITHOUT_IMAGES,
            attributes={"img": {"alt", "src"}},
            url_schemes={"http", "https"},
        )
    )
    parser.close()
    image = parser.image or {}
    uri = (image.get("src") or "").strip()
    if not uri.lower().startswith(("https://", "http://")):
        return None
    return Picture(uri, (("?", uri),), clean(image.get("alt") or ""))


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
