"""What listings show of each post, and a digest of it: a page is written again if it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .domain import domain_of
from .model import digest_of
from .permalinks import may_be_generated
from .selection import Listing, Selection, select

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .model import Post
    from .records import Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as a listing shows it.

    :ivar title: as readers see it, which may be a translation.
    :ivar excerpt: plain text; empty where the listing has no excerpts.
    :ivar picture: its first image, on cards.
    :ivar minutes: how long it takes to read; 0 where that is not shown.
    """

    post: Post
    title: str
    excerpt: str
    picture: Picture | None
    minutes: int


class Showing:
    """Knows what listings show, in one build."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.domain = domain_of(env)
        self.project = self.domain.project
        self._bylines: dict[str, str] = {}
        self._rows: dict[tuple[str, bool, str], str] = {}
        blog = self.project.settings.rules.blog
        #: Documents that may stand in the place of generated pages, under other names than theirs.
        self.in_place = sorted(
            name
            for name in self.project.docnames
            if name.endswith("/index") and may_be_generated(name.removesuffix("/index"), blog)
        )

    def select(self, listing: Listing) -> Selection:
        """Return the posts or terms that a listing shows on all its pages."""
        project = self.project
        posts = project.under.get(listing.under, []) if listing.under else project.listed
        zone = project.settings.rules.timezone
        return select(listing, posts, project.terms, zone, self.domain.title_of)

    def shown(self, post: Post, listing: Listing) -> Shown:
        """Return what a listing shows of a post."""
        summary = self.domain.summaries.get(post.docname)
        timed = self.project.settings.reading_time and listing.style != "titles"
        return Shown(
            post=post,
            title=self.domain.title_of(post),
            excerpt=self.domain.excerpt_of(post) if listing.with_excerpts else "",
            picture=summary.picture if summary and listing.style == "cards" else None,
            minutes=summary.minutes if summary and timed else 0,
        )

    def digest(self, listing: Listing, selection: Selection) -> str:
        """Return a digest of everything that readers see of a listing, or of a part of it."""
        groups = [
            (group.term, group.month, [self._row(post, listing) for post in group.posts])
            for group in selection.groups
        ]
        return digest_of((listing, groups, selection.counts, selection.unknown))

    def _row(self, post: Post, listing: Listing) -> str:
        key = post.docname, listing.with_excerpts, listing.style
        if (known := self._rows.get(key)) is None:
            shown = self.shown(post, listing)
            known = self._rows[key] = digest_of(
                (
                    self._byline(post),
                    shown.title,
                    shown.excerpt,
                    shown.picture,
                    self._copies(shown.picture),
                    shown.minutes,
                )
            )
        return known

    def _copies(self, picture: Picture | None) -> list[str]:
        """Return what Sphinx calls the copies of a picture, which depends on other pictures."""
        images = self.domain.env.images
        candidates = picture.candidates if picture else ()
        return [images[uri][1] for _kind, uri in candidates if uri in images]

    def _byline(self, post: Post) -> str:
        if (known := self._bylines.get(post.docname)) is None:
            zone = self.project.settings.rules.timezone
            # A moment is shown as a day, and that depends on the zone.
            day = post.date and post.date.instant.astimezone(zone).date()
            facts = post.docname, post.date, day, post.authors
            known = self._bylines[post.docname] = repr(facts)
        return known
