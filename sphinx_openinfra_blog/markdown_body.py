"""Markdown of a post -> its links and images, as MyST-Parser takes them; pure.

The parser is MyST's own. What it does with the tokens (``render_link`` and ``render_image`` of
``myst_parser.mdit_to_docutils.base``) is repeated here as far as it decides what a link is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import merge_file_level
from myst_parser.parsers.mdit import create_md_parser

from .frontmatter import height_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from myst_parser.config.main import MdParserConfig

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Without one of them a text has neither link nor image, unless bare addresses are links.
_MARKS = ("](", "][", "]", "<")


class Kind(Enum):
    """What MyST-Parser makes of a link or an image."""

    IMAGE = auto()
    #: A link to an address.
    REFERENCE = auto()
    #: A link to something that may be a file, or have a name.
    UNKNOWN = auto()
    #: A link to a file that readers download.
    DOWNLOAD = auto()


@dataclass(frozen=True, slots=True)
class Element:
    """A link or an image.

    :ivar target: where it leads, as MyST-Parser has it.
    :ivar line: the 1-based line in the file at which its paragraph begins.
    """

    kind: Kind
    target: str
    line: int


def without_front_matter(text: str, kept: str) -> tuple[str, int]:
    """Return a post with as much of its front matter as its parser should see, on as many lines.

    :param kept: that part, as one line.
    :returns: the text, and where its body begins.
    """
    height = height_of(text)
    rest = text.split("\n", height)[height:]
    # Three lines are the least that MyST takes for front matter.
    head = ["---", kept, *[""] * (height - 3), "---"] if height > 2 else []
    return "\n".join([*head, *rest]), sum(len(line) + 1 for line in head)


def config_for(config: MdParserConfig, kept: str) -> MdParserConfig:
    """Return how MyST-Parser parses a post: its front matter may have a say in it.

    :param config: of the site.
    :param kept: the front matter that is not the blog's.
    """
    own = json.loads(kept).get("myst")
    if not isinstance(own, dict):
        return config
    # MyST itself warns of mistakes in it.
    return merge_file_level(config, {"myst": own}, lambda *_: None)


class BodyParser:
    """Finds the links and images of Markdown bodies."""

    def __init__(self, config: MdParserConfig) -> None:
        self.config = config
        self._parser = create_md_parser(config, RendererHTML)
        rules = ["normalize", "block", "inline"]
        if self._parser.options.get("linkify"):
            rules.append("linkify")
        else:
            self._parser.core.ruler.at("inline", _parse_marked)
        self._parser.core.ruler.enableOnly(rules)

    def elements(self, text: str, title: str) -> Iterator[Element]:
        """Return the links and images of a body, directives aside.

        :param text: a whole file.
        :param title: of the post: a first heading that repeats it is not shown.
        """
        tokens = self._parser.parse(text)
        repeated = _heading_like(title, tokens)
        for token in tokens:
            if token is repeated:
                continue
            line = token.map[0] + 1 if token.map else 1
            for child in token.children or ():
                if child.type == "image":
                    yield Element(Kind.IMAGE, str(child.attrGet("src") or ""), line)
                elif child.type == "link_open":
                    yield from self._link(child, line)

    def _link(self, token: Token, line: int) -> Iterator[Element]:
        href = str(token.attrGet("href") or "")
        config = self.config
        schemes: Any = config.url_schemes
        if not isinstance(schemes, dict):
            schemes = {}  # MyST-Parser 4 puts a list there, where front matter has one.
        match = _SCHEME.match(href)
        scheme = match[1] if match else ""
        if (
            config.commonmark_only
            or config.gfm_only
            or config.all_links_external
            or "external" in str(token.attrGet("class") or "").split()
            or href.startswith("#")
        ):
            yield Element(Kind.REFERENCE, href, line)
        elif scheme in schemes:
            # One that is made from a template leads elsewhere.
            if "url" not in (schemes[scheme] or {}):
                yield Element(Kind.REFERENCE, href, line)
        elif scheme == "path":
            target = self._parser.normalizeLinkText(href).removeprefix("path:")
            yield Element(Kind.DOWNLOAD, target, line)
        elif scheme not in {"inv", "project"}:
            if token.info == "auto":
                yield Element(Kind.REFERENCE, href, line)
            else:
                yield Element(Kind.UNKNOWN, self._parser.normalizeLinkText(href), line)


def _heading_like(title: str, tokens: Sequence[Token]) -> Token | None:
    """Return what is in the first heading of the body itself, if it says the same as *title*."""
    places = (
        number
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    )
    if (place := next(places, None)) is None:
        return None
    inner = tokens[place + 1]
    # Where nothing was parsed, there is nothing to leave out.
    text = "".join(token.content for token in inner.children or () if token.type != "image")
    return inner if said(text) == said(title) else None


def said(text: str) -> str:
    """Return what a heading says, case, spacing and punctuation aside."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", text) or text.strip()


def _parse_marked(state: StateCore) -> None:
    """Parse what stands in a block, if there can be a link or an image in it."""
    for token in state.tokens:
        if token.type == "inline" and any(mark in token.content for mark in _MARKS):
            assert token.children is not None
            state.md.inline.parse(token.content, state.md, state.env, token.children)
