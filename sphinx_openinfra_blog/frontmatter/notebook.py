"""The front matter of Jupyter notebooks; pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_openinfra_blog.model import __

from .block import find
from .data_forms import entry_of
from .entries import FrontMatter, FrontMatterError
from .spelling import spelling

if TYPE_CHECKING:
    from collections.abc import Sequence


class Notebook:
    """A notebook: its first cell is its front matter, or else its metadata is."""

    def __init__(self, text: str) -> None:
        """Read the file.

        :param text: JSON as https://nbformat.readthedocs.io describes it, from version 4 on.
        :raises FrontMatterError: if it is none.
        """
        try:
            self._content: Any = json.loads(text)
        except json.JSONDecodeError as error:
            message = __("invalid notebook: %s, line %s of its JSON", error.msg, error.lineno)
            raise FrontMatterError(message, 0) from error
        except RecursionError as error:
            raise FrontMatterError(__("too deeply nested values in the notebook"), 0) from error
        content = self._content if isinstance(self._content, dict) else {}
        cells = content.get("cells")
        self._cells: list[Any] = cells if isinstance(cells, list) else []
        metadata = content.get("metadata")
        self._metadata: dict[str, Any] = metadata if isinstance(metadata, dict) else {}

    def _first_cell(self) -> str:
        """Return the text of the first cell, if it is raw or Markdown."""
        return _text_of(self._cells[0], "raw", "markdown") if self._cells else ""

    def read(self) -> FrontMatter | None:
        """Return the front matter, with lines in the first cell; 0 in the metadata.

        :raises FrontMatterError: if it cannot be read.
        """
        if block := find(self._first_cell()):
            return block.read()
        if any(map(spelling, self._metadata)):
            entry = entry_of(self._metadata)
            return FrontMatter(entry.data) if isinstance(entry.data, dict) else None
        return None

    def remove_front_matter(self) -> None:
        """Take the front matter out: with its cell, if there is nothing else in it."""
        text = self._first_cell()
        if block := find(text):
            rest = "\n".join(text.split("\n")[block.end :]).strip()
            first = [{**self._cells[0], "cell_type": "markdown", "source": rest}] if rest else []
            self._cells[:1] = first
        for key in [*filter(spelling, self._metadata)]:
            del self._metadata[key]

    @property
    def texts(self) -> list[str]:
        """The texts of the Markdown cells."""
        return [_text_of(cell, "markdown") for cell in self._markdown_cells()]

    @texts.setter
    def texts(self, texts: Sequence[str]) -> None:
        for cell, text in zip(self._markdown_cells(), texts, strict=True):
            cell["source"] = text

    def _markdown_cells(self) -> list[dict[str, Any]]:
        cells = (cell for cell in self._cells if isinstance(cell, dict))
        return [cell for cell in cells if cell.get("cell_type") == "markdown"]

    def text(self) -> str:
        """Return the file."""
        return json.dumps(self._content, ensure_ascii=False, indent=1) + "\n"


def _text_of(cell: object, *kinds: str) -> str:
    """Return the text of a cell of some kinds, else an empty string."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in kinds:
        return ""
    source = cell.get("source")
    return "".join(map(str, source)) if isinstance(source, list) else str(source or "")
