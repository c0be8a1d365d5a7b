"""Which documents to read again, beyond those that Sphinx finds by itself."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from . import report
from .diagnostics import Subtype, __
from .domain import domain_of
from .lookup import shown_by_role
from .permalinks import is_below
from .project import project_of
from .records import Reading
from .roles import is_bare_role, is_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .model import Post
    from .project import BlogProject


_RAW_ANCHOR = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)""")


def find_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Return documents whose source or resolved front matter changed (``env-get-outdated``).

    Sphinx compares times only, and only with "newer": a renamed file, two that changed places,
    or a rival that went away escape it.
    """
    del changed, removed
    project, domain = project_of(app), domain_of(env)
    for problem in project.resolved.problems:
        report.warn_of(problem, Path(app.srcdir))
    outdated = {
        post.docname
        for post in project.posts.values()
        if domain.readings.get(post.docname) != reading_of(project, post)
    }
    outdated |= set(domain.readings) - set(project.posts)
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
    # A post's excerpt holds what roles in it show.
    outdated |= {
        docname
        for docname, roles in domain.roles_used.items()
        if docname in project.posts
        if any(shown not in {None, shown_by_role(project, *role)} for *role, shown in roles)
    }
    if domain.hosts != tuple(sorted(project.hosts)):
        outdated |= set(project.posts)
        domain.note_hosts(project.hosts)
    return sorted(outdated - added)


def reading_of(project: BlogProject, post: Post) -> Reading:
    """Return what a post is read from in this build."""
    stamp = project.stamp_of(post)
    return Reading(post.path, stamp.mtime_ns, stamp.size, project.digests[post.docname])


def note_document(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a document was read from and what it refers to (``doctree-read``)."""
    env = app.env
    project, domain = project_of(app), domain_of(env)
    elements = list(doctree.findall(nodes.Element))
    if (post := project.posts.get(env.docname)) is not None:
        domain.note_reading(env.docname, reading_of(project, post))
        domain.note_anchors(env.docname, sorted(set(_anchors(elements))))
    references = [node for node in elements if _is_reference(node)]
    if files := dict(_linked_files(env, project, references)):
        domain.note_files(env.docname, files)
    if mentions := set(_mentioned(env, project, references)):
        domain.note_mentions(env.docname, sorted(mentions))
    roles = {
        (node["reftype"], node["reftarget"], is_bare_role(node))
        for node in references
        if is_role(node)
    }
    if roles:
        shown = [
            (kind, name, shown_by_role(project, kind, name) if bare else None)
            for kind, name, bare in sorted(roles)
        ]
        domain.note_roles(env.docname, shown)


def _anchors(elements: Iterable[nodes.Element]) -> Iterator[str]:
    for node in elements:
        yield from node.get("ids", ())
        if isinstance(node, nodes.raw):
            yield from _RAW_ANCHOR.findall(node.astext())


def _is_reference(node: nodes.Element) -> bool:
    return isinstance(node, addnodes.pending_xref | addnodes.download_reference)


def _linked_files(
    env: BuildEnvironment, project: BlogProject, references: Iterable[nodes.Element]
) -> Iterator[tuple[str, str | None]]:
    """Return the files below the blog's folder that MyST looked up, with what it found.

    It resolves ``[text](post.md)`` while reading: to the document of that file, to a download
    if the file is none, to a name if there is no file.
    """
    for node in references:
        target = node["reftarget"].partition("#")[0]
        if node.get("refdomain") == "doc":
            path = PurePath(env.doc2path(node["reftarget"], base=False)).as_posix()
        elif target.endswith(project.source_suffix):
            path, _absolute = env.relfn2path(target, env.docname)
        else:
            continue
        if project.is_below(path):
            yield path, project.docname_at(path)


def _mentioned(
    env: BuildEnvironment, project: BlogProject, references: Iterable[nodes.Element]
) -> Iterator[tuple[str, bool]]:
    """Return the documents below the blog's path that are referred to, and if by their titles."""
    blog = project.settings.rules.blog
    for node in references:
        if node.get("refdomain") == "doc":
            target = node["reftarget"]
        elif (node.get("refdomain"), node.get("reftype")) == ("std", "doc"):
            target = docname_join(env.docname, node["reftarget"])
        else:
            continue
        if is_below(target, blog):
            yield target, not node.get("refexplicit")


def warn_of_globs(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of a ``toctree`` that takes in posts by a pattern (``env-check-consistency``)."""
    posts = project_of(app).posts
    for docname in sorted(env.glob_toctrees):
        taken = [name for name in env.toctree_includes.get(docname, ()) if name in posts]
        if taken:
            message = __(
                "toctree glob pattern matches %s blog posts, such as '%s' "
                "(exclude the blog's folder from the pattern)",
                len(taken),
                taken[0],
            )
            report.warn(Subtype.TOCTREE, message, docname)


def report_scheduled(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the scheduled posts on one line (``env-updated``).

    :returns: no documents to write again.
    """
    del env
    if scheduled := project_of(app).scheduled:
        waiting = ", ".join(f"{path} ({date})" for path, date in sorted(scheduled))
        report.inform(__("scheduled blog posts: %s", waiting))
    return []
