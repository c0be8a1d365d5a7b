"""The sources of posts, prepared for their parsers."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.environment import project_of
from sphinx_openinfra_blog.frontmatter import FrontMatterError, Markup, Notebook, find

from .myst import OF_MYST, block_parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from myst_parser.config.main import MdParserConfig
    from sphinx.application import Sphinx

    from sphinx_openinfra_blog.model import Post

# What makes a notebook of a text file.
_OF_NOTEBOOKS = frozenset("jupytext file_format kernelspec mystnb nbsphinx".split())
# Ends every block but code without an end, in which the headings of later cells then stay.
_BETWEEN_CELLS = "\n\n<!-- the next cell of the notebook -->\n\n"
_ATX = re.compile(r"( {0,3})#{1,6}")


class SourceReader:
    """Prepares the sources of posts for their parsers; lives as long as the application."""

    def __init__(self) -> None:
        """Begin without a parser."""
        self._parser: MarkdownIt | None = None

    def clear_front_matter(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Replace the front matter of a post by what its parser should see (``source-read``).

        In Markdown these are the keys which are not the blog's, in reStructuredText blank lines;
        the number of lines stays the same.
        """
        project = project_of(app)
        post = project.blog.posts.get(docname)
        if post is None:
            return
        parsers, text = project.scanner.parsers, content[0]
        markup = parsers.markup(post.path)
        try:
            if markup is Markup.NOTEBOOK:
                notebook = Notebook(text)
                notebook.remove_front_matter()
                if (parser := self._parser_for(app, post)) is not None:
                    notebook.texts = _mended_cells(notebook.texts, parser)
                content[0] = notebook.text()
                return
            block = find(text, markup, in_directive=not parsers.has_post)
        except FrontMatterError:
            # Since the scan it became what is held back; the next build knows.
            content[0] = ""
            return
        lines = text.split("\n")
        if block is not None:
            head = (
                _head_for(post, parsers.format_of(post.path)) if markup is Markup.MARKDOWN else ""
            )
            # MyST-Parser needs at least three lines to recognize front matter.
            is_head = bool(head) and block.first == 0 and block.height > 2
            blank = [""] * (block.height - 3)
            lines[block.first : block.end] = (
                ["---", head, *blank, "---"] if is_head else [""] * block.height
            )
        content[0] = "\n".join(lines)
        if (parser := self._parser_for(app, post)) is not None:
            content[0] = with_consecutive_headings(content[0], parser)

    def mend_included_markdown(
        self, app: Sphinx, path: Path, _stem: str, content: list[str]
    ) -> None:
        """Mend the headings of Markdown that a post includes (``include-read``)."""
        post = project_of(app).blog.posts.get(app.env.docname)
        if post is None or app.config.source_suffix.get(path.suffix) not in OF_MYST:
            return
        if (parser := self._parser_for(app, post)) is not None:
            content[0] = with_consecutive_headings(content[0], parser)

    def _parser_for(self, app: Sphinx, post: Post) -> MarkdownIt | None:
        """Return a parser of Markdown blocks; ``None`` if MyST-Parser does not read the post."""
        config = getattr(app.env, "myst_config", None)
        if config is None or project_of(app).scanner.parsers.format_of(post.path) not in OF_MYST:
            return None
        return self.parser_for(config, post.passthrough)

    def parser_for(self, config: MdParserConfig, passthrough: str) -> MarkdownIt:
        """Return the block parser for a post, whose front matter may configure MyST-Parser.

        :param config: the configuration of the site, the same in every call.
        :param passthrough: the front matter that is not the blog's, as JSON on one line.
        """
        own = json.loads(passthrough).get("myst")
        if isinstance(own, dict):
            return block_parser(config, own)
        if self._parser is None:
            self._parser = block_parser(config)
        return self._parser


def _head_for(post: Post, kind: str | None) -> str:
    """Return the front matter that a parser of Markdown should see, as one line of JSON."""
    if kind in OF_MYST:
        return post.passthrough
    passed = json.loads(post.passthrough)
    kept = {key: passed[key] for key in sorted(passed) if key in _OF_NOTEBOOKS}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def with_consecutive_headings(text: str, parser: MarkdownIt) -> str:
    """Return *text* with heading levels that begin at 1 and skip none, on as many lines.

    Headings in lists, quotes and directives are left alone.

    :param text: a whole Markdown file.
    :param parser: a parser from :func:`block_parser`.
    """
    lines = text.split("\n")
    for token, depth in _depths(parser.parse(text)):
        if token.tag == f"h{depth}":
            continue
        assert token.map is not None
        first, last = token.map
        if token.markup.startswith("#"):
            lines[first] = _ATX.sub(rf"\g<1>{'#' * depth}", lines[first], count=1)
        else:
            lines[first:last] = _setext(lines[first:last], depth)
    return "\n".join(lines)


def _mended_cells(texts: list[str], parser: MarkdownIt) -> list[str]:
    """Return the Markdown cells of a notebook, with consecutive headings throughout."""
    whole = with_consecutive_headings(_BETWEEN_CELLS.join(texts), parser)
    mended = whole.split(_BETWEEN_CELLS)
    return mended if len(mended) == len(texts) else texts


def _depths(tokens: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Return each heading of the body itself, with the level that it should have."""
    open_tags: list[str] = []
    for token in tokens:
        if token.type == "heading_open" and token.level == 0:
            while open_tags and open_tags[-1] >= token.tag:
                open_tags.pop()
            open_tags.append(token.tag)
            yield token, len(open_tags)


def _setext(lines: list[str], depth: int) -> list[str]:
    """Return an underlined heading at another depth, on as many lines."""
    if depth <= 2:
        mark = "=" if depth == 1 else "-"
        underline = lines[-1]
        indent = underline[: len(underline) - len(underline.lstrip(" "))]
        return [*lines[:-1], indent + mark * max(3, len(underline.strip()))]
    # Only two levels can be underlined. A closing "#" would be dropped from an ATX heading.
    text = " ".join(line.strip().removesuffix("\\").strip() for line in lines[:-1])
    text = re.sub(r"(#+)$", r"\\\1", text)
    return [f"{'#' * depth} {text}", *[""] * (len(lines) - 1)]


def heading_key(text: str) -> str:
    """Return what headings are compared by: their letters and digits, without case."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", text) or text.strip()
