"""What a subcommand of ``python -m sphinx_openinfra_blog`` is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand.

    :ivar name: as typed.
    :ivar summary: one line, for the list of subcommands.
    :ivar description: for its own help.
    :ivar add_arguments: declares what it takes.
    :ivar run: does it: what was given, where to write to -> the exit status. It raises
        :class:`~sphinx_openinfra_blog.untrusted.InputError` for what it cannot read.
    """

    name: str
    summary: str
    description: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, TextIO], int]
