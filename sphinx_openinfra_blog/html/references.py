"""References to the blog in nodes that Sphinx does not resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx import addnodes

from sphinx_openinfra_blog.environment import domain_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.builders import Builder


def resolve_references(builder: Builder, part: nodes.Element, name: str) -> None:
    """Resolve the references in a part of a page, as Sphinx does for documents.

    :param name: of the page.
    """
    domain = domain_of(builder.env)
    for xref in list(part.findall(addnodes.pending_xref)):
        # Text is no element, but all that is done with it is to put it somewhere.
        content = cast("nodes.Element", xref[0])
        link = domain.resolve_xref(
            builder.env, name, builder, xref["reftype"], xref["reftarget"], xref, content
        )
        xref.replace_self(link if link is not None else content)
