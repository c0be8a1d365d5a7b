"""Generated pages, rendered into the theme's own ``page.html``."""

from __future__ import annotations

from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_openinfra_blog.environment import copy_faces, plain_text, public_url
from sphinx_openinfra_blog.feeds import feed_links
from sphinx_openinfra_blog.listing import View, pager, profile_block

from .contents import contents_html
from .context import FACTS, PageFacts
from .frame import feed_line, way_back
from .images import say_how_to_load
from .meta_tags import PageHead
from .navigation import breadcrumbs, page_links
from .references import resolve_references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.listing import Rows

    from .generated import GeneratedPage


# What a translator asks the builder about the document being written.
_OF_A_DOCUMENT: Final = ("secnumbers", "fignumbers", "current_docname", "imgpath")


def page_context(
    builder: StandaloneHTMLBuilder, rows: Rows, page: GeneratedPage
) -> dict[str, Any]:
    """Return the context of a generated page for the theme's ``page.html``."""
    section = _body(builder, rows, page)
    head = PageHead(
        title=page.title,
        description=page.description,
        url=public_url(builder, page.name),
        # Not the page of a term that only unlisted or previewed posts have.
        robots="noindex" if page.term and not rows.blog.is_public(page.term) else "",
    )
    links = feed_links(builder, rows.blog, page.term)
    links += page_links(builder, page.name, page.first, page.number, page.pages)
    body = _rendered(builder, section, page.name)
    toc = contents_html(builder, section)
    return {
        "title": escape(page.title, quote=False),
        "body": body,
        "metatags": "",
        # Sphinx does not quote what dirhtml says.
        "pageurl": head.url or None,
        "parents": breadcrumbs(builder, page.name, page.above),
        "meta": {},
        "toc": toc,
        "display_toc": bool(toc),
        # Themes see so that the page has no source file.
        "sourcename": "",
        FACTS: PageFacts("generated", head=head, links=links, above=page.names_above(rows.blog)),
    }


def _body(builder: StandaloneHTMLBuilder, rows: Rows, page: GeneratedPage) -> nodes.section:
    section = nodes.section("", ids=["blog-page"], classes=["blog-generated"])
    section += nodes.title("", "", plain_text(page.title))
    if page.profile is not None:
        section += profile_block(rows.domain.project, page.profile)
    if page.before is not None:
        listing, selection = page.before
        section += View(rows, listing, level=2).block(selection)
    ids = {*section["ids"]}
    section += View(rows, page.listing, level=2, ids=ids).block(page.selection)
    if page.pages > 1:
        section += pager(rows.blog, page.first, page.number, page.pages)
    if page.first != rows.blog.index:
        section += way_back(rows.blog, page.above[1:])
    section += feed_line(builder, page.name, page.term) or feed_line(builder, page.name)
    return section


def _rendered(builder: StandaloneHTMLBuilder, section: nodes.section, name: str) -> str:
    """Return a section as HTML, its references resolved as Sphinx does for documents."""
    resolve_references(builder, section, name)
    copy_faces(builder, section)
    builder.post_process_images(section)
    say_how_to_load(builder, section)
    with rendering(builder, name):
        return builder.render_partial(section)["fragment"]


@contextmanager
def rendering(builder: StandaloneHTMLBuilder, name: str) -> Iterator[None]:
    """Let a builder render nodes for a page without a document.

    What a translator asks the builder about its page is that of the document written last, or
    missing if none was. There is no documented way to say otherwise.
    """
    state = vars(builder)
    before = {key: value for key, value in state.items() if key in _OF_A_DOCUMENT}
    try:
        builder.secnumbers, builder.fignumbers, builder.current_docname = {}, {}, name
        builder.imgpath = relative_uri(builder.get_target_uri(name), builder.imagedir)
        yield
    finally:
        for key in _OF_A_DOCUMENT:
            state.pop(key, None)
        state.update(before)
