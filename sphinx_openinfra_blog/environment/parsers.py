"""Which parser of the site reads a file, and what that means for posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docutils.parsers.rst import Parser as RSTParser

from sphinx_openinfra_blog.frontmatter import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

#: The packages whose parsers read posts, besides that of reStructuredText.
_SERVED: Final = frozenset({"myst_parser", "myst_nb", "nbsphinx"})
_OF_REST: Final = frozenset({"restructuredtext", None})


@dataclass(frozen=True, slots=True)
class Parsers:
    """The parsers of a site.

    :ivar formats: file name suffix -> format, as Sphinx's ``source_suffix``.
    :ivar others: the formats whose parsers cannot read posts, with their names.
    """

    formats: Mapping[str, str | None]
    others: Mapping[str, str] = field(default_factory=dict)

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


def parsers_of(app: Sphinx) -> Parsers:
    """Return the parsers that are registered."""
    formats = app.config.source_suffix
    parsers = app.registry.source_parsers
    others = {
        kind: f"{parser.__module__}.{parser.__qualname__}"
        for kind, parser in parsers.items()
        if not issubclass(parser, RSTParser)
        and not any(base.__module__.partition(".")[0] in _SERVED for base in parser.__mro__)
    }
    return Parsers(formats, others)
