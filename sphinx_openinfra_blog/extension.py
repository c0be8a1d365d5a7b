"""Everything the extension registers, in the order of a post's journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    config,
    context,
    directive,
    heads,
    incremental,
    links,
    listing,
    media,
    missing,
    pages,
    pictures,
    project,
    reading,
    sitemaps,
    source_links,
    stylesheet,
    summary,
    theme_titles,
)
from .domain import BlogDomain
from .markdown import tolerate_impossible_links
from .messages import register_catalogs
from .nodes import register_nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Connect every part of the extension with Sphinx."""
    tolerate_impossible_links()
    reader = reading.SourceReader()
    config.register_options(app)
    register_catalogs(app)
    register_nodes(app)
    app.add_domain(BlogDomain)
    app.add_directive("blog", directive.BlogDirective)

    app.connect("config-inited", config.add_markdown, priority=400)
    app.connect("config-inited", config.check_options)
    app.connect("builder-inited", project.install)
    app.connect("builder-inited", pages.follow_build)
    app.connect("builder-inited", source_links.follow_themes)
    app.connect("env-get-outdated", incremental.find_outdated)
    app.connect("source-read", reader.clear_front_matter)
    app.connect("include-read", reader.mend_included_markdown)
    app.add_transform(reading.PostTitle)
    app.add_transform(summary.PostSummary)
    app.add_transform(reading.PostByline)
    app.add_transform(links.MendLinks)
    app.add_transform(media.FindImages)
    app.connect("doctree-read", reading.note_metadata, priority=900)
    app.connect("doctree-read", media.show_unfound_images, priority=900)
    app.connect("doctree-read", pictures.note_picture, priority=901)
    app.connect("doctree-read", incremental.note_document, priority=900)
    app.connect("doctree-read", directive.note_listings)
    app.connect("env-check-consistency", incremental.warn_of_globs)
    app.connect("env-updated", incremental.report_scheduled)
    app.connect("env-updated", sitemaps.leave_out_of_sitemap)
    app.connect("write-started", stylesheet.find_stylesheet)
    app.add_post_transform(listing.FillPlaceholders)
    app.connect("warn-missing-reference", missing.warn_of_role)
    app.connect("doctree-resolved", links.resolve_own_links)
    app.connect("doctree-resolved", pictures.copy_picture)
    app.connect("html-page-context", heads.prepare_head, priority=300)
    app.connect("html-page-context", context.add_context)
    app.connect("html-page-context", stylesheet.add_stylesheet)
    app.connect("html-page-context", heads.finish_head, priority=950)
    app.connect("html-page-context", theme_titles.quote_titles, priority=960)
