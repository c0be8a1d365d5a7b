"""Read front matter with the line of every key; pure, and safe on hostile input."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml

from sphinx_openinfra_blog.model import __, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_openinfra_blog.model import Message

#: libyaml's where PyYAML was built with it.
SafeLoader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Data: TypeAlias = "bool | int | float | str | list[Entry] | dict[str, Entry] | None"

#: More characters than that in a front matter block are an attack or an accident.
MAX_CHARACTERS: Final = 128 * 1024
#: More keys and values than that, aliases followed, are one too ("billion laughs"); so are more
#: characters in them.
MAX_VALUES: Final = 10_000
MAX_DEPTH: Final = 32
#: Longer numbers stay text: Python refuses to write out some of them, and takes long for others.
MAX_DIGITS: Final = 64
_TOO_MUCH: Final = __("too many or too deeply nested values in front matter")
_DELIMITER: Final = re.compile(r"^-{3,}\s*$", re.MULTILINE)

_TAG = "tag:yaml.org,2002:"
_KINDS = frozenset("null bool int float str timestamp binary map seq merge value".split())
# The first line of a block that was meant as front matter, though it never ends.
_KEY_LINE = re.compile(r"[A-Za-z_][\w-]*:(\s|$)")
# Line ends to YAML 1.1 only: editors do not count them, nor does YAML 1.2 (5.4).
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")


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
    :ivar data: what YAML makes of it; dates stay text.
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


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of one file.

    :ivar entries: key -> value.
    :ivar odd_keys: keys that were left out or are duplicate, with their lines.
    """

    entries: dict[str, Entry]
    odd_keys: list[tuple[str, int]] = field(default_factory=list)

    def find(self, name: str, *, null: bool = False) -> Entry | None:
        """Return the value of a key; ``seo.url`` is ``url`` in the mapping ``seo``.

        :param null: null is a value too.
        """
        outer, _, inner = name.partition(".")
        found = self.entries.get(outer)
        if inner and found is not None:
            found = found.data.get(inner) if isinstance(found.data, dict) else None
        return found if found is None or null or found.data is not None else None


def split(text: str) -> tuple[int, str]:
    """Split a file into its front matter and its body.

    :returns: the number of lines of the block, delimiters included, and the text after it; 0 and
        *text* if it has no front matter.
    """
    if (span := _span(text)) is None:
        return 0, text
    # The closing delimiter's match takes in the blank lines after it: count up to the dashes.
    height = text.count("\n", 0, span[1]) + 1
    return height, "".join(text.split("\n", height)[height:])


def _span(text: str) -> tuple[int, int] | None:
    """Return where the YAML of the front matter begins and ends."""
    if not (opening := _DELIMITER.match(text)):
        return None
    closing = _DELIMITER.search(text, opening.end(), opening.end() + MAX_CHARACTERS)
    return (opening.end(), closing.start()) if closing else None


def read(text: str) -> FrontMatter | None:
    r"""Read the front matter at the beginning of *text*.

    :param text: a whole file, decoded, with ``\n`` line ends.
    :returns: ``None`` if the file has no front matter.
    :raises FrontMatterError: if it has some that cannot be read.
    """
    if not _DELIMITER.match(text):
        return None
    if (span := _span(text)) is None:
        if len(text) > MAX_CHARACTERS and _DELIMITER.search(text, MAX_CHARACTERS):
            raise FrontMatterError(
                __("front matter is longer than %s characters", MAX_CHARACTERS), 1
            )
        lines = text.split("\n", 2)
        if len(lines) > 1 and _KEY_LINE.match(lines[1]):
            raise FrontMatterError(__("front matter is not closed (missing line '---')"), 1)
        return None
    begin, end = span
    first = text.count("\n", 0, begin)
    try:
        root = _compose(text[begin:end].translate(_NO_LINE_ENDS))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column + 1) if mark is not None else (0, 1)
        reason = ", ".join(part for part in (error.context, error.problem) if part)
        message = __(
            "invalid YAML in front matter: %s, column %s (quote texts with a colon or a quote)",
            reason,
            column,
        )
        raise FrontMatterError(message, first + 1 + line) from error
    except (yaml.YAMLError, ValueError) as error:
        # What cannot even be read as characters has a position, not a mark.
        line = text.count("\n", 0, begin + int(getattr(error, "position", 0) or 0)) + 1
        reason = str(error).split("\n", 1)[0]
        raise FrontMatterError(__("invalid YAML in front matter: %s", reason), line) from error
    if root is None:
        return FrontMatter({})
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError(__("front matter is not a mapping of keys to values"), 2)
    reader = _Reader(first + 1)
    entry = reader.entry(root, first + 1, 0)
    assert isinstance(entry.data, dict)
    return FrontMatter(entry.data, reader.odd_keys)


def _compose(block: str) -> yaml.Node | None:
    """Return the root node of YAML, unless its nesting would exhaust the composer's stack."""
    depth = 0
    for event in yaml.parse(block, Loader=SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            line = event.start_mark.line if event.start_mark is not None else 0
            raise FrontMatterError(_TOO_MUCH, line + 1)
    root: yaml.Node | None = yaml.compose(block, Loader=SafeLoader)
    return root


class _Reader:
    """Turns composed YAML nodes into entries, within bounds."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.values = 0
        self.characters = 0
        self.odd_keys: list[tuple[str, int]] = []

    def entry(self, node: yaml.Node, line: int, depth: int) -> Entry:
        self._count(node, line)
        if depth > MAX_DEPTH:
            raise FrontMatterError(_TOO_MUCH, line)
        if node.tag.removeprefix(_TAG) not in _KINDS:
            # A tag can hold anything behind percent signs (YAML 1.1, 5.6.3).
            kind = clean(node.tag)[:80]
            raise FrontMatterError(__("unsupported YAML tag '%s' in front matter", kind), line)
        if isinstance(node, yaml.MappingNode):
            return Entry(line, dict(self._pairs(node, line, depth)))
        if isinstance(node, yaml.SequenceNode):
            items = [self.entry(item, self._line(item, line), depth + 1) for item in node.value]
            return Entry(line, items)
        assert isinstance(node, yaml.ScalarNode)
        return Entry(line, _scalar(node), str(node.value))

    def _count(self, node: yaml.Node, line: int) -> None:
        """Count a key or value as often as aliases repeat it, and so its characters."""
        self.values += 1
        if isinstance(node, yaml.ScalarNode):
            self.characters += len(node.value)
        if self.values > MAX_VALUES or self.characters > MAX_CHARACTERS:
            raise FrontMatterError(_TOO_MUCH, line)

    def _line(self, node: yaml.Node, around: int) -> int:
        """Return the line of a node, or of what contains the alias for it.

        The mark of an aliased node is that of its anchor, which is above.

        :param around: the line of what contains it.
        """
        return max(around, self.first + int(node.start_mark.line))

    def _pairs(
        self, node: yaml.MappingNode, around: int, depth: int
    ) -> Iterator[tuple[str, Entry]]:
        seen: set[str] = set()
        for key, value in node.value:
            line = self._line(key, around)
            if not isinstance(key, yaml.ScalarNode):
                self.odd_keys.append(("?", line))
                continue
            self._count(key, line)
            if key.value in seen:
                self.odd_keys.append((key.value, line))
            seen.add(key.value)
            yield key.value, self.entry(value, line, depth + 1)


def _scalar(node: yaml.ScalarNode) -> Data:
    """Return what YAML 1.1 makes of a scalar; dates, and what it cannot make, stay text."""
    kind = node.tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind in {"bool", "int", "float"} and len(node.value) <= MAX_DIGITS:
        try:
            value = yaml.constructor.SafeConstructor().construct_object(node)
        except (ValueError, LookupError, yaml.YAMLError):
            return str(node.value)
        if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
            return value
    return str(node.value)
