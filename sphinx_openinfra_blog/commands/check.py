"""The command ``check``: mistakes in posts, reported without a build."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from sphinx_openinfra_blog.blog import grouped, undated_message
from sphinx_openinfra_blog.environment import BlogProject, is_suppressed, sphinx_warnings
from sphinx_openinfra_blog.model import printable
from sphinx_openinfra_blog.reading import picture_problems

from .command import Command
from .input import InputError
from .reports import Finding, Report, Severity, exit_status, write_github, write_json, write_text
from .site import find_site, overrides_for_sphinx, read_overrides, read_site_config

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_openinfra_blog.model import Problem

    from .bodies import SphinxWarning
    from .site import SiteConfig, SiteLocation

_WRITERS: Final = {"text": write_text, "json": write_json, "github": write_github}
_DESCRIPTION: Final = (
    "Check the posts of a blog without a build: their front matter, permalinks, categories, "
    "authors and tags, with the messages that a build would give. With --bodies, Sphinx also "
    "reads and resolves all documents with the extensions of the site, and everything that it "
    "warns of is reported. The exit status is 1 if a problem is found (see --fail-on), 0 if "
    "there is none, 2 if the check cannot be made."
)


def _add_arguments(parser: ArgumentParser) -> None:
    _add_site_arguments(parser)
    parser.add_argument(
        "--bodies",
        action="store_true",
        help="also read and resolve all documents with Sphinx, without writing pages; the "
        "extensions of the site must be installed",
    )
    parser.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        help="a folder to keep for --bodies, so that the next check reads only what changed",
    )
    parser.add_argument(
        "--format",
        choices=tuple(_WRITERS),
        default="text",
        help="the output: for people, for programs, or as annotations on GitHub (default: text)",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="warning",
        help="the least severity for which the exit status is 1: an error is a problem because of "
        "which a file has no page, a warning any other (default: warning)",
    )


def _add_site_arguments(parser: ArgumentParser) -> None:
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
        "preview=True or timezone=Europe/Berlin; overrides conf.py; can be repeated",
    )


def _run(given: Namespace, out: TextIO) -> int:
    if given.cache and not given.bodies:
        raise InputError("not allowed without --bodies", "--cache")
    site = find_site(given.docs, given.config, with_config=not given.no_config)
    overrides = read_overrides(given.option)
    config = read_site_config(site.conf_py, site.srcdir, overrides)
    check = _Check(site, config, groups=given.format == "text")
    if given.bodies:
        # Loading all of Sphinx takes longer than the rest of the check.
        from .bodies import warnings_of  # noqa: PLC0415

        confdir = site.conf_py.parent if site.conf_py else None
        options = overrides_for_sphinx(overrides, with_config=confdir is not None)
        report = check.with_bodies(warnings_of(site.srcdir, confdir, options, given.cache))
    else:
        report = check.without_bodies()
    _WRITERS[given.format](report, out)
    return exit_status(report, given.fail_on)


class _Check:
    """The check of a blog."""

    def __init__(self, site: SiteLocation, config: SiteConfig, *, groups: bool) -> None:
        blog = site.srcdir / config.settings.blog
        if not blog.is_dir():
            message = "no such folder (the option openinfra_blog_path names it)"
            raise InputError(message, str(blog))
        self._site = site
        # People are told once of many files with one mistake, programs about each of them.
        self._groups = groups
        self._suppressed = config.suppressed
        self._project = BlogProject(
            site.srcdir, config.parsers.formats, config.settings, config.encoding, config.parsers
        )
        with sphinx_warnings() as said:
            self._project.discover(config.exclude, config.include)
        self._said = [record.getMessage() for record in said]
        self._files = [path for path in sorted(self._project.stamps) if site.is_meant(path)]

    def without_bodies(self) -> Report:
        """Return the problems of front matter, permalinks and terms."""
        said = (Finding("", 0, Severity.WARNING, "", text) for text in self._said)
        return self._report([*said, *self._own()], ["the text of posts (--bodies)"])

    def with_bodies(self, warnings: Iterable[SphinxWarning]) -> Report:
        """Return these problems and the warnings of Sphinx."""
        withheld = sum(self._project.is_withheld(path) for path in self._files)
        left_out = [f"the text of posts without a page ({withheld})"] if withheld else []
        return self._report(
            [*self._own(), *self._of_sphinx(warnings)],
            [*left_out, "what is reported while pages are written"],
        )

    def _report(self, found: Iterable[Finding], not_checked: Sequence[str]) -> Report:
        """Return the findings in order, each once: Sphinx repeats those of the blog."""
        unique: dict[tuple[str, int, str, str], Finding] = {}
        for item in found:
            unique.setdefault((item.path, item.line, item.message, item.type), item)
        blog = self._project.blog
        pages = [path for path in self._project.pages if self._site.is_meant(path)]
        remarks = []
        if pages:
            remarks.append(f"Ordinary pages below the blog's folder: {len(pages)}")
        if undated := [path for path in blog.undated if self._site.is_meant(path)]:
            remarks.append(str(undated_message(undated)))
        findings = [unique[key] for key in sorted(unique)]
        return Report(findings, len(self._files), not_checked, len(pages), remarks)

    def _own(self) -> Iterator[Finding]:
        found = self._found()
        if self._site.only:
            found = [
                problem
                for problem in found
                if any(self._site.is_meant(path) for path in (problem.path, problem.other) if path)
            ]
        for problem in grouped(found) if self._groups else found:
            if not is_suppressed(problem.subtype, self._suppressed):
                yield Finding(
                    path=_shown(self._site.srcdir / problem.path) if problem.path else "",
                    line=problem.line,
                    severity=Severity.ERROR if problem.withholds else Severity.WARNING,
                    type=f"openinfra_blog.{problem.subtype.value}",
                    message=printable(str(problem.message)),
                )

    def _found(self) -> list[Problem]:
        return [*self._project.blog.problems, *picture_problems(self._project)]

    def _of_sphinx(self, warnings: Iterable[SphinxWarning]) -> Iterator[Finding]:
        # A build says once of many files what has been found one by one.
        said = {printable(str(problem.message)) for problem in grouped(self._found())}
        for item in warnings:
            if self._site.is_meant(item.path) and (item.path or item.message not in said):
                path = _shown(Path(item.path)) if item.path else ""
                yield Finding(path, item.line, Severity.WARNING, item.type, item.message)


def _shown(path: Path) -> str:
    """Return the path of a file as editors and runners find it from the working folder."""
    here = Path.cwd()
    return os.path.relpath(path, here) if path.is_relative_to(here) else str(path)


COMMAND: Final = Command(
    "check",
    "report mistakes in posts without a build",
    _DESCRIPTION,
    _add_arguments,
    _run,
)
