"""The values of front matter with their lines, and the bounds that they must keep; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sphinx_openinfra_blog.model import Subtype, __, clean

if TYPE_CHECKING:
    from sphinx_openinfra_blog.model import Message

Data: TypeAlias = "bool | int | float | str | list[Entry] | dict[str, Entry] | None"

#: More characters than that in a front matter block are an attack or an accident.
MAX_CHARACTERS: Final = 128 * 1024
#: More keys and values than that, aliases followed, are one too ("billion laughs"); so are more
#: characters in them.
MAX_VALUES: Final = 10_000
MAX_DEPTH: Final = 32
#: Longer numbers stay text: Python refuses to write out some of them, and takes long for others.
MAX_DIGITS: Final = 64
TOO_MUCH: Final = __("too many or too deeply nested values")
NO_MAPPING: Final = __(
    "front matter is not a mapping of keys to values (write lines such as 'title: A post')"
)


class FrontMatterError(Exception):
    """A front matter block that cannot be read.

    :ivar message: why.
    :ivar line: the 1-based line in the file.
    """

    def __init__(self, message: Message, line: int) -> None:
        """Remember where the error is."""
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the front matter.

    :ivar line: the 1-based line of its key in the file.
    :ivar data: what the format makes of it; dates stay text.
    :ivar text: a scalar as it was written, without quotes; else empty.
    """

    line: int
    data: Data
    text: str = ""

    def plain(self) -> object:
        """Return the value without line numbers."""
        if isinstance(self.data, dict):
            return {key: entry.plain() for key, entry in self.data.items()}
        if isinstance(self.data, list):
            return [entry.plain() for entry in self.data]
        return self.data


class Oddity(NamedTuple):
    """What is wrong with front matter that can be read all the same.

    :ivar line: the 1-based line in the file.
    """

    subtype: Subtype
    message: Message
    line: int


def duplicate_key(key: str, line: int) -> Oddity:
    """Return what there is to say about the second of two equal keys."""
    message = __("duplicate key '%s'; using the last value", clean(key)[:80])
    return Oddity(Subtype.KEY, message, line)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of one file.

    :ivar entries: key -> value.
    :ivar oddities: what is wrong besides, with the line of each.
    """

    entries: dict[str, Entry]
    oddities: list[Oddity] = field(default_factory=list)

    def find(self, name: str, *, null: bool = False) -> Entry | None:
        """Return the value of a key; ``seo.url`` is ``url`` in the mapping ``seo``.

        :param null: null is a value too.
        """
        outer, _, inner = name.partition(".")
        found = self.entries.get(outer)
        if inner and found is not None:
            found = found.data.get(inner) if isinstance(found.data, dict) else None
        return found if found is None or null or found.data is not None else None


class Bounds:
    """Counts keys, values and characters, as often as aliases repeat them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._values = 0
        self._characters = 0

    def count(self, text: str, line: int, depth: int = 0) -> None:
        """Count a key or a value.

        :raises FrontMatterError: if it is too much.
        """
        self._values += 1
        self._characters += len(text)
        if self._values > MAX_VALUES or self._characters > MAX_CHARACTERS or depth > MAX_DEPTH:
            raise FrontMatterError(TOO_MUCH, line)
