"""An extension with a parser that the blog does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers import Parser

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class TextParser(Parser):
    """Makes one paragraph of a file."""

    supported: ClassVar[tuple[str, ...]] = ("plain-text",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a file."""
        document += nodes.paragraph("", inputstring)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the parser."""
    app.add_source_parser(TextParser)
    return {"parallel_read_safe": True}
