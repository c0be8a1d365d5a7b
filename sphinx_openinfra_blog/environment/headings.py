"""The first heading of a file that is not read yet."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from docutils.utils import column_width
from markdown_it import MarkdownIt

from sphinx_openinfra_blog.frontmatter import Markup
from sphinx_openinfra_blog.model import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADORNMENT: Final = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*$")
_ROLE: Final = re.compile(r":[\w:+.-]+:`([^`<]*)(?:<[^`>]*>)?`")
_INLINE: Final = re.compile(r"(\*\*|\*|``|`|\|)(\S(?:.*?\S)?)\1_{0,2}")
#: Further below, it is no title.
_SEARCHED: Final = 20_000
_LONGEST: Final = 500


def first_heading(text: str, markup: Markup) -> str:
    """Return the first heading of a text without front matter, as plain text.

    :returns: an empty string if it has none.
    """
    text = text[:_SEARCHED]
    found = _in_rest(text.split("\n")) if markup is Markup.REST else _in_markdown(text)
    return clean(found)


def _in_markdown(text: str) -> str:
    tokens = MarkdownIt("commonmark").parse(text)
    for before, token in itertools.pairwise(tokens):
        if before.type == "heading_open" and before.level == 0:
            return "".join(
                child.content if child.type in {"text", "code_inline"} else " "
                for child in token.children or ()
                if child.type in {"text", "code_inline", "softbreak", "hardbreak"}
            )
    return ""


def _in_rest(lines: Sequence[str]) -> str:
    for above, line, below in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        is_title = above.strip() and not above[0].isspace() and not _ADORNMENT.match(above)
        if is_title and _ADORNMENT.match(line):
            # docutils takes a shorter line for text, unless it has four signs.
            if len(line.rstrip()) >= min(4, column_width(above.rstrip())):
                return _plain(above)
        elif line.strip() and _ADORNMENT.match(above) and below.rstrip() == above.rstrip():
            return _plain(line)
    return ""


def _plain(title: str) -> str:
    """Return a title without inline markup."""
    title = title[:_LONGEST]  # The expressions take long for long ones.
    return _INLINE.sub(r"\2", _ROLE.sub(r"\1", title)).replace("\\", "")
