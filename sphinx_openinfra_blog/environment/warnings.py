"""Warnings of type ``openinfra_blog``, with their locations."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from itertools import takewhile
from logging import WARNING, getLogger
from logging.handlers import BufferingHandler
from typing import TYPE_CHECKING, Final

from docutils import nodes
from docutils.nodes import Node
from sphinx.util import logging

from sphinx_openinfra_blog.model import printable

from .locale import translate
from .nodes import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from logging import LogRecord
    from pathlib import Path

    from sphinx_openinfra_blog.model import Message, Problem, Subtype

_TYPE: Final = "openinfra_blog"

_logger = logging.getLogger(__name__)


def warn(
    subtype: Subtype, message: Message, location: Node | str | None, *, once: bool = False
) -> None:
    """Log a warning of type ``openinfra_blog``.

    :param location: the node it is about, a docname, or ``file:line``.
    :param once: whether to leave out what has been said in this build.
    """
    if isinstance(location, Node):
        location = place_of(location)
    text = printable(translate(message))
    # Without arguments, as what comes from another process, with which Sphinx compares it.
    _logger.warning(text, location=location, type=_TYPE, subtype=subtype.value, once=once)


def warn_of(problem: Problem, srcdir: Path) -> None:
    """Log a problem as a warning at its file and line."""
    location = f"{srcdir / problem.path}:{problem.line}" if problem.path else None
    warn(problem.subtype, problem.message, location)


def is_suppressed(subtype: Subtype, suppressed: Sequence[str]) -> bool:
    """Tell whether a warning is suppressed.

    :param suppressed: Sphinx's option ``suppress_warnings``.
    """
    return logging.is_suppressed_warning(_TYPE, subtype.value, suppressed)


@contextmanager
def sphinx_warnings() -> Iterator[list[LogRecord]]:
    """Collect the records of Sphinx's warnings where no application shows them."""
    handler = BufferingHandler(sys.maxsize)
    handler.setLevel(WARNING)
    logger = getLogger(logging.NAMESPACE)
    logger.addHandler(handler)
    try:
        yield handler.buffer
    finally:
        logger.removeHandler(handler)


def inform(message: Message) -> None:
    """Log an information."""
    _logger.info("%s", printable(translate(message)))


def place_of(node: Node) -> str | None:
    """Return the absolute path and the line of a node, with a colon between them.

    docutils gives an inline node at best the first line of its paragraph.
    """
    around = [node, *ancestors(node)]
    known = next((item for item in around if item.line and item.source), None)
    if known is None:
        return logging.get_node_location(node)
    line = known.line or 0
    texts = (item for item in around if isinstance(item, nodes.TextElement))
    block = next((item for item in texts if not isinstance(item, nodes.Inline)), None)
    if block is not None and block.line == line:
        line += _lines_before(node, block)
    return f"{os.path.abspath(known.source or '')}:{line}"  # noqa: PTH100


def _lines_before(node: Node, block: Node) -> int:
    """Count the line ends of a paragraph before a node in it."""
    return sum(
        item.astext().count("\n")
        for item in takewhile(lambda item: item is not node, block.findall())
        # A hard line break is written for two formats.
        if isinstance(item, nodes.Text) and item.parent.get("format", "html") == "html"
    )
