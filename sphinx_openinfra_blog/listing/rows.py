"""The rows of listings, and digests of them: a page whose digest changes is written again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.blog import Listing, Selection, select
from sphinx_openinfra_blog.environment import domain_of, face_of, face_state, shown_excerpt
from sphinx_openinfra_blog.model import Taxonomy, digest_of, may_be_generated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.environment import Face
    from sphinx_openinfra_blog.model import Picture, Post, Profile, Term


@dataclass(frozen=True, slots=True)
class Row:
    """A post in a listing.

    :ivar title: its title, perhaps translated.
    :ivar excerpt: plain text; empty where the listing has no excerpts.
    :ivar picture: its picture, where the listing has pictures.
    :ivar minutes: its reading time; 0 where that is not shown.
    """

    title: str
    excerpt: str
    picture: Picture | None
    minutes: int


class Rows:
    """Select the rows of listings, in one build."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.domain = domain_of(env)
        self.blog = self.domain.blog
        #: Whether the output has the pages of authors and categories, and so links and pictures.
        self.rich = self.domain.project.has_generated_pages
        self._faces: dict[str, Face | None] = {}
        self._digests: dict[tuple[str, bool, tuple[str, ...]], str] = {}

    @cached_property
    def in_place(self) -> list[str]:
        """The documents that may replace generated pages under another name."""
        blog = self.blog.path
        return sorted(
            name
            for name in self.blog.documents
            if name.endswith("/index") and may_be_generated(name.removesuffix("/index"), blog)
        )

    def select(self, listing: Listing) -> Selection:
        """Return the posts or terms that a listing shows on all its pages."""
        blog = self.blog
        posts = blog.under.get(listing.under, []) if listing.under else blog.listed
        zone = blog.settings.timezone
        return select(listing, posts, blog.terms, zone, self.domain.title_of)

    def row(self, post: Post, listing: Listing) -> Row:
        """Return the row of a post in a listing."""
        summary = self.domain.summaries.get(post.docname)
        timed = self.blog.settings.reading_time and listing.style != "titles"
        if listing.style == "table":
            timed = "reading-time" in listing.fields
        return Row(
            title=self.domain.title_of(post),
            excerpt=shown_excerpt(self.domain, post) if listing.with_excerpts else "",
            picture=summary.picture if summary and listing.with_pictures else None,
            minutes=summary.minutes if summary and timed else 0,
        )

    def profile(self, author: Term) -> Profile | None:
        """Return what the roster says of an author."""
        return self.blog.terms.profiles.get((Taxonomy.AUTHOR, author.key))

    def faces(self, authors: Iterable[Term]) -> list[Face]:
        """Return the pictures of authors, of those who have one."""
        faces = [self._face(author) for author in authors if self.rich]
        return [face for face in faces if face is not None]

    def face_state(self, author: Term) -> object:
        """Return a value that changes with what readers see of an author's picture."""
        return face_state(self.domain.env, self._face(author)) if self.rich else None

    def _face(self, author: Term) -> Face | None:
        if author.key not in self._faces:
            self._faces[author.key] = face_of(self.domain.project, self.profile(author))
        return self._faces[author.key]

    def digest(self, listing: Listing, selection: Selection) -> str:
        """Return a digest of what a listing, or a part of it, shows."""
        groups = [
            (group.term, group.month, [self._digest_of(post, listing) for post in group.posts])
            for group in selection.groups
        ]
        form = self.blog.settings.date_format
        facts = [listing, groups, selection.counts, selection.unknown, form]
        if listing.shows is Taxonomy.AUTHOR:
            authors = [term for term, _count in selection.counts]
            facts += map(self.face_state, authors)
            facts += map(self.profile, authors if listing.show == "profiles" else ())
        return digest_of(facts)

    def _digest_of(self, post: Post, listing: Listing) -> str:
        key = post.docname, listing.with_excerpts, (listing.style, *listing.fields)
        if key not in self._digests:
            row = self.row(post, listing)
            # A moment is shown as a day, which depends on the zone.
            zone = self.blog.settings.timezone
            day, changed = (
                moment and (moment, moment.instant.astimezone(zone).date())
                for moment in (post.date, post.updated)
            )
            facts: list[object] = [post.docname, day, row]
            if self.rich:
                facts.append(self._shown(row.picture))
            if listing.style == "table":
                facts += [changed, post.tags]
            if listing.style != "titles":
                facts += [post.authors, post.categories, *map(self.face_state, post.authors)]
            self._digests[key] = digest_of(facts)
        return self._digests[key]

    def _shown(self, picture: Picture | None) -> object:
        """Return how a picture is shown: by files whose names depend on others, and its own."""
        if picture is None:
            return None
        candidates = dict(picture.candidates)
        pictures, images = self.domain.project.pictures, self.domain.env.images
        file = pictures.file(candidates)
        name = images[file][1] if file in images else ""
        return name, pictures.state(candidates, in_list=True)
