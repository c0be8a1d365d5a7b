"""Posts as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_openinfra_blog.environment import _, blog_block, blog_line, blog_part, plain_text

from .byline import author_names, date_node, isolated, joined, reference_to, term_reference
from .picture import picture_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_openinfra_blog.blog import Listing
    from sphinx_openinfra_blog.model import Post

    from .rows import Row, Rows

#: Letters in a line, for formats that set the width of columns.
_WIDTHS: Final = {"title": 30, "excerpt": 40}
_WIDTH: Final = 14


def posts_table(rows: Rows, listing: Listing, posts: Iterable[Post]) -> nodes.table:
    """Return a table with a row for each post and a column for each field of the listing."""
    # Other outputs have no pictures of posts.
    fields = [it for it in listing.fields if rows.rich or it != "picture"] or ["title"]
    group = nodes.tgroup("", cols=len(fields))
    group += [nodes.colspec(colwidth=_WIDTHS.get(field, _WIDTH)) for field in fields]
    group += nodes.thead("", nodes.row("", *(_entry([plain_text(_head(it))]) for it in fields)))
    body = nodes.tbody()
    for post in posts:
        shown = rows.row(post, listing)
        entries = (_entry(_content(rows, field, post, shown), field) for field in fields)
        body += nodes.row("", *entries, classes=["h-entry"])
    group += body
    return nodes.table("", group, classes=["blog-table", "colwidths-auto"])


def _entry(content: Sequence[nodes.Node], field: str = "") -> nodes.entry:
    if content and not isinstance(content[0], blog_block):
        content = [blog_line("", "", *content)]
    return nodes.entry("", *content, classes=[f"blog-field-{field}"] if field else [])


def _head(field: str) -> str:
    return {
        "title": _("Title"),
        "date": _("Date"),
        "updated": _("Updated"),
        "authors": _("Authors"),
        "categories": _("Categories"),
        "tags": _("Tags"),
        "reading-time": _("Reading time"),
        "excerpt": _("Summary"),
        "picture": _("Picture"),
    }[field]


def _content(rows: Rows, field: str, post: Post, shown: Row) -> Sequence[nodes.Node]:
    settings, language = rows.blog.settings, rows.domain.env.config.language
    if field == "title":
        link = reference_to("post", post.docname, isolated(shown.title))
        link["classes"] = ["p-name", "u-url"]
        return [link]
    if field in {"date", "updated"}:
        moment = post.date if field == "date" else post.updated
        name = "dt-published" if field == "date" else "dt-updated"
        return [date_node(moment, settings, language, "medium", name)] if moment else []
    if field == "authors":
        names = author_names(post.authors, language, short=True) if post.authors else []
        return [blog_part("", "", *names, tag="bdi")] if names else []
    if field == "reading-time":
        text = _("{minutes} min read").format(minutes=shown.minutes)
        return [isolated(text)] if shown.minutes else []
    if field == "picture":
        return [picture_block(shown.picture, "table")] if shown.picture else []
    if field == "excerpt":
        return [isolated(shown.excerpt)] if shown.excerpt else []
    terms = post.categories if field == "categories" else post.tags
    return joined(map(term_reference, terms))
