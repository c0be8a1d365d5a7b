"""Name the slips that make front matter invalid, each at its own line; pure.

A parser says in the words of its grammar where it gave up: for ``date:2024-01-05`` that mapping
values are not allowed on the line below.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinx_openinfra_blog.model import __

if TYPE_CHECKING:
    from collections.abc import Sequence
    from json import JSONDecodeError

    import yaml

    from sphinx_openinfra_blog.model import Message


class Slip(NamedTuple):
    """A slip.

    :ivar message: what is wrong, with the remedy in parentheses.
    :ivar line: the number of its line, from 0.
    """

    message: Message
    line: int


#: So many lines above the one at which a parser gave up are searched.
_SEARCHED: Final = 200

# What is easily taken for a blank, a colon, an equals sign or a quote.
_BLANK: Final = "[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]"
_COLON: Final = "[\ua789\u2236\ufe13\ufe55\uff1a]"
_EQUALS: Final = "[\ufe66\uff1d]"
_QUOTE: Final = "[\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300c\u300d\uff02\uff07]"

# Repetitions are possessive: a text that is made to be slow must not be tried twice.
_START: Final = r"(?:[ ]|-[ ])*+"
_KEY: Final = r"[a-zA-Z_][\w.-]*+"
_VALUE: Final = rf"""{_START}(?:(?:{_KEY}|"[\w .-]++"|'[\w .-]++'):[ \t]++)?"""
_DOUBLE: Final = r'"(?:[^"\\]|\\.)*+"'
_SINGLE: Final = r"'(?:[^']|'')*+'"
#: YAML 1.1, 5.6.
_ESCAPE: Final = r'\\(?:[0abtnvfre "/\\N_LP\t]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|$)'
#: Truth values of other languages.
_NO_FLAG: Final = r"(?:True|False|None|[Yy]es|[Nn]o)\b(?!\s\w)"
_NO_BLANK: Final = "%s instead of a blank"
_NO_QUOTE: Final = "%s is no quote (use \" or ')"
_OPEN: Final = "the quote is not closed"

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*rules: tuple[str, str]) -> _Rules:
    """Return what slips look like, and what is wrong: of several, the first that matches counts.

    The text may quote one group of the pattern.
    """
    return tuple((re.compile(pattern), text) for pattern, text in rules)


#: On a line of YAML.
_YAML: Final = _rules(
    (r"[ ]*+\t\s*+\S", "tab in the indentation (use blanks)"),
    (rf"\s*?({_BLANK})", _NO_BLANK),
    (rf"{_START}-({_BLANK})", _NO_BLANK),
    (rf"{_START}{_KEY}:({_BLANK})", _NO_BLANK),
    (rf"{_START}{_KEY}\s?({_COLON})", "%s instead of a colon and a blank"),
    (rf"{_START}({_KEY}):(?!//)[^\s:]", "missing blank after the colon of '%s'"),
    (r"[ ]*+-[^\s-]", "missing blank after '-'"),
    (rf"{_VALUE}({_QUOTE})", _NO_QUOTE),
    (
        rf'{_VALUE}"(?:[^"\\]|{_ESCAPE})*+\\',
        "a backslash in double quotes begins an escape (use single quotes)",
    ),
    (
        rf"{_VALUE}({_DOUBLE})[ \t]*+[^\s#,:]",
        "text after %s (put single quotes around all of it)",
    ),
    (
        rf"{_VALUE}({_SINGLE})[ \t]*+[^\s#,:]",
        "text after %s (put double quotes around all of it)",
    ),
    (
        rf"{_VALUE}([\[{{][^\]}}]*+[\]}}])[ \t]*+[^\s#,\]}}]",
        "text after %s (put quotes around all of it)",
    ),
    (
        rf"{_VALUE}([@`%,\]}}]|\{{%|[?-](?=[ ])|[*&](?![\w-]++\s*$)|[|>](?=[ ]*+[^\s\d+#-]))",
        "a value cannot begin with '%s' (put it in quotes)",
    ),
    (
        rf"{_START}({_KEY}):[ \t]++[^\s\"'\[{{|>#](?:[^:#]|:(?=\S)|(?<=\S)#)*+:(?:\s|$)",
        "colon in the value of '%s' (put the value in quotes)",
    ),
)
#: On a line of TOML.
_TOML: Final = _rules(
    (rf"\s*?({_BLANK})", _NO_BLANK),
    (rf"\s*+{_KEY}\s*+({_EQUALS})", "%s instead of an equals sign"),
    (rf"\s*+({_KEY})\s*+(?::|{_COLON})", "colon after '%s' (use an equals sign)"),
    (rf"\s*+{_KEY}[ \t]*+=[ \t]*+({_BLANK})", _NO_BLANK),
    (rf"\s*+{_KEY}\s*+=[\s\[]*+({_QUOTE})", _NO_QUOTE),
    (rf"\s*+({_KEY})\s*+=\s*+(?:#|$)", "'%s' has no value"),
    (rf"\s*+{_KEY}\s*+=\s*+(\d{{4}}-[\d:.TZ +-]+)(?:#|$)", "invalid date '%s'"),
    (rf"\s*+{_KEY}\s*+=\s*+(?:\"(?:[^\"\\]|\\.)*+|'[^']*+)\\?$", _OPEN),
    (rf"\s*+{_KEY}\s*+=\s*+({_DOUBLE}|'[^']*+')\s*+[^\s#]", "text after %s"),
    (
        rf"\s*+{_KEY}\s*+=\s*+\"[^\"\\]*+\\",
        "a backslash in double quotes begins an escape (use single quotes)",
    ),
    (rf"\s*+{_KEY}\s*+=\s*+({_NO_FLAG})", "'%s' is no value (use true or false)"),
    (
        rf"\s*+({_KEY})\s*+=\s*+(?!true\b|false\b)[^\W\d_]",
        "missing quotes around the text of '%s'",
    ),
)
#: At the place where a parser of JSON gave up.
_JSON: Final = _rules(
    (rf"({_BLANK})", _NO_BLANK),
    (rf"({_COLON})", "%s instead of a colon"),
    (rf"({_QUOTE}|')", '%s is no quote (use ")'),
    (r"//|/\*|#", "comment (JSON has none)"),
    (r"[\n\r]", _OPEN),
    (_NO_FLAG.join("()"), "'%s' is no value (use true, false or null)"),
    (r"(?!true\b|false\b|null\b)([^\W\d]\w*+)", "missing quotes around '%s'"),
)

_KEY_OR_ITEM: Final = re.compile(rf"{_START}{_KEY}:(?:\s|$)|\s*+-\s")
_YAML_KEY: Final = re.compile(rf"{_START}{_KEY}:(?:\s|$)")
_TOML_LIST: Final = re.compile(rf"\s*+{_KEY}\s*+=\s*+\[[^\]]*+$")
_QUOTED: Final = re.compile(rf"{_VALUE}(?:({_DOUBLE}|{_SINGLE})|([\"']))")
_FLOW: Final = re.compile(rf"{_VALUE}([\[{{])(?![^\]}}]*+[\]}}])")
_OF_BLOCKS: Final = re.compile("mapping values|expected key|block end|indicator|document start")


def yaml_slip(lines: Sequence[str], error: yaml.MarkedYAMLError) -> Slip | None:
    """Find the slip because of which a block of YAML cannot be read."""
    end = error.problem_mark.line if error.problem_mark is not None else 0
    begin = error.context_mark.line if error.context_mark is not None else end
    context, problem = error.context or "", error.problem or ""
    if "quoted scalar" in context and "unexpected end" in problem:
        return Slip(__(_OPEN), begin)
    above = [at for at, line in enumerate(lines[: end + 1]) if line.strip()][-_SEARCHED:]
    if not above:
        return None
    here = begin if "simple key" in context else above[-1]
    for at in (here, *reversed(above[-2:])):
        if message := _first(_YAML, lines[at]):
            return Slip(message, at)
    quotes = (at for at in reversed(above) if _opens_quote(lines, at, end))
    if (opened := next(quotes, None)) is not None:
        return Slip(__(_OPEN), opened)
    if "flow" in context and (match := _FLOW.match(lines[begin])):
        return Slip(__("'%s' is not closed", match[1]), begin)
    if "simple key" in context:
        return Slip(__("this line is not a key with a value"), here)
    if _OF_BLOCKS.search(problem) and _KEY_OR_ITEM.match(lines[here]):
        is_below = "document start" in problem  # Then the lines above are indented.
        message = __("wrong indentation (align what belongs together)")
        return Slip(message, above[0] if is_below else here)
    return None


#: What begins a list item, or is meant to.
_BULLET: Final = re.compile(r"[ ]*+([-\u2010-\u2015\u2022\u2212*\u00b7])(?!\1)")


def bullets_in(lines: Sequence[str], first: int, column: int, end: int) -> Slip | None:
    """Find a line of a text without quotes that is meant as a list item.

    :param first: the number of the line at which the text begins.
    :param column: where it begins there.
    :param end: the number of its last line.
    """
    begin = first + bool(lines[first][:column].strip())
    for at in range(begin, end + 1):
        if match := _BULLET.match(lines[at]):
            message = __(
                "'%s' begins no list item here (write '- ', aligned with the others)", match[1]
            )
            return Slip(message, at)
    return None


def slip_on(lines: Sequence[str]) -> Slip | None:
    """Find a slip because of which lines of YAML are one text."""
    found = (
        Slip(message, at) for at, line in enumerate(lines) if (message := _first(_YAML, line))
    )
    return next(found, None)


def _opens_quote(lines: Sequence[str], first: int, end: int) -> bool:
    """Tell whether a quote that begins on a line is not closed before the next key."""
    match = _QUOTED.match(lines[first])
    if match is None or not match[2]:
        return False
    for line in lines[first + 1 : end + 1]:
        if _YAML_KEY.match(line):
            return True
        if match[2] in line:
            return False
    return True


def toml_slip(lines: Sequence[str], at: int | None, reason: str) -> Slip | None:
    """Find the slip because of which TOML cannot be read.

    :param at: the number of the line at which the parser gave up, from 0; ``None`` for the end.
    :param reason: what it says.
    """
    end = len(lines) - 1 if at is None else at
    if at is None:
        quotes = [n for n, line in enumerate(lines) if '"""' in line or "'''" in line]
        return Slip(__(_OPEN), quotes[-1]) if quotes and "string" in reason else None
    if "overwrite" in reason or "twice" in reason:
        return Slip(__("duplicate key"), end)
    if "column 1)" in reason:  # A key, where a value was expected.
        above = range(end - 1, max(end - _SEARCHED, -1), -1)
        if opened := [n for n in above if _TOML_LIST.match(lines[n])]:
            return Slip(__("'[' is not closed"), opened[0])
    message = _first(_TOML, lines[end])
    return Slip(message, end) if message else None


def json_slip(error: JSONDecodeError) -> tuple[Message, int] | None:
    """Return what is wrong with JSON that cannot be read, and its position."""
    text, at = error.doc, error.pos
    before = text[:at].rstrip()
    here = text[at : at + 1]
    if here == "," and text[at + 1 :].lstrip()[:1] in {"}", "]"}:  # So do later Pythons say it.
        return __("comma without a value after it (remove it)"), at
    if here in {"}", "]"} and before.endswith(","):
        return __("comma without a value after it (remove it)"), len(before) - 1
    if "','" in error.msg and not here:
        return __("missing '}' or ']' at the end"), at
    if "','" in error.msg and (here in {'"', "{", "["} or "\n" in text[len(before) : at]):
        return __("missing comma"), len(before) - 1
    if "','" in error.msg and before.endswith('"'):
        return __('text after a closing quote (write \\" inside of texts)'), at
    if "Unterminated" in error.msg:
        return __(_OPEN), at
    message = _first(_JSON, text[at : at + _SEARCHED])
    return (message, at) if message and "Extra" not in error.msg else None


def _first(rules: _Rules, text: str) -> Message | None:
    """Return what is wrong by the first rule that a text matches."""
    for pattern, template in rules:
        if match := pattern.match(text):
            return __(template, _named(match[1])) if match.lastindex else __(template)
    return None


def _named(found: str) -> str:
    """Return a text in short; of a sign that is easily taken for another, its name."""
    if len(found) > 1 or found.isascii():
        return found if len(found) <= 40 else f"{found[:40]}…"
    return f"{unicodedata.name(found, 'character').lower()} (U+{ord(found):04X})"
