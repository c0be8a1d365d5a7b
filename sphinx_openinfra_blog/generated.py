"""The pages that the blog adds without a source file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from .context import breadcrumbs
from .listing import taxonomy_title
from .messages import _
from .model import Profile, Taxonomy, digest_of
from .permalinks import term_page
from .profiles import picture_state
from .selection import Listing, Selection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.builders.html import StandaloneHTMLBuilder

    from .model import Term
    from .rows import Rows


_Above: TypeAlias = tuple[tuple[str, str], ...]

# Featured posts come first where an author asks for it with a directive, nowhere else.
_POSTS: Final = Listing(group_by="none", style="cards", pinned_first=False)


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page without a source file.

    :ivar name: what Sphinx calls its page name, like a docname.
    :ivar above: the names and titles of the pages above it, from the top.
    :ivar selection: what its listing shows on this page.
    :ivar first: the name of the first page of its listing.
    :ivar number: of this page, the first being 1.
    :ivar pages: how many pages the listing has.
    :ivar profile: what the options say of the term whose page it is.
    :ivar before: another listing that stands before it.
    :ivar description: what it says of itself to search engines.
    :ivar term: whose page it is, if it is one's.
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

    def digest(self, showing: Rows, builder: StandaloneHTMLBuilder) -> str:
        """Return a digest of everything a reader can see on it."""
        return digest_of(
            [
                self.title,
                self.description,
                showing.digest(self.listing, self.selection),
                (self.number, self.pages, self.first),
                self.profile,
                picture_state(builder, showing.project, self.profile),
                self.before and showing.digest(*self.before),
                showing.in_place,
                breadcrumbs(builder, showing.project, self.name, self.above),
                self.term is None or showing.project.is_public(self.term),
                # Another builder may have read everything in this language already.
                builder.config.language,
            ]
        )


class Generating:
    """Finds the generated pages of one build."""

    def __init__(self, showing: Rows) -> None:
        self.showing = showing
        self.project = showing.project
        self.blog = self.project.settings.rules.blog
        self.top: _Above = ((self.project.index, showing.domain.blog_title()),)

    def pages(self) -> Iterator[GeneratedPage]:
        """Return every generated page; a document of the same name takes its place."""
        yield from self._index()
        for taxonomy in Taxonomy:
            yield from self._of(taxonomy)
        for docname, listings in sorted(self.showing.domain.listings.items()):
            for listing in listings:
                if listing.paginate and docname in self.project.docnames:
                    yield from self._further(docname, listing)

    def _is_document(self, name: str) -> bool:
        return self.project.page(name) in self.project.docnames

    def _index(self) -> Iterator[GeneratedPage]:
        name = self.project.index
        if self._is_document(name) or not (
            self.project.posts or self.project.terms.pages[Taxonomy.CATEGORY]
        ):
            return
        categories = Listing(show="categories")
        counts = self.showing.select(categories)
        title = self.showing.domain.blog_title()
        for page in self._paginated(name, title, (), _POSTS, _("The latest posts")):
            yield replace(page, before=(categories, counts)) if page.number == 1 else page

    def _of(self, taxonomy: Taxonomy) -> Iterator[GeneratedPage]:
        terms = self.project.terms.pages[taxonomy]
        if not terms:
            return
        name, title = term_page(self.blog, taxonomy), taxonomy_title(taxonomy)
        if not self._is_document(name):
            listing = Listing(show=taxonomy.plural)
            selection = self.showing.select(listing)
            description = self._described(title)
            yield GeneratedPage(
                name, title, self.top, listing, selection, name, description=description
            )
        for term in terms:
            yield from self._of_term(term, (*self.top, (name, title)))

    def _of_term(self, term: Term, above: _Above) -> Iterator[GeneratedPage]:
        name = term_page(self.blog, term.taxonomy, term.slug)
        if self._is_document(name):
            return
        profile = self.project.terms.profiles.get((term.taxonomy, term.key))
        listing = replace(_POSTS, under=(term.taxonomy, term.key))
        about = (profile and profile.description) or _posts_under(term)
        for page in self._paginated(name, term.label, above, listing, about):
            yield replace(page, profile=profile if page.number == 1 else None, term=term)

    def _further(self, docname: str, listing: Listing) -> Iterator[GeneratedPage]:
        """Return the pages after the document with the directive."""
        title = self.showing.domain.env.titles[docname].astext()
        above = () if docname == self.project.index else self.top
        pages = self._paginated(docname, title, above, listing, title)
        return (page for page in pages if page.number > 1)

    def _paginated(
        self, first: str, title: str, above: _Above, listing: Listing, about: str
    ) -> Iterator[GeneratedPage]:
        """Return the pages of a listing, without those that are documents.

        :param about: what they are about, in a few words.
        """
        size = listing.paginate or self.project.settings.paginate
        whole = self.showing.select(listing)
        pages = whole.pages(size)
        for number in range(1, pages + 1):
            name = self.project.page_name(first, number)
            if number > 1 and self._is_document(name):
                continue
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
        site = self.showing.domain.env.config.project
        return f"{about} – {site}" if site else about


def _numbered(title: str, number: int) -> str:
    if number == 1:
        return title
    return _("{title}, page {number}").format(title=title, number=number)


def _posts_under(term: Term) -> str:
    """Return what the page of a term is about, in a few words."""
    words = {
        Taxonomy.CATEGORY: _("Posts in {categories}").format(categories=term.label),
        Taxonomy.AUTHOR: _("Posts by {authors}").format(authors=term.label),
        Taxonomy.TAG: _("Posts tagged {tags}").format(tags=term.label),
        Taxonomy.YEAR: _("Posts of {year}").format(year=term.label),
    }
    return words[term.taxonomy]
