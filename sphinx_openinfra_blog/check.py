"""The check of a blog without a build: what a build would warn of, as far as no page is needed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from .body_check import BodyCheck
from .commands import Command
from .project import BlogProject
from .report import as_shown, is_suppressed, sphinx_warnings
from .reports import (
    Finding,
    Report,
    Severity,
    exit_status,
    write_github,
    write_json,
    write_text,
)
from .site_config import read_overrides, read_site_config
from .site_finding import find_site
from .untrusted import InputError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from .diagnostics import Problem
    from .site_config import SiteConfig
    from .site_finding import Place

_WRITERS: Final = {"text": write_text, "json": write_json, "github": write_github}
#: What no check without a build can tell.
_NOT_CHECKED: Final = (
    "directives",
    "roles",
    "included files",
    "raw HTML",
    "parts of pages that links name (#...)",
    "redirects and feeds in the place of other files",
    "pages that are no posts",
    "what Sphinx, themes and other extensions say",
)
_DESCRIPTION: Final = (
    "Check the posts of a blog without a build: their front matter, their addresses, and the "
    "links and images of those in Markdown, with the messages that a build would give. "
    f"What only a build checks: text in reStructuredText, {', '.join(_NOT_CHECKED)}. "
    "The exit status is 1 if a problem is found (see --fail-on), 0 if there is none, "
    "2 if the check cannot be made."
)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "docs",
        metavar="DOCS",
        type=Path,
        nargs="*",
        help="the folder of the documentation or its repository (default: this one); or files and "
        "folders of posts: then the whole blog is read, and only these are reported about",
    )
    config = parser.add_mutually_exclusive_group()
    config.add_argument(
        "--config",
        metavar="PATH",
        type=Path,
        help="conf.py, or its folder; it is executed (default: it is looked for in DOCS, in docs, "
        "doc, docs/source, doc/source and source there, and above DOCS up to this folder)",
    )
    config.add_argument(
        "--no-config",
        action="store_true",
        help="execute no conf.py: options have their defaults, DOCS is the folder of documents",
    )
    parser.add_argument(
        "--option",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="an option, with or without openinfra_blog_, and its value as in conf.py, such as "
        "preview=True or timezone=Europe/Berlin; goes before conf.py; can be repeated",
    )
    parser.add_argument(
        "--format",
        choices=tuple(_WRITERS),
        default="text",
        help="how the result is written: for people, for programs, or as annotations on GitHub "
        "(default: text)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="warning",
        help="from what on the exit status is 1: an error is a problem for which a file has no "
        "page, a warning any other (default: warning)",
    )


def _run(given: Namespace, out: TextIO) -> int:
    place = find_site(given.docs, given.config, with_config=not given.no_config)
    config = read_site_config(place.conf_py, place.srcdir, read_overrides(given.option))
    report = check(place, config)
    _WRITERS[given.format](report, out)
    return exit_status(report, given.fail_on)


def check(place: Place, config: SiteConfig) -> Report:
    """Check a blog.

    :raises InputError: if there is none.
    """
    blog = place.srcdir / config.settings.rules.blog
    if not blog.is_dir():
        message = "there is no folder of that name (the option openinfra_blog_path names it)"
        raise InputError(message, str(blog))
    project = BlogProject(place.srcdir, config.formats, config.settings, config.encoding)
    with sphinx_warnings() as said:
        project.discover(config.exclude, config.include)
    bodies = BodyCheck(project, config.formats, config.encoding, config.myst)
    problems = [*project.resolved.problems]
    for post in project.resolved.posts:
        problems += bodies.problems(post)
    files = [path for path in project.files_of_posts() if place.is_meant(path)]
    unread = sum(place.is_meant(path) for path in bodies.unread)
    withheld = sum(project.is_withheld(path) for path in files)
    return Report(
        findings=[
            *(Finding("", 0, Severity.WARNING, "", message) for message in dict.fromkeys(said)),
            *_findings(_meant(problems, place), place, config),
        ],
        posts=len(files),
        not_checked=[
            *([f"the text of posts that are not in Markdown ({unread})"] if unread else ()),
            *([f"the text of posts that have no page ({withheld})"] if withheld else ()),
            *_NOT_CHECKED,
        ],
    )


def _meant(problems: Iterable[Problem], place: Place) -> Iterator[Problem]:
    for problem in problems:
        if (not place.only) or any(
            path and place.is_meant(path) for path in (problem.path, problem.other)
        ):
            yield problem


def _findings(problems: Iterable[Problem], place: Place, config: SiteConfig) -> Iterator[Finding]:
    here = Path.cwd()
    # Nothing is said twice: two links of a line may lack the same.
    ordered = sorted(dict.fromkeys(problems), key=lambda item: (item.path, item.line))
    for problem in ordered:
        if is_suppressed(problem.subtype, config.suppressed):
            continue
        yield Finding(
            path=_shown(place.srcdir / problem.path, here) if problem.path else "",
            line=problem.line,
            severity=Severity.ERROR if problem.withholds else Severity.WARNING,
            type=f"openinfra_blog.{problem.subtype.value}",
            message=as_shown(problem.message),
        )


def _shown(path: Path, here: Path) -> str:
    """Return the name of a file as editors and runners find it from the working folder."""
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)


COMMAND: Final = Command(
    "check",
    "name the mistakes in posts without a build",
    _DESCRIPTION,
    _add_arguments,
    _run,
)
