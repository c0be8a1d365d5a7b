"""The command line: ``python -m sphinx_openinfra_blog``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from .untrusted import InputError, on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .commands import Command

_PROGRAM: Final = "python -m sphinx_openinfra_blog"
#: Each subcommand is declared in the module of its name.
COMMANDS: Final = ("check", "parity", "schema")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand.

    :param arguments: without them, those of the command line.
    :returns: the exit status: what the subcommand says, 2 if it cannot read its input, or 1 if
        nobody reads its output.
    :raises SystemExit: with status 2 if the arguments are wrong.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    # Loading the others would take longer than many a run; all are needed to list them only.
    named = [name for name in COMMANDS if name in arguments]
    given = _parser(named or COMMANDS).parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # What is shown comes from other sites; a terminal may not know all of its letters.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status: int = given.run(given, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read the output has had enough; Python would complain once more at its own end
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
        epilog=f"What a command takes: {_PROGRAM} COMMAND --help",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True
    )
    for name in names:
        command: Command = import_module(f".{name}", __package__).COMMAND
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
