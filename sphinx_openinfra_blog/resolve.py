"""What the posts say of themselves -> posts with paths, slugs and terms settled; pure.

Everything that one post's front matter decides about another's is decided here:
rival addresses, categories that share a slug, two spellings of one author.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .archive import has_page, in_category_order, is_listed, newest_first
from .claims import Claims
from .diagnostics import Problem, Subtype
from .frontmatter import clean
from .model import Author, Category, Post
from .permalinks import free, slug_of
from .rules import precedence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .fields import CategoryMention
    from .rules import Rules, Source


@dataclass(slots=True)
class Resolved:
    """The blog, as far as front matter and options decide it.

    :ivar posts: the posts that have a page, newest first.
    :ivar categories: the categories that have a page, in the archive's order.
    :ivar authors: author's slug -> name, for every author page.
    """

    posts: list[Post] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    authors: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def resolve(sources: Iterable[Source], rules: Rules, taken: Iterable[str]) -> Resolved:
    """Settle everything that posts decide about one another.

    :param taken: the docnames below the blog's folder that belong to ordinary pages.
    """
    shown = sorted(
        (item for item in sources if has_page(item.visibility, preview=rules.preview)),
        key=precedence,
    )
    resolved = Resolved()
    categories = _categories(shown, rules, resolved)
    authors = _authors(shown, rules, resolved)
    claims = Claims(rules, taken, resolved.problems)
    posts = []
    for source in shown:
        address = claims.assign(source)
        fields = source.fields
        posts.append(
            Post(
                docname=address.docname,
                path=source.path,
                title=fields.title.text if fields.title else _title_from(source, resolved),
                title_line=fields.title.line if fields.title else 1,
                date=fields.date,
                updated=fields.updated,
                authors=tuple(authors[item.text] for item in fields.authors),
                categories=_unique(categories[_key(item, rules)] for item in fields.categories),
                tags=tuple(fields.tags),
                visibility=source.visibility,
                address=fields.address.text if fields.address else "",
                published=address.published,
                aliases=((address.alias, address.line),) if address.alias else (),
                kept=fields.kept,
            )
        )
    resolved.posts = newest_first(posts)
    return resolved


def _unique(categories: Iterable[Category]) -> tuple[Category, ...]:
    return tuple({category.key: category for category in categories}.values())


def _title_from(source: Source, resolved: Resolved) -> str:
    message = "the post has no title, so its file name is shown"
    resolved.problems.append(Problem(Subtype.TITLE, message, source.path, 1))
    return clean(source.stem.rpartition("/")[2].replace("-", " ").replace("_", " ")) or "Untitled"


def _key(mention: CategoryMention, rules: Rules) -> str:
    """Return what makes a mentioned category this category."""
    if any(category.key == mention.id for category in rules.categories):
        return mention.id
    for category in rules.categories:
        # A configured category without an id is known by its label alone.
        if category.label == mention.label and (not mention.id or category.key == category.label):
            return category.key
    return mention.id or mention.label


def _categories(sources: list[Source], rules: Rules, resolved: Resolved) -> dict[str, Category]:
    """Return the category of every key; one without a page has no slug."""
    found = {category.key: category for category in rules.categories}
    hidden: dict[str, Category] = {}
    for source in sorted(sources, key=precedence, reverse=True):
        for mention in source.fields.categories:
            key = _key(mention, rules)
            label = mention.label or key
            if is_listed(source.visibility, preview=rules.preview):
                found.setdefault(key, Category(key, label, slug_of(label, rules.slugs)))
            else:
                hidden.setdefault(key, Category(key, label, ""))
    slugs: dict[str, Category] = {}
    for category in in_category_order(found, rules.categories):
        slug = free(category.slug, slugs)
        if slug != category.slug:
            other = slugs[category.slug.casefold()]
            message = (
                f"the categories '{other.label}' ({other.key}) and '{category.label}' "
                f"({category.key}) have one slug; the latter's page is '{slug}'"
            )
            path, line = _mentioned(category.key, sources, rules)
            resolved.problems.append(Problem(Subtype.CATEGORY, message, path, line))
        settled = Category(category.key, category.label, slug)
        slugs[slug.casefold()] = settled
        resolved.categories.append(settled)
    return hidden | {category.key: category for category in resolved.categories}


def _mentioned(key: str, sources: list[Source], rules: Rules) -> tuple[str, int]:
    for source in sources:
        if any(_key(mention, rules) == key for mention in source.fields.categories):
            return source.path, source.fields.category_line
    return "", 0


def _authors(sources: list[Source], rules: Rules, resolved: Resolved) -> dict[str, Author]:
    """Return the author of every name that posts mention, and note the pages' names."""
    authors: dict[str, Author] = {}
    spellings: dict[str, Counter[str]] = {}
    places: dict[str, tuple[str, int]] = {}
    for source in sources:
        for mention in source.fields.authors:
            name = rules.roster.get(mention.text, mention.text)
            author = Author(name, slug_of(name, rules.slugs))
            authors[mention.text] = author
            spellings.setdefault(author.slug, Counter())[name] += 1
            places.setdefault(name, (source.path, mention.line))
    names = set(rules.roster.values())
    for slug, counted in sorted(spellings.items()):
        # The roster's spelling, else the most common, is the page's title.
        best = min(counted, key=lambda name: (name not in names, -counted[name], name))
        resolved.authors[slug] = best
        for name in sorted(set(counted) - {best}):
            message = f"the author '{name}' shares a page with '{best}': write one of them"
            resolved.problems.append(Problem(Subtype.AUTHOR, message, *places[name]))
    return authors
