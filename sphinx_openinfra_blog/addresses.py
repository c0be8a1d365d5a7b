"""Published addresses -> documents and pages of the blog; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .archive import by_precedence
from .permalinks import term_page
from .slugs import SLUG_STYLES, slug_of

if TYPE_CHECKING:
    from .resolve import Resolved
    from .settings import Settings


class Addresses:
    """Knows every address at which the blog answers, letters' case aside."""

    def __init__(self, resolved: Resolved, rules: Settings) -> None:
        """Collect the addresses of posts, aliases, the pages of terms.

        A term's page is also found by the other ways to make a slug, so that links
        written for the old site reach it whatever the option ``slugs`` says.
        """
        self._pages: dict[str, str] = {}
        named = [term for terms in resolved.terms.pages.values() for term in terms]
        for term in named:
            page = term_page(rules.blog, term.taxonomy, term.slug)
            for style in SLUG_STYLES:
                other = term_page(rules.blog, term.taxonomy, slug_of(term.label, style))
                self._pages.setdefault(other.casefold(), page)
        own = [term_page(rules.blog, term.taxonomy, term.slug) for term in named]
        own += [term_page(rules.blog, taxonomy) for taxonomy in {term.taxonomy for term in named}]
        self._pages |= {page.casefold(): page for page in own}
        self._pages |= {post.docname.casefold(): post.docname for post in resolved.posts}
        self._aliases: dict[str, str] = {}
        for post in by_precedence(resolved.posts):
            for alias, _line in post.aliases:
                self._aliases.setdefault(alias.casefold(), post.docname)

    def find(self, path: str) -> str | None:
        """Return the docname or page name that answers at *path*.

        :param path: relative to the site root, without slashes at its ends.
        """
        return self.find_page(path) or self._aliases.get(path.casefold())

    def find_page(self, path: str) -> str | None:
        """Return what is at *path* by itself, and not because of an alias."""
        return self._pages.get(path.casefold())
