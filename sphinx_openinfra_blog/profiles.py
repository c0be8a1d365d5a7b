"""What the options say of an author or a category, as a part of its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from .checks import is_address
from .diagnostics import Subtype
from .files import file_at
from .model import digest_of
from .nodes import blog_block, plain_text
from .report import warn

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

    from .model import Profile
    from .project import BlogProject


def profile_block(
    builder: StandaloneHTMLBuilder, project: BlogProject, profile: Profile
) -> blog_block:
    """Return what is known of the author or category whose page it is."""
    block = blog_block("", classes=["blog-profile"])
    if profile.picture and (image := _picture(builder, project, profile.picture)) is not None:
        block += nodes.paragraph("", "", image, classes=["blog-picture"])
    for text, css_class in ((profile.role, "blog-role"), (profile.description, "blog-about")):
        if text:
            block += nodes.paragraph("", "", plain_text(text), classes=[css_class])
    if profile.links:
        line = nodes.paragraph("", "", classes=["blog-links"])
        for label, address in profile.links:
            if len(line):
                line += nodes.Text(" · ")
            line += nodes.reference("", "", plain_text(label), refuri=address)
        block += line
    return block


def picture_state(
    builder: StandaloneHTMLBuilder, project: BlogProject, profile: Profile | None
) -> tuple[int, int, str] | None:
    """Return what tells one state of a profile's picture from another, if it is a file."""
    if profile is None or not profile.picture or is_address(profile.picture):
        return None
    found = file_at(project, profile.picture)
    if not found or is_address(found):
        return None
    status, images = Path(found).stat(), builder.env.images
    path = _source_and_copy(project, found)[0]
    # If a document shows it too, Sphinx's own name for it counts.
    return status.st_mtime_ns, status.st_size, images[path][1] if path in images else ""


def picture_copy(
    builder: StandaloneHTMLBuilder, project: BlogProject, profile: Profile | None
) -> str:
    """Return the file of the output that holds a profile's picture; empty, if none does."""
    if profile is None or not profile.picture or is_address(profile.picture):
        return ""
    found = file_at(project, profile.picture)
    if not found or is_address(found):
        return ""
    return f"{builder.imagedir}/{_source_and_copy(project, found)[1]}"


def _picture(
    builder: StandaloneHTMLBuilder, project: BlogProject, written: str
) -> nodes.image | None:
    found = written if is_address(written) else file_at(project, written)
    if not found:
        message = f"the picture '{written}' of the authors' roster is not there"
        warn(Subtype.IMAGE, message, None)
        return None
    if is_address(found):
        return nodes.image("", uri=found, alt="", candidates={"?": found})
    path, copy = _source_and_copy(project, found)
    builder.images[path] = copy
    return nodes.image("", uri=path, alt="", candidates={"*": path})


def _source_and_copy(project: BlogProject, found: str) -> tuple[str, str]:
    """Return the name of a picture in the source and that of its copy.

    Sphinx names the images of documents; a name that is none of those can be given here.
    """
    path = project.from_source(found)[1:]
    return path, f"{Path(path).stem}-{digest_of(path)[:8]}{Path(path).suffix}"
