"""Collect what the blog's feeds hold: posts as entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from posixpath import dirname, relpath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.environment import (
    _,
    domain_of,
    image_url,
    public_file_url,
    public_url,
    shown_excerpt,
)
from sphinx_openinfra_blog.model import Taxonomy, digest_of, is_web_url, term_page

from .values import Feed, FeedAuthor, FeedEntry, FeedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.model import Post

    from .places import FeedPlace

#: Makes feeds readable in browsers.
STYLESHEET: Final = "_static/openinfra-blog-feed.css"


class FeedMaker:
    """Makes the feeds of one build."""

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self.builder = builder
        self.domain = domain_of(builder.env)
        self.blog = self.domain.blog
        self._entries: dict[str, tuple[FeedEntry, str]] = {}
        settings = self.blog.settings
        self._posts: dict[tuple[Taxonomy, str] | None, list[Post]] = {None: []}
        for post in self.blog.posts.values():
            if post.date is None or not self.blog.shows(post, Where.FEED):
                continue
            terms = ((kind, term.key) for kind in Taxonomy for term in post.terms(kind))
            for key in (None, *terms):
                posts = self._posts.setdefault(key, [])
                if not settings.feed_length or len(posts) < settings.feed_length:
                    posts.append(post)

    def posts(self, place: FeedPlace) -> list[Post]:
        """Return the posts of a feed, newest first."""
        return self._posts.get(place.key, [])

    def feed(self, place: FeedPlace, contents: Mapping[str, str]) -> Feed:
        """Return what a feed holds.

        :param contents: docname -> HTML; posts without any have their summary only.
        """
        entries = (
            replace(self._entry(post)[0], content=contents.get(post.docname, ""))
            for post in self.posts(place)
        )
        return replace(self._empty(place), entries=tuple(entries))

    def digest(self, place: FeedPlace) -> str:
        """Return a digest of what decides about a feed, the contents of its posts aside."""
        return digest_of(
            (self._empty(place), [self._entry(post)[1] for post in self.posts(place)])
        )

    def _empty(self, place: FeedPlace) -> Feed:
        profile = self.blog.terms.profiles.get(place.key) if place.key else None
        return Feed(
            title=place.title,
            description=(profile and profile.description) or _("The latest posts"),
            home_url=public_url(self.builder, place.page),
            url=public_file_url(self.builder, place.file),
            language=self.builder.config.language.replace("_", "-"),
            stylesheet=quote(relpath(STYLESHEET, dirname(place.file) or ".")),
            entries=(),
        )

    def _entry(self, post: Post) -> tuple[FeedEntry, str]:
        """Return what feeds hold of a post, its content aside, and a digest of it."""
        if post.docname not in self._entries:
            entry = self._new_entry(post)
            self._entries[post.docname] = entry, digest_of(entry)
        return self._entries[post.docname]

    def _new_entry(self, post: Post) -> FeedEntry:
        assert post.date is not None
        summary = self.domain.summaries.get(post.docname)
        guid = post.guid or self._tag_uri(post)
        return FeedEntry(
            guid=guid,
            iri=guid if is_web_url(guid) else self._tag_uri(post),
            url=public_url(self.builder, post.docname),
            title=self.domain.title_of(post),
            summary=shown_excerpt(self.domain, post),
            content="",
            published=post.date.instant,
            updated=post.updated.instant if post.updated else post.date.instant,
            authors=tuple(
                FeedAuthor(
                    author.label,
                    public_url(self.builder, self.blog.page_of(author)) if author.slug else "",
                )
                for author in post.authors
            ),
            labels=tuple(
                FeedLabel(term.slug or term.key, self._scheme(term.taxonomy), term.label)
                for term in (*post.categories, *post.tags)
            ),
            image=image_url(self.builder, summary.picture if summary else None),
        )

    def _scheme(self, taxonomy: Taxonomy) -> str:
        page = self.blog.page(term_page(self.blog.path, taxonomy))
        return public_url(self.builder, page)

    def _tag_uri(self, post: Post) -> str:
        """Return an id that does not depend on the title (RFC 4151)."""
        assert post.date is not None
        day = post.date.instant.astimezone(UTC).date().isoformat()
        return f"tag:{self.blog.settings.authority},{day}:{quote(post.docname)}"
