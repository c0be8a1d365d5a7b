"""Text -> front matter, with the line of every key; pure, and safe on hostile input."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml
from frontmatter.default_handlers import SafeLoader, YAMLHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

Data: TypeAlias = "bool | int | float | str | list[Entry] | dict[str, Entry] | None"

#: More characters than that in a front matter block are an attack or an accident.
MAX_CHARACTERS: Final = 128 * 1024
#: More keys and values than that, aliases followed, are one too ("billion laughs"); so are more
#: characters in them.
MAX_VALUES: Final = 10_000
MAX_DEPTH: Final = 32
#: Longer numbers stay text: Python refuses to write out some of them, and takes long for others.
MAX_DIGITS: Final = 64
#: So few characters cannot nest deep enough to do harm.
_SURELY_SHALLOW: Final = 4096
_TOO_MUCH: Final = "the front matter holds too many or too deep values"

_TAG = "tag:yaml.org,2002:"
_KINDS = frozenset("null bool int float str timestamp binary map seq merge value".split())
# The first line of a block that was meant as front matter, though it never ends.
_KEY_LINE = re.compile(r"[A-Za-z_][\w-]*:(\s|$)")
# Neither written nor read by anybody: control characters, lone surrogates, noncharacters, which
# HTML forbids (13.2.3.5), and the marks that reverse the direction of the text after them
# (Unicode TR 36, 3.2).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufffe\uffff]"
)


# Line ends to YAML 1.1 and to nobody else: editors do not count them, nor does YAML 1.2 (5.4).
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")


class FrontMatterError(ValueError):
    """A front matter block that cannot be read.

    :ivar line: the 1-based line in the file.
    """

    def __init__(self, message: str, line: int) -> None:
        """Remember where the error is."""
        super().__init__(message)
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
    :ivar height: how many lines the block has, both delimiters included.
    :ivar odd_keys: keys that were left out or stand twice, with their lines.
    """

    entries: dict[str, Entry]
    height: int
    odd_keys: list[tuple[str, int]] = field(default_factory=list)


class _MarkedYAMLHandler(YAMLHandler):
    """The YAML handler of python-frontmatter, keeping the line of every key."""

    def blocks(self, text: str) -> tuple[int, int, int] | None:
        """Return where the YAML begins and ends and where the body begins."""
        boundary = self.FM_BOUNDARY
        assert boundary is not None
        if not (opening := boundary.match(text)):
            return None
        if not (closing := boundary.search(text, opening.end(), opening.end() + MAX_CHARACTERS)):
            return None
        return opening.end(), closing.start(), closing.end()

    def compose(self, fm: str) -> yaml.Node | None:
        """Return the root node of the YAML, with the line of every key."""
        if len(fm) > _SURELY_SHALLOW:
            _check_depth(fm)
        loader = SafeLoader(fm)
        try:
            root: yaml.Node | None = loader.get_single_node()
            return root
        except RecursionError:
            _check_depth(fm)  # PyYAML's own composer goes less deep than libyaml's
            raise
        finally:
            loader.dispose()


def _check_depth(fm: str) -> None:
    """Refuse YAML whose nesting would exhaust the stack of the composer, which recurses."""
    depth = 0
    for event in yaml.parse(fm, Loader=SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            line = event.start_mark.line if event.start_mark is not None else 0
            raise FrontMatterError(_TOO_MUCH, line + 1)


_HANDLER = _MarkedYAMLHandler()


def clean(text: str) -> str:
    """Return *text* on one line, without outer or double blanks and unprintable characters."""
    return re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", _UNPRINTABLE.sub("", text)).strip()


def height_of(text: str) -> int:
    """Return how many lines the front matter block of *text* has; 0 if it has none."""
    if (span := _HANDLER.blocks(text)) is None:
        return 0
    # The handler's closing line takes in the blank lines after it: count up to the dashes.
    return text.count("\n", 0, span[1]) + 1


def read(text: str) -> FrontMatter | None:
    r"""Read the front matter at the beginning of *text*.

    :param text: a whole file, decoded, with ``\\n`` line ends.
    :returns: ``None`` if the file has no front matter.
    :raises FrontMatterError: if it has some that cannot be read.
    """
    if not _HANDLER.detect(text):
        return None
    if (span := _HANDLER.blocks(text)) is None:
        if len(text) > MAX_CHARACTERS and _HANDLER.FM_BOUNDARY.search(text, MAX_CHARACTERS):
            raise FrontMatterError(f"the front matter has over {MAX_CHARACTERS} characters", 1)
        lines = text.split("\n", 2)
        if len(lines) > 1 and _KEY_LINE.match(lines[1]):
            raise FrontMatterError("the front matter is not closed by a line '---'", 1)
        return None
    begin, end, _ = span
    first = text.count("\n", 0, begin)
    try:
        root = _HANDLER.compose(text[begin:end].translate(_NO_LINE_ENDS))
    except FrontMatterError:
        raise
    except yaml.MarkedYAMLError as error:
        raise FrontMatterError(_describe(error), _line_of(error, first)) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        # What cannot even be read as characters has a position, not a mark.
        line = text.count("\n", 0, begin + int(getattr(error, "position", 0) or 0)) + 1
        message = str(error).split("\n", 1)[0]
        raise FrontMatterError(f"the front matter is no YAML: {message}", line) from error
    if root is None:
        return FrontMatter({}, height_of(text))
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError("the front matter is not a mapping of keys to values", 2)
    reader = _Reader(first + 1)
    entry = reader.entry(root, first + 1, 0)
    assert isinstance(entry.data, dict)
    return FrontMatter(entry.data, height_of(text), reader.odd_keys)


def _line_of(error: yaml.MarkedYAMLError, first: int) -> int:
    mark = error.problem_mark or error.context_mark
    return first + 1 + (mark.line if mark is not None else 0)


def _describe(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    column = f", column {mark.column + 1}" if mark is not None else ""
    what = ", ".join(part for part in (error.context, error.problem) if part)
    return f"the front matter is no YAML: {what}{column} (is a colon or a quote not quoted?)"


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
            raise FrontMatterError(f"the front matter holds a value of the kind '{kind}'", line)
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
        """Return the line of a node, or of what the alias for it is in.

        YAML tells where the node stands that is meant, which is above.

        :param around: the line of what it is in.
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
