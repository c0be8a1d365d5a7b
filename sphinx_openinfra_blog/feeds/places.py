"""Where the feeds are, and the links by which feed readers discover them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.environment import domain_of, has_generated_pages, public_file_url
from sphinx_openinfra_blog.model import Taxonomy, term_page

from .values import FeedFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.model import Term


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """A feed of the output.

    :ivar file: relative to the output folder, with forward slashes.
    :ivar page: the document or generated page that shows the same posts.
    :ivar term: the term whose posts it holds, or ``None`` for those of the whole blog.
    """

    format: FeedFormat
    file: str
    title: str
    page: str
    term: Term | None

    @property
    def key(self) -> tuple[Taxonomy, str] | None:
        """Return what identifies the term."""
        return (self.term.taxonomy, self.term.key) if self.term else None


def has_feeds(builder: StandaloneHTMLBuilder) -> bool:
    """Tell whether the output can have feeds, which need absolute URLs (``html_baseurl``)."""
    return has_generated_pages(builder) and bool(builder.config.html_baseurl)


def all_places(builder: StandaloneHTMLBuilder, blog: Blog) -> Iterator[FeedPlace]:
    """Return every feed of the output."""
    if not has_feeds(builder):
        return
    yield from blog_places(builder, blog)
    for taxonomy in Taxonomy:
        for term in blog.terms.pages[taxonomy]:
            yield from term_places(builder, blog, term)


def blog_places(builder: StandaloneHTMLBuilder, blog: Blog) -> Iterator[FeedPlace]:
    """Return the feeds of the whole blog."""
    settings, title = blog.settings, _blog_title(builder, blog)
    for name in settings.feeds:
        kind = FeedFormat(name)
        file = settings.feed_paths.get(name) or f"{settings.blog}/{kind.file_name}"
        yield FeedPlace(kind, file, title, blog.index, None)


def term_places(builder: StandaloneHTMLBuilder, blog: Blog, term: Term) -> Iterator[FeedPlace]:
    """Return the feeds of a category, author or tag; years have none.

    A configured category has feeds before it has posts, so that people can subscribe early. A term
    of unlisted or previewed posts only has none, because it would reveal them.
    """
    if term.taxonomy is Taxonomy.YEAR or not blog.is_public(term):
        return
    title = f"{_blog_title(builder, blog)}: {term.label}"
    page = term_page(blog.path, term.taxonomy, term.slug)
    for name in blog.settings.term_feeds:
        kind = FeedFormat(name)
        yield FeedPlace(kind, f"{page}/{kind.file_name}", title, blog.page(page), term)


def feed_places(
    builder: StandaloneHTMLBuilder, blog: Blog, term: Term | None = None
) -> list[FeedPlace]:
    """Return the feeds of a term, or of the whole blog."""
    if not has_feeds(builder):
        return []
    return list(term_places(builder, blog, term) if term else blog_places(builder, blog))


def feed_links(builder: StandaloneHTMLBuilder, blog: Blog, term: Term | None = None) -> str:
    """Return the ``link`` elements for feeds in the head of a page.

    :param term: the term that the page belongs to; its feeds come first.
    """
    if not has_feeds(builder):
        return ""
    places = [*(term_places(builder, blog, term) if term else ())]
    places += blog_places(builder, blog)
    return "".join(
        f'<link rel="alternate" type="{place.format.media_type}"'
        f' title="{escape(f"{place.title} ({place.format.label})")}"'
        f' href="{escape(public_file_url(builder, place.file))}" />\n'
        for place in places
    )


def _blog_title(builder: StandaloneHTMLBuilder, blog: Blog) -> str:
    """Return the title of the blog out of the context of its site."""
    if blog.settings.title:
        return blog.settings.title
    title, site = domain_of(builder.env).blog_title(), builder.config.project
    return f"{site} – {title}" if site else title
