"""Find and read the directive ``post``, in which ABlog has its front matter; pure.

See https://ablog.readthedocs.io/en/stable/manual/posting-and-listing.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .headers import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

_REST: Final = re.compile(r"\.\.[ \t]+post::(?:[ \t]+(.*))?$")
#: The beginning of any fence, and the directive if it is that.
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,}|:{3,})[ \t]*(?:(\{post\})(?:[ \t]+(.*))?|[^`]*)$")
_OPTION: Final = re.compile(r"[ \t]*:([\w-]+):(?:[ \t]+(.*)|[ \t]*)$")
_YAML: Final = re.compile(r"([\w-]+):(?:[ \t]+(.*)|[ \t]*)$")
#: What its options mean here: several people and terms are one text with commas.
_MEANINGS: Final = {"author": "authors", "category": "categories", "redirect": "aliases"}


def rest_post(lines: Sequence[str]) -> Lines | None:
    """Return the first directive ``post`` of reStructuredText, without its content."""
    for first, line in enumerate(lines):
        if match := _REST.match(line):
            options = []
            for at in range(first + 1, len(lines)):
                if not lines[at].strip() or lines[at][0] not in " \t":
                    break
                options.append((at, lines[at]))
            return _lines(first, first + 1 + len(options), match[1], options, _OPTION)
    return None


def myst_post(lines: Sequence[str]) -> Lines | None:
    """Return the first directive ``post`` of MyST-Parser; one inside code is an example."""
    fence = ""
    for first, line in enumerate(lines):
        if not (match := _FENCE.match(line)):
            continue
        if fence:
            fence = "" if match[1].startswith(fence) and line.strip() == match[1] else fence
        elif match[2] is None:
            # What is between colons is text.
            fence = match[1] if match[1][0] != ":" else ""
        else:
            closing = (at for at in range(first + 1, len(lines)) if lines[at].strip() == match[1])
            end = next(closing, len(lines))
            inside = [(at, lines[at]) for at in range(first + 1, end) if lines[at].strip()]
            pattern = _OPTION
            if inside and inside[0][1].strip() == "---":
                pattern = _YAML
                inside = [item for item in inside if item[1].strip() != "---"]
            return _lines(first, min(end + 1, len(lines)), match[3], inside, pattern)
    return None


def _lines(
    first: int,
    end: int,
    date: str | None,
    options: Sequence[tuple[int, str]],
    pattern: re.Pattern[str],
) -> Lines:
    """Return what a directive says; without a date the post is a draft."""
    pairs = [("date", date.strip(), first) if date and date.strip() else ("draft", "true", first)]
    odd = -1
    for number, line in options:
        if match := pattern.match(line):
            name = match[1].lower()
            pairs.append((_MEANINGS.get(name, name), (match[2] or "").strip(), number))
        elif len(pairs) > 1 and pattern is _OPTION and line[0] in " \t":
            key, value, place = pairs[-1]
            pairs[-1] = (key, f"{value} {line.strip()}".strip(), place)
        elif odd < 0:
            odd = number
    pairs = [(key, _urls(value) if key == "aliases" else value, at) for key, value, at in pairs]
    return Lines(first, end, pairs, odd)


def _urls(pages: str) -> str:
    """Return the URLs of pages, with the HTML builder and with others."""
    names = [name.strip() for name in pages.split(",") if name.strip()]
    return ", ".join(url for name in names for url in (f"{name}.html", name))
