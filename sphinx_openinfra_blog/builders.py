"""What a builder can hold of a blog."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

if TYPE_CHECKING:
    from sphinx.builders import Builder


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
