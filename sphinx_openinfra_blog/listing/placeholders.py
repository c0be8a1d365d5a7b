"""Replace the placeholders of listings and bylines by references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_openinfra_blog.environment import _, ancestors, blog_byline, blog_listing, warn
from sphinx_openinfra_blog.model import Subtype, __

from .byline import byline, chips
from .pager import pager
from .rows import Rows
from .view import View

if TYPE_CHECKING:
    from sphinx_openinfra_blog.blog import Listing


class FillPlaceholders(SphinxPostTransform):
    """Replace the placeholders of ``blog`` directives and of bylines."""

    # Before Sphinx's own resolver of references, which has priority 10.
    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Apply the transform."""
        self.rows = Rows(self.env)
        elements = list(self.document.findall(nodes.Element))
        self.ids = {name for node in elements for name in node["ids"]}
        for node in elements:
            if isinstance(node, blog_listing):
                self._fill_listing(node)
            elif isinstance(node, blog_byline):
                self._fill_byline(node)

    def _fill_listing(self, node: blog_listing) -> None:
        listing: Listing = node["listing"]
        selection = self.rows.select(listing)
        for taxonomy, name in selection.unknown:
            warn(Subtype.DIRECTIVE, __("unknown %s '%s'", taxonomy.value, name), node)
        around = list(ancestors(node))
        level = 1 + sum(isinstance(item, nodes.section) for item in around)
        in_text = all(isinstance(item, nodes.section | nodes.document) for item in around)
        size = listing.paginate if self.rows.rich else 0
        view = View(self.rows, listing, level, self.ids if in_text else None)
        filled = view.block(selection.page(1, size))
        pages = selection.pages(size)
        if pages > 1:
            filled += pager(self.rows.blog, node["docname"], 1, pages)
        for name in ("ids", "names", "classes"):
            filled[name] = [*filled[name], *node[name]]
        node.replace_self(filled)

    def _fill_byline(self, node: blog_byline) -> None:
        rows, docname = self.rows, node["docname"]
        post = rows.blog.posts.get(docname)
        if post is None:
            node.replace_self([])
            return
        parts: list[nodes.Node] = []
        if rows.rich and post.categories:
            parts.append(chips(post.categories, "blog-categories", _("Categories")))
        minutes = rows.domain.summaries[docname].minutes if rows.blog.settings.reading_time else 0
        line = byline(
            post,
            rows.blog.settings,
            self.config.language,
            minutes,
            authors=post.authors,
            faces=rows.faces(post.authors),
            terms=not rows.rich,
        )
        node.replace_self([*parts, *([] if line is None else [line])])
