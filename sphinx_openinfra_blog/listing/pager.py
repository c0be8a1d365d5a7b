"""The numbered links between the pages of a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_openinfra_blog.environment import _, blog_block, blog_list, blog_part, list_entry

from .byline import reference_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes

    from sphinx_openinfra_blog.blog import Blog

#: So many pages before and after this one have a link, besides the first and the last.
_AROUND = 2


def pager(blog: Blog, first: str, number: int, pages: int) -> blog_block:
    """Return the links from a page of a listing to its other pages.

    :param first: the name of the first page.
    :param number: of this page, from 1.
    """
    entries = [_entry(blog, first, shown, number, pages) for shown in _shown(number, pages)]
    # In texts from right to left these signs point the other way.
    if number > 1:
        entries.insert(0, _link(blog, first, number - 1, pages, _sign("‹")))
    if number < pages:
        entries.append(_link(blog, first, number + 1, pages, _sign("›")))
    listed = blog_list("", classes=["blog-pages"], attributes={"role": "list"})
    listed += map(list_entry, entries)
    attributes = {"aria-label": _("Pages")}
    return blog_block("", listed, tag="nav", classes=["blog-pager"], attributes=attributes)


def _shown(number: int, pages: int) -> Iterator[int]:
    """Yield the numbers to show, and 0 where some are left out."""
    last = 0
    for shown in range(1, pages + 1):
        if shown in {1, pages} or abs(shown - number) <= _AROUND:
            if shown - last == 2:
                yield shown - 1
            elif shown - last > 1:
                yield 0
            yield shown
            last = shown


def _entry(blog: Blog, first: str, shown: int, number: int, pages: int) -> nodes.Node:
    if not shown:
        return _sign("…")
    if shown == number:
        return blog_part("", str(shown), attributes={"aria-current": "page"})
    return _link(blog, first, shown, pages, str(shown))


def _link(
    blog: Blog, first: str, shown: int, pages: int, content: str | nodes.Element
) -> nodes.Node:
    title = _("Page {number} of {pages}").format(number=shown, pages=pages)
    return reference_to("page", blog.page_name(first, shown), content, title)


def _sign(text: str) -> blog_part:
    """Return what is not read out; a link that holds nothing else is known by its title."""
    return blog_part(text, text, attributes={"aria-hidden": "true"})
