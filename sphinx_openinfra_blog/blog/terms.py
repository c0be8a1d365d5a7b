"""Find the blog's categories, authors, tags and years from what posts mention; pure.

Which of them have a page, at which slug, in which order, and by which names they are found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.model import (
    Problem,
    Profile,
    Subtype,
    Taxonomy,
    Term,
    __,
    free,
    slug_of,
)

from .order import in_term_order
from .visibility import Where, may_show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_openinfra_blog.config import Person, Settings
    from sphinx_openinfra_blog.frontmatter import CategoryMention, Fields

    from .sources import Source


@dataclass(slots=True)
class Terms:
    """The terms that have a page.

    :ivar pages: the terms of each taxonomy, in the archive's order.
    :ivar profiles: the profiles of terms that the options define, by taxonomy and key.
    """

    pages: dict[Taxonomy, list[Term]] = field(
        default_factory=lambda: {taxonomy: [] for taxonomy in Taxonomy}
    )
    profiles: dict[tuple[Taxonomy, str], Profile] = field(default_factory=dict)
    _called: dict[tuple[Taxonomy, str], dict[str, Term]] = field(default_factory=dict)

    def call(self, term: Term, *names: str) -> None:
        """Let pages refer to a term by its slug, key and label, and by other names."""
        for name in (term.slug, term.key, term.label, *names):
            for spelling in (name, name.casefold()):
                self._called.setdefault((term.taxonomy, spelling), {})[term.key] = term

    def find(self, taxonomy: Taxonomy, name: str) -> list[Term]:
        """Return the terms that *name* may mean: an id, a slug or a label.

        Case counts only if several terms differ in nothing else.
        """
        found = self._called.get((taxonomy, name), {}) or self._called.get(
            (taxonomy, name.casefold()), {}
        )
        exact = [term for term in found.values() if name in (term.slug, term.key, term.label)]
        return exact or list(found.values())


class TermIndex:
    """Finds the terms of all posts, and which term each post's own words refer to."""

    def __init__(
        self, sources: Sequence[Source], settings: Settings, problems: list[Problem]
    ) -> None:
        """Find the terms.

        :param sources: the posts that have a page, by precedence.
        """
        self.sources = sources
        self.settings = settings
        self.problems = problems
        self.terms = Terms()
        self._categories = self._find(Taxonomy.CATEGORY, settings.categories)
        self._tags = self._find(Taxonomy.TAG, ())
        self._authors = self._find_authors()
        self._years = self._find_years()
        self.terms.profiles.update(settings.profiles)

    def categories(self, fields: Fields) -> tuple[Term, ...]:
        """Return the categories of a post, each once."""
        return _unique(self.category(item) for item in fields.categories)

    def category(self, mention: CategoryMention) -> Term:
        """Return the category that a post's words refer to."""
        return self._categories[_key(mention, self.settings)]

    def tags(self, fields: Fields) -> tuple[Term, ...]:
        """Return the tags of a post."""
        return _unique(self._tags[item.text] for item in fields.tags)

    def authors(self, fields: Fields) -> tuple[Term, ...]:
        """Return the authors of a post."""
        return _unique(self._authors[item.text] for item in fields.authors)

    def year(self, fields: Fields) -> Term | None:
        """Return the year of a post, in the blog's time zone."""
        year = _year_of(fields, self.settings)
        return self._years.get(year) or (Term(Taxonomy.YEAR, year, year, "") if year else None)

    def _mentioned(self, source: Source, taxonomy: Taxonomy) -> list[tuple[str, str, int]]:
        """Return the key, label and line of each tag or category that a post mentions."""
        if taxonomy is Taxonomy.TAG:
            return [(tag.text, tag.text, tag.line) for tag in source.fields.tags]
        return [
            (key := _key(mention, self.settings), mention.label or key, mention.line)
            for mention in source.fields.categories
        ]

    def _find(self, taxonomy: Taxonomy, configured: Sequence[Term]) -> dict[str, Term]:
        """Return the tag or category of every key; one without a page has no slug."""
        found = {term.key: term for term in configured}
        configured = list(found.values())
        hidden: dict[str, Term] = {}
        # The label of the last post by precedence counts.
        for source in reversed(self.sources):
            listed = may_show(source.visibility, Where.LISTING, self.settings)
            for key, label, _line in self._mentioned(source, taxonomy):
                slug = slug_of(label, self.settings.slugs) if listed else ""
                (found if listed else hidden).setdefault(key, Term(taxonomy, key, label, slug))
        slugs: dict[str, Term] = {}
        for term in in_term_order(found, configured):
            slug = free(term.slug, slugs)
            settled = Term(taxonomy, term.key, term.label, slug)
            if slug != term.slug:
                self._warn_of_slug(slugs[term.slug.casefold()], settled)
            slugs[slug.casefold()] = settled
            self.terms.pages[taxonomy].append(settled)
            self.terms.call(settled)
        return hidden | {term.key: term for term in self.terms.pages[taxonomy]}

    def _warn_of_slug(self, other: Term, term: Term) -> None:
        path, line = self._place_of(term)
        names = [
            f"'{item.label[:80]}'" + (f" ({item.key[:80]})" if item.key != item.label else "")
            for item in (other, term)
        ]
        if term.taxonomy is Taxonomy.TAG:
            subtype, same = Subtype.TAG, __("tags %s and %s have the same slug", *names)
        else:
            subtype = Subtype.CATEGORY
            same = __("categories %s and %s have the same slug", *names)
        message = __("%s; using '%s' for the second", same, term.slug)
        self.problems.append(Problem(subtype, message, path, line))

    def _place_of(self, term: Term) -> tuple[str, int]:
        """Return the file and line of the first post that mentions a term."""
        for source in self.sources:
            for key, _label, line in self._mentioned(source, term.taxonomy):
                if key == term.key:
                    return source.path, line
        return "", 0

    def _find_authors(self) -> dict[str, Term]:
        """Return the author of every name that posts mention."""
        roster, style = self.settings.roster, self.settings.slugs
        authors: dict[str, Term] = {}
        spellings: dict[str, Counter[str]] = {}
        called: dict[str, set[str]] = {}
        places: dict[str, tuple[str, int]] = {}
        people: dict[str, Person] = {}
        for ident, entry in roster.items():
            slug = slug_of(entry.slug or entry.name, style)
            called.setdefault(slug, set()).add(ident)
            # Another id of the same person need not say everything again.
            if slug not in people or people[slug].profile == Profile():
                people[slug] = entry
        by_name = {person.name: person for person in reversed([*roster.values()])}
        for source in self.sources:
            for mention in source.fields.authors:
                person = roster.get(mention.text) or by_name.get(mention.text)
                name = person.name if person else mention.text
                slug = slug_of((person.slug if person else "") or name, style)
                authors[mention.text] = Term(Taxonomy.AUTHOR, slug, name, slug)
                spellings.setdefault(slug, Counter())[name] += 1
                called.setdefault(slug, set()).update({name, mention.text})
                places.setdefault(name, (source.path, mention.line))
        found: dict[str, Term] = {}
        for slug, counted in sorted(spellings.items()):
            # The roster's spelling, else the most common, is the page's title.
            common = min(counted, key=lambda name: (-counted[name], name))
            best = people[slug].name if slug in people else common
            found[slug] = term = Term(Taxonomy.AUTHOR, slug, best, slug)
            self.terms.call(term, *sorted(called[slug]))
            if slug in people:
                self.terms.profiles[Taxonomy.AUTHOR, slug] = people[slug].profile
            for name in sorted(set(counted) - {best}):
                message = __(
                    "authors '%s' and '%s' have the same slug and share a page (use one spelling)",
                    name[:80],
                    best[:80],
                )
                other = places[best][0] if best in places else ""
                path, line = places[name]
                self.problems.append(Problem(Subtype.AUTHOR, message, path, line, other=other))
        self.terms.pages[Taxonomy.AUTHOR] += in_term_order(found)
        return authors

    def _find_years(self) -> dict[str, Term]:
        listed = (
            item
            for item in self.sources
            if may_show(item.visibility, Where.LISTING, self.settings)
        )
        years = sorted(
            {_year_of(item.fields, self.settings) for item in listed} - {""}, reverse=True
        )
        terms = [Term(Taxonomy.YEAR, year, year, year) for year in years]
        for term in terms:
            self.terms.pages[Taxonomy.YEAR].append(term)
            self.terms.call(term)
        return {term.key: term for term in terms}


def _unique(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple({term.key: term for term in terms}.values())


def _key(mention: CategoryMention, settings: Settings) -> str:
    """Return what makes a mentioned category this category."""
    if any(category.key == mention.id for category in settings.categories):
        return mention.id
    for category in settings.categories:
        # A configured category without an id is known by its label alone.
        if category.label == mention.label and (not mention.id or category.key == category.label):
            return category.key
    return mention.id or mention.label


def _year_of(fields: Fields, settings: Settings) -> str:
    """Return the four digits of a post's year, or an empty string if it is undated."""
    if fields.date is None:
        return ""
    return f"{fields.date.instant.astimezone(settings.timezone).year:04}"
