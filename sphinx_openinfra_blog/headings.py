"""Heading levels of a Markdown body made consecutive, in place.

The headings are found by MyST's own block parser: code, HTML, lists, quotes and directives
are none of our business. Every line stays where it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML
from myst_parser.parsers.mdit import create_md_parser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from myst_parser.config.main import MdParserConfig

# Every heading has such a line, though not every such line belongs to a heading.
_CANDIDATE = re.compile(r"^ {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)
_ATX = re.compile(r"( {0,3})#{1,6}")


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
    lines = text.split("\n")
    changed = False
    for token, depth in _depths(parser.parse(text)):
        if int(token.tag[1:]) == depth or token.map is None:
            continue
        changed = True
        begin, end = token.map
        if token.markup.startswith("#"):
            lines[begin] = _ATX.sub(lambda match: match[1] + "#" * depth, lines[begin], count=1)  # noqa: B023
        else:
            lines[begin:end] = _setext(lines[begin:end], depth)
    return "\n".join(lines) if changed else text


def _depths(tokens: Iterable[Token]) -> Iterable[tuple[Token, int]]:
    """Return each heading of the body itself with the level it should have."""
    open_levels: list[int] = []
    for token in tokens:
        if token.type != "heading_open" or token.level != 0:
            continue
        level = int(token.tag[1:])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        yield token, len(open_levels)


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
