"""How browsers load the pictures of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_openinfra_blog.environment import (
    blog_attribute,
    blog_image,
    blog_text_image,
    domain_of,
    has_generated_pages,
    project_of,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


def complete_images(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Say how to load the pictures of a document (``doctree-resolved``)."""
    if has_generated_pages(app.builder):
        if docname in project_of(app).blog.posts:
            _adopt(app.builder, doctree)
        say_how_to_load(app.builder, doctree)


def _adopt(builder: StandaloneHTMLBuilder, doctree: nodes.document) -> None:
    """Make images of the blog of those in the text of a post that are files."""
    pictures = domain_of(builder.env).project.pictures
    for image in list(doctree.findall(nodes.image)):
        # What other extensions derive from it they also render, and raw HTML is as written.
        if type(image) is not nodes.image or isinstance(image.parent, blog_attribute):
            continue
        if pictures.file(image.get("candidates", {})):
            adopted = blog_text_image(image.rawsource, **image.attributes)
            adopted.source, adopted.line = image.source, image.line
            image.replace_self(adopted)


def say_how_to_load(builder: StandaloneHTMLBuilder, page: nodes.Element) -> None:
    """Give the blog's images the attributes by which browsers load them, and lay out the page.

    The first picture of a page is most likely seen at once, and so is a face above it.
    """
    pictures, may_wait = domain_of(builder.env).project.pictures, False
    for image in page.findall(nodes.image):
        is_face = "blog-avatar" in image["classes"]
        if isinstance(image, blog_image | blog_text_image):
            state = pictures.state(image.get("candidates", {}), in_list="sizes" in image)
            attributes = {"decoding": "async"}
            if may_wait:
                attributes["loading"] = "lazy"
            elif isinstance(image, blog_image) and not is_face:
                attributes["fetchpriority"] = "high"
            # Without the style sheet the height would stay where a theme makes images narrower.
            if state.size and builder.config.openinfra_blog_css and not _is_sized(image):
                attributes["width"], attributes["height"] = map(str, state.size)
            image["attributes"] = attributes | image.get("attributes", {})
            image["copies"] = state.copies
        may_wait = may_wait or not is_face


def _is_sized(image: nodes.image) -> bool:
    """Tell whether the author of a post gave an image a size."""
    return any(name in image for name in ("width", "height", "scale"))
