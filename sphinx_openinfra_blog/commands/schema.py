"""The command ``schema``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TextIO

from sphinx_openinfra_blog.frontmatter import front_matter_schema

from .command import Command

if TYPE_CHECKING:
    from argparse import Namespace

_DESCRIPTION: Final = (
    "Print a JSON Schema (draft 7) of the front matter of posts, with which editors complete keys "
    "and mark mistakes."
)


def _run(_given: Namespace, out: TextIO) -> int:
    json.dump(front_matter_schema(), out, indent=2)
    out.write("\n")
    return 0


COMMAND: Final = Command(
    "schema",
    "print a JSON Schema of front matter, for editors",
    _DESCRIPTION,
    lambda _parser: None,
    _run,
)
