"""Note what only reading a document can tell, for the rest of the build."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes, version_info
from sphinx.util import docname_join

from sphinx_openinfra_blog.blog import Where, role_text
from sphinx_openinfra_blog.environment import (
    ancestors,
    blog_listing,
    domain_of,
    is_bare_role,
    is_role,
    note_reading,
    warn,
)
from sphinx_openinfra_blog.model import Subtype, __, is_below

from .excerpt import summary_of
from .images import picture_of
from .raw import release_remote_images

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.blog import Listing
    from sphinx_openinfra_blog.environment import BlogProject
    from sphinx_openinfra_blog.model import Post

_RAW_ANCHOR: Final = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)""")
#: Since this version Sphinx's search page escapes titles.
_ESCAPES_TITLES: Final = (9,)


def note_document(app: Sphinx, doctree: nodes.document) -> None:
    """Note everything about a document in one walk (``doctree-read``, after Sphinx's own)."""
    env = app.env
    domain = domain_of(env)
    elements = list(doctree.findall(nodes.Element))
    _note_listings(env, [node for node in elements if isinstance(node, blog_listing)])
    _note_references(env, elements)
    if (post := domain.blog.posts.get(env.docname)) is not None:
        note_reading(env, post)
        domain.note_anchors(post.docname, sorted(set(_anchors(elements))))
        section = next(node for node in elements if isinstance(node, nodes.section))
        picture = picture_of(env, post, elements)
        release_remote_images(elements)
        summary = summary_of(section, post.docname, post.paragraphs)
        domain.note_summary(post.docname, summary._replace(picture=picture))
        _add_metadata(env, post)


def _note_listings(env: BuildEnvironment, placeholders: Iterable[blog_listing]) -> None:
    """Note the listings of a document.

    One of them may have further pages, but not one below ``only``, which a builder may drop.
    """
    listings: list[Listing] = []
    for node in placeholders:
        listing: Listing = node["listing"]
        problem = None
        if listing.paginate and any(isinstance(item, addnodes.only) for item in ancestors(node)):
            problem = __("the option 'paginate' has no effect below 'only'")
        elif listing.paginate and any(item.paginate for item in listings):
            problem = __("the option 'paginate' has no effect on a second listing of a page")
        if problem:
            warn(Subtype.DIRECTIVE, problem, node)
            node["listing"] = listing = replace(listing, paginate=0)
        listings.append(listing)
    if listings:
        domain_of(env).note_listings(env.docname, listings)


def _note_references(env: BuildEnvironment, elements: Iterable[nodes.Element]) -> None:
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


def _anchors(elements: Iterable[nodes.Element]) -> Iterator[str]:
    for node in elements:
        yield from node.get("ids", ())
        if isinstance(node, nodes.raw):
            yield from _RAW_ANCHOR.findall(node.astext())


def _add_metadata(env: BuildEnvironment, post: Post) -> None:
    """Give Sphinx the metadata of a post."""
    metadata = env.metadata[env.docname]
    # Listings link to posts; in a toctree, all of them would be in every sidebar.
    metadata["orphan"] = True
    if not domain_of(env).blog.shows(post, Where.SEARCH):
        # The search index then keeps the docname only.
        metadata["nosearch"] = True
    if version_info < _ESCAPES_TITLES and "<" in domain_of(env).title_of(post):
        metadata["nosearch"] = True
    for key, value in json.loads(post.passthrough).items():
        # For Markdown MyST already added them, as text, which other extensions expect.
        metadata.setdefault(key, _as_in_myst(key, value))


def _as_in_myst(key: str, value: Any) -> str | int:
    if key == "tocdepth":  # a number to Sphinx
        return int(value)
    return json.dumps(value) if isinstance(value, dict | list | None) else str(value)
