"""What the scan of the posts found, said once a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import report
from .project import project_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def report_problems(app: Sphinx) -> None:
    """Warn of everything the scan found, once a build."""
    project = project_of(app)
    for problem in project.resolved.problems:
        report.warn_of(problem, Path(app.srcdir))


def report_scheduled(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the posts that wait for their date, on one line (``env-updated``).

    :returns: no documents to write again.
    """
    del env
    project = project_of(app)
    if project.scheduled:
        waiting = ", ".join(f"{path} ({date})" for path, date in sorted(project.scheduled))
        report.inform(f"blog posts that wait for their date: {waiting}")
    return []
