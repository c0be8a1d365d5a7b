"""Who wrote a post, when, and under what it stands: made of document nodes only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from docutils import nodes
from sphinx.addnodes import pending_xref

from .messages import _
from .model import Visibility
from .nodes import blog_time, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from .model import Author, Category, Moment, Post


def reference_to(kind: str, target: str, text: str) -> pending_xref:
    """Return a reference to a post (by docname) or the page of a term (by slug).

    Sphinx resolves it for each builder, through the ``blog`` domain.

    :param kind: ``post``, ``category`` or ``author``.
    """
    node = pending_xref("", refdomain="blog", reftype=kind, reftarget=target, refexplicit=True)
    node += plain_text(text)
    return node


def byline(post: Post, zone: tzinfo, language: str) -> nodes.paragraph | None:
    """Return all of a post's byline, or ``None`` if there is nothing to say.

    :param zone: the zone of the dates as shown.
    :param language: the site's language, which decides how dates look.
    """
    parts = [_byline_head(post, zone, language)]
    if post.updated is not None:
        shown = date_node(post.updated, zone, language)
        parts.append(_filled(_("Updated {date}"), "blog-updated", date=[shown]))
    if post.categories:
        links = _joined([_category(category) for category in post.categories])
        parts.append(_filled(_("In {categories}"), "blog-categories", categories=links))
    if post.tags:
        tags = _joined([plain_text(tag) for tag in post.tags])
        parts.append(_filled(_("Tagged {tags}"), "blog-tags", tags=tags))
    return _paragraph(part for part in parts if part is not None)


def short_byline(post: Post, zone: tzinfo, language: str) -> nodes.paragraph | None:
    """Return the byline of a post in a listing: authors and date."""
    head = _byline_head(post, zone, language)
    return None if head is None else _paragraph([head])


def date_node(moment: Moment, zone: tzinfo, language: str) -> blog_time:
    """Return a date as readers of *language* write it out, with its exact time for machines."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    shown = format_date(moment.instant.astimezone(zone).date(), "long", locale=locale)
    node = blog_time(shown, "", datetime=moment.text)
    node += plain_text(shown)
    return node


def preview_banner(post: Post) -> nodes.note | None:
    """Return a notice on a page that only a preview has."""
    messages = {
        Visibility.DRAFT: _("Preview: this post is a draft."),
        Visibility.SCHEDULED: _("Preview: this post waits for its date."),
        Visibility.EXPIRED: _("Preview: this post has expired."),
    }
    if (message := messages.get(post.visibility)) is None:
        return None
    text = nodes.paragraph("", message, translatable=False)
    return nodes.note("", text, classes=["blog-preview"])


def _byline_head(post: Post, zone: tzinfo, language: str) -> nodes.inline | None:
    authors = _joined([_author(author) for author in post.authors])
    date = [] if post.date is None else [date_node(post.date, zone, language)]
    if authors and date:
        return _filled(_("By {authors} on {date}"), "blog-published", authors=authors, date=date)
    if authors:
        return _filled(_("By {authors}"), "blog-published", authors=authors)
    return _filled("{date}", "blog-published", date=date) if date else None


def _author(author: Author) -> nodes.Node:
    return reference_to("author", author.slug, author.name)


def _category(category: Category) -> nodes.Node:
    if not category.slug:
        return plain_text(category.label)
    return reference_to("category", category.slug, category.label)


def _joined(items: Sequence[nodes.Node]) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for item in items:
        if joined:
            joined.append(nodes.Text(", "))
        joined.append(item)
    return joined


def _filled(pattern: str, css_class: str, **parts: Sequence[nodes.Node]) -> nodes.inline:
    """Return a translated sentence with nodes in the place of its ``{names}``."""
    filled = nodes.inline("", "", classes=[css_class])
    for number, piece in enumerate(re.split(r"\{(\w+)\}", pattern)):
        if number % 2:
            filled += parts[piece]
        elif piece:
            filled += nodes.Text(piece)
    return filled


def _paragraph(parts: Iterable[nodes.Node]) -> nodes.paragraph | None:
    paragraph = nodes.paragraph("", "", classes=["blog-byline"])
    for part in parts:
        if len(paragraph):
            paragraph += nodes.Text(" · ")
        paragraph += part
    # Its words come from this extension's catalogue, its names from the front matter.
    paragraph["translatable"] = False
    return paragraph if len(paragraph) else None
