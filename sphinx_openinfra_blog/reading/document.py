"""Note what only reading a document can tell, for the rest of the build."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes, version_info

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.environment import ancestors, blog_listing, domain_of, reading_of, warn
from sphinx_openinfra_blog.model import Subtype, __

from .images import note_picture
from .references import note_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.blog import Listing
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
    note_references(env, elements)
    if (post := domain.blog.posts.get(env.docname)) is not None:
        domain.note_reading(post.docname, reading_of(domain.project, post))
        domain.note_anchors(post.docname, sorted(set(_anchors(elements))))
        note_picture(env, post, elements)
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
