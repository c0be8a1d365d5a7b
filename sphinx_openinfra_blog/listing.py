"""Placeholders -> lists of references, which Sphinx resolves for each builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .archive import by_category
from .byline import reference_to, short_byline
from .domain import domain_of
from .messages import _
from .nodes import blog_listing, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .archive import Group
    from .model import Post
    from .project import BlogProject


class FillListings(SphinxPostTransform):
    """Puts the archive in the place of each ``blog`` directive."""

    # Before Sphinx's own resolver of references, which has priority 10.
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Apply the transform."""
        del kwargs
        project = domain_of(self.env).project
        for node in list(self.document.findall(blog_listing)):
            level = 1 + sum(isinstance(item, nodes.section) for item in _ancestors(node))
            node.replace_self(archive_nodes(project, level, self.config.language))


def archive_nodes(project: BlogProject, level: int, language: str) -> nodes.container:
    """Return all visible posts, grouped by category.

    :param level: the level of the groups' headings.
    """
    shown = nodes.container("", classes=["blog-archive"])
    for group in by_category(project.listed, project.resolved.categories):
        shown += _heading(group, level)
        shown += list_nodes(project, group.posts, language)
    if not len(shown):
        shown += empty_node()
    return shown


def list_nodes(project: BlogProject, posts: Iterable[Post], language: str) -> nodes.bullet_list:
    """Return posts as a list, each with its title and byline."""
    listed = nodes.bullet_list("", classes=["blog-posts"])
    zone = project.settings.rules.timezone
    for post in posts:
        title = nodes.paragraph("", "", classes=["blog-title"])
        title += reference_to("post", post.docname, post.title)
        item = nodes.list_item("", title)
        if (line := short_byline(post, zone, language)) is not None:
            item += line
        listed += item
    return listed


def empty_node() -> nodes.paragraph:
    """Return what is shown where no post is."""
    return nodes.paragraph("", _("There are no posts yet."), classes=["blog-empty"])


def _heading(group: Group, level: int) -> nodes.rubric:
    heading = nodes.rubric("", "", classes=["blog-category"])
    # The attribute that Sphinx's own rubric directive sets; HTML knows six levels.
    heading["heading-level"] = min(level, 6)
    if group.category is None:
        heading += plain_text(_("Uncategorized"))
    else:
        heading += reference_to("category", group.category.slug, group.category.label)
    return heading


def _ancestors(node: nodes.Node) -> Iterable[nodes.Node]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
