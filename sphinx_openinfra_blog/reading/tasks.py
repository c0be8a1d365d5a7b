"""The tasks in the lists of posts in Markdown."""

from __future__ import annotations

import re
from typing import Any, Final

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_openinfra_blog.environment import blog_task, domain_of

from .myst import OF_MYST

_TASK: Final = re.compile(r"\[([ xX])\](?=\s+\S)")


class TaskLists(SphinxTransform):
    """Make marks of the brackets at the beginning of list items, as in GFM.

    After translation (20), so that a translated item keeps its mark.
    """

    default_priority = 21

    def apply(self, **_kwargs: Any) -> None:
        """Apply the transform to a post in Markdown; leave other documents alone."""
        project = domain_of(self.env).project
        post = project.blog.posts.get(self.env.docname)
        if post is None or not project.blog.settings.gfm:
            return
        if project.scanner.parsers.format_of(post.path) not in OF_MYST:
            return
        for item in self.document.findall(nodes.list_item):
            paragraph = item[0] if item.children else None
            # A backslash before a bracket is in the source only.
            if isinstance(paragraph, nodes.paragraph) and _TASK.match(paragraph.rawsource):
                _mark(item, paragraph)


def _mark(item: nodes.list_item, paragraph: nodes.paragraph) -> None:
    text = paragraph[0]
    if isinstance(text, nodes.Text) and (match := _TASK.match(text)):
        mark = blog_task("", match[0], done=match[1] != " ")
        paragraph[0:1] = [mark, nodes.Text(text[match.end() :])]
        item["classes"].append("blog-task-item")
