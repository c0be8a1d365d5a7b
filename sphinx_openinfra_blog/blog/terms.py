"""Find the blog's categories, authors, tags and years from what posts mention; pure.

Which of them have a page, at which slug, in which order, and by which names they are found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

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
from .visibility import Source, Where, may_show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_openinfra_blog.config import Person, Settings
    from sphinx_openinfra_blog.frontmatter import CategoryMention, Fields


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
    _named: dict[tuple[Taxonomy, str], dict[str, Term]] = field(default_factory=dict)

    def add(self, term: Term, *names: str) -> None:
        """Make a term known by its slug, key and label, and by other names."""
        for name in (term.slug, term.key, term.label, *names):
            self._named.setdefault((term.taxonomy, name.casefold()), {})[term.key] = term

    def find(self, taxonomy: Taxonomy, name: str) -> list[Term]:
        """Return the terms that *name* may mean: an id, a slug or a label.

        Case counts only if several terms differ in nothing else.
        """
        found = [*self._named.get((taxonomy, name.casefold()), {}).values()]
        return [term for term in found if name in (term.slug, term.key, term.label)] or found


class _Spelling(NamedTuple):
    """A name of an author, and where a post mentions it."""

    name: str
    path: str
    line: int


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
        self._tags = self._find(Taxonomy.TAG)
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

    def _find(self, taxonomy: Taxonomy, configured: Sequence[Term] = ()) -> dict[str, Term]:
        """Return the tag or category of every key; one without a page has no slug."""
        found = {term.key: term for term in configured}
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
            settled = replace(term, slug=slug)
            if slug != term.slug:
                self._warn_of_slug(slugs[term.slug.casefold()], settled)
            slugs[slug.casefold()] = found[term.key] = settled
            self.terms.pages[taxonomy].append(settled)
            self.terms.add(settled)
        return hidden | found

    def _warn_of_slug(self, other: Term, term: Term) -> None:
        """Warn of two terms with one slug, at the first post that mentions the second."""
        path, line = next(
            (
                (source.path, line)
                for source in self.sources
                for key, _label, line in self._mentioned(source, term.taxonomy)
                if key == term.key
            ),
            ("", 0),
        )
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

    def _find_authors(self) -> dict[str, Term]:
        """Return the author of every name that posts mention."""
        roster, style = self.settings.roster, self.settings.slugs
        people: dict[str, Person] = {}
        names: defaultdict[str, set[str]] = defaultdict(set)
        for ident, person in roster.items():
            slug = slug_of(person.slug or person.name, style)
            names[slug].add(ident)
            # Another id of the same person need not say everything again.
            if slug not in people or people[slug].profile == Profile():
                people[slug] = person
        by_name = {person.name: person for person in reversed([*roster.values()])}
        authors: dict[str, Term] = {}
        mentions: defaultdict[str, list[_Spelling]] = defaultdict(list)
        for source in self.sources:
            for written in source.fields.authors:
                known = roster.get(written.text) or by_name.get(written.text)
                name = known.name if known else written.text
                slug = slug_of((known.slug if known else "") or name, style)
                authors[written.text] = Term(Taxonomy.AUTHOR, slug, name, slug)
                names[slug] |= {name, written.text}
                mentions[slug].append(_Spelling(name, source.path, written.line))
        found: dict[str, Term] = {}
        for slug, mentioned in sorted(mentions.items()):
            # The roster's spelling, else the most common, is the page's title.
            counted = Counter(mention.name for mention in mentioned)
            common = min(counted, key=lambda name: (-counted[name], name))
            label = people[slug].name if slug in people else common
            found[slug] = Term(Taxonomy.AUTHOR, slug, label, slug)
            self.terms.add(found[slug], *sorted(names[slug]))
            if slug in people:
                self.terms.profiles[Taxonomy.AUTHOR, slug] = people[slug].profile
            self.problems += _other_spellings(label, mentioned)
        self.terms.pages[Taxonomy.AUTHOR] += in_term_order(found)
        return authors

    def _find_years(self) -> dict[str, Term]:
        """Return the years of the listed posts by their four digits."""
        years: dict[str, Term] = {}
        for source in self.sources:
            year = _year_of(source.fields, self.settings)
            if year and may_show(source.visibility, Where.LISTING, self.settings):
                years[year] = Term(Taxonomy.YEAR, year, year, year)
        self.terms.pages[Taxonomy.YEAR] += (years[year] for year in sorted(years, reverse=True))
        for term in years.values():
            self.terms.add(term)
        return years


def _other_spellings(label: str, mentions: Sequence[_Spelling]) -> Iterator[Problem]:
    """Warn of other spellings of an author's name, each at its first mention."""
    first = {mention.name: mention for mention in reversed(mentions)}
    other = first[label].path if label in first else ""
    for name in sorted(first.keys() - {label}):
        message = __(
            "authors '%s' and '%s' have the same slug and share a page (use one spelling)",
            name[:80],
            label[:80],
        )
        yield Problem(Subtype.AUTHOR, message, first[name].path, first[name].line, other=other)


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
