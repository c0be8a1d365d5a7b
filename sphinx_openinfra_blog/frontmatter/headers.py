"""Find and read front matter that consists of lines: of Pelican, Nikola and docutils; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from .entries import Bounds, Entry, FrontMatter, duplicate_key
from .spelling import spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .entries import Data

#: Pelican's and MultiMarkdown's ``Title: ...``, which a line that is indented continues.
HEADER: Final = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
#: Nikola's ``.. title: ...``.
_NIKOLA: Final = re.compile(r"\.\.[ \t]+([A-Za-z][\w-]*):(?:[ \t]+(.*)|[ \t]*)$")
#: docutils' ``:title: ...``.
_FIELD: Final = re.compile(r":([A-Za-z][\w -]*):(?:[ \t]+(.*)|[ \t]*)$")
_COMMENT: Final = re.compile(r"\.\.($|[ \t](?!.*::))|\.\. _[^:]*:")
_ADORNMENT: Final = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*$")

#: Keys whose values are lists, with what separates these besides commas.
_LISTS: Final = frozenset({"authors", "categories", "tags", "aliases"})


class Lines(NamedTuple):
    """Keys and values on lines.

    :ivar first: the number of the first line, from 0.
    :ivar end: that of the line after the last.
    :ivar pairs: key, value and line number, from 0, in their order.
    :ivar odd: the number of a line among them that is neither, or -1.
    """

    first: int
    end: int
    pairs: list[tuple[str, str, int]]
    odd: int = -1

    def matter(self) -> FrontMatter:
        """Return the front matter; the case of keys does not count.

        :raises FrontMatterError: if it is too much.
        """
        bounds, entries, twice = Bounds(), dict[str, Entry](), []
        for written, value, number in self.pairs:
            key, line = spelling(written) or written.lower(), number + 1
            bounds.count(key + value, line)
            if key in entries:
                twice.append(duplicate_key(key, line))
            entries[key] = Entry(line, _data(key, value, line), value)
        return FrontMatter(entries, twice)


def _data(key: str, value: str, line: int) -> Data:
    if value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if key in _LISTS and re.search("[;,]", value):
        parts = value.split(";" if ";" in value else ",")
        return [Entry(line, part.strip(), part.strip()) for part in parts if part.strip()]
    return value or None


def header_lines(lines: Sequence[str], first: int = 0) -> Lines | None:
    """Return the header lines of Pelican and MultiMarkdown, up to the first blank line."""
    return _paragraph(lines, HEADER, first)


def nikola_lines(lines: Sequence[str]) -> Lines | None:
    """Return the lines of Nikola: a comment of reStructuredText, or of HTML around one."""
    first = _skip_blank(lines, 0)
    wrapped = first < len(lines) and lines[first].strip() == "<!--"
    found = _paragraph(lines, _NIKOLA, _skip_blank(lines, first + wrapped), closing="-->")
    if found is None or not wrapped:
        return found
    end = _skip_blank(lines, found.end)
    if end < len(lines) and lines[end].strip() == "-->":
        return found._replace(first=first, end=end + 1)
    return found._replace(odd=min(end, len(lines) - 1))


def field_list(lines: Sequence[str]) -> Lines | None:
    """Return the field list at the beginning of reStructuredText, or below its title."""
    at = _after_comments(lines, 0)
    if at < len(lines) and not _FIELD.match(lines[at]):
        at = _after_title(lines, at)
        at = _after_comments(lines, at)
    return _paragraph(lines, _FIELD, at)


def _paragraph(
    lines: Sequence[str], pattern: re.Pattern[str], first: int, closing: str = ""
) -> Lines | None:
    """Return the keys of one paragraph, if its first line has one."""
    pairs: list[tuple[str, str, int]] = []
    odd, number = -1, first
    for number in range(first, len(lines) + 1):
        line = lines[number] if number < len(lines) else ""
        if not line.strip() or (closing and line.strip() == closing):
            break
        if match := pattern.match(line):
            pairs.append((match[1], (match[2] or "").strip(), number))
        elif pairs and line[0] in " \t":
            key, value, place = pairs[-1]
            pairs[-1] = (key, f"{value} {line.strip()}".strip(), place)
        elif not pairs:
            return None
        elif odd < 0:
            odd = number
    return Lines(first, number, pairs, odd) if pairs else None


def _skip_blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _after_comments(lines: Sequence[str], at: int) -> int:
    """Return where blank lines, comments and targets of reStructuredText end."""
    at = _skip_blank(lines, at)
    while at < len(lines) and _COMMENT.match(lines[at]):
        at += 1
        while at < len(lines) and (not lines[at].strip() or lines[at][0] in " \t"):
            at += 1
    return at


def _after_title(lines: Sequence[str], at: int) -> int:
    """Return where the title of reStructuredText ends that begins at a line, if one does."""
    overlined = _ADORNMENT.match(lines[at]) is not None
    under = at + 1 + overlined
    if under < len(lines) and lines[under].strip() and _ADORNMENT.match(lines[under]):
        return under + 1
    return at
