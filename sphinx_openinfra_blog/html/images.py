"""How browsers load the pictures of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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

#: Attributes by which the author of a post gave an image a size.
_SIZES: Final = frozenset({"width", "height", "scale"})
#: Those of a tag by which it may have one.
_SIZING: Final = frozenset({"width", "height", "class", "style", "srcset", "sizes"})


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
        # What other extensions derive from it they also render, and raw HTML is a tag already.
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
    has_others = False  # files that browsers may choose instead of the next image
    for image in page.findall(nodes.image):
        tag = image.parent if isinstance(image.parent, blog_attribute) else None
        name = tag["name"].lower() if tag else ""
        if tag and not (name == "src" and tag["beside"]):
            has_others = has_others or name == "srcset"
            continue
        is_face = "blog-avatar" in image["classes"]
        candidates: dict[str, str] = image.get("candidates", {})
        if isinstance(image, blog_image | blog_text_image) or (tag and pictures.file(candidates)):
            state = pictures.state(candidates, in_list="sizes" in image)
            attributes = {"decoding": "async"}
            if may_wait:
                attributes["loading"] = "lazy"
            elif isinstance(image, blog_image) and not is_face:
                attributes["fetchpriority"] = "high"
            # Without the style sheet the height would stay where a theme makes images narrower.
            if tag:
                is_sized = has_others or not _SIZING.isdisjoint(tag["beside"])
            else:
                is_sized = not _SIZES.isdisjoint(image.attributes)
            if state.size and builder.config.openinfra_blog_css and not is_sized:
                attributes["width"], attributes["height"] = map(str, state.size)
            if tag:
                written = tag["beside"]
                tag["more"] = {key: it for key, it in attributes.items() if key not in written}
            else:
                image["attributes"] = attributes | image.get("attributes", {})
                image["copies"] = state.copies
        may_wait, has_others = may_wait or not is_face, False
