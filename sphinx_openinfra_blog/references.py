"""Note the references of a document, and warn about roles that are unresolved."""

from __future__ import annotations

import difflib
from pathlib import PurePath
from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.util import docname_join

from .diagnostics import Subtype, __
from .domain import BlogDomain, domain_of
from .lookup import shown_by_role
from .model import Taxonomy
from .permalinks import is_below
from .report import warn
from .roles import ROLES, is_bare_role, is_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

    from .project import BlogProject


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
            (kind, name, shown_by_role(project, kind, name) if bare else None)
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
        if project.is_below(path):
            yield path, project.docname_at(path)


def _mentioned(
    env: BuildEnvironment, project: BlogProject, references: Iterable[nodes.Element]
) -> Iterator[tuple[str, bool]]:
    """Return the referenced documents below the blog's path, and whether by their titles."""
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


def warn_of_role(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn about an unresolved role (``warn-missing-reference``).

    Not in the domain: intersphinx may still resolve it in another project.

    :returns: ``True`` for roles of the blog, to keep Sphinx from warning, too.
    """
    del app
    if not isinstance(domain, BlogDomain) or node["reftype"] not in ROLES:
        return None
    kind, name = node["reftype"], node["reftarget"]
    project = domain.project
    if kind == "post":
        blog = project.settings.rules.blog
        names = [docname.removeprefix(f"{blog}/") for docname in project.posts]
    else:
        terms = project.terms.pages[Taxonomy(kind)]
        names = [text for term in terms for text in (term.slug, term.label)]
    near = difflib.get_close_matches(name, names, n=1)
    message = __("unknown %s '%s'", kind, name)
    if near:
        message = __("unknown %s '%s'; did you mean '%s'?", kind, name, near[0])
    warn(Subtype.ROLE, message, node)
    return True
