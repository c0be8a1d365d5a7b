"""What builders support, and the public URLs of their output."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.manpage import ManualPageBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.errors import NoUri

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def has_generated_pages(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Return whether the output has pages for categories and authors.

    This is true for html, dirhtml, json, pickle and builders derived from them. A single page
    contains documents only, and so do epub and the help formats (``embedded``).
    """
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and not isinstance(builder, SingleFileHTMLBuilder)
        and not builder.embedded
    )


def has_redirects(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Return whether browsers open the output as it is, so that a page can redirect."""
    return has_generated_pages(builder) and builder.out_suffix == ".html"


def can_link_inside(builder: Builder) -> bool:
    """Return whether the output has internal links; manual pages have none."""
    return not isinstance(builder, ManualPageBuilder)


def holds_page(builder: Builder, fromdocname: str, page: str) -> bool:
    """Return whether *page* is in the output that *fromdocname* is written to.

    Output in one file contains only the documents of a toctree.
    """
    if page not in builder.env.all_docs:
        return has_generated_pages(builder)
    if isinstance(builder, SingleFileHTMLBuilder):
        return page in _inlined(builder.env, builder.config.root_doc)
    if isinstance(builder, ManualPageBuilder):
        return page in _inlined(builder.env, fromdocname)
    try:
        builder.get_relative_uri(fromdocname, page)
    except NoUri:
        return False
    return True


def _inlined(env: BuildEnvironment, docname: str) -> set[str]:
    """Return the documents in the same output file as *docname*."""
    found, waiting = {docname}, [docname]
    while waiting:
        new = set(env.toctree_includes.get(waiting.pop(), ())) - found
        found |= new
        waiting += sorted(new)
    return found
