"""Links from a page to its neighbours and to the pages above it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.locale import _ as in_sphinx

from sphinx_openinfra_blog.environment import _, domain_of
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


def lead_to_second_page(
    builder: StandaloneHTMLBuilder, docname: str, context: dict[str, Any]
) -> None:
    """Make the second page of a document's listing the next one, if there is one."""
    for listing in domain_of(builder.env).listings[docname]:
        if listing.paginate:
            pages = Rows(builder.env).select(listing).pages(listing.paginate)
            context["next"] = page_link(builder, docname, docname, 2, pages)


def page_link(
    builder: StandaloneHTMLBuilder, pagename: str, first: str, number: int, pages: int
) -> dict[str, str] | None:
    """Return the link to another page of a listing, if there is one.

    :param pagename: the page to link from.
    :param first: the name of the listing's first page.
    :param pages: how many the listing has.
    """
    if not 1 <= number <= pages:
        return None
    name = domain_of(builder.env).blog.page_name(first, number)
    title = _("Page {number} of {pages}").format(number=number, pages=pages)
    return _link(builder, pagename, name, title)


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
