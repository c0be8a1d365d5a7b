"""The ``blog`` value that a site's own templates can show, as documented for their authors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from sphinx_openinfra_blog.blog import Listing
from sphinx_openinfra_blog.environment import _, shown_excerpt
from sphinx_openinfra_blog.feeds import feed_places
from sphinx_openinfra_blog.listing import Rows, date_node, taxonomy_title
from sphinx_openinfra_blog.model import Profile, Taxonomy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.model import Post, Term

_RECENT = 5


@dataclass(frozen=True, slots=True)
class TemplateTerm:
    """A category, tag, author or year; ``page`` is empty if it has none."""

    label: Markup
    page: str
    count: int
    role: Markup
    description: Markup
    links: tuple[tuple[Markup, Markup], ...]


@dataclass(frozen=True, slots=True)
class TemplatePost:
    """A post; its dates are empty if it has none."""

    title: Markup
    page: str
    date: Markup
    datetime: Markup
    excerpt: Markup
    authors: tuple[TemplateTerm, ...]
    categories: tuple[TemplateTerm, ...]
    tags: tuple[TemplateTerm, ...]


@dataclass(frozen=True, slots=True)
class TemplateFeed:
    """A feed of the whole blog; ``file`` is relative to the output."""

    label: Markup
    file: str
    media_type: str


class TemplateBlog:
    """The blog as templates see it; made as far as they ask for it.

    Sphinx does not escape what templates print, so all texts are HTML already, from whoever.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder, self._rows = builder, Rows(builder.env)
        self._blog, self._domain = self._rows.blog, self._rows.domain

    @cached_property
    def title(self) -> Markup:
        """The title of the blog."""
        return escape(self._domain.blog_title())

    @property
    def page(self) -> str:
        """The page of the blog."""
        return self._blog.index

    @cached_property
    def posts(self) -> tuple[TemplatePost, ...]:
        """All posts that listings show, the newest first."""
        return tuple(map(self._post, self._blog.listed))

    @cached_property
    def recent(self) -> tuple[TemplatePost, ...]:
        """The newest of them."""
        return tuple(map(self._post, self._blog.listed[:_RECENT]))

    @cached_property
    def categories(self) -> tuple[TemplateTerm, ...]:
        """The categories in their order."""
        return self._terms(Taxonomy.CATEGORY)

    @cached_property
    def tags(self) -> tuple[TemplateTerm, ...]:
        """The tags by label."""
        return self._terms(Taxonomy.TAG)

    @cached_property
    def authors(self) -> tuple[TemplateTerm, ...]:
        """The authors by name."""
        return self._terms(Taxonomy.AUTHOR)

    @cached_property
    def years(self) -> tuple[TemplateTerm, ...]:
        """The years, the last one first."""
        return self._terms(Taxonomy.YEAR)

    @cached_property
    def feeds(self) -> tuple[TemplateFeed, ...]:
        """The feeds of the whole blog."""
        return tuple(
            TemplateFeed(escape(feed.format.label), feed.file, feed.format.media_type)
            for feed in feed_places(self._builder, self._blog)
        )

    @property
    def words(self) -> Mapping[str, str]:
        """Headings in the language of the site."""
        headings = {taxonomy.plural: taxonomy_title(taxonomy) for taxonomy in Taxonomy}
        return {"recent": _("The latest posts"), "feeds": _("Subscribe")} | headings

    def post(self, page: str) -> TemplatePost | None:
        """Return the post of a page, which may be an unlisted one."""
        post = self._blog.posts.get(page)
        return None if post is None else self._post(post)

    def _post(self, post: Post) -> TemplatePost:
        settings, language = self._blog.settings, self._builder.config.language
        day = post.date and date_node(post.date, settings, language)
        return TemplatePost(
            title=escape(self._domain.title_of(post)),
            page=post.docname,
            date=escape(day.astext() if day else ""),
            datetime=escape(post.date.text if post.date else ""),
            excerpt=escape(shown_excerpt(self._domain, post)),
            authors=tuple(map(self._term, post.authors)),
            categories=tuple(map(self._term, post.categories)),
            tags=tuple(map(self._term, post.tags)),
        )

    def _terms(self, taxonomy: Taxonomy) -> tuple[TemplateTerm, ...]:
        counts = self._rows.select(Listing(show=taxonomy.plural)).counts
        return tuple(self._term(term) for term, _count in counts)

    def _term(self, term: Term) -> TemplateTerm:
        key = term.taxonomy, term.key
        profile = self._blog.terms.profiles.get(key, Profile())
        return TemplateTerm(
            label=escape(term.label),
            page=self._blog.page_of(term) if term.slug else "",
            count=len(self._blog.under.get(key, ())),
            role=escape(profile.role),
            description=escape(profile.description),
            links=tuple((escape(label), escape(url)) for label, url in profile.links),
        )


#: The attributes that templates can print.
PARTS: Final = frozenset(
    name
    for name, value in vars(TemplateBlog).items()
    if isinstance(value, property | cached_property)
)
