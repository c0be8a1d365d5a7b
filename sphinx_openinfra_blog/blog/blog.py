"""The blog of a site: its posts and terms, and who may see what; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from sphinx_openinfra_blog.config import Settings
from sphinx_openinfra_blog.model import Taxonomy, host_of, is_below, term_page

from .paths import PathIndex
from .terms import Terms
from .visibility import Where, may_show

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sphinx_openinfra_blog.model import Post, Problem, Term


class Neighbours(NamedTuple):
    """The posts before and after one in time."""

    older: Post | None
    newer: Post | None


@dataclass(frozen=True)
class Blog:
    """The blog of a site, as its front matter and options define it.

    :ivar posts: docname -> post, for the posts that have a page, the newest first.
    :ivar terms: the terms that have a page.
    :ivar documents: the docnames of the whole site.
    :ivar scheduled: the path and date of each post that is withheld until then.
    :ivar undated: the files of pages that name a title or an author, but no date.
    :ivar next_change: when a later build would change something because of the time.
    :ivar problems: what is wrong with front matter, and with the options that name posts' terms.
    """

    settings: Settings = field(default_factory=Settings)
    posts: Mapping[str, Post] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)
    documents: frozenset[str] = frozenset()
    scheduled: tuple[tuple[str, str], ...] = ()
    undated: tuple[str, ...] = ()
    next_change: datetime | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The path of the blog below the site root, without slashes at its ends."""
        return self.settings.blog

    def shows(self, post: Post, where: Where) -> bool:
        """Tell whether a post may be shown somewhere."""
        barred = {
            Where.SITEMAP: post.head.noindex or post.head.off_sitemap,
            Where.ENGINES: post.head.noindex,
        }
        return not barred.get(where) and may_show(post.visibility, where, self.settings)

    @cached_property
    def listed(self) -> tuple[Post, ...]:
        """The posts in listings, the newest first."""
        return tuple(post for post in self.posts.values() if self.shows(post, Where.LISTING))

    @cached_property
    def neighbours(self) -> Mapping[str, Neighbours]:
        """The docname of each listed post -> its neighbours."""
        around = [None, *self.listed, None]
        return {
            post.docname: Neighbours(older=around[number + 2], newer=around[number])
            for number, post in enumerate(self.listed)
        }

    @cached_property
    def under(self) -> Mapping[tuple[Taxonomy, str], list[Post]]:
        """The taxonomy and key of a term -> its listed posts, the newest first."""
        under: dict[tuple[Taxonomy, str], list[Post]] = {}
        for post in self.listed:
            for taxonomy in Taxonomy:
                for term in post.terms(taxonomy):
                    under.setdefault((taxonomy, term.key), []).append(post)
        return under

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The hosts of the site, those that posts had below the blog's path included."""
        return self.settings.hosts | {
            host
            for post in self.posts.values()
            if (host := host_of(post.source_url))
            and is_below(urlsplit(post.source_url).path[1:], self.path)
        }

    @cached_property
    def paths(self) -> PathIndex:
        """The paths at which the blog has something."""
        return PathIndex(self.posts.values(), self.terms, self.settings)

    def is_public(self, term: Term) -> bool:
        """Tell whether the options or a published post name a term."""
        key = (term.taxonomy, term.key)
        return any((item.taxonomy, item.key) == key for item in self.settings.categories) or any(
            self.shows(post, Where.INVENTORY) for post in self.under.get(key, ())
        )

    def contains(self, path: str) -> bool:
        """Tell whether a docname, or a file of the source directory, is below the blog's path."""
        return path.startswith(f"{self.path}/")

    @property
    def index(self) -> str:
        """The document or generated page at the URL of the blog itself."""
        own = f"{self.path}/index"
        return next((name for name in (own, self.path) if name in self.documents), own)

    def page(self, name: str) -> str:
        """Return the document that replaces a generated page, or the page itself."""
        return f"{name}/index" if f"{name}/index" in self.documents else name

    def is_document(self, name: str) -> bool:
        """Tell whether a document replaces a generated page."""
        return self.page(name) in self.documents

    def page_of(self, term: Term) -> str:
        """Return the page of a term: a document that replaces it, or the generated one."""
        return self.page(term_page(self.path, term.taxonomy, term.slug))

    def page_name(self, first: str, number: int) -> str:
        """Return the name of a listing's n-th page, which is below its first page.

        :param first: the name of its first page.
        """
        if number == 1:
            return first
        folder = "" if first == "index" else first.removesuffix("/index")
        # Under html "q" and "q/index" are two documents.
        above = first if folder in self.documents else folder
        return self.page(f"{above}/page/{number}".lstrip("/"))
