"""How what a check found is written."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.commands.reports import (
    Finding,
    Report,
    Severity,
    exit_status,
    write_github,
    write_json,
    write_text,
)

TYPE = "openinfra_blog.date"
WRONG = Finding("docs/blog/a.md", 3, Severity.ERROR, TYPE, "invalid date for 'date': 'x'")
DOUBTFUL = Finding("docs/blog/b.md", 4, Severity.WARNING, "openinfra_blog.link", "no target")
NOWHERE = Finding("", 0, Severity.WARNING, "", "Ignored unreadable document 'x'.")

#: How a runner of GitHub reads a command (``ActionCommand.cs`` in github.com/actions/runner).
COMMAND = re.compile(r"::(error|warning)(?: ([^:]*(?:=[^:]*)))?::(.*)")
hostile = st.text(
    st.sampled_from("\x1b\x07\x9b\x7f\r\n\u2028\u202e\u2066\udcff%:,=[]#a\0é\u200b"), max_size=12
)


def written(write: object, *found: Finding, posts: int = 2) -> str:
    out = StringIO()
    write(Report(found, posts, ["roles", "raw HTML"]), out)  # type: ignore[operator]
    return out.getvalue()


def test_people_read_what_sphinx_would_write() -> None:
    assert written(write_text, NOWHERE, WRONG, DOUBTFUL).splitlines() == [
        "WARNING: Ignored unreadable document 'x'.",
        "docs/blog/a.md:3: ERROR: invalid date for 'date': 'x' [openinfra_blog.date]",
        "docs/blog/b.md:4: WARNING: no target [openinfra_blog.link]",
        "2 posts checked: 1 error and 2 warnings",
        "Not checked: roles, raw HTML",
    ]
    assert "1 post checked: no problem\n" in written(write_text, posts=1)


def test_programs_read_json() -> None:
    document = json.loads(written(write_json, WRONG))
    assert document == {
        "version": 1,
        "posts": 2,
        "pages": 0,
        "errors": 1,
        "warnings": 0,
        "problems": [
            {
                "path": "docs/blog/a.md",
                "line": 3,
                "severity": "error",
                "type": TYPE,
                "message": "invalid date for 'date': 'x'",
            }
        ],
        "remarks": [],
        "not_checked": ["roles", "raw HTML"],
    }


def test_github_annotates_the_line() -> None:
    odd = Finding("docs/a,b:c%.md", 7, Severity.WARNING, TYPE, "100% wrong: a, b\nc")
    assert written(write_github, WRONG, odd, NOWHERE).splitlines()[:3] == [
        "::error file=docs/blog/a.md,line=3,title=openinfra_blog.date"
        "::invalid date for 'date': 'x'",
        "::warning file=docs/a%2Cb%3Ac%25.md,line=7,title=openinfra_blog.date"
        "::100%25 wrong: a, b\\nc",
        "::warning::Ignored unreadable document 'x'.",
    ]


@given(hostile, hostile)
def test_nothing_of_a_stranger_reaches_a_terminal_or_a_runner(path: str, message: str) -> None:
    finding = Finding(f"blog/{path}", 1, Severity.WARNING, TYPE, f"##[add-mask]{message}##vso[x")
    for write, lines in ((write_text, 3), (write_json, None), (write_github, 3)):
        out = written(write, finding)
        assert all(char.isprintable() or char == "\n" for char in out)
        assert lines is None or out.count("\n") == lines
    first = written(write_github, finding).splitlines()[0]
    match = COMMAND.fullmatch(first)
    assert match is not None
    properties = dict(item.split("=", 1) for item in match[2].split(","))
    assert properties.keys() == {"file", "line", "title"}
    assert not re.search(r"##[a-z]*\[", written(write_text, finding))


@pytest.mark.parametrize(
    ("found", "statuses"),
    [
        ((), (0, 0, 0)),
        ((DOUBTFUL,), (0, 1, 0)),
        ((WRONG,), (1, 1, 0)),
        ((WRONG, DOUBTFUL), (1, 1, 0)),
    ],
    ids=["none", "warning", "error", "both"],
)
def test_the_exit_status_goes_by_the_gravest(
    found: tuple[Finding, ...], statuses: tuple[int, ...]
) -> None:
    findings = Report(found, 1, ())
    assert statuses == tuple(
        exit_status(findings, fail_on) for fail_on in ("error", "warning", "never")
    )
