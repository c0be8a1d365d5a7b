"""Propose what would answer lost URLs: patterns of old addresses, and aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Taxonomy, slug_of

from .addresses import UrlError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .built_site import BuiltSite

_SUFFIX: Final = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)
_DATE: Final = re.compile(r"/((?:19|20)\d\d)/(\d\d?)(?:/(\d\d?))?(?=/)")
#: What other programs call a taxonomy in paths.
_NAMES: Final = {name: item for item in Taxonomy for name in (item.value, item.plural)}
#: The fewest posts of which a pattern tells a rule.
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would answer lost URLs.

    :ivar text: an option, or a key of a post's front matter.
    :ivar where: the page whose post needs the key; empty for the option.
    :ivar answers: the number of lost URLs.
    """

    text: str
    where: str
    answers: int


def proposals(site: BuiltSite, lost: Iterable[str]) -> tuple[Proposal, ...]:
    """Return proposals for lost URLs.

    :param lost: as written.
    """
    pages = _Pages(site)
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for url in lost:
        try:
            path = site.below(site.place(url))
        except UrlError:
            continue
        if path and "{" not in path and (match := pages.match(f"/{path}")):
            found[match[0]].append((f"/{path}", match[1]))
    rules = {
        pattern: items
        for pattern, items in found.items()
        if pattern and (len(items) >= _FEWEST or _is_of_terms(pattern))
    }
    proposed = []
    if rules:
        count = sum(map(len, rules.values()))
        proposed.append(Proposal(f"openinfra_blog_old_addresses = {sorted(rules)}", "", count))
    alone = sorted(
        item for pattern, items in found.items() if pattern not in rules for item in items
    )
    proposed += [Proposal(f"aliases: {path}", page, 1) for path, page in alone]
    return tuple(proposed)


def _is_of_terms(pattern: str) -> bool:
    return any(
        f"{{{item.value}" in pattern for item in (Taxonomy.CATEGORY, Taxonomy.AUTHOR, Taxonomy.TAG)
    )


class _Pages:
    """The pages of a built site that are no redirects."""

    def __init__(self, site: BuiltSite) -> None:
        self._found: defaultdict[str, list[tuple[Taxonomy | None, str, str]]] = defaultdict(list)
        for file in site.files:
            if file.startswith(("_", ".")) or not _SUFFIX.search(file) or site.head(file).refresh:
                continue
            url = site.url_of(file)
            *above, last = _SUFFIX.sub("", url).strip("/").split("/")
            kind = _NAMES.get(above[-1]) if above else None
            self._found[_key(last)].append((kind, last, url))

    def match(self, path: str) -> tuple[str, str] | None:
        """Return the pattern that a path follows, perhaps none, and the page that it means."""
        *above, last = path.strip("/").split("/")
        suffix = _SUFFIX.search(last)
        name = _SUFFIX.sub("", last)
        kinds = [_NAMES[part] for part in above if part in _NAMES]
        pages = self._found.get(_key(name), [])
        chosen = [page for page in pages if page[0] in kinds] or [
            page for page in pages if page[0] is None
        ]
        if len(chosen) != 1:
            return None
        kind, own, url = chosen[0]
        old, new = (_SUFFIX.sub("", item).strip("/") for item in (path, url))
        if old != new and old.casefold() == new.casefold():
            return None  # No other page can be there.
        word = _word(kind, own, name)
        if not word:
            return "", url
        folder = "".join(f"/{part}" for part in above)
        end = (suffix[0] if suffix else "") + ("/" if path.endswith("/") else "")
        if kind is None:
            folder = _DATE.sub(_dated, folder + "/").rstrip("/")
        return f"{folder}/{word}{end}", url


def _word(kind: Taxonomy | None, own: str, name: str) -> str:
    """Return the placeholder for the last part of a path, or an empty string."""
    word = kind.value if kind else "slug"
    if own == name:
        return f"{{{word}}}"
    if kind or slug_of(own, "kebab") == name:
        return f"{{{word}:kebab}}"
    return ""


def _dated(match: re.Match[str]) -> str:
    month = "{month}" if len(match[2]) == 2 else "{i_month}"
    if match[3] is None:
        return f"/{{year}}/{month}"
    return f"/{{year}}/{month}/{'{day}' if len(match[3]) == 2 else '{i_day}'}"


def _key(name: str) -> str:
    """Return what names of pages are compared by."""
    return re.sub(r"[\W_]+", "", name).casefold()
