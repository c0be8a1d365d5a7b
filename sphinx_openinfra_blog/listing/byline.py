"""Bylines of posts and chips of terms, as document nodes."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_openinfra_blog.environment import (
    _,
    blog_line,
    blog_list,
    blog_part,
    face_image,
    list_entry,
    locale_of,
    ngettext,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_openinfra_blog.config import Settings
    from sphinx_openinfra_blog.environment import Face
    from sphinx_openinfra_blog.model import Moment, Post, Term

#: A byline in a listing names so many authors, or one less and the number of the others.
_MOST_NAMES: Final = 3
#: In pixels, without a style sheet.
_FACE: Final = 32
#: It stands at the end of a line, not at the beginning of the next one.
_POINT: Final = "\N{NO-BREAK SPACE}· "
_STYLES: Final = frozenset({"long", "medium"})


def reference_to(
    kind: str, target: str, text: str | nodes.Element, title: str = ""
) -> pending_xref:
    """Return a reference that the ``blog`` domain resolves for each builder.

    :param kind: ``post`` (by docname), ``page`` (by its name) or a taxonomy (by a term's slug).
    :param text: the link's text, or a node that holds it.
    :param title: more words about the target, if any.
    """
    content = nodes.Text(text) if isinstance(text, str) else text
    return pending_xref(
        "",
        content,
        refdomain="blog",
        reftype=kind,
        reftarget=target,
        refexplicit=True,
        refexact=True,
        reftitle=title,
    )


def term_reference(term: Term, *more: nodes.Node, before: Sequence[nodes.Node] = ()) -> nodes.Node:
    """Return a reference to the page of a term, or its label if it has none.

    :param more: what follows the label.
    :param before: what stands before it.
    """
    content = isolated(term.label)
    if more or before:
        content = blog_part("", "", *before, content, *more)
    return reference_to(term.taxonomy.value, term.slug, content) if term.slug else content


def isolated(text: str) -> blog_part:
    """Return a text from a post, whose direction does not depend on what is around it."""
    return blog_part("", "", plain_text(text), tag="bdi")


def chips(terms: Iterable[Term], css_class: str, label: str) -> blog_list:
    """Return the terms of a post as a list of links, each in a box of its own.

    :param label: what they are, for those who hear the page.
    """
    items = (list_entry(term_reference(term), css_class="p-category") for term in terms)
    attributes = {"role": "list", "aria-label": label}
    return blog_list("", *items, classes=["blog-chips", css_class], attributes=attributes)


def byline(
    post: Post,
    settings: Settings,
    language: str,
    minutes: int = 0,
    *,
    authors: Sequence[Term],
    faces: Sequence[Face] = (),
    short: bool = False,
    terms: bool = False,
) -> blog_line | None:
    """Return the byline of a post, or ``None`` if it is empty.

    :param settings: with the time zone and the format of the dates.
    :param language: the site's language, for dates and names.
    :param minutes: the reading time; 0 to leave it out.
    :param authors: those to name.
    :param faces: their pictures.
    :param short: whether it stands in a listing, where only the first authors are named.
    :param terms: whether it names categories and tags too.
    """
    parts = []
    if authors:
        parts.append(_part("blog-authors", author_names(authors, language, short=short)))
    if post.date is not None:
        shown = date_node(post.date, settings, language, css_class="dt-published")
        parts.append(_part("blog-published", [shown]))
    if post.updated is not None and not short:
        shown = date_node(post.updated, settings, language, css_class="dt-updated")
        parts.append(_part("blog-updated", filled(_("Updated {date}"), date=[shown])))
    if minutes:
        number = [nodes.Text(str(minutes))]
        parts.append(_part("blog-reading-time", filled(_("{minutes} min read"), minutes=number)))
    if terms and post.categories:
        links = joined(map(term_reference, post.categories))
        parts.append(_part("blog-categories", filled(_("In {categories}"), categories=links)))
    if terms and post.tags:
        links = joined(map(term_reference, post.tags))
        parts.append(_part("blog-tags", filled(_("Tagged {tags}"), tags=links)))
    if not parts:
        return None
    line = blog_line("", "", classes=["blog-byline"])
    line += face_images(faces)
    line += joined(parts, _POINT)
    return line


def face_images(faces: Sequence[Face]) -> list[nodes.Node]:
    """Return pictures of authors, beside their names, in a row; nothing if there are none."""
    if not faces:
        return []
    images = (face_image(face, _FACE) for face in faces)
    attributes = {"aria-hidden": "true"}
    return [blog_part("", "", *images, classes=["blog-avatars"], attributes=attributes)]


def date_node(
    moment: Moment, settings: Settings, language: str, usual: str = "long", css_class: str = ""
) -> blog_part:
    """Return a date written out in *language*, with its exact time for machines.

    :param usual: its form unless the settings have another: one of Babel's styles, or the fields
        to show, as ``MMMd``.
    """
    day = moment.instant.astimezone(settings.timezone).date()
    if settings.date_format or usual in _STYLES:
        shown = _date(day, settings.date_format or usual, language)
    else:
        shown = _fields(day, usual, language)
    attributes = {"datetime": moment.text}
    if locale_of(language).text_direction == "rtl":
        attributes["dir"] = "rtl"  # whatever the theme tells of the page
    classes = [css_class] if css_class else []
    return blog_part(shown, shown, tag="time", attributes=attributes, classes=classes)


@lru_cache(maxsize=4096)
def _date(day: date, form: str, language: str) -> str:
    # Babel is slow, and every listing shows the date of every post in it.
    return format_date(day, form, locale=locale_of(language))


@lru_cache(maxsize=4096)
def _fields(day: date, names: str, language: str) -> str:
    return format_skeleton(names, day, locale=locale_of(language))


def month_label(year: int, month: int, language: str) -> str:
    """Return the name of a month with its year in *language*."""
    return _fields(date(year, month, 1), "yMMMM", language)


def author_names(authors: Sequence[Term], language: str, *, short: bool) -> list[nodes.Node]:
    """Return authors as a sentence of *language* joins them."""
    named = len(authors)
    if short and named > _MOST_NAMES:
        named = _MOST_NAMES - 1
    names: list[nodes.Node] = [
        blog_part("", "", term_reference(author), classes=["p-author", "h-card"])
        for author in authors[:named]
    ]
    if others := len(authors) - named:
        text = ngettext("{number} other", "{number} others", others).format(number=others)
        names.append(nodes.Text(text))
    keys = [f"{{{number}}}" for number in range(len(names))]
    pattern = format_list(keys, locale=locale_of(language))
    return filled(pattern, **{str(number): [name] for number, name in enumerate(names)})


def joined(items: Iterable[nodes.Node], separator: str = ", ") -> list[nodes.Node]:
    """Return nodes with a text between any two of them."""
    return [part for item in items for part in (nodes.Text(separator), item)][1:]


def _part(css_class: str, content: Iterable[nodes.Node]) -> blog_part:
    # Its direction is that of its first words, whatever that of the page is.
    return blog_part("", "", *content, tag="bdi", classes=[css_class])


def filled(pattern: str, **parts: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return a translated sentence with nodes for its ``{names}``."""
    pieces = enumerate(re.split(r"\{(\w+)\}", pattern))
    found = [parts[text] if number % 2 else [nodes.Text(text)] for number, text in pieces if text]
    return list(chain.from_iterable(found))
