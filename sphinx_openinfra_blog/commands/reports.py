"""The result of a check, written for people, for programs and for GitHub."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import on_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

#: The version of the JSON format; it changes when programs that read it have to.
_VERSION: Final = 1
# Runners of GitHub (##[...]), Azure Pipelines (##vso[...]) and TeamCity (##teamcity[...]) obey
# these commands anywhere in a line.
_COMMAND: Final = re.compile(r"##(?=[a-zA-Z]*\[)")


class Severity(Enum):
    """The severity of a problem."""

    #: A file has no page because of it.
    ERROR = "error"
    #: Any other problem.
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, as it is shown.

    :ivar path: the file, relative to the working folder; empty if there is none.
    :ivar line: the 1-based line in the file, or 0.
    :ivar type: for ``suppress_warnings``; empty if there is none.
    """

    path: str
    line: int
    severity: Severity
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check.

    :ivar findings: the problems, in the order of files and lines.
    :ivar posts: the number of posts that were checked, those without a page included.
    :ivar pages: the number of ordinary pages below the blog's folder.
    :ivar remarks: what is no problem, in sentences.
    :ivar not_checked: what was not checked, in words.
    """

    findings: Sequence[Finding]
    posts: int
    not_checked: Sequence[str]
    pages: int = 0
    remarks: Sequence[str] = ()

    def count(self, severity: Severity) -> int:
        """Return the number of problems of a severity."""
        return sum(item.severity is severity for item in self.findings)


def write_text(report: Report, out: TextIO) -> None:
    """Write the problems as Sphinx writes warnings, each on a line."""
    for item in report.findings:
        place = f"{item.path}:{item.line or ''}: ".replace("::", ":") if item.path else ""
        kind = f" [{item.type}]" if item.type else ""
        line = f"{place}{item.severity.name}: {item.message}{kind}"
        out.write(_COMMAND.sub(r"#\\x23", on_one_line(line)) + "\n")
    _write_end(report, out)


def write_json(report: Report, out: TextIO) -> None:
    """Write JSON, as described in the how-to guide."""
    document = {
        "version": _VERSION,
        "posts": report.posts,
        "pages": report.pages,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "problems": [
            {
                "path": item.path,
                "line": item.line,
                "severity": item.severity.value,
                "type": item.type,
                "message": item.message,
            }
            for item in report.findings
        ],
        "remarks": list(report.remarks),
        "not_checked": list(report.not_checked),
    }
    json.dump(document, out, indent=2)
    out.write("\n")


def write_github(report: Report, out: TextIO) -> None:
    """Write commands that annotate a change on GitHub.

    Their form is that of ``@actions/core`` (``command.ts`` in github.com/actions/toolkit).
    """
    for item in report.findings:
        properties = {"file": item.path, "line": str(item.line or ""), "title": item.type}
        shown = ",".join(f"{key}={_property(text)}" for key, text in properties.items() if text)
        head = f"{item.severity.value} {shown}".strip()
        out.write(f"::{head}::{_data(on_one_line(item.message))}\n")
    _write_end(report, out)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(on_one_line(text)).replace(":", "%3A").replace(",", "%2C")


def _write_end(report: Report, out: TextIO) -> None:
    parts = [
        counted(number, severity.value)
        for severity in Severity
        if (number := report.count(severity))
    ]
    if report.posts or parts:
        posts = counted(report.posts, "post")
        out.write(f"{posts} checked: {' and '.join(parts) or 'no problem'}\n")
    else:
        out.write("No post found.\n")
    out.writelines(f"{on_one_line(remark)}\n" for remark in report.remarks)
    out.write(f"Not checked: {', '.join(report.not_checked)}\n")


def counted(number: int, one: str) -> str:
    """Return a number and its noun."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def exit_status(report: Report, fail_on: str) -> int:
    """Return 1 if a problem is at least as severe as *fail_on*, else 0."""
    failing = {"error": [Severity.ERROR], "warning": [*Severity], "never": []}[fail_on]
    return int(any(map(report.count, failing)))
