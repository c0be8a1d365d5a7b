"""Everything the extension registers, in the order of a post's journey."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from . import (
    directive,
    document,
    images,
    incremental,
    links,
    listing,
    options,
    pages,
    project,
    reading,
    sitemaps,
    summary,
    title,
)
from .context import PageContexts, add_static_path
from .domain import BlogDomain, warn_of_role
from .markdown import tolerate_impossible_links
from .messages import register_catalogs
from .nodes import register_nodes
from .outputs import Outputs

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Connect every part of the extension with Sphinx."""
    tolerate_impossible_links()
    reader = reading.SourceReader()
    options.register_options(app.config)
    register_catalogs(app)
    register_nodes(app)
    app.add_domain(BlogDomain)
    app.add_directive("blog", directive.BlogDirective)
    contexts = PageContexts()

    app.connect("config-inited", options.add_markdown, priority=400)
    app.connect("config-inited", add_static_path)
    app.connect("builder-inited", project.install)
    app.connect("builder-inited", partial(connect_after_themes, contexts=contexts))
    app.connect("env-get-outdated", incremental.find_outdated)
    app.connect("source-read", reader.clear_front_matter)
    app.connect("include-read", reader.mend_included_markdown)
    app.add_transform(title.PostTitle)
    app.add_transform(summary.PostSummary)
    app.add_transform(title.PostByline)
    app.add_transform(links.FixLinks)
    app.connect("doctree-read", document.note_document, priority=900)
    app.connect("env-check-consistency", incremental.warn_of_globs)
    app.connect("env-updated", incremental.report_scheduled)
    app.connect("env-updated", sitemaps.leave_out_of_sitemap)
    app.connect("write-started", contexts.begin)
    app.add_post_transform(listing.FillPlaceholders)
    app.connect("warn-missing-reference", warn_of_role)
    app.connect("doctree-resolved", links.resolve_own_links)
    app.connect("doctree-resolved", images.copy_picture)
    app.connect("html-page-context", contexts.prepare, priority=300)
    app.connect("html-page-context", contexts.finish, priority=950)


def connect_after_themes(app: Sphinx, contexts: PageContexts) -> None:
    """Connect what needs the project, and what must come after themes (``builder-inited``).

    By now themes have connected their own listeners. Those of pydata_sphinx_theme and
    openstackdocstheme have the usual priority and run before ours; those of sphinx_book_theme
    that write links have the next, and run after them.
    """
    outputs = Outputs(app)
    app.connect("env-updated", outputs.find_outdated)
    app.connect("doctree-resolved", outputs.note_written)
    app.connect("html-page-context", contexts.follow_themes)
    app.connect("html-page-context", outputs.note_page)
    app.connect("html-page-context", outputs.store_content, priority=950)
    app.connect("html-collect-pages", partial(pages.collect_pages, outputs=outputs))
    app.connect("build-finished", outputs.finish)
