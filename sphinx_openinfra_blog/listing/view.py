"""Posts and terms as document nodes, in the style of a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_openinfra_blog.environment import (
    _,
    blog_block,
    blog_entry,
    blog_item,
    blog_line,
    blog_list,
    blog_part,
    list_entry,
    plain_text,
    scroll_region,
)
from sphinx_openinfra_blog.model import Profile, Taxonomy

from .byline import (
    byline,
    chips,
    date_node,
    face_images,
    isolated,
    month_label,
    reference_to,
    term_reference,
)
from .picture import picture_block
from .profile import profile_block
from .table import posts_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_openinfra_blog.blog import Group, Listing, Selection
    from sphinx_openinfra_blog.model import Post, Term

    from .rows import Rows

# HTML knows six levels of headings.
_DEEPEST = 6


class View:
    """Render the posts or terms of one listing as nodes."""

    def __init__(
        self, rows: Rows, listing: Listing, level: int, ids: set[str] | None = None
    ) -> None:
        """Set how they look.

        :param level: the level of the groups' headings.
        :param ids: the identifiers that the page has, if its groups may be sections; theirs
            are added.
        """
        self.rows, self.listing, self.level = rows, listing, level
        self.language = rows.domain.env.config.language
        self.ids = ids if rows.rich else None

    def block(self, selection: Selection) -> blog_block:
        """Return the content of a listing, or the message for an empty one."""
        block = blog_block("", classes=["blog-archive"])
        if self.listing.show == "feeds":
            # Their links are those of one output.
            named = [term for term, _number in selection.counts]
            block["feeds"] = named if self.listing.only else [None]
            return block
        if self.listing.show == "profiles":
            block += [self._profile(term) for term, _number in selection.counts]
        elif selection.counts:
            block += self._terms(selection.counts)
        for group in selection.groups:
            block += self._group(group)
        if not len(block):
            of_posts = self.listing.shows is None
            nothing = _("There are no posts yet.") if of_posts else _("There are none yet.")
            text = nodes.Text(self.listing.empty or nothing)
            block += blog_line("", "", text, classes=["blog-empty"])
        return block

    def _group(self, group: Group) -> list[nodes.Node]:
        """Return posts under their heading, in a section of its own where that is possible."""
        if self.listing.group_by == "none":
            return [self._posts(group, self.level)]
        posts, css_class = self._posts(group, self.level + 1), f"blog-{self.listing.group_by}"
        heading = self._heading(group)
        if self.ids is None:
            rubric = nodes.rubric("", "", *heading, classes=[css_class])
            # The attribute that Sphinx's own rubric directive sets.
            rubric["heading-level"] = min(self.level, _DEEPEST)
            return [rubric, posts]
        title = nodes.title("", "", *heading, classes=[css_class])
        return [nodes.section("", title, posts, ids=[self._new_id(group)])]

    def _new_id(self, group: Group) -> str:
        assert self.ids is not None
        name = "-".join(f"{part:02}" for part in group.month or ())
        name = nodes.make_id(f"{self.listing.group_by}-{group.term.slug if group.term else name}")
        found, number = name, 1
        while found in self.ids:
            number += 1
            found = f"{name}-{number}"
        self.ids.add(found)
        return found

    def _heading(self, group: Group) -> list[nodes.Node]:
        if group.term is not None:
            heading = term_reference(group.term)
        elif group.month is not None:
            heading = plain_text(month_label(*group.month, self.language))
        else:
            heading = plain_text(_without(self.listing.group_by))
        # On one of several pages the number would be that of its posts there.
        if not self.rows.rich or self.listing.paginate:
            return [heading]
        return [heading, nodes.Text(" "), _count(len(group.posts))]

    def _posts(self, group: Group, level: int) -> nodes.Element:
        """Return a list of posts, with headings of some level, or a table of them."""
        if self.listing.style == "table":
            table = posts_table(self.rows, self.listing, group.posts)
            grouped = self.listing.group_by != "none"
            label = self._heading(group)[0].astext() if grouped else _("Posts")
            return scroll_region(label, table) if self.rows.rich else table
        classes = ["blog-posts", f"blog-{self.listing.style}"]
        items = (self._item(post, group, level) for post in group.posts)
        return blog_list("", *items, classes=classes, attributes={"role": "list"})

    def _item(self, post: Post, group: Group, level: int) -> blog_item:
        shown = self.rows.row(post, self.listing)
        link = reference_to("post", post.docname, isolated(shown.title))
        link["classes"] = ["u-url"]
        title = blog_line("", "", link, classes=["blog-title", "p-name"])
        title["tag"] = f"h{min(level, _DEEPEST)}"
        parts: list[nodes.Node] = [title]
        if self.listing.style == "titles":
            parts[:0] = self._date(post)
        else:
            parts += self._byline(post, group, shown.minutes)
        if shown.excerpt:
            excerpt = isolated(shown.excerpt)
            # Cards and rows have it between title and byline.
            place = 1 if self.listing.has_pictures else len(parts)
            line = blog_line("", "", excerpt, classes=["blog-excerpt", "p-summary"])
            parts.insert(place, line)
        if not self.rows.rich:
            return blog_item("", *parts)
        if self.listing.has_pictures:
            left = self._others(post.categories, group)
            if left:
                parts.insert(0, chips(left, "blog-categories", _("Categories")))
            if shown.picture is not None:
                parts.insert(0, picture_block(shown.picture, self.listing.style))
        article = blog_block("", *parts, tag="article", classes=["blog-item", "h-entry"])
        attributes = {"docname": post.docname, "style": self.listing.style, "level": level}
        return blog_item("", blog_entry("", article, **attributes))

    def _date(self, post: Post) -> list[nodes.Node]:
        """Return the date of a post before its title, in as few words as its heading allows."""
        if post.date is None or not self.rows.rich:
            return []
        form = "MMMd" if self.listing.group_by in {"year", "month"} else "medium"
        settings = self.rows.blog.settings
        return [date_node(post.date, settings, self.language, form, "dt-published")]

    def _byline(self, post: Post, group: Group, minutes: int) -> list[nodes.Node]:
        authors = self._others(post.authors, group)
        line = byline(
            post,
            self.rows.blog.settings,
            self.language,
            minutes,
            authors=authors,
            faces=self.rows.faces(authors)[:3],
            short=True,
        )
        return [] if line is None else [line]

    def _others(self, terms: Iterable[Term], group: Group) -> list[Term]:
        """Leave out the terms that the page or the heading above has as its subject."""
        subjects = {self.listing.under}
        if group.term is not None:
            subjects.add((group.term.taxonomy, group.term.key))
        return [term for term in terms if (term.taxonomy, term.key) not in subjects]

    def _profile(self, author: Term) -> blog_block:
        profile = self.rows.profile(author) or Profile()
        name = term_reference(author)
        return profile_block(self.rows.domain.project, profile, name, rich=self.rows.rich)

    def _terms(self, counts: Iterable[tuple[Term, int]]) -> blog_list:
        listed = blog_list("", classes=["blog-terms", "blog-chips"], attributes={"role": "list"})
        for term, count in counts:
            if self.rows.rich:
                faces = self.rows.faces([term]) if term.taxonomy is Taxonomy.AUTHOR else []
                number = nodes.Text(" "), _count(count)
                listed += list_entry(term_reference(term, *number, before=face_images(faces)))
            else:
                text = blog_line("", "", term_reference(term), nodes.Text(f" ({count})"))
                listed += blog_item("", text)
        return listed


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


def _count(number: int) -> blog_part:
    return blog_part("", str(number), classes=["blog-count"])
