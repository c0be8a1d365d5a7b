"""Links from a page to its neighbours and to the pages above it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.locale import _ as in_sphinx

from sphinx_openinfra_blog.environment import domain_of
from sphinx_openinfra_blog.listing import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.model import Post


def link_neighbours(builder: StandaloneHTMLBuilder, post: Post, context: dict[str, Any]) -> None:
    """Add a post's neighbours and breadcrumbs to its page context."""
    domain = domain_of(builder.env)
    around = domain.blog.neighbours.get(post.docname)
    older, newer = (around.older, around.newer) if around else (None, None)
    relations = []
    for key, neighbour, access_key, label in (
        ("next", newer, "N", in_sphinx("next")),
        ("prev", older, "P", in_sphinx("previous")),
    ):
        context[key] = None
        if neighbour is not None:
            context[key] = _link(
                builder, post.docname, neighbour.docname, domain.title_of(neighbour)
            )
            relations.append((neighbour.docname, context[key]["title"], access_key, label))
    # Themes derived from "basic" show these in a bar; a post outside of every toctree has none.
    context["rellinks"] = [*context.get("rellinks", ()), *relations]
    top = domain.blog.index, domain.blog_title()
    context["parents"] = breadcrumbs(builder, post.docname, [top])


def page_links(
    builder: StandaloneHTMLBuilder, pagename: str, first: str, number: int, pages: int
) -> str:
    """Return the ``link`` elements to the pages before and after one of a listing.

    They are not in the context, because themes would repeat there what the pager says.

    :param pagename: the page to link from.
    :param first: the name of the listing's first page.
    :param number: of the page to link from, the first being 1.
    :param pages: how many the listing has.
    """
    blog = domain_of(builder.env).blog
    links = []
    for relation, other in (("prev", number - 1), ("next", number + 1)):
        if 1 <= other <= pages:
            address = builder.get_relative_uri(pagename, blog.page_name(first, other))
            links.append(f'<link rel="{relation}" href="{escape(address)}" />\n')
    return "".join(links)


def link_to_second_page(builder: StandaloneHTMLBuilder, docname: str) -> str:
    """Return the ``link`` element to the second page of a document's listing, if there is one."""
    for listing in domain_of(builder.env).listings[docname]:
        if listing.paginate:
            pages = Rows(builder.env).select(listing).pages(listing.paginate)
            return page_links(builder, docname, docname, 1, pages)
    return ""


def breadcrumbs(
    builder: StandaloneHTMLBuilder, pagename: str, above: Iterable[tuple[str, str]]
) -> list[dict[str, str]]:
    """Return the links to the pages above a post or a generated page.

    :param above: their names and titles from the top.
    """
    blog, titles = domain_of(builder.env).blog, builder.env.titles
    pages = ((blog.page(name), title) for name, title in above)
    return [
        _link(builder, pagename, page, titles[page].astext() if page in titles else title)
        for page, title in pages
        if page != pagename
    ]


def _link(builder: StandaloneHTMLBuilder, pagename: str, page: str, title: str) -> dict[str, str]:
    # Themes expect HTML.
    title = escape(title, quote=False)
    return {"link": builder.get_relative_uri(pagename, page), "title": title}
