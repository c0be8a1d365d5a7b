"""What a builder can hold of a blog."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import quote

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.manpage import ManualPageBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.errors import NoUri

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def has_generated_pages(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Tell whether the output has a page of its own for each category and author.

    So it is with html, dirhtml, json, pickle and what derives from them. A site in one piece
    holds documents only, and so does what is made for a reader program (``embedded``: epub
    and the help formats).
    """
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and not isinstance(builder, SingleFileHTMLBuilder)
        and not builder.embedded
    )


def has_redirects(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Tell whether browsers read the output as it is, so that a page can redirect."""
    return has_generated_pages(builder) and builder.out_suffix == ".html"


def public_address(builder: StandaloneHTMLBuilder, page: str) -> str:
    """Return the absolute address of a document or generated page.

    :returns: an empty string if the site's address is not known (``html_baseurl``).
    """
    root = builder.config.html_baseurl
    if not root:
        return ""
    # What dirhtml says is not quoted, what html says is.
    target = quote(builder.get_target_uri(page), safe="/%~!*'();:@&=+$,")
    return f"{root.rstrip('/')}/{target}"


def public_file(builder: StandaloneHTMLBuilder, file: str) -> str:
    """Return the absolute address of a file in the output; the site's address must be known.

    :param file: relative to the output folder, with forward slashes.
    """
    return f"{builder.config.html_baseurl.rstrip('/')}/{quote(file)}"


def can_link_inside(builder: Builder) -> bool:
    """Tell whether one part of the output can link to another; in manual pages none can."""
    return not isinstance(builder, ManualPageBuilder)


def holds_page(builder: Builder, fromdocname: str, page: str) -> bool:
    """Tell whether the output that *fromdocname* is written to has a document or generated page.

    What is written in one piece holds the documents of a toctree, and no others.
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
    """Return the documents that are written together with *docname*."""
    found, waiting = {docname}, [docname]
    while waiting:
        new = set(env.toctree_includes.get(waiting.pop(), ())) - found
        found |= new
        waiting += sorted(new)
    return found
