"""The pictures of authors and categories, which belong to no document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_openinfra_blog.model import digest_of, is_remote

from .domain import domain_of
from .files import file_at
from .nodes import blog_image

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.model import Profile

    from .project import BlogProject


class Face(NamedTuple):
    """The picture of a profile.

    :ivar uri: relative to the source directory, as Sphinx names the images of documents, or a
        URL.
    :ivar copy: the file name of its copy in the output, which is none that Sphinx gives; empty
        for a URL.
    """

    uri: str
    copy: str


def face_of(project: BlogProject, profile: Profile | None) -> Face | None:
    """Return the picture of a profile, or ``None`` if it has none or the file is missing."""
    written = profile.picture if profile else ""
    place = written if not written or is_remote(written) else file_at(project, written)
    if not place or is_remote(place):
        return Face(place, "") if place else None
    path = Path(place)
    return Face(place, f"{path.stem}-{digest_of(place)[:8]}{path.suffix}")


def face_state(env: BuildEnvironment, face: Face | None) -> object:
    """Return a value that changes with what readers see of a picture."""
    if face is None or not face.copy:
        return face
    status = Path(env.srcdir, face.uri).stat()
    # If a document shows it too, Sphinx's own name for the copy counts.
    shown = env.images[face.uri][1] if face.uri in env.images else face.copy
    state = domain_of(env).project.pictures.state({"*": face.uri}, in_list=True)
    return face.uri, status.st_mtime_ns, status.st_size, shown, state


def face_image(face: Face, size: int) -> blog_image:
    """Return a picture as a node.

    :param size: width and height in pixels, where no style sheet says otherwise.
    """
    image = blog_image("", uri=face.uri, classes=["blog-avatar", "u-photo"], copy=face.copy)
    image["candidates"] = {"*" if face.copy else "?": face.uri}
    image["attributes"] = {"width": size, "height": size}
    image["sizes"] = f"{size}px"
    return image


def copy_faces(builder: StandaloneHTMLBuilder, doctree: nodes.Element) -> None:
    """Make the builder copy the pictures that a document or page shows.

    Sphinx gives those that documents show too their names afterwards.
    """
    for image in doctree.findall(blog_image):
        if image.get("copy"):
            builder.images.setdefault(image["uri"], image["copy"])
