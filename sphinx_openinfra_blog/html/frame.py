"""What stands around the text of a post, and the feeds below the list on the blog's own page."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_openinfra_blog.environment import (
    _,
    ancestors,
    blog_block,
    blog_image,
    blog_line,
    blog_list,
    domain_of,
    file_of_picture,
    has_generated_pages,
    scroll_region,
)
from sphinx_openinfra_blog.feeds import feed_places
from sphinx_openinfra_blog.listing import (
    Rows,
    chips,
    filled,
    joined,
    profile_block,
    reference_to,
    term_reference,
)

from .references import resolve_references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.model import Post, Term

#: With more authors than that, the byline alone names them.
_MOST_PROFILES: Final = 3


def frame_document(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Add what surrounds the text of a post, and links to feeds (``doctree-resolved``)."""
    builder, blog = app.builder, domain_of(app.env).blog
    if not has_generated_pages(builder):
        return
    blocks = [part for part in doctree.findall(blog_block) if "blog-archive" in part["classes"]]
    of_feeds = [part for part in blocks if "feeds" in part]
    for block in of_feeds:
        for term in block["feeds"]:
            block.extend(feed_line(builder, docname, term, named=True))
        resolve_references(builder, block, docname)
    if (post := blog.posts.get(docname)) is not None:
        _frame_post(builder, post, next(iter(doctree.findall(nodes.section))))
    elif docname == blog.index and blocks and not of_feeds:
        blocks[-1] += feed_line(builder, docname)


def _frame_post(builder: StandaloneHTMLBuilder, post: Post, section: nodes.section) -> None:
    """Put the text of a post into a block of its own, with its picture above and a foot below."""
    start = next(
        (number for number, node in enumerate(section) if not _is_head(node)), len(section)
    )
    content = blog_block("", *section[start:], classes=["blog-content", "e-content"])
    del section[start:]
    section["classes"].append("h-entry")
    next(iter(section.findall(nodes.title)))["classes"].append("p-name")
    section += _hero(builder, post, content)
    for number, table in enumerate(_outer_tables(content), start=1):
        _let_scroll(table, number)
    section += content
    foot = _foot(builder, post)
    resolve_references(builder, foot, post.docname)
    section += foot


def _is_head(node: nodes.Node) -> bool:
    """Tell whether a node is the title of a post, its byline, or the banner of a preview."""
    kinds = nodes.title, blog_line, blog_list
    return isinstance(node, kinds) or (
        isinstance(node, nodes.note) and "blog-preview" in node["classes"]
    )


def _hero(builder: StandaloneHTMLBuilder, post: Post, content: nodes.Element) -> list[nodes.Node]:
    """Return the picture that the front matter names, unless the text shows it."""
    domain = domain_of(builder.env)
    target = file_of_picture(domain.project, post) if domain.blog.settings.hero else None
    summary = domain.summaries.get(post.docname)
    picture = summary.picture if summary else None
    if target is None or picture is None or picture.uri != (target.file or target.url):
        return []
    name = PurePath(picture.uri).name
    if any(image["uri"] == picture.uri for image in content.findall(nodes.image)) or any(
        name in html.astext() for html in content.findall(nodes.raw)
    ):
        return []
    image = blog_image("", uri=picture.uri, alt=picture.alt, classes=["u-photo"])
    image["candidates"] = dict(picture.candidates)
    return [blog_block("", image, classes=["blog-hero"])]


def _outer_tables(content: nodes.Element) -> list[nodes.table]:
    return [
        table
        for table in content.findall(nodes.table)
        if not any(
            isinstance(node, nodes.table) or "blog-scroll" in node.get("classes", ())
            for node in ancestors(table)
        )
    ]


def _let_scroll(table: nodes.table, number: int) -> None:
    """Put a table into a region that scrolls."""
    title = next(iter(table.findall(nodes.title)), None)
    label = title.astext() if title else _("Table {number}").format(number=number)
    region = scroll_region(label)
    table.replace_self(region)
    region += table


def _foot(builder: StandaloneHTMLBuilder, post: Post) -> blog_block:
    rows = Rows(builder.env)
    foot = blog_block("", classes=["blog-foot"])
    if post.tags:
        foot += chips(post.tags, "blog-tags", _("Tags"))
    profiles = [(author, rows.profile(author)) for author in post.authors]
    for author, profile in profiles if len(profiles) <= _MOST_PROFILES else ():
        if profile is not None:
            name = term_reference(author)
            block = profile_block(rows.domain.project, profile, name)
            # It is not what a post is about.
            block["classes"].append("no-search")
            foot += block
    foot += way_back(rows.blog)
    foot += feed_line(builder, post.docname)
    return foot


def way_back(blog: Blog, others: Iterable[tuple[str, str]] = ()) -> blog_line:
    """Return a line with links to the page of the blog, and to others by names and titles."""
    links = [
        reference_to("page", name, title)
        for name, title in ((blog.index, _("All posts")), *others)
    ]
    return blog_line("", "", *joined(links, " · "), classes=["blog-more", "no-search"])


def feed_line(
    builder: StandaloneHTMLBuilder, name: str, term: Term | None = None, *, named: bool = False
) -> list[nodes.Node]:
    """Return a line with the feeds of a term, or else of the blog, for a page.

    :param name: of the page.
    :param named: whether the line names the term.
    :returns: nothing if there are none.
    """
    places = feed_places(builder, domain_of(builder.env).blog, term)
    if not places:
        return []
    here = builder.get_target_uri(name)
    links = [
        nodes.reference(
            "", place.format.label, refuri=relative_uri(here, quote(place.file)), internal=True
        )
        for place in places
    ]
    pattern = _("Subscribe: {feeds}")
    feeds = joined(links, " · ")
    if named and term is not None:
        feeds = [term_reference(term), nodes.Text(" ("), *feeds, nodes.Text(")")]
    content = filled(pattern, feeds=feeds)
    return [blog_line("", "", *content, classes=["blog-feeds", "no-search"])]
