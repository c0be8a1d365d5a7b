"""The interface of the subcommands of ``python -m sphinx_openinfra_blog``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand.

    :ivar name: the name, as typed.
    :ivar summary: one line for the list of subcommands.
    :ivar description: the text of its own help.
    :ivar add_arguments: declares its arguments.
    :ivar run: runs it and returns the exit status; takes the arguments and the output. Raises
        :class:`~sphinx_openinfra_blog.commands.InputError` for invalid input.
    """

    name: str
    summary: str
    description: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, TextIO], int]
