"""A parser that the blog does not know, and a format of notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers import Parser
from nbformat import from_dict

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class TextParser(Parser):
    """Makes one paragraph of a file."""

    supported: ClassVar[tuple[str, ...]] = ("plain-text",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a file."""
        document += nodes.paragraph("", inputstring)


def as_notebook(text: str) -> Any:
    """Return a notebook with one cell."""
    content = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    cell = {"cell_type": "markdown", "id": "one", "metadata": {}, "source": text}
    return from_dict(content | {"cells": [cell]})  # type: ignore[no-untyped-call]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the parser."""
    app.add_source_parser(TextParser)
    return {"parallel_read_safe": True}
