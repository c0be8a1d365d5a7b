"""Replace the placeholders of listings and bylines by references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_openinfra_blog.environment import (
    _,
    ancestors,
    blog_block,
    blog_byline,
    blog_line,
    blog_listing,
    plain_text,
    warn,
)
from sphinx_openinfra_blog.model import Subtype, Taxonomy, __

from .byline import byline, month_label, reference_to, short_byline, term_reference
from .rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_openinfra_blog.blog import Blog, Group, Listing, Selection
    from sphinx_openinfra_blog.model import Picture, Post, Term

# HTML knows six levels of headings.
_DEEPEST = 6


class FillPlaceholders(SphinxPostTransform):
    """Replace the placeholders of ``blog`` directives and of bylines."""

    # Before Sphinx's own resolver of references, which has priority 10.
    default_priority = 5

    def run(self, **_kwargs: Any) -> None:
        """Apply the transform."""
        self.rows = Rows(self.env)
        for node in list(self.document.findall(nodes.Element)):
            if isinstance(node, blog_listing):
                self._fill_listing(node)
            elif isinstance(node, blog_byline):
                self._fill_byline(node)

    def _fill_listing(self, node: blog_listing) -> None:
        listing: Listing = node["listing"]
        selection = self.rows.select(listing)
        for taxonomy, name in selection.unknown:
            warn(Subtype.DIRECTIVE, __("unknown %s '%s'", taxonomy.value, name), node)
        level = 1 + sum(isinstance(item, nodes.section) for item in ancestors(node))
        size = listing.paginate if self.rows.domain.project.has_generated_pages else 0
        filled = View(self.rows, listing, level).block(selection.page(1, size))
        pages = selection.pages(size)
        if pages > 1:
            filled += pager(self.rows.blog, node["docname"], 1, pages)
        for name in ("ids", "names", "classes"):
            filled[name] = [*filled[name], *node[name]]
        node.replace_self(filled)

    def _fill_byline(self, node: blog_byline) -> None:
        blog, docname = self.rows.blog, node["docname"]
        line = None
        if (post := blog.posts.get(docname)) is not None:
            timed, zone = blog.settings.reading_time, blog.settings.timezone
            minutes = self.rows.domain.summaries[docname].minutes if timed else 0
            line = byline(post, zone, self.config.language, minutes)
        node.replace_self([] if line is None else line)


class View:
    """Render the posts or terms of one listing as nodes."""

    def __init__(self, rows: Rows, listing: Listing, level: int) -> None:
        """Set how they look.

        :param level: the level of the groups' headings.
        """
        self.rows, self.listing, self.level = rows, listing, level
        self.language = rows.domain.env.config.language

    def block(self, selection: Selection) -> blog_block:
        """Return the content of a listing, or the message for an empty one."""
        block = blog_block("", classes=["blog-archive"])
        if selection.counts:
            block += self._terms(selection.counts)
        for group in selection.groups:
            if self.listing.group_by != "none":
                block += self._heading(group)
            block += self._posts(group.posts)
        if not len(block):
            of_posts = self.listing.shows is None
            nothing = _("There are no posts yet.") if of_posts else _("There are none yet.")
            text = nodes.Text(self.listing.empty or nothing)
            block += blog_line("", "", text, classes=["blog-empty"])
        return block

    def _posts(self, posts: Iterable[Post]) -> nodes.bullet_list:
        classes = ["blog-posts", f"blog-{self.listing.style}"]
        return nodes.bullet_list("", *map(self._item, posts), classes=classes)

    def _item(self, post: Post) -> nodes.list_item:
        shown = self.rows.row(post, self.listing)
        item = nodes.list_item("")
        if shown.picture is not None and self.rows.domain.project.has_generated_pages:
            item += _picture(shown.picture)
        link = reference_to("post", post.docname, shown.title)
        item += blog_line("", "", link, classes=["blog-title"])
        if self.listing.style != "titles":
            zone = self.rows.blog.settings.timezone
            if line := short_byline(post, zone, self.language, shown.minutes):
                item += line
        if shown.excerpt:
            item += blog_line("", "", nodes.Text(shown.excerpt), classes=["blog-excerpt"])
        return item

    def _terms(self, counts: Iterable[tuple[Term, int]]) -> nodes.bullet_list:
        listed = nodes.bullet_list("", classes=["blog-terms"])
        for term, count in counts:
            number = nodes.inline("", f"({count})", classes=["blog-count"])
            text = blog_line("", "", term_reference(term), nodes.Text(" "), number)
            listed += nodes.list_item("", text)
        return listed

    def _heading(self, group: Group) -> nodes.rubric:
        heading = nodes.rubric("", "", classes=[f"blog-{self.listing.group_by}"])
        # The attribute that Sphinx's own rubric directive sets.
        heading["heading-level"] = min(self.level, _DEEPEST)
        if group.term is not None:
            heading += term_reference(group.term)
        elif group.month is not None:
            heading += plain_text(month_label(*group.month, self.language))
        else:
            heading += plain_text(_without(self.listing.group_by))
        return heading


def pager(blog: Blog, first: str, number: int, pages: int) -> blog_line:
    """Return the links from a page of a listing to the pages before and after it.

    :param first: the name of the first page.
    :param number: of this page, from 1.
    """
    line = blog_line("", "", classes=["blog-pager"])
    if number > 1:
        line += reference_to("page", blog.page_name(first, number - 1), _("Previous page"))
        line += nodes.Text(" · ")
    line += nodes.Text(_("Page {number} of {pages}").format(number=number, pages=pages))
    if number < pages:
        line += nodes.Text(" · ")
        line += reference_to("page", blog.page_name(first, number + 1), _("Next page"))
    return line


def taxonomy_title(taxonomy: Taxonomy) -> str:
    """Return the name of a taxonomy, as a heading."""
    return {
        Taxonomy.CATEGORY: _("Categories"),
        Taxonomy.AUTHOR: _("Authors"),
        Taxonomy.TAG: _("Tags"),
        Taxonomy.YEAR: _("Years"),
    }[taxonomy]


def _without(group_by: str) -> str:
    return {
        "category": _("Uncategorized"),
        "author": _("Without an author"),
        "tag": _("Without tags"),
    }.get(group_by) or _("Without a date")


def _picture(picture: Picture) -> nodes.paragraph:
    image = nodes.image("", uri=picture.uri, alt=picture.alt, loading="lazy")
    image["candidates"] = dict(picture.candidates)
    return nodes.paragraph("", "", image, classes=["blog-picture"])
