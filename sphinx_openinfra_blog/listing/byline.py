"""Bylines of posts, as document nodes."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton
from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_openinfra_blog.environment import _, blog_line, blog_time, locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from sphinx_openinfra_blog.model import Moment, Post, Term


def reference_to(kind: str, target: str, text: str) -> pending_xref:
    """Return a reference that the ``blog`` domain resolves for each builder.

    :param kind: ``post`` (by docname), ``page`` (by its name) or a taxonomy (by a term's slug).
    """
    return pending_xref(
        "",
        nodes.Text(text),
        refdomain="blog",
        reftype=kind,
        reftarget=target,
        refexplicit=True,
        refexact=True,
    )


def term_reference(term: Term) -> nodes.Node:
    """Return a reference to the page of a term, or its label if it has none."""
    if not term.slug:
        return nodes.Text(term.label)
    return reference_to(term.taxonomy.value, term.slug, term.label)


def byline(post: Post, zone: tzinfo, language: str, minutes: int = 0) -> blog_line | None:
    """Return the byline of a post, or ``None`` if it is empty.

    :param zone: the time zone of the dates.
    :param language: the site's language, for dates.
    :param minutes: the reading time; 0 to leave it out.
    """
    parts = [_byline_head(post, zone, language)]
    if post.updated is not None:
        shown = date_node(post.updated, zone, language)
        parts.append(_filled(_("Updated {date}"), "blog-updated", date=[shown]))
    parts.append(_reading_time(minutes))
    if post.categories:
        links = _joined(map(term_reference, post.categories))
        parts.append(_filled(_("In {categories}"), "blog-categories", categories=links))
    if post.tags:
        tags = _joined(map(term_reference, post.tags))
        parts.append(_filled(_("Tagged {tags}"), "blog-tags", tags=tags))
    return _line(parts)


def short_byline(post: Post, zone: tzinfo, language: str, minutes: int = 0) -> blog_line | None:
    """Return the byline of a post in a listing: authors, date and reading time."""
    return _line((_byline_head(post, zone, language), _reading_time(minutes)))


def date_node(moment: Moment, zone: tzinfo, language: str) -> blog_time:
    """Return a date written out in *language*, with its exact time for machines."""
    shown = _long_date(moment.instant.astimezone(zone).date(), language)
    return blog_time(shown, shown, datetime=moment.text)


@lru_cache(maxsize=4096)
def _long_date(day: date, language: str) -> str:
    # Babel is slow, and every listing shows the date of every post in it.
    return format_date(day, "long", locale=locale_of(language))


def month_label(year: int, month: int, language: str) -> str:
    """Return the name of a month with its year in *language*."""
    return format_skeleton("yMMMM", date(year, month, 1), locale=locale_of(language))


def _byline_head(post: Post, zone: tzinfo, language: str) -> nodes.inline | None:
    authors = _joined(map(term_reference, post.authors))
    day = [] if post.date is None else [date_node(post.date, zone, language)]
    pattern = "{date}" if day else ""
    if authors:
        pattern = _("By {authors} on {date}") if day else _("By {authors}")
    return _filled(pattern, "blog-published", authors=authors, date=day) if pattern else None


def _reading_time(minutes: int) -> nodes.inline | None:
    if not minutes:
        return None
    shown = [nodes.Text(str(minutes))]
    return _filled(_("{minutes} min read"), "blog-reading-time", minutes=shown)


def _joined(items: Iterable[nodes.Node], separator: str = ", ") -> list[nodes.Node]:
    return [part for item in items for part in (nodes.Text(separator), item)][1:]


def _filled(pattern: str, css_class: str, **parts: Sequence[nodes.Node]) -> nodes.inline:
    """Return a translated sentence with nodes for its ``{names}``."""
    filled = nodes.inline("", "", classes=[css_class])
    for number, piece in enumerate(re.split(r"\{(\w+)\}", pattern)):
        if number % 2:
            filled += parts[piece]
        elif piece:
            filled += nodes.Text(piece)
    return filled


def _line(parts: Iterable[nodes.Node | None]) -> blog_line | None:
    line = blog_line("", "", classes=["blog-byline"])
    line += _joined((part for part in parts if part is not None), " · ")
    return line if len(line) else None
