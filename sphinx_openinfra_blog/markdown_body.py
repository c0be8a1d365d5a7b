"""Markdown of a post -> its links and images, as MyST-Parser takes them; pure.

The parser is MyST's own. What it does with the tokens (``render_link`` and ``render_image`` of
``myst_parser.mdit_to_docutils.base``) is repeated here as far as it decides what a link is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from markdown_it.renderer import RendererHTML
from myst_parser.parsers.mdit import create_md_parser

from .markdown import said

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from myst_parser.config.main import MdParserConfig

#: Extensions of MyST-Parser by which addresses are links by themselves.
_MAKING_LINKS: Final = frozenset({"linkify", "gfm_autolink"})
#: Where the parser's environment has what tells that nothing in a text has a problem.
_IS_RIGHT: Final = "blog_is_right"
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
#: Where an inline link or an image ends its text, and where an autolink begins.
_LINK: Final = re.compile(r"\]\(|<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:")
#: Links to references need a line that defines one, in whatever block that stands.
_DEFINITION: Final = "]:"
_ELSEWHERE: Final = re.compile(r"(?:\]\(\s*<?|<)https?://([a-zA-Z0-9.-]+)(?=[/?#)>\s])")
# What can hold a bracket that is none.
_HIDING: Final = re.compile(r"[\]\\`<>${}]")
_LONGEST_LABEL: Final = 300
# An image without an alternative text: nothing, blanks, or blanks in disguise.
_SILENT: Final = re.compile(r"!\[(?:\s|&[#\w]+;)*\]")
_BREAKS: Final = frozenset({"softbreak", "hardbreak"})
#: What MyST-Parser makes an alternative text of.
_TEXTS: Final = frozenset({"text", "text_special", "section_ref"})
# Nothing in it is escaped or encoded.
_SIMPLE: Final = re.compile(
    r"""\]\( *<?([^\x00- <>()\\&%"'\x7f-\U0010ffff]+)>?(?: +"[^"\\&\n]*")? *\)(?!\{)"""
)


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
    :ivar line: the 1-based line in the file.
    :ivar is_silent: whether it is an image without an alternative text.
    """

    kind: Kind
    target: str
    line: int
    is_silent: bool = False


def schemes_of(config: MdParserConfig) -> dict[str, Any]:
    """Return the schemes that make a link an address, and what each makes of it."""
    schemes: Any = config.url_schemes
    # MyST-Parser 4 puts a list there, where front matter has one.
    return schemes if isinstance(schemes, dict) else {}


def asks_for_files(config: MdParserConfig) -> bool:
    """Tell whether a link without a scheme may lead to a file."""
    return not (config.commonmark_only or config.gfm_only or config.all_links_external)


class BodyParser:
    """Finds the links and images of Markdown bodies."""

    def __init__(self, config: MdParserConfig) -> None:
        self.config = config
        self._parser = create_md_parser(config, RendererHTML)
        # Nothing but brackets makes links and images, and their names say what they are.
        self._is_plain = asks_for_files(config) and not (
            set(config.enable_extensions) & _MAKING_LINKS
        )
        rules = ["normalize", "block", "inline"]
        if self._parser.options.get("linkify"):
            rules.append("linkify")
        else:
            self._parser.core.ruler.at("inline", _parse_doubtful)
        self._parser.core.ruler.enableOnly(rules)

    def doubtful(
        self, text: str, title: str, hosts: Container[str], has_problem: Callable[[Element], bool]
    ) -> Iterator[Element]:
        """Return the links and images of a body, directives aside, that may have a problem.

        Parsing takes most of the time of a check, and most posts and paragraphs are right: those
        that can be seen to be right without it are not parsed.

        :param text: a whole file.
        :param title: of the post: a first heading that repeats it is not shown.
        :param hosts: those of the blog; a link to another one has no problem.
        :param has_problem: tells whether a link or an image has one.
        """

        def is_right(part: str) -> bool:
            sure = self._sure_elements(part, hosts)
            return sure is not None and not any(has_problem(element) for element in sure)

        if is_right(text):
            return
        tokens = self._parser.parse(text, {_IS_RIGHT: is_right})
        repeated = _heading_like(title, tokens)
        for token in tokens:
            if token is repeated:
                continue
            line = token.map[0] + 1 if token.map else 1
            for child in token.children or ():
                if child.type == "image":
                    src = str(child.attrGet("src") or "")
                    silent = not "".join(_texts_of(child)).strip()
                    yield Element(Kind.IMAGE, src, line, is_silent=silent)
                else:
                    line += child.type in _BREAKS or child.content.count("\n")
                if child.type == "link_open":
                    href, classes = child.attrGet("href"), child.attrGet("class")
                    yield from self._link(
                        str(href or ""),
                        line,
                        is_auto=child.info == "auto",
                        is_external="external" in str(classes or "").split(),
                    )

    def _sure_elements(self, text: str, hosts: Container[str]) -> list[Element] | None:
        """Return at least the links and images of a text that lead to no other host.

        What is found may be in code, and no link at all.

        :returns: ``None`` if only parsing tells, as with escapes or reference definitions.
        """
        if not self._is_plain or _DEFINITION in text or _SILENT.search(text):
            return None
        has_images = "![" in text
        found: list[Element] = []
        for match in _LINK.finditer(text):
            is_image = _ends_image(text, match.start())
            elsewhere = _ELSEWHERE.match(text, match.start())
            if elsewhere and elsewhere[1].lower() not in hosts:
                if is_image is None and has_images:
                    return None  # It may be an image whose text is not seen.
                continue
            simple = _SIMPLE.match(text, match.start())
            if simple is None or is_image is None:
                return None
            found += [Element(Kind.IMAGE, simple[1], 0)] if is_image else self._link(simple[1], 0)
        return found

    def _link(
        self, href: str, line: int, *, is_auto: bool = False, is_external: bool = False
    ) -> Iterator[Element]:
        schemes = schemes_of(self.config)
        match = _SCHEME.match(href)
        scheme = match[1] if match else ""
        if is_external or href.startswith("#") or not asks_for_files(self.config):
            yield Element(Kind.REFERENCE, href, line)
        elif scheme in schemes:
            # One that is made from a template leads elsewhere.
            if "url" not in (schemes[scheme] or {}):
                yield Element(Kind.REFERENCE, href, line)
        elif scheme == "path":
            target = self._parser.normalizeLinkText(href).removeprefix("path:")
            yield Element(Kind.DOWNLOAD, target, line)
        elif scheme not in {"inv", "project"}:
            if is_auto:
                yield Element(Kind.REFERENCE, href, line)
            else:
                yield Element(Kind.UNKNOWN, self._parser.normalizeLinkText(href), line)


def _texts_of(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type in _TEXTS:
            yield child.content
        else:
            yield from _texts_of(child)


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


def _ends_image(text: str, end: int) -> bool | None:
    """Tell whether the bracket at *end* ends the text of an image, not that of a link.

    :returns: ``None`` if what is in the text may hide another bracket.
    """
    begin = text.rfind("[", max(0, end - _LONGEST_LABEL), end)
    before = text[max(0, begin - 2) : max(0, begin)]
    if begin < 0 or _HIDING.search(text, begin + 1, end) or "\\" in before:
        return None
    return before.endswith("!")


def _parse_doubtful(state: StateCore) -> None:
    """Parse what stands in a block, if there may be a link or an image with a problem in it."""
    is_right = state.env.get(_IS_RIGHT)
    if is_right is None or state.env.get("references"):
        is_right = _has_no_mark
    for token in state.tokens:
        if token.type == "inline" and not is_right(token.content):
            assert token.children is not None
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _has_no_mark(text: str) -> bool:
    return "]" not in text and "<" not in text
