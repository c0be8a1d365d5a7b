"""The addresses at which another site had the posts and terms of this one; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import PathError, Taxonomy, checked, path_of, slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_openinfra_blog.config import Settings
    from sphinx_openinfra_blog.model import Post, Term

_PLACEHOLDER: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_MODIFIERS: Final[dict[str, Callable[[str], str]]] = {
    "slug": lambda text: slug_of(text, "slug"),
    "kebab": lambda text: slug_of(text, "kebab"),
    "lower": str.lower,
}


def old_paths_of_post(post: Post, settings: Settings) -> Iterator[str]:
    """Yield the paths at which a post was, by the patterns of the option.

    A pattern of which the post lacks a part, such as its date, gives none.
    """
    values = _values(post, settings)
    for pattern in settings.old_addresses:
        if _taxonomy_of(pattern) is None:
            yield from _filled(pattern, values, settings)


def old_paths_of_term(term: Term, settings: Settings) -> Iterator[str]:
    """Yield the paths at which the page of a term was."""
    for pattern in settings.old_addresses:
        if _taxonomy_of(pattern) is term.taxonomy:
            yield from _filled(pattern, {term.taxonomy.value: (term.label, term.slug)}, settings)


def _taxonomy_of(pattern: str) -> Taxonomy | None:
    """Return the taxonomy whose terms a pattern is about; ``None`` if it is about posts."""
    names = {name for name, _modifier in _PLACEHOLDER.findall(pattern)}
    of_terms = (item for item in Taxonomy if names == {item.value})
    return next(of_terms, None)


def _filled(pattern: str, values: dict[str, tuple[str, str]], settings: Settings) -> Iterator[str]:
    """Yield the path that a pattern gives.

    :param values: the name of a placeholder -> its text, and what it is without a modifier.
    """

    def fill(match: re.Match[str]) -> str:
        text, plain = values.get(match[1], ("", ""))
        return _MODIFIERS[match[2]](text) if match[2] else plain

    names = [name for name, _modifier in _PLACEHOLDER.findall(pattern)]
    if any(not values.get(name, ("", ""))[0] for name in names if name != "folder"):
        return
    try:
        path = re.sub("/+", "/", _PLACEHOLDER.sub(fill, pattern))
        yield checked(path_of(path, settings.blog, settings.root))
    except PathError:
        return  # No page can be there, so the old site had none either.


def _values(post: Post, settings: Settings) -> dict[str, tuple[str, str]]:
    stem = post.path.removeprefix(f"{settings.blog}/").rpartition(".")[0]
    folder, _, name = stem.rpartition("/")
    if name == "index" and folder:
        folder, _, name = folder.rpartition("/")
    found = {
        "file": name,
        "folder": folder,
        "slug": post.docname.rpartition("/")[2],
    }
    if post.date is not None:
        day = post.date.instant.astimezone(settings.timezone)
        found |= {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}
        found |= {"i_month": str(day.month), "i_day": str(day.day)}
    values = {key: (text, text) for key, text in found.items()}
    values["title"] = (post.title, slug_of(post.title, "slug"))
    if post.categories:
        first = post.categories[0]
        values["category"] = (first.label, first.slug or slug_of(first.label, settings.slugs))
    return values
