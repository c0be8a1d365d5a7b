"""Find names in conf.py that are meant as options; pure."""

from __future__ import annotations

import ast
import difflib
import re
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Problem, Subtype, __

from .option import PREFIX
from .settings import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: Final = tuple(option.name for option in OPTIONS)
#: What the names of options begin with, and what is meant to be that.
_BEGINNING: Final = re.compile(r"openinfra_?blogs?_?", re.IGNORECASE)


def unknown_options(source: bytes, path: str) -> Iterator[Problem]:
    """Find names that look like options and are none: Sphinx takes no notice of them.

    :param source: conf.py. What it imports is not looked at.
    :param path: its absolute path.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Store):
            continue
        beginning = _BEGINNING.match(node.id)
        if beginning is None or node.id.removeprefix(PREFIX) in _NAMES:
            continue
        message = __("unknown option '%s'", node.id[:80])
        written = node.id[beginning.end() :].lower()
        if near := difflib.get_close_matches(written, _NAMES, n=1):
            message = __("%s; did you mean '%s'?", message, PREFIX + near[0])
        yield Problem(Subtype.OPTION, message, path, node.lineno)
