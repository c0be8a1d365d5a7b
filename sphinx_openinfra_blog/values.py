"""Typed access to front matter: each value read as what it should be, or warned of; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from .dates import is_timestamp, read_moment
from .diagnostics import Problem, Subtype
from .frontmatter import Entry, FrontMatter, clean

if TYPE_CHECKING:
    from datetime import tzinfo

    from .diagnostics import Message
    from .model import Moment

#: Each author, tag and category has pages and feeds, each alias a page: one post could ask for
#: thousands of them.
MAX_ITEMS: Final = 100

_Item = TypeVar("_Item")
_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Located:
    """A text and the 1-based line it stands on."""

    text: str
    line: int


class Values:
    """The values of one file's front matter.

    :ivar problems: what was wrong with those that were asked for.
    """

    def __init__(self, matter: FrontMatter, path: str, timezone: tzinfo) -> None:
        """Remember what to read.

        :param path: the file, for problems.
        :param timezone: the zone of dates that name none.
        """
        self.matter = matter
        self.path = path
        self.timezone = timezone
        self.problems: list[Problem] = []

    def warn(
        self, subtype: Subtype, message: Message, line: int, *, withholds: bool = False
    ) -> None:
        """Note a problem of the file.

        :param withholds: the file has no page because of it.
        """
        self.problems.append(Problem(subtype, message, self.path, line, withholds))

    def entry(self, *keys: str) -> Entry | None:
        """Return the first of *keys* that has a value; null is absent."""
        for key in keys:
            found = self.matter.entries.get(key)
            if found is not None and found.data is not None:
                return found
        return None

    def mapping(self, key: str) -> dict[str, Entry]:
        """Return the keys and values below a key; none if it is absent or something else."""
        found = self.entry(key)
        if found is None:
            return {}
        if not isinstance(found.data, dict):
            self.warn(Subtype.VALUE, f"'{key}' must hold keys and values", found.line)
            return {}
        return found.data

    def text(self, key: str, found: Entry | None = None) -> Located | None:
        """Return a scalar as text, as it was written; ``None`` if absent or empty."""
        if (found := found or self.entry(key)) is None or found.data is None:
            return None
        if isinstance(found.data, list | dict):
            self.warn(Subtype.VALUE, f"'{key}' must be one text", found.line)
            return None
        text = clean(found.text)
        return Located(text, found.line) if text else None

    def texts(self, *keys: str, found: Entry | None = None) -> list[Located]:
        """Return a list of texts; one text is a list of one."""
        if (found := found or self.entry(*keys)) is None:
            return []
        texts: dict[str, Located] = {}
        for item in self.items(keys[0], found):
            if located := self.text(keys[0], item):
                texts.setdefault(located.text, located)
        return list(texts.values())

    def items(self, key: str, found: Entry) -> list[Entry]:
        """Return the items of a list; one value is a list of one."""
        return self.first(key, found.data if isinstance(found.data, list) else [found], found.line)

    def first(self, key: str, items: list[_Item], line: int) -> list[_Item]:
        """Return as many of a key's values as a post may have."""
        if len(items) > MAX_ITEMS:
            message = f"'{key}' holds {len(items)} values, of which the first {MAX_ITEMS} count"
            self.warn(Subtype.VALUE, message, line)
        return items[:MAX_ITEMS]

    def moment(self, key: str, found: Entry, *, hides: bool = False) -> Moment | None:
        """Return a point in time, or ``None`` if it cannot be read.

        :param hides: the post has no page if it cannot be read.
        """
        moment = None if isinstance(found.data, bool) else read_moment(found.text, self.timezone)
        if moment is None:
            shown = clean(found.text) or type(found.data).__name__
            what = "does not exist" if is_timestamp(found.text) else "is no date"
            self.warn(
                Subtype.DATE,
                f"'{key}' {what}: {shown[:80]!r} (write 2026-11-22 or 2026-11-22T09:30:00Z)",
                found.line,
                withholds=hides,
            )
        return moment

    def flag(self, key: str, *, hides: bool = True) -> bool | None:
        """Return a truth value, or ``None`` if it cannot be read.

        :param hides: the post has no page if it cannot be read.
        """
        if (found := self.entry(key)) is None:
            return False
        if isinstance(found.data, bool):
            return found.data
        if (meant := _WORDS.get(clean(found.text).lower())) is not None:
            self.warn(Subtype.VALUE, f"'{key}' must be true or false, without quotes", found.line)
            return meant
        subtype = Subtype.VISIBILITY if hides else Subtype.VALUE
        so = "the post has no page" if hides else "it does not count"
        message = f"'{key}' is neither true nor false, so {so}"
        self.warn(subtype, message, found.line, withholds=hides)
        return None

    def located(self, entries: dict[str, Entry], *keys: str) -> Located | None:
        """Return the first of several texts in a mapping that is there."""
        for key in keys:
            if (found := entries.get(key)) is not None and (located := self.text(key, found)):
                return located
        return None

    def part(self, entries: dict[str, Entry], *keys: str) -> str:
        """Return the same without its line, or an empty string."""
        found = self.located(entries, *keys)
        return found.text if found else ""
