"""The page context of posts: neighbours, breadcrumbs, the source's name."""

from __future__ import annotations

from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import _ as in_sphinx

from .builders import has_generated_pages
from .domain import domain_of
from .messages import _
from .rows import Rows
from .source_links import source_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .archive import Neighbours
    from .domain import BlogDomain
    from .model import Post
    from .project import BlogProject


def add_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a post's page its neighbours and breadcrumbs (``html-page-context``).

    Runs in worker processes too: it changes nothing but the context, and puts only strings,
    numbers and lists into it, which every builder can write.
    """
    del templatename, doctree
    domain, builder = domain_of(app.env), app.builder
    project = domain.project
    post = project.posts.get(pagename)
    if has_generated_pages(builder) and pagename in domain.listings:
        _lead_to_second_page(builder, domain, pagename, context)
    if post is None or not isinstance(builder, StandaloneHTMLBuilder):
        return
    around = project.neighbours.get(pagename)
    title_of = domain.title_of
    context["prev"] = _link(builder, pagename, around.older if around else None, title_of)
    context["next"] = _link(builder, pagename, around.newer if around else None, title_of)
    # The bar of themes derived from "basic" shows these; a post outside of every toctree has none.
    context["rellinks"] = [*context.get("rellinks", ()), *_relations(around, title_of)]
    context["parents"] = breadcrumbs(builder, project, pagename)
    if "sourcename" in context:
        context["sourcename"] = source_name(app.config, post)
        context["page_source_suffix"] = source_suffix(builder, post)


def _lead_to_second_page(
    builder: StandaloneHTMLBuilder, domain: BlogDomain, pagename: str, context: dict[str, Any]
) -> None:
    """Let the page after a document be the second page of its listing, if there is one."""
    for listing in domain.listings[pagename]:
        if listing.paginate:
            pages = Rows(builder.env).select(listing).pages(listing.paginate)
            context["next"] = page_link(builder, domain.project, pagename, 2, pages, pagename)


def page_link(
    builder: StandaloneHTMLBuilder,
    project: BlogProject,
    first: str,
    number: int,
    pages: int,
    pagename: str,
) -> dict[str, str] | None:
    """Return the link to another page of a listing, if there is one.

    :param first: the name of the listing's first page.
    :param pages: how many the listing has.
    :param pagename: where the link stands.
    """
    if not 1 <= number <= pages:
        return None
    name = project.page_name(first, number)
    title = _("Page {number} of {pages}").format(number=number, pages=pages)
    return {"link": builder.get_relative_uri(pagename, name), "title": escape(title, quote=False)}


def _relations(
    around: Neighbours | None, title_of: Callable[[Post], str]
) -> list[tuple[str, str, str, str]]:
    """Return neighbours as Sphinx does: page, title, access key, and what it is."""
    if around is None:
        return []
    pairs = ((around.newer, "N", in_sphinx("next")), (around.older, "P", in_sphinx("previous")))
    return [
        (post.docname, escape(title_of(post), quote=False), key, word)
        for post, key, word in pairs
        if post is not None
    ]


def breadcrumbs(
    builder: StandaloneHTMLBuilder,
    project: BlogProject,
    pagename: str,
    above: Iterable[tuple[str, str]] | None = None,
) -> list[dict[str, str]]:
    """Return the links to the pages above a post or a generated page.

    :param above: their names and titles from the top; without it the blog's own page.
    """
    pages = ((project.index, domain_of(builder.env).blog_title()),) if above is None else above
    links = []
    for name, own_title in pages:
        document = project.page(name)
        known = builder.env.titles.get(document)
        title = own_title if known is None else known.astext()
        if document != pagename:
            link = builder.get_relative_uri(pagename, document)
            links.append({"link": link, "title": escape(title, quote=False)})
    return links


def source_name(config: Config, post: Post) -> str:
    """Return the name of a post's copy below ``_sources``, or nothing if there is none.

    Sphinx would cut the file's path at the docname's length, as if one began with the other.
    """
    if not config.html_copy_source:
        return ""
    suffix = PurePath(post.path).suffix
    name = post.docname + suffix
    return (
        name if suffix == config.html_sourcelink_suffix else name + config.html_sourcelink_suffix
    )


def _link(
    builder: StandaloneHTMLBuilder,
    pagename: str,
    post: Post | None,
    title_of: Callable[[Post], str],
) -> dict[str, str] | None:
    if post is None:
        return None
    # Themes take the title for HTML.
    return {
        "link": builder.get_relative_uri(pagename, post.docname),
        "title": escape(title_of(post), quote=False),
    }
