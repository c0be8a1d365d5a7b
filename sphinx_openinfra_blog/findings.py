"""What a check found: how grave it is, and how it is written for people and programs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from .untrusted import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

#: Of the JSON; it changes when a program that reads it would have to.
_VERSION: Final = 1
# The runners of GitHub (##[...]), Azure Pipelines (##vso[...]) and TeamCity (##teamcity[...])
# obey to such words wherever they stand in a line.
_COMMAND: Final = re.compile(r"##(?=[a-zA-Z]*\[)")


class Severity(Enum):
    """How grave a problem is."""

    #: A file has no page because of it.
    ERROR = "error"
    #: Something else is not as its author meant it.
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, as it is shown.

    :ivar path: the file, as seen from the working folder; empty if it is about none.
    :ivar line: the 1-based line in it, 0 for none.
    :ivar type: for ``suppress_warnings``; empty for what Sphinx says.
    """

    path: str
    line: int
    severity: Severity
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found.

    :ivar found: in the order of files and lines.
    :ivar posts: how many posts were checked.
    :ivar not_checked: what only a build tells, in words.
    """

    found: Sequence[Finding]
    posts: int
    not_checked: Sequence[str]

    def count(self, severity: Severity) -> int:
        """Return how many problems are of a severity."""
        return sum(item.severity is severity for item in self.found)


def write_text(findings: Findings, out: TextIO) -> None:
    """Write what was found for people, one problem on a line, as Sphinx writes its warnings."""
    for item in findings.found:
        place = f"{item.path}:{item.line or ''}: ".replace("::", ":") if item.path else ""
        kind = f" [{item.type}]" if item.type else ""
        line = f"{place}{item.severity.name}: {item.message}{kind}"
        out.write(_COMMAND.sub(r"#\\x23", on_one_line(line)) + "\n")
    _write_end(findings, out)


def write_json(findings: Findings, out: TextIO) -> None:
    """Write what was found for programs; the how-to guide describes it."""
    document = {
        "version": _VERSION,
        "posts": findings.posts,
        "errors": findings.count(Severity.ERROR),
        "warnings": findings.count(Severity.WARNING),
        "problems": [
            {
                "path": item.path,
                "line": item.line,
                "severity": item.severity.value,
                "type": item.type,
                "message": item.message,
            }
            for item in findings.found
        ],
        "not_checked": list(findings.not_checked),
    }
    json.dump(document, out, indent=2)
    out.write("\n")


def write_github(findings: Findings, out: TextIO) -> None:
    """Write what was found as commands that annotate a change on GitHub.

    Their form is that of ``@actions/core`` (``command.ts`` in github.com/actions/toolkit).
    """
    for item in findings.found:
        properties = {"file": item.path, "line": str(item.line or ""), "title": item.type}
        shown = ",".join(f"{key}={_property(text)}" for key, text in properties.items() if text)
        head = f"{item.severity.value} {shown}".strip()
        out.write(f"::{head}::{_data(on_one_line(item.message))}\n")
    _write_end(findings, out)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(on_one_line(text)).replace(":", "%3A").replace(",", "%2C")


def _write_end(findings: Findings, out: TextIO) -> None:
    counted = _count(findings.posts, "post")
    parts = [
        _count(number, severity.value)
        for severity in Severity
        if (number := findings.count(severity))
    ]
    out.write(f"{counted} checked: {' and '.join(parts) or 'no problem'}\n")
    out.write(f"Only a build checks: {', '.join(findings.not_checked)}\n")


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def exit_status(findings: Findings, fail_on: str) -> int:
    """Return the exit status: 1 if something is as grave as *fail_on*, or graver, else 0."""
    graver: Iterable[Severity] = {
        "error": (Severity.ERROR,),
        "warning": tuple(Severity),
        "never": (),
    }[fail_on]
    return 1 if any(findings.count(severity) for severity in graver) else 0
