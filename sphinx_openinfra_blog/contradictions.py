"""Categories, authors and hosts that posts name and the options do not; pure.

Each is named once, where the first post mentions it: an adopter who forgot one in conf.py would
else be told so by every post.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from .diagnostics import Problem, Subtype
from .permalinks import host_of
from .slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from .fields import CategoryMention
    from .model import Term
    from .rules import Rules, Source

_Thing = TypeVar("_Thing", bound="Hashable")


@dataclass(slots=True)
class _Place:
    """Where a thing is mentioned first, and by which posts."""

    path: str
    line: int
    posts: set[str] = field(default_factory=set)

    def problem(self, subtype: Subtype, message: str) -> Problem:
        if len(self.posts) > 1:
            message += f" (so in {len(self.posts)} posts)"
        return Problem(subtype, message, self.path, self.line)


def contradictions(
    sources: Sequence[Source], rules: Rules, category_of: Callable[[CategoryMention], Term]
) -> Iterator[Problem]:
    """Return what is to be said of the posts that have a page.

    :param sources: by precedence.
    :param category_of: returns what a post's words stand for.
    """
    if rules.categories:
        yield from _unknown_categories(sources, rules, category_of)
    yield from _other_labels(sources, rules, category_of)
    if rules.roster:
        yield from _unknown_authors(sources, rules)
    if rules.hosts:
        yield from _unknown_hosts(sources, rules)


def _unknown_categories(
    sources: Iterable[Source], rules: Rules, category_of: Callable[[CategoryMention], Term]
) -> Iterator[Problem]:
    ids = {category.label: category.key for category in rules.categories}
    known = set(ids.values())
    places = _places(
        (source.path, category, mention.line)
        for source in sources
        for mention in source.fields.categories
        if (category := category_of(mention)).key not in known
    )
    for category, place in places.items():
        key = f" ({category.key[:80]})" if category.key != category.label else ""
        if category.label in ids:
            hint = f", where '{category.label}' has the id '{ids[category.label]}'"
        else:
            hint = _meant(category.label, ids)
        message = f"the category '{category.label[:80]}'{key} is not in openinfra_blog_categories"
        yield place.problem(Subtype.UNKNOWN_CATEGORY, message + hint)


def _other_labels(
    sources: Iterable[Source], rules: Rules, category_of: Callable[[CategoryMention], Term]
) -> Iterator[Problem]:
    configured = {category.key for category in rules.categories}
    places = _places(
        (source.path, (category, mention.label), mention.label_line)
        for source in sources
        for mention in source.fields.categories
        if (category := category_of(mention)).label != mention.label
        if mention.label and mention.id
    )
    for (category, label), place in places.items():
        by = "in openinfra_blog_categories" if category.key in configured else "by another post"
        message = (
            f"the category '{category.key[:80]}' is called '{category.label[:80]}' {by}, "
            f"which is shown instead of '{label[:80]}'"
        )
        yield place.problem(Subtype.CATEGORY, message)


def _unknown_authors(sources: Iterable[Source], rules: Rules) -> Iterator[Problem]:
    names = {name for ident, person in rules.roster.items() for name in (ident, person.name)}
    slugs = {slug_of(person.slug or person.name, rules.slugs) for person in rules.roster.values()}
    places = _places(
        (source.path, author.text, author.line)
        for source in sources
        for author in source.fields.authors
        if author.text not in names and slug_of(author.text, rules.slugs) not in slugs
    )
    for name, place in places.items():
        message = f"the author '{name[:80]}' is not in openinfra_blog_authors"
        yield place.problem(Subtype.UNKNOWN_AUTHOR, message + _meant(name, names))


def _unknown_hosts(sources: Iterable[Source], rules: Rules) -> Iterator[Problem]:
    places = _places(
        (source.path, host, address.line)
        for source in sources
        if (address := source.fields.source_url) is not None
        if (host := host_of(address.text)) and host not in rules.hosts
    )
    for host, place in places.items():
        message = f"the host '{host[:80]}' is neither in openinfra_blog_hosts nor in html_baseurl"
        yield place.problem(Subtype.HOST, message + _meant(host, rules.hosts))


def _places(mentions: Iterable[tuple[str, _Thing, int]]) -> dict[_Thing, _Place]:
    places: dict[_Thing, _Place] = {}
    for path, thing, line in mentions:
        places.setdefault(thing, _Place(path, line)).posts.add(path)
    return places


def _meant(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    return f": is '{near[0]}' meant?" if near else ""
