"""The ``blog`` directive: leaves a placeholder where posts shall be listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from .domain import domain_of
from .nodes import blog_listing

if TYPE_CHECKING:
    from docutils import nodes


class BlogDirective(SphinxDirective):
    """Shows the archive: all visible posts, by category."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return a placeholder; which posts there are is known when all are read."""
        node = blog_listing("")
        self.set_source_info(node)
        domain_of(self.env).note_listing(self.env.docname)
        return [node]
