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
    fold,
    free,
    slug_of,
)

from .order import in_term_order
from .visibility import Source, Where, may_show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    """A name of a term, and where a post mentions it first."""

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
        self._by_label = {fold(term.label): term.key for term in settings.categories}
        self._by_id = {term.key: term.key for term in settings.categories}
        # What posts call a category that others name by its id alone.
        self._labels = {
            mention.id: mention.label
            for source in reversed(sources)
            for mention in source.fields.categories
            if mention.id and mention.label
        }
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
        return self._categories[self._identity(mention)]

    def _identity(self, mention: CategoryMention) -> str:
        """Return what makes a mentioned category this category.

        It is the configured one of that label, as on the old sites, else the one of that id,
        else a new one of that label.
        """
        label = mention.label or self._labels.get(mention.id, "")
        return (
            self._by_label.get(fold(label))
            or self._by_id.get(mention.id)
            or self._by_id.get(label)
            or fold(label or mention.id)
        )

    def tags(self, fields: Fields) -> tuple[Term, ...]:
        """Return the tags of a post."""
        return _unique(self._tags[fold(item.text)] for item in fields.tags)

    def authors(self, fields: Fields) -> tuple[Term, ...]:
        """Return the authors of a post."""
        return _unique(self._authors[item.text] for item in fields.authors)

    def year(self, fields: Fields) -> Term | None:
        """Return the year of a post, in the blog's time zone."""
        year = _year_of(fields, self.settings)
        return self._years.get(year) or (Term(Taxonomy.YEAR, year, year, "") if year else None)

    def _mentioned(self, source: Source, taxonomy: Taxonomy) -> list[tuple[str, str, int]]:
        """Return the identity, label and line of each tag or category that a post mentions."""
        if taxonomy is Taxonomy.TAG:
            return [(fold(tag.text), tag.text, tag.line) for tag in source.fields.tags]
        return [
            (
                self._identity(mention),
                mention.label or self._labels.get(mention.id, mention.id),
                mention.line,
            )
            for mention in source.fields.categories
        ]

    def _find(self, taxonomy: Taxonomy, configured: Sequence[Term] = ()) -> dict[str, Term]:
        """Return the tag or category of every identity; one without a page has no slug."""
        found = {term.key: term for term in configured}
        spellings: defaultdict[str, dict[str, _Spelling]] = defaultdict(dict)
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        hidden: dict[str, Term] = {}
        for source in self.sources:
            listed = may_show(source.visibility, Where.LISTING, self.settings)
            for identity, label, line in self._mentioned(source, taxonomy):
                if listed:
                    counted[identity][label] += 1
                    spelling = _Spelling(label, source.path, line)
                    spellings[identity].setdefault(label, spelling)
                else:
                    hidden.setdefault(identity, Term(taxonomy, label, label, ""))
        for identity, labels in counted.items():
            if identity not in found:
                # Of several that are as common, the one of the earliest post.
                ((label, _count),) = labels.most_common(1)
                slug = slug_of(label, self.settings.slugs)
                found[identity] = Term(taxonomy, label, label, slug)
                self.problems += _variants(found[identity], spellings[identity])
        slugs: dict[str, Term] = {}
        for term in in_term_order(found, configured):
            slug = free(term.slug, slugs)
            settled = replace(term, slug=slug)
            if slug != term.slug:
                self._warn_of_slug(slugs[term.slug.casefold()], settled)
            identity = term.key if term.key in self._by_id else fold(term.key)
            slugs[slug.casefold()] = found[identity] = settled
            self.terms.pages[taxonomy].append(settled)
            self.terms.add(settled, *self._ids_of(identity, taxonomy))
        return hidden | found

    def _ids_of(self, identity: str, taxonomy: Taxonomy) -> list[str]:
        """Return the ids by which posts name a category of their own."""
        if taxonomy is not Taxonomy.CATEGORY or identity in self._by_id:
            return []
        return sorted(ident for ident, label in self._labels.items() if fold(label) == identity)

    def _warn_of_slug(self, other: Term, term: Term) -> None:
        """Warn of two terms with one slug, at the first post that mentions the second."""
        path, line = next(
            (
                (source.path, line)
                for source in self.sources
                for _identity, label, line in self._mentioned(source, term.taxonomy)
                if label == term.label
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
        urls: dict[str, str] = {}
        mentions: defaultdict[str, list[_Spelling]] = defaultdict(list)
        for source in self.sources:
            for written in source.fields.authors:
                known = roster.get(written.text) or by_name.get(written.text)
                name = known.name if known else written.text
                slug = slug_of((known.slug if known else "") or name, style)
                authors[written.text] = Term(Taxonomy.AUTHOR, slug, name, slug)
                names[slug] |= {name, written.text}
                mentions[slug].append(_Spelling(name, source.path, written.line))
                if written.url and slug not in people and not known:
                    urls.setdefault(slug, written.url)
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
            elif slug in urls:
                profile = Profile(links=(("Website", urls[slug]),))
                self.terms.profiles[Taxonomy.AUTHOR, slug] = profile
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


def _variants(term: Term, spellings: Mapping[str, _Spelling]) -> Iterator[Problem]:
    """Warn of other spellings of a tag or category, each at its first mention."""
    is_tag = term.taxonomy is Taxonomy.TAG
    subtype = Subtype.TAG if is_tag else Subtype.CATEGORY
    for label in sorted(spellings.keys() - {term.label}):
        names = label[:80], term.label[:80]
        message = (
            __("tags '%s' and '%s' are one tag (use one spelling)", *names)
            if is_tag
            else __("categories '%s' and '%s' are one category (use one spelling)", *names)
        )
        other = spellings[term.label].path
        yield Problem(subtype, message, spellings[label].path, spellings[label].line, other=other)


def _year_of(fields: Fields, settings: Settings) -> str:
    """Return the four digits of a post's year, or an empty string if it is undated."""
    if fields.date is None:
        return ""
    return f"{fields.date.instant.astimezone(settings.timezone).year:04}"
