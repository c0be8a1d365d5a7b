"""Which parser of the site reads a file, and what that means for posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docutils.parsers.rst import Parser as RSTParser
from sphinx.util.docutils import is_directive_registered

from sphinx_openinfra_blog.frontmatter import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

#: The packages whose parsers read posts, besides that of reStructuredText.
_SERVED: Final = frozenset({"myst_parser", "myst_nb", "nbsphinx"})
#: The suffix of Markdown that the blog brings a parser for.
MARKDOWN: Final = ".md"
_OF_REST: Final = frozenset({"restructuredtext", None})


@dataclass(frozen=True, slots=True)
class Parsers:
    """The parsers of a site.

    :ivar formats: file name suffix -> format, as Sphinx's ``source_suffix``.
    :ivar others: the formats whose parsers cannot read posts, with their names.
    :ivar brought: the suffix that only the blog has a parser for, or an empty string.
    :ivar has_post: whether an extension has a directive ``post``, as ABlog; else its options
        are front matter.
    """

    formats: Mapping[str, str | None]
    others: Mapping[str, str] = field(default_factory=dict)
    brought: str = ""
    has_post: bool = False

    def format_of(self, path: str) -> str | None:
        """Return the format of a file, by the first suffix, as Sphinx does.

        ``None`` is reStructuredText to Sphinx.
        """
        kinds = (kind for suffix, kind in self.formats.items() if path.endswith(suffix))
        return next(kinds, "")

    def markup(self, path: str) -> Markup:
        """Return what a file is written in."""
        kind = self.format_of(path)
        if kind in _OF_REST:
            return Markup.REST
        return Markup.NOTEBOOK if path.endswith(".ipynb") else Markup.MARKDOWN

    def unserved(self, path: str) -> str:
        """Return the name of the parser of a file if it cannot read posts, or an empty string."""
        return self.others.get(self.format_of(path) or "", "")


class MarkdownParser:
    """MyST-Parser, where the site itself has no parser of Markdown.

    :ivar is_brought: whether the blog set it up.
    """

    def __init__(self) -> None:
        """Begin without."""
        self.is_brought = False

    def add(self, app: Sphinx, config: Config) -> None:
        """Let MyST-Parser read ``.md`` if nothing else does (``config-inited``).

        After extensions that are set up later, or register suffixes in listeners of their own,
        and before Sphinx itself collects the suffixes (800).
        """
        suffixes = app.registry.source_suffix
        if isinstance(config.source_suffix, dict):
            suffixes = suffixes | config.source_suffix
        if suffixes.get(MARKDOWN) not in app.registry.source_parsers:
            self.is_brought = "myst_parser" not in app.extensions
            app.setup_extension("myst_parser")


def parsers_of(app: Sphinx, markdown: MarkdownParser) -> Parsers:
    """Return the parsers that are registered."""
    parsers = app.registry.source_parsers
    others = {
        kind: f"{parser.__module__}.{parser.__qualname__}"
        for kind, parser in parsers.items()
        if not issubclass(parser, RSTParser)
        and not any(base.__module__.partition(".")[0] in _SERVED for base in parser.__mro__)
    }
    brought = MARKDOWN if markdown.is_brought else ""
    return Parsers(app.config.source_suffix, others, brought, is_directive_registered("post"))
