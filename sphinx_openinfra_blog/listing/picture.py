"""Pictures of posts in listings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.environment import blog_block, blog_image

if TYPE_CHECKING:
    from sphinx_openinfra_blog.model import Picture

#: How wide they are: on a phone like the page, else as the style sheet has it at most.
_SIZES: Final = {
    "rows": "(max-width: 36em) 90vw, 11em",
    "cards": "(max-width: 36em) 90vw, 25em",
    "table": "7em",
}


def picture_block(picture: Picture, style: str) -> blog_block:
    """Return the picture of a post in a listing of some style."""
    image = blog_image("", uri=picture.uri, alt=picture.alt, sizes=_SIZES[style])
    image["candidates"] = dict(picture.candidates)
    return blog_block("", image, classes=["blog-picture"])
