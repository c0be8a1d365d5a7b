"""The paths at which the blog has something; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_openinfra_blog.model import SLUG_STYLES, slug_of, term_page

from .old_addresses import old_paths_of_term
from .order import by_precedence

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx_openinfra_blog.config import Settings
    from sphinx_openinfra_blog.model import Post

    from .terms import Terms


class PathIndex:
    """The paths at which the blog has something, in any case."""

    def __init__(self, posts: Collection[Post], terms: Terms, settings: Settings) -> None:
        """Collect the paths of posts, aliases and the pages of terms.

        A term's page is also found by its slugs in the other styles, so that links written for
        the old site reach it whatever the option ``slugs`` says.
        """
        self._pages: dict[str, str] = {}
        named = [term for kind in terms.pages.values() for term in kind]
        for term in named:
            page = term_page(settings.blog, term.taxonomy, term.slug)
            for style in SLUG_STYLES:
                other = term_page(settings.blog, term.taxonomy, slug_of(term.label, style))
                self._pages.setdefault(other.casefold(), page)
        for term in named:
            page = term_page(settings.blog, term.taxonomy, term.slug)
            for path in old_paths_of_term(term, settings):
                self._pages.setdefault(path.casefold(), page)
        own = [term_page(settings.blog, term.taxonomy, term.slug) for term in named]
        own += [
            term_page(settings.blog, taxonomy) for taxonomy in {term.taxonomy for term in named}
        ]
        self._pages |= {page.casefold(): page for page in own}
        self._pages |= {post.docname.casefold(): post.docname for post in posts}
        self._aliases: dict[str, str] = {}
        self._files: dict[str, str] = {}
        for post in by_precedence(posts):
            stem = post.path.rpartition(".")[0]
            for name in (post.path, stem, stem.removesuffix("/index")):
                self._files.setdefault(name.casefold(), post.docname)
            for alias, _line in post.aliases:
                self._aliases.setdefault(alias.casefold(), post.docname)

    def find(self, path: str) -> str | None:
        """Return the docname or page name at *path*, or the one that an alias leads to.

        :param path: relative to the site root, without slashes at its ends.
        """
        return self.find_page(path) or self._aliases.get(path.casefold())

    def find_file(self, path: str) -> str | None:
        """Return the docname of the post in a file, or in a folder as its ``index``.

        :param path: relative to the source directory, with or without its suffix.
        """
        return self._files.get(path.casefold())

    def find_page(self, path: str) -> str | None:
        """Return the docname or page name at *path*, aliases aside."""
        return self._pages.get(path.casefold())
