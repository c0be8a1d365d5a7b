"""The command line: ``python -m sphinx_openinfra_blog``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from .commands import InputError
from .model import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .commands import Command

_PROGRAM: Final = "python -m sphinx_openinfra_blog"
#: Subcommand -> the module that declares it.
COMMANDS: Final = {
    "check": "commands.check",
    "parity": "commands.parity.command",
    "schema": "commands.schema",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand.

    :param arguments: ``None`` for those of the command line.
    :returns: the exit status of the subcommand; 2 for invalid input; 1 if the output is closed.
    :raises SystemExit: with status 2 if the arguments are wrong.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    # Loading a subcommand takes longer than many a run; the list of commands needs them all.
    named = [name for name in COMMANDS if name in arguments]
    given = _parser(named or COMMANDS).parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # The encoding of a terminal may lack characters of the output.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status: int = given.run(given, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        # Keep Python from failing again when it flushes the output at exit
        # (https://docs.python.org/3/library/signal.html#note-on-sigpipe).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except InputError as error:
        lines = "\n".join(on_one_line(line) for line in str(error).split("\n"))
        sys.stderr.write(f"{_PROGRAM} {given.command}: error: {lines}\n")
        return 2
    return status


def _parser(names: Iterable[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_PROGRAM,
        description="Tools for a blog inside a Sphinx documentation site.",
        epilog=f"Help on a command: {_PROGRAM} COMMAND --help",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    for name in names:
        command: Command = import_module(f".{COMMANDS[name]}", __package__).COMMAND
        own = commands.add_parser(
            command.name,
            help=command.summary,
            description=command.description,
            allow_abbrev=False,
        )
        command.add_arguments(own)
        own.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
