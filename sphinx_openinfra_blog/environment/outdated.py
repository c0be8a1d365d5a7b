"""Find documents to read again, beyond those that Sphinx finds by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.blog import grouped, undated_message
from sphinx_openinfra_blog.model import Subtype, __

from .domain import domain_of
from .project import project_of
from .readings import is_same_reading
from .warnings import inform, warn, warn_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def find_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    _changed: AbstractSet[str],
    _removed: AbstractSet[str],
) -> list[str]:
    """Return documents whose source or resolved front matter changed (``env-get-outdated``).

    Sphinx only looks for newer files: it misses renamed or exchanged ones, and posts whose
    permalink is free again.
    """
    project, domain = project_of(app), domain_of(env)
    for problem in grouped(project.blog.problems):
        warn_of(problem, Path(app.srcdir))
    outdated = {
        post.docname
        for post in project.blog.posts.values()
        if not is_same_reading(project, post, domain.readings.get(post.docname))
    }
    outdated |= set(domain.readings) - set(project.blog.posts)
    outdated |= {
        docname
        for docname, files in domain.files.items()
        if any(project.docname_at(path) != known for path, known in files.items())
    }
    outdated |= {
        docname
        for docname, paths in domain.missing.items()
        if any(Path(path).is_file() for path in paths)
    }
    if domain.hosts != tuple(sorted(project.blog.hosts)):
        outdated |= set(project.blog.posts)
        domain.note_hosts(project.blog.hosts)
    return sorted(outdated - added)


def warn_of_globs(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn about a ``toctree`` whose glob pattern matches posts (``env-check-consistency``)."""
    domain = domain_of(env)
    for docname, names in sorted(domain.globbed.items()):
        taken = [name for name in names if name in domain.blog.posts]
        if taken:
            message = __(
                "toctree glob pattern matches %s blog posts (for example '%s'); "
                "exclude the blog directory",
                len(taken),
                taken[0],
            )
            warn(Subtype.TOCTREE, message, docname)


def report_files(app: Sphinx, _env: BuildEnvironment) -> list[str]:
    """Name the scheduled posts, and the pages that may be meant as posts (``env-updated``).

    :returns: no documents to write again.
    """
    blog = project_of(app).blog
    if blog.scheduled:
        waiting = ", ".join(f"{path} ({date})" for path, date in blog.scheduled)
        inform(__("scheduled blog posts: %s", waiting))
    if blog.undated:
        inform(undated_message(blog.undated))
    return []
