"""Read YAML with the line of every key; pure, and safe on hostile input."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import yaml

from sphinx_openinfra_blog.model import Subtype, __, clean

from .entries import (
    MAX_DEPTH,
    MAX_DIGITS,
    NO_MAPPING,
    TOO_MUCH,
    Bounds,
    Entry,
    FrontMatter,
    FrontMatterError,
    Oddity,
    duplicate_key,
)
from .slips import Slip, bullets_in, slip_on, yaml_slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .entries import Data

#: libyaml's where PyYAML was built with it.
SafeLoader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG = "tag:yaml.org,2002:"
_KINDS = frozenset("null bool int float str timestamp binary map seq merge value".split())
# Line ends to YAML 1.1 only: editors do not count them, nor does YAML 1.2 (5.4).
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")


def read_yaml(block: str, first: int) -> FrontMatter:
    """Read a mapping.

    :param first: the 1-based line of the file at which *block* begins.
    :raises FrontMatterError: if it cannot be read.
    """
    root = _root_of(block, first)
    if root is None:
        return FrontMatter({})
    if not isinstance(root, yaml.MappingNode):
        if isinstance(root, yaml.ScalarNode) and (slip := slip_on(block.split("\n"))):
            raise _invalid(slip, first)
        raise FrontMatterError(NO_MAPPING, first)
    reader = _YamlReader(block, first)
    entry = reader.entry(root, first, 0)
    assert isinstance(entry.data, dict)
    return FrontMatter(entry.data, reader.oddities)


def yaml_entry(text: str, first: int) -> Entry:
    """Read any YAML.

    :param first: the 1-based line of the file at which *text* begins.
    :raises FrontMatterError: if it cannot be read.
    """
    root = _root_of(text, first)
    return Entry(first, None) if root is None else _YamlReader(text, first).entry(root, first, 0)


def _root_of(block: str, first: int) -> yaml.Node | None:
    try:
        root = _compose(block.translate(_NO_LINE_ENDS), first)
    except yaml.MarkedYAMLError as error:
        if slip := yaml_slip(block.translate(_NO_LINE_ENDS).split("\n"), error):
            raise _invalid(slip, first) from error
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column + 1) if mark is not None else (0, 1)
        reason = ", ".join(part for part in (error.context, error.problem) if part)
        message = __("invalid YAML: %s, column %s", reason, column)
        raise FrontMatterError(message, first + line) from error
    except yaml.reader.ReaderError as error:
        # Its position counts bytes or characters.
        line = block.count("\n", 0, block.find(chr(error.character)))
        code = f"{error.character:04X}"
        message = __("invalid YAML: the character U+%s is not allowed (remove it)", code)
        raise FrontMatterError(message, first + line) from error
    except (yaml.YAMLError, ValueError) as error:
        reason = str(error).split("\n", 1)[0]
        raise FrontMatterError(__("invalid YAML: %s", reason), first) from error
    return root


def _invalid(slip: Slip, first: int) -> FrontMatterError:
    return FrontMatterError(__("invalid YAML: %s", slip.message), first + slip.line)


def _compose(block: str, first: int) -> yaml.Node | None:
    """Return the root node of YAML, unless its nesting would exhaust the composer's stack."""
    depth = 0
    for event in yaml.parse(block, Loader=SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            line = event.start_mark.line if event.start_mark is not None else 0
            raise FrontMatterError(TOO_MUCH, first + line)
    root: yaml.Node | None = yaml.compose(block, Loader=SafeLoader)
    return root


class _YamlReader:
    """Turns composed YAML nodes into entries, within bounds."""

    def __init__(self, block: str, first: int) -> None:
        self.lines = block.translate(_NO_LINE_ENDS).split("\n")
        self.first = first
        self.bounds = Bounds()
        self.oddities: list[Oddity] = []

    def entry(self, node: yaml.Node, line: int, depth: int) -> Entry:
        scalar = isinstance(node, yaml.ScalarNode)
        self.bounds.count(node.value if scalar else "", line, depth)
        if node.tag.removeprefix(_TAG) not in _KINDS:
            # A tag can hold anything behind percent signs (YAML 1.1, 5.6.3).
            kind = clean(node.tag)[:80]
            message = __(
                "unsupported YAML tag '%s' (put texts that begin with '!' in quotes)", kind
            )
            raise FrontMatterError(message, line)
        if isinstance(node, yaml.MappingNode):
            return Entry(line, dict(self._pairs(node, line, depth)))
        if isinstance(node, yaml.SequenceNode):
            items = [self.entry(item, self._line(item, line), depth + 1) for item in node.value]
            return Entry(line, items)
        assert isinstance(node, yaml.ScalarNode)
        self._note_bullets(node)
        return Entry(line, _scalar(node), str(node.value))

    def _note_bullets(self, node: yaml.ScalarNode) -> None:
        """Note a list whose items are not marked as YAML wants it, and so are one text."""
        begin, end = node.start_mark, node.end_mark
        if not node.style and node.tag == f"{_TAG}str":
            slip = bullets_in(self.lines, begin.line, begin.column, end.line - (end.column == 0))
            if slip:
                oddity = Oddity(Subtype.VALUE, slip.message, self.first + slip.line)
                self.oddities += [oddity] if oddity not in self.oddities else []

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
            if key.tag == f"{_TAG}merge":
                yield from self._merged(value, line, depth)
        for key, value in node.value:
            line = self._line(key, around)
            if key.tag == f"{_TAG}merge":
                continue
            if not isinstance(key, yaml.ScalarNode):
                # Inside, it is a template's placeholder, which makes the outer value invalid.
                message = __("ignoring a front matter key that is not a string (put it in quotes)")
                self.oddities += [] if depth else [Oddity(Subtype.KEY, message, line)]
                continue
            self.bounds.count(key.value, line)
            if key.value in seen:
                self.oddities.append(duplicate_key(key.value, line))
            seen.add(key.value)
            yield key.value, self.entry(value, line, depth + 1)

    def _merged(self, value: yaml.Node, line: int, depth: int) -> Iterator[tuple[str, Entry]]:
        """Yield what the mapping gets from others (https://yaml.org/type/merge.html).

        Of several, the first counts; keys of the mapping itself come later and count more.
        """
        nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for node in reversed(nodes):
            if not isinstance(node, yaml.MappingNode):
                raise FrontMatterError(__("invalid YAML: expected a mapping for '<<'"), line)
            # Counted like any other values: mappings of mappings can be made to explode.
            entry = self.entry(node, line, depth + 1)
            assert isinstance(entry.data, dict)
            yield from entry.data.items()


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
