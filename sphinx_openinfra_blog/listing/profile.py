"""The profile of an author or a category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_openinfra_blog.environment import (
    _,
    blog_block,
    blog_line,
    blog_list,
    blog_part,
    face_image,
    face_of,
    list_entry,
    plain_text,
    warn,
)
from sphinx_openinfra_blog.model import Subtype, __

from .byline import joined

if TYPE_CHECKING:
    from sphinx_openinfra_blog.environment import BlogProject
    from sphinx_openinfra_blog.model import Profile

#: In pixels, without a style sheet.
_SIZE = 88


def profile_block(
    project: BlogProject,
    profile: Profile,
    name: nodes.Node | None = None,
    *,
    rich: bool = True,
) -> blog_block:
    """Return the profile of an author or category.

    :param name: the name with its link, where the page is not the author's own.
    :param rich: whether the output has pictures of authors, and HTML.
    """
    block = blog_block("", classes=["blog-profile", "h-card"])
    if (face := face_of(project, profile) if rich else None) is not None:
        block += face_image(face, _SIZE)
    elif profile.picture and name is None:
        warn(Subtype.IMAGE, __("author picture not found: '%s'", profile.picture), None)
    if name is not None:
        block += blog_line("", "", name, classes=["blog-name", "p-name"])
    for text, css_class in ((profile.role, "blog-role"), (profile.description, "blog-about")):
        if text:
            microformat = {"blog-role": "p-job-title", "blog-about": "p-note"}[css_class]
            block += blog_line("", "", plain_text(text), classes=[css_class, microformat])
    if profile.links and not rich:
        links = [nodes.reference("", _shown(label), refuri=url) for label, url in profile.links]
        block += blog_line("", "", *joined(links))
    elif profile.links:
        items = [list_entry(_link(label, url)) for label, url in profile.links]
        attributes = {"role": "list", "aria-label": _("Links")}
        block += blog_list("", *items, classes=["blog-chips", "blog-links"], attributes=attributes)
    return block


def _shown(label: str) -> str:
    return {"Website": _("Website"), "Email": _("Email")}.get(label, label)


def _link(label: str, url: str) -> blog_part:
    # The services that ask for it verify by "me" that a page is its author's.
    attributes = {"href": url, "rel": "me"}
    return blog_part("", "", plain_text(_shown(label)), tag="a", attributes=attributes)
