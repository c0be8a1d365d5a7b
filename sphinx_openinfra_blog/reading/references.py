"""Note the references of a document."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.util import docname_join

from sphinx_openinfra_blog.blog import role_text
from sphinx_openinfra_blog.environment import domain_of, is_bare_role, is_role
from sphinx_openinfra_blog.model import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.environment import BlogProject


def note_references(env: BuildEnvironment, elements: Iterable[nodes.Element]) -> None:
    """Note the files, documents and names that a document refers to."""
    domain = domain_of(env)
    project = domain.project
    kinds = addnodes.pending_xref, addnodes.download_reference
    references = [node for node in elements if isinstance(node, kinds)]
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
            (kind, name, role_text(project.blog, kind, name) if bare else None)
            for kind, name, bare in sorted(roles)
        ]
        domain.note_roles(env.docname, shown)


def _linked_files(
    env: BuildEnvironment, project: BlogProject, references: Iterable[nodes.Element]
) -> Iterator[tuple[str, str | None]]:
    """Return the files below the blog's folder that MyST looked up, with the document it found.

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
        if project.blog.contains(path):
            yield path, project.docname_at(path)


def _mentioned(
    env: BuildEnvironment, project: BlogProject, references: Iterable[nodes.Element]
) -> Iterator[tuple[str, bool]]:
    """Return the referenced documents below the blog's path, and whether by their titles."""
    blog = project.blog.path
    for node in references:
        if node.get("refdomain") == "doc":
            target = node["reftarget"]
        elif (node.get("refdomain"), node.get("reftype")) == ("std", "doc"):
            target = docname_join(env.docname, node["reftarget"])
        else:
            continue
        if is_below(target, blog):
            yield target, not node.get("refexplicit")
