"""Heading levels of a Markdown body made consecutive, in place.

The headings are found by MyST's own block parser: code, HTML, lists, quotes and directives
are none of our business. Every line stays where it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.renderer import RendererHTML
from myst_parser.parsers.mdit import create_md_parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from myst_parser.config.main import MdParserConfig

# Every heading has such a line, though not every such line belongs to a heading.
_CANDIDATE = re.compile(r"^ {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)
_ATX = re.compile(r"( {0,3})#{1,6}")
_HASHES = re.compile(r"#{1,6}(?=[ \t]|$)")
# A fence that nothing indents, and that is closed. Directives are fences too.
_FENCED = re.compile(r"^(`{3,})[^`\n]*\n(?:(?! {0,3}\1).*\n)*?\1`*[ \t]*$", re.MULTILINE)
# Other fences, and mathematics.
_MARKS = ("```", "~~~", "$$")
# HTML, mathematics and fields; headings that are indented; a line that underlines another one.
# Every alternative begins with the same character, which is found fast.
_UNSURE = re.compile(
    r"\n(?: {0,3}(?:<|:|\\begin|\\\[)| {1,3}#|(?<=[^\n]\n) {0,3}(?:=+|-+)[ \t]*(?:\n|\Z))"
)


def block_parser(config: MdParserConfig) -> MarkdownIt:
    """Return MyST's parser, reduced to finding blocks."""
    parser = create_md_parser(config, RendererHTML)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def with_consecutive_headings(text: str, parser: MarkdownIt, *, begin: int = 0) -> str:
    """Return *text* with headings that begin at the first level and skip none.

    :param text: a whole Markdown file, its front matter included.
    :param begin: where its body begins, after the front matter.
    :param parser: what :func:`block_parser` returned.
    """
    if _CANDIDATE.search(text, begin) is None:
        return text
    sure = _sure_headings(text, begin)
    headings: Iterable[_Heading]
    if sure is None:
        headings = _parsed_headings(parser.parse(text))
    elif all(heading.level == depth for heading, depth in _depths(sure)):
        return text
    else:
        headings = sure
    lines = text.split("\n")
    changed = False
    for heading, depth in _depths(headings):
        if heading.level == depth:
            continue
        changed = True
        first, last = heading.lines
        if heading.is_atx:
            lines[first] = _ATX.sub(lambda match: match[1] + "#" * depth, lines[first], count=1)  # noqa: B023
        else:
            lines[first:last] = _setext(lines[first:last], depth)
    return "\n".join(lines) if changed else text


class _Heading(NamedTuple):
    """A heading of the body itself.

    :ivar lines: its first line and the line after its last, 0-based.
    :ivar is_atx: whether it begins with ``#``, and is not underlined.
    """

    level: int
    lines: tuple[int, int]
    is_atx: bool


def _sure_headings(text: str, begin: int) -> list[_Heading] | None:
    """Return the headings of a body in which nothing can hide or pretend to be one.

    Parsing blocks takes a thirtieth of a build, and few bodies need it.

    :returns: ``None`` if only parsing tells.
    """
    body = text[begin:]
    if "```" in body:
        # Code has other headings in it, which are lines that begin with "#" too.
        body = _FENCED.sub(lambda match: "\n" * match[0].count("\n"), body)
    if body.startswith("---") or any(mark in body for mark in _MARKS):
        return None
    if _UNSURE.search(f"\n{body}"):
        return None
    first = text.count("\n", 0, begin)
    return [
        _Heading(len(match[0]), (line, line + 1), is_atx=True)
        for line, content in enumerate(body.split("\n"), start=first)
        if (match := _HASHES.match(content))
    ]


def _parsed_headings(tokens: Iterable[Token]) -> Iterator[_Heading]:
    for token in tokens:
        if token.type == "heading_open" and token.level == 0 and token.map is not None:
            first, last = token.map
            is_atx = token.markup.startswith("#")
            yield _Heading(int(token.tag[1:]), (first, last), is_atx)


def _depths(headings: Iterable[_Heading]) -> Iterator[tuple[_Heading, int]]:
    """Return each heading with the level it should have."""
    open_levels: list[int] = []
    for heading in headings:
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        open_levels.append(heading.level)
        yield heading, len(open_levels)


def _setext(lines: list[str], depth: int) -> list[str]:
    """Return an underlined heading at another depth, on as many lines."""
    if depth <= 2:
        mark = "=" if depth == 1 else "-"
        underline = lines[-1]
        indent = underline[: len(underline) - len(underline.lstrip(" "))]
        return [*lines[:-1], indent + mark * max(3, len(underline.strip()))]
    # There are two kinds of underline only. A closing "#" would be taken for decoration.
    text = " ".join(line.strip().removesuffix("\\").strip() for line in lines[:-1])
    text = re.sub(r"(#+)$", r"\\\1", text)
    return [f"{'#' * depth} {text}", *[""] * (len(lines) - 1)]
