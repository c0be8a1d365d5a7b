"""The keys of the table that are in front matter, however they are spelt; pure."""

from __future__ import annotations

import difflib
import re
from datetime import UTC
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Subtype, Visibility, __, clean

from . import values
from .entries import Entry, FrontMatter
from .keys import INNER_KEYS, KEYS, KNOWN_KEYS, SHARED_KEYS

if TYPE_CHECKING:
    from .keys import Key

#: Words of their own that are nearly a key.
_NO_MISTAKES: Final = frozenset("publisher captions tagline titles hint hides url".split())
_SWITCHES: Final = frozenset(
    key.name for key in KEYS if key.decides and "." not in key.name and len(key.name) > 3
)


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


_SPELLINGS: Final = {
    _bare(name): name for name in (key.name.partition(".")[0] for key in reversed(KEYS))
}
#: Name at the top level -> the indices in the table of the rows that it begins.
_INDICES: Final = {
    name: [index for index, key in enumerate(KEYS) if key.name.partition(".")[0] == name]
    for name in KNOWN_KEYS
}


def spelling(name: str) -> str | None:
    """Return the key that a name is, case, blanks and hyphens aside; ``None`` for no key."""
    return name if name in KNOWN_KEYS else _SPELLINGS.get(_bare(name))


def hides(name: str, text: str) -> bool:
    """Tell whether a key, however it is spelt, would keep a post from the public."""
    key, said = spelling(name), values.Values("", UTC, is_dated=False)
    data = {"true": True, "false": False}.get(text.lower(), text)
    found = (
        row.kind.read(said, name, Entry(1, data, text))
        for row in KEYS
        if row.name == key and row.field == "switch"
    )
    return any(who is not None and who is not Visibility.PUBLISHED for who in found)


def with_known_keys(matter: FrontMatter, said: values.Values) -> FrontMatter:
    """Return front matter with the spellings of the table, and report what else its keys are.

    A misspelt key that would keep the post from the public withholds it.
    """
    for oddity in matter.oddities:
        said.warn(*oddity)
    entries = dict[str, Entry]()
    for name, entry in matter.entries.items():
        key = spelling(name) or name
        if key != name:
            message = __("unknown key '%s'; reading it as '%s'", clean(name)[:80], key)
            said.warn(Subtype.KEY, message, entry.line)
            if key in matter.entries:
                key = name
        entries[key] = entry
    _report_near_misses(entries, KNOWN_KEYS, "", said)
    for outer, entry in entries.items():
        if outer in INNER_KEYS and isinstance(entry.data, dict):
            _report_near_misses(entry.data, INNER_KEYS[outer], f"{outer}.", said)
    return FrontMatter(entries)


def _report_near_misses(
    entries: dict[str, Entry], known: frozenset[str], prefix: str, said: values.Values
) -> None:
    for key, entry in entries.items():
        if key in known or (not prefix and (spelling(key) or key in _NO_MISTAKES)):
            continue
        shown = f"{prefix}{clean(key)[:80]}"
        switch = difflib.get_close_matches(key.lower(), _SWITCHES, n=1, cutoff=0.8)
        if not prefix and switch and hides(switch[0], entry.text):
            message = __(
                "unknown key '%s' (did you mean '%s'?); the post has no page", shown, switch[0]
            )
            said.warn(Subtype.VISIBILITY, message, entry.line, withholds=True)
            continue
        # Nobody who writes posts for the blog means a key that is also another program's.
        near = difflib.get_close_matches(key, known - SHARED_KEYS, n=1, cutoff=0.8)
        # More letters than one make another word: "featuredpost" does not mean "featured".
        if near and near[0] not in entries and abs(len(near[0]) - len(key)) < 2:
            message = __("unknown key '%s'; did you mean '%s'?", shown, f"{prefix}{near[0]}")
            said.warn(Subtype.KEY, message, entry.line)


def written_rows(matter: FrontMatter) -> list[tuple[Key, Entry]]:
    """Return the rows of the table that front matter has a value for, in the table's order.

    The table is long, front matter short, and posts are many: the rows are found by its names.
    """
    indices = sorted(index for name in matter.entries for index in _INDICES.get(name, ()))
    rows = ((KEYS[index], matter.find(KEYS[index].name)) for index in indices)
    return [(key, entry) for key, entry in rows if entry is not None]
