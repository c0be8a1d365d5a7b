"""Keys of front matter that are none, stand twice, or nearly are those of the blog; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frontmatter import clean
from .keys import KNOWN_KEYS, SEO_KEYS, nearly

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from .frontmatter import Entry, FrontMatter


def odd_keys(matter: FrontMatter) -> Iterator[tuple[str, int]]:
    """Return what is to be said of the keys of a post, and at which line."""
    for key, line in matter.odd_keys:
        if key == "?":
            yield "a key is a list or a mapping, and is left out: write one word", line
        else:
            message = f"the key '{clean(key)[:80]}' stands twice, of which the last counts"
            yield f"{message}: remove one", line
    yield from _near_misses(matter.entries, KNOWN_KEYS, "")
    seo = matter.entries.get("seo")
    if seo is not None and isinstance(seo.data, dict):
        yield from _near_misses(seo.data, SEO_KEYS, "seo.")


def _near_misses(
    entries: Mapping[str, Entry], known: Collection[str], prefix: str
) -> Iterator[tuple[str, int]]:
    for key, found in entries.items():
        if key not in known and (meant := nearly(key, entries, known)):
            message = f"unknown key '{prefix}{clean(key)}': is '{prefix}{meant}' meant?"
            yield message, found.line
