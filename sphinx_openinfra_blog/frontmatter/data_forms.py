"""Read TOML and JSON with the line of every key; pure, and safe on hostile input."""

from __future__ import annotations

import json
import math
import re
import tomllib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from sphinx_openinfra_blog.model import __

from .entries import (
    MAX_DEPTH,
    MAX_DIGITS,
    NO_MAPPING,
    TOO_MUCH,
    Bounds,
    Entry,
    FrontMatter,
    FrontMatterError,
    duplicate_key,
)
from .slips import json_slip, toml_slip

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOML_PLACE: Final = re.compile(r" \(at line (\d+), column (\d+)\)")
# At the beginning of a line, or in an inline table; also the name of a table.
_TOML_KEY: Final = r"""(?:^[ \t]*|[{{,.\[][ \t]*)["']?{}["']?[ \t]*[=.\]]"""
#: So often a key may be searched in vain: each costs a look at the whole block.
_MAX_SEARCHES: Final = 20
_JSON_KEY: Final = r'"{}"\s*:'


def read_toml(block: str, first: int) -> FrontMatter:
    """Read a TOML document, as Hugo and Zola have it.

    :param first: the 1-based line of the file at which *block* begins.
    :raises FrontMatterError: if it cannot be read.
    """
    try:
        value = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, ValueError, OverflowError) as error:
        lines, place = block.rstrip("\n").split("\n"), _TOML_PLACE.search(str(error))
        at = min(int(place[1]), len(lines)) - 1 if place else None
        if slip := toml_slip(lines, at, str(error)):
            raise FrontMatterError(
                __("invalid TOML: %s", slip.message), first + slip.line
            ) from error
        reason = _TOML_PLACE.sub(r", column \2", str(error))
        line = first + (len(lines) - 1 if at is None else at)
        raise FrontMatterError(__("invalid TOML: %s", reason), line) from error
    except RecursionError as error:
        raise FrontMatterError(TOO_MUCH, first) from error
    return _DataReader(block, first, _TOML_KEY).matter(value)


def read_json(block: str, first: int) -> FrontMatter:
    """Read a JSON object, as Hugo and Eleventy have it.

    :param first: the 1-based line of the file at which *block* begins.
    :raises FrontMatterError: if it cannot be read.
    """
    value, twice = _parsed_json(block, first)
    return _DataReader(block, first, _JSON_KEY).matter(value, twice)


def json_entry(text: str, first: int) -> Entry:
    """Read any JSON.

    :param first: the 1-based line of the file at which *text* begins.
    :raises FrontMatterError: if it cannot be read.
    """
    value, _twice = _parsed_json(text, first)
    return _DataReader(text, first, _JSON_KEY).entry(value)


def entry_of(value: object) -> Entry:
    """Return a value of Python, such as that of an option, as an entry without a line.

    :raises FrontMatterError: if it is too much.
    """
    return _DataReader("", 0, _JSON_KEY).entry(value)


def _parsed_json(block: str, first: int) -> tuple[Any, list[str]]:
    """Return a value, and the keys in it that are there twice."""
    twice: list[str] = []

    def pairs(items: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            names = [name for name, _value in items]
            twice.extend(name for name in found if names.count(name) > 1)
        return found

    try:
        value = json.loads(block, parse_int=_number, parse_float=_number, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        reason, position = json_slip(error) or (f"{error.msg}, column {error.colno}", error.pos)
        message = __("invalid JSON: %s", reason)
        line = first + block.count("\n", 0, position)
        raise FrontMatterError(message, line) from error
    except RecursionError as error:
        raise FrontMatterError(TOO_MUCH, first) from error
    return value, twice


def _number(text: str) -> int | float | str:
    if len(text) > MAX_DIGITS:
        return text
    try:
        return int(text)
    except ValueError:
        return float(text) if math.isfinite(float(text)) else text


class _DataReader:
    """Gives parsed values their lines, by finding their keys again in their order."""

    def __init__(self, block: str, first: int, pattern: str) -> None:
        self._block = block
        self._first = first
        self._pattern = pattern
        self._bounds = Bounds()
        self._at = 0
        self._searches = 0

    def matter(self, value: Any, twice: Sequence[str] = ()) -> FrontMatter:
        if not isinstance(value, dict):
            raise FrontMatterError(NO_MAPPING, self._first)
        entries = {key: self._under(key, item, 1) for key, item in value.items()}
        return FrontMatter(entries, [duplicate_key(key, self._line()) for key in twice])

    def entry(self, value: object) -> Entry:
        return self._entry(value, self._first, 0)

    def _under(self, key: str, value: Any, depth: int) -> Entry:
        found = None
        if self._block and self._searches < _MAX_SEARCHES:
            is_toml = self._pattern is _TOML_KEY
            written = key if is_toml else json.dumps(key, ensure_ascii=False)[1:-1]
            pattern = re.compile(self._pattern.format(re.escape(written)), re.MULTILINE)
            found = pattern.search(self._block, self._at) or pattern.search(self._block)
        if found is not None:
            self._at = found.end() - 1
        else:  # Written with escapes.
            self._searches += 1
        line = self._line()
        self._bounds.count(key, line)
        return self._entry(value, line, depth)

    def _line(self) -> int:
        return self._first + self._block.count("\n", 0, self._at)

    def _entry(self, value: Any, line: int, depth: int) -> Entry:
        if depth > MAX_DEPTH:
            raise FrontMatterError(TOO_MUCH, line)
        if isinstance(value, dict):
            self._bounds.count("", line)
            items = ((_text(key), item) for key, item in value.items())
            return Entry(line, {key: self._under(key, item, depth + 1) for key, item in items})
        if isinstance(value, list | tuple):
            self._bounds.count("", line)
            return Entry(line, [self._entry(item, line, depth + 1) for item in value])
        text = "" if value is None else _text(value)
        self._bounds.count(text, line)
        plain = isinstance(value, bool | str | None)
        plain = plain or (isinstance(value, int) and len(text) <= MAX_DIGITS)
        plain = plain or (isinstance(value, float) and math.isfinite(value))
        return Entry(line, value if plain else text, text)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    try:
        return str(value)
    except ValueError:  # Python refuses to write out longer numbers.
        return "?"
