"""The profile of an author or category on its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from sphinx_openinfra_blog.environment import blog_block, plain_text, warn
from sphinx_openinfra_blog.model import Subtype, __, digest_of, is_remote
from sphinx_openinfra_blog.reading import file_at

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.environment import BlogProject
    from sphinx_openinfra_blog.model import Profile


def profile_block(
    builder: StandaloneHTMLBuilder, project: BlogProject, profile: Profile
) -> blog_block:
    """Return the profile of the author or category that a page is for."""
    block = blog_block("", classes=["blog-profile"])
    if profile.picture and (image := _picture(builder, project, profile)) is not None:
        block += nodes.paragraph("", "", image, classes=["blog-picture"])
    for text, css_class in ((profile.role, "blog-role"), (profile.description, "blog-about")):
        if text:
            block += nodes.paragraph("", "", plain_text(text), classes=[css_class])
    if profile.links:
        parts = [
            part
            for label, url in profile.links
            for part in (nodes.Text(" · "), nodes.reference("", "", plain_text(label), refuri=url))
        ]
        block += nodes.paragraph("", "", *parts[1:], classes=["blog-links"])
    return block


def picture_state(
    builder: StandaloneHTMLBuilder, project: BlogProject, profile: Profile | None
) -> tuple[int, int, str] | None:
    """Return a value that changes with the file of a profile's picture, if it has one."""
    if (file := _picture_file(project, profile)) is None:
        return None
    status, images = Path(project.srcdir, file.path).stat(), builder.env.images
    # If a document shows it too, Sphinx's own name for the copy counts.
    shown = images[file.path][1] if file.path in images else ""
    return status.st_mtime_ns, status.st_size, shown


def picture_copy(
    builder: StandaloneHTMLBuilder, project: BlogProject, profile: Profile | None
) -> str:
    """Return the output file of a profile's picture, or an empty string."""
    file = _picture_file(project, profile)
    return f"{builder.imagedir}/{file.copy}" if file else ""


class _PictureFile(NamedTuple):
    """A picture in the source.

    :ivar path: relative to the source directory, as Sphinx names the images of documents.
    :ivar copy: the file name of its copy, which is none that Sphinx gives.
    """

    path: str
    copy: str


def _picture_place(project: BlogProject, profile: Profile | None) -> str:
    """Return the file or URL of a profile's picture; an empty string if there is none."""
    written = profile.picture if profile else ""
    return written if not written or is_remote(written) else file_at(project, written)


def _picture_file(project: BlogProject, profile: Profile | None) -> _PictureFile | None:
    place = _picture_place(project, profile)
    if not place or is_remote(place):
        return None
    path = Path(place)
    return _PictureFile(place, f"{path.stem}-{digest_of(place)[:8]}{path.suffix}")


def _picture(
    builder: StandaloneHTMLBuilder, project: BlogProject, profile: Profile
) -> nodes.image | None:
    if file := _picture_file(project, profile):
        builder.images[file.path] = file.copy
        return nodes.image("", uri=file.path, alt="", candidates={"*": file.path})
    if url := _picture_place(project, profile):
        return nodes.image("", uri=url, alt="", candidates={"?": url})
    warn(Subtype.IMAGE, __("author picture not found: '%s'", profile.picture), None)
    return None
