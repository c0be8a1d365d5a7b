"""Everything the extension registers, in the order of a post's journey."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from docutils.parsers.rst import directives
from sphinx.directives.other import TocTree

from .environment import (
    BlogDomain,
    MarkdownParser,
    blog_entry,
    find_outdated,
    install,
    keep_unchanged,
    register_catalogs,
    register_nodes,
    register_options,
    report_files,
    warn_of_globs,
    warn_of_role,
)
from .html import (
    ItemTemplates,
    PageContexts,
    PagePlace,
    add_static_path,
    add_template_path,
    complete_images,
    frame_document,
)
from .integrations import leave_out_of_llms_txt, leave_out_of_sitemap
from .listing import BlogDirective, FillPlaceholders
from .output import Outputs
from .reading import (
    FixLinks,
    LinkFiles,
    PostByline,
    PostTitle,
    PostTocTree,
    SourceReader,
    TaskLists,
    TranslatedTitle,
    close_html,
    copy_pictures,
    link_by_file,
    note_document,
    read_posts_as_gfm,
    resolve_own_links,
    tolerate_impossible_links,
    warn_of_pictures,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Connect every part of the extension with Sphinx."""
    tolerate_impossible_links()
    reader = SourceReader()
    register_options(app.config)
    register_catalogs(app)
    register_nodes(app)
    app.add_domain(BlogDomain)
    app.add_directive("blog", BlogDirective)
    if directives.directive("toctree", None, None)[0] is TocTree:  # type: ignore[arg-type]
        app.add_directive("toctree", PostTocTree, override=True)
    markdown, contexts, place = MarkdownParser(), PageContexts(), PagePlace()
    items = ItemTemplates()
    app.add_node(blog_entry, html=(items.visit, items.depart))

    app.connect("config-inited", markdown.add, priority=790)
    app.connect("config-inited", add_static_path)
    app.connect("config-inited", add_template_path)
    app.connect("builder-inited", partial(install, markdown=markdown))
    app.connect("builder-inited", keep_unchanged)
    app.connect("builder-inited", read_posts_as_gfm)
    app.connect("builder-inited", partial(connect_after_themes, contexts=contexts, items=items))
    app.connect("env-get-outdated", find_outdated)
    app.connect("source-read", reader.clear_front_matter)
    app.connect("include-read", reader.mend_included_markdown)
    app.add_transform(PostTitle)
    app.add_transform(TaskLists)
    app.add_transform(TranslatedTitle)
    app.add_transform(PostByline)
    app.add_transform(FixLinks)
    app.connect("doctree-read", note_document, priority=900)
    app.connect("env-check-consistency", warn_of_globs)
    app.connect("env-check-consistency", warn_of_pictures)
    app.connect("env-updated", report_files)
    app.connect("env-updated", leave_out_of_sitemap)
    app.connect("write-started", contexts.begin)
    app.add_post_transform(place.before_documents())
    app.add_post_transform(FillPlaceholders)
    app.add_post_transform(LinkFiles)
    app.connect("missing-reference", link_by_file, priority=400)  # before intersphinx
    app.connect("warn-missing-reference", warn_of_role)
    app.connect("doctree-resolved", frame_document)
    app.connect("doctree-resolved", copy_pictures)
    app.connect("doctree-resolved", complete_images)
    app.connect("html-page-context", place.put_back, priority=0)
    app.connect("html-page-context", contexts.prepare, priority=300)
    app.connect("html-page-context", place.show, priority=301)
    app.connect("html-page-context", contexts.finish, priority=950)
    app.connect("html-collect-pages", place.before_pages, priority=0)
    app.connect("build-finished", place.put_back, priority=0)
    app.connect("build-finished", leave_out_of_llms_txt, priority=100)


def connect_after_themes(app: Sphinx, contexts: PageContexts, items: ItemTemplates) -> None:
    """Connect what needs the project, and what must come after themes (``builder-inited``).

    By now themes have connected their own listeners. Those of pydata_sphinx_theme and
    openstackdocstheme have the usual priority and run before ours; those of sphinx_book_theme
    that write links have the next, and run after them.
    """
    outputs = Outputs(app, items)
    outputs.keep_pages(app)
    app.connect("env-updated", items.load)
    app.connect("env-updated", outputs.find_outdated)
    app.connect("doctree-resolved", outputs.note_written)
    app.connect("doctree-resolved", partial(resolve_own_links, find_file=outputs.find_file))
    app.connect("doctree-resolved", close_html)
    app.connect("html-page-context", contexts.follow_themes)
    app.connect("html-page-context", outputs.note_page)
    app.connect("html-page-context", outputs.store_content, priority=950)
    # After other extensions, whose pages stay.
    app.connect("html-collect-pages", outputs.collect_pages, priority=900)
    app.connect("build-finished", outputs.finish)
