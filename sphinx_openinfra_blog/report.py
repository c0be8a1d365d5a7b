"""Problems -> Sphinx warnings: the only place of the extension that warns."""

from __future__ import annotations

import os
from contextlib import contextmanager
from logging import WARNING, Handler, LogRecord, getLogger
from typing import TYPE_CHECKING

from docutils.nodes import Node
from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .diagnostics import Problem, Subtype

_logger = logging.getLogger(__name__)


def warn(subtype: Subtype, message: str, location: Node | str | None) -> None:
    """Give one warning of type ``openinfra_blog``.

    :param location: the node it is about, a docname, or ``file:line``.
    """
    if isinstance(location, Node):
        location = _with_line(location)
    _logger.warning("%s", message, location=location, type="openinfra_blog", subtype=subtype.value)


def warn_on_line(subtype: Subtype, message: str, node: Node, line: int) -> None:
    """Give a warning about a line of a node's file that is not the node's own."""
    # The source of what is included may be relative to the working directory.
    warn(subtype, message, f"{os.path.abspath(node.source or '')}:{line}")  # noqa: PTH100


def warn_of(problem: Problem, srcdir: Path) -> None:
    """Give the warning that a problem deserves, at its file and line."""
    location = f"{srcdir / problem.path}:{problem.line}" if problem.path else None
    warn(problem.subtype, problem.message, location)


def is_suppressed(subtype: Subtype, suppressed: Sequence[str]) -> bool:
    """Tell whether nobody wants to see a warning.

    :param suppressed: Sphinx's option ``suppress_warnings``.
    """
    return logging.is_suppressed_warning("openinfra_blog", subtype.value, suppressed)


@contextmanager
def sphinx_warnings() -> Iterator[list[str]]:
    """Collect what Sphinx warns of where no application shows it."""
    said: list[str] = []
    handler = _Collector(said)
    logger = getLogger(logging.NAMESPACE)
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


class _Collector(Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(WARNING)
        self._said = said

    def emit(self, record: LogRecord) -> None:
        self._said.append(record.getMessage())


def inform(message: str) -> None:
    """Say something that is no mistake."""
    _logger.info("%s", message)


def _with_line(node: Node) -> Node:
    """Return the innermost node around *node* that knows its line; not every inline one does."""
    around: Node | None = node
    while around is not None:
        if around.line and around.source:
            return around
        around = around.parent
    return node
