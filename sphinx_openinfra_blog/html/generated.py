"""The pages that the blog adds without a source file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from sphinx_openinfra_blog.blog import Listing, Selection
from sphinx_openinfra_blog.environment import _, face_of, face_state
from sphinx_openinfra_blog.listing import taxonomy_title
from sphinx_openinfra_blog.model import Profile, Taxonomy, digest_of, term_page

from .navigation import breadcrumbs
from .place import place_state
from .share import site_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.listing import Rows
    from sphinx_openinfra_blog.model import Term


_Above: TypeAlias = tuple[tuple[str, str], ...]

# Featured posts come first in the listings of directives only.
_TIMELINE: Final = Listing(group_by="year", style="titles", pinned_first=False)
_POSTS: Final = Listing(group_by="none", style="rows", pinned_first=False)


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page without a source file.

    :ivar name: Sphinx's name of the page, like a docname.
    :ivar above: the names and titles of the pages above it, from the top.
    :ivar selection: what its listing shows on this page.
    :ivar first: the name of the first page of its listing.
    :ivar number: of this page in its listing, from 1.
    :ivar pages: how many pages the listing has.
    :ivar profile: picture, role and links of its term.
    :ivar before: another listing above its own.
    :ivar description: for search engines.
    :ivar term: the term whose page it is.
    """

    name: str
    title: str
    above: _Above
    listing: Listing
    selection: Selection
    first: str
    number: int = 1
    pages: int = 1
    profile: Profile | None = None
    before: tuple[Listing, Selection] | None = None
    description: str = ""
    term: Term | None = None

    @property
    def listings(self) -> Iterator[tuple[Listing, Selection]]:
        """What it lists."""
        yield self.listing, self.selection
        if self.before is not None:
            yield self.before

    def names_above(self, blog: Blog) -> tuple[str, ...]:
        """Return the names of the pages above it, from the top."""
        return tuple(blog.page(name) for name, _title in self.above)

    def digest(self, rows: Rows, builder: StandaloneHTMLBuilder) -> str:
        """Return a digest of everything that readers see on the page."""
        return digest_of(
            [
                self.title,
                self.description,
                rows.digest(self.listing, self.selection),
                (self.number, self.pages, self.first),
                self.profile,
                face_state(builder.env, face_of(rows.domain.project, self.profile)),
                self.before and rows.digest(*self.before),
                rows.in_place,
                breadcrumbs(builder, self.name, self.above),
                place_state(builder.env, self.names_above(rows.blog)),
                self.term is None or rows.blog.is_public(self.term),
                site_images(builder),
                # Another builder may have read everything in this language already.
                builder.config.language,
            ]
        )


class GeneratedPages:
    """The generated pages of one build."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.blog = rows, rows.blog
        self.top: _Above = ((self.blog.index, rows.domain.blog_title()),)

    def pages(self) -> Iterator[GeneratedPage]:
        """Yield every generated page whose place no document takes."""
        if not self.rows.domain.has_blog:
            return
        yield from self._index()
        for taxonomy in Taxonomy:
            yield from self._of(taxonomy)
        for docname, listings in sorted(self.rows.domain.listings.items()):
            for listing in listings:
                if listing.paginate and docname in self.blog.documents:
                    # The first page is the document.
                    title = self.rows.domain.env.titles[docname].astext()
                    above = () if docname == self.blog.index else self.top
                    yield from self._paginated(docname, title, above, listing, title)

    def _index(self) -> Iterator[GeneratedPage]:
        ((name, title),) = self.top
        if self.blog.is_document(name):
            return
        categories = Listing(show="categories")
        before = categories, self.rows.select(categories)
        for page in self._paginated(name, title, (), _POSTS, _("The latest posts")):
            yield replace(page, before=before) if page.number == 1 else page

    def _of(self, taxonomy: Taxonomy) -> Iterator[GeneratedPage]:
        terms = self.blog.terms.pages[taxonomy]
        name, title = term_page(self.blog.path, taxonomy), taxonomy_title(taxonomy)
        if terms and not self.blog.is_document(name):
            overview = Listing(show=taxonomy.plural)
            before, listing, about = None, overview, self._described(title)
            if taxonomy is Taxonomy.YEAR:
                before, listing = (overview, self.rows.select(overview)), _TIMELINE
            selection = self.rows.select(listing)
            yield GeneratedPage(
                name, title, self.top, listing, selection, name, before=before, description=about
            )
        for term in terms:
            yield from self._of_term(term, (*self.top, (name, title)))

    def _of_term(self, term: Term, above: _Above) -> Iterator[GeneratedPage]:
        name = term_page(self.blog.path, term.taxonomy, term.slug)
        if self.blog.is_document(name):
            return
        profile = self.blog.terms.profiles.get((term.taxonomy, term.key))
        listing = replace(_POSTS, under=(term.taxonomy, term.key))
        about = (profile and profile.description) or _posts_under(term)
        for page in self._paginated(name, term.label, above, listing, about):
            yield replace(page, profile=profile if page.number == 1 else None, term=term)

    def _paginated(
        self, first: str, title: str, above: _Above, listing: Listing, about: str
    ) -> Iterator[GeneratedPage]:
        """Yield the pages of a listing that are not documents.

        :param about: a short description.
        """
        size = listing.paginate or self.blog.settings.paginate
        whole = self.rows.select(listing)
        pages = whole.pages(size)
        for number in range(1, pages + 1):
            name = self.blog.page_name(first, number)
            if not self.blog.is_document(name):
                yield GeneratedPage(
                    name=name,
                    title=_numbered(title, number),
                    above=above if number == 1 else (*above, (first, title)),
                    listing=listing,
                    selection=whole.page(number, size),
                    first=first,
                    number=number,
                    pages=pages,
                    description=self._described(_numbered(about, number)),
                )

    def _described(self, about: str) -> str:
        site = self.rows.domain.env.config.project
        return f"{about} – {site}" if site else about


def _numbered(title: str, number: int) -> str:
    if number == 1:
        return title
    return _("{title}, page {number}").format(title=title, number=number)


def _posts_under(term: Term) -> str:
    """Return a short description of the page of a term."""
    words = {
        Taxonomy.CATEGORY: _("Posts in {categories}").format(categories=term.label),
        Taxonomy.AUTHOR: _("Posts by {authors}").format(authors=term.label),
        Taxonomy.TAG: _("Posts tagged {tags}").format(tags=term.label),
        Taxonomy.YEAR: _("Posts of {year}").format(year=term.label),
    }
    return words[term.taxonomy]
