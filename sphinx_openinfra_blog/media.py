"""Images of a post: their files found, or left where they are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .diagnostics import Subtype
from .domain import domain_of
from .places import alternative_message, place_of_image
from .report import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .project import BlogProject

# What an image's address is while Sphinx collects images: it leaves these alone.
_UNSEEN = "data:,"
_WRITTEN = "blog_written"
#: Marks an image whose file is not there.
MISSING = "blog_missing"


class FindImages(SphinxTransform):
    """Finds the images of posts, before Sphinx's collectors (880) look for them."""

    default_priority = 862

    def apply(self, **kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        del kwargs
        domain = domain_of(self.env)
        self.project: BlogProject = domain.project
        if self.env.docname not in self.project.posts:
            return
        self.missing: list[str] = []
        for image in list(self.document.findall(nodes.image)):
            self._find(image)
        if self.missing:
            domain.note_missing(self.env.docname, sorted(set(self.missing)))

    def _find(self, image: nodes.image) -> None:
        address = image["uri"].strip()
        post = self.project.posts[self.env.docname]
        place = place_of_image(self.project, post.path, address)
        if place.message:
            warn(Subtype.IMAGE, place.message, image)
        if address and not _has_alternative(image):
            warn(Subtype.ALT_TEXT, alternative_message(address), image)
        if not address:
            self._show_text(image)
        elif place.uri or place.file:
            image["uri"] = place.uri or f"/{place.file}"
        else:
            if place.missing:
                self.missing.append(place.missing)
                image[MISSING] = True
            image[_WRITTEN], image["uri"] = address, _UNSEEN

    def _show_text(self, image: nodes.image) -> None:
        text = image.get("alt", "")
        parent = image.parent
        replacement = [nodes.Text(text)] if text else []
        if replacement and not isinstance(parent, nodes.TextElement):
            parent.replace(image, nodes.paragraph("", "", *replacement))
        else:
            parent[parent.index(image) : parent.index(image) + 1] = replacement


def _has_alternative(image: nodes.image) -> bool:
    """Tell whether an image says what it shows, or its author that nothing need be said.

    The latter is an empty text given to a directive; Markdown's own images have one in any case.
    What a caption says need not be said twice.
    """
    if image.get("alt", "").strip():
        return True
    if isinstance(image.parent, nodes.figure):
        return "alt" in image or any(isinstance(item, nodes.caption) for item in image.parent)
    return "alt" in image and not isinstance(image.parent, nodes.TextElement)


def show_unfound_images(app: Sphinx, doctree: nodes.document) -> None:
    """Give images that were not found their addresses back (``doctree-read``, after Sphinx).

    Sphinx would look for such a file, warn of it in its own way, and read the post again on
    every build. ``?`` is its mark for images that are not on this site.
    """
    del app
    for image in doctree.findall(nodes.image):
        if _WRITTEN in image:
            image["uri"] = image.attributes.pop(_WRITTEN)
            image["candidates"] = {"?": image["uri"]}
