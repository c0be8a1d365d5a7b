"""The documentation of sphinx-openinfra-blog, which is also its first blog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

import sphinx_openinfra_blog
from sphinx_openinfra_blog.diagnostics import Subtype
from sphinx_openinfra_blog.keys import KEYS
from sphinx_openinfra_blog.listing_options import LISTING_OPTIONS
from sphinx_openinfra_blog.options import OPTIONS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

project = "sphinx-openinfra-blog"
author = "The sphinx-openinfra-blog developers"
copyright = f"2026, {author}"
version = release = sphinx_openinfra_blog.__version__

extensions = ["sphinx_openinfra_blog"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "examples"]
nitpicky = True

html_theme = "furo"
html_title = "sphinx-openinfra-blog"

openinfra_blog_categories = [
    {"id": "design", "label": "Design notes"},
    {"id": "howto", "label": "How-tos"},
]


class OptionReference(SphinxDirective):
    """Every option of the extension, from the code that registers it."""

    def run(self) -> list[nodes.Node]:
        """Return one ``confval`` for each option."""
        entries = (
            f"```{{confval}} {option.full_name}\n"
            f":default: `{option.default!r}`\n\n"
            f"{option.help}\n```\n"
            for option in OPTIONS
        )
        return self.parse_text_to_nodes("\n".join(entries))


class WarningReference(SphinxDirective):
    """Every kind of warning, from the code that names it."""

    def run(self) -> list[nodes.Node]:
        """Return one definition for each subtype."""
        entries = (
            f"(warning-{subtype.value})=\n\n"
            f"`openinfra_blog.{subtype.value}`\n: {subtype.explanation}\n"
            for subtype in Subtype
        )
        return self.parse_text_to_nodes("\n".join(entries))


class ListingOptionReference(SphinxDirective):
    """Every option of the ``blog`` directive, from the code that reads them."""

    def run(self) -> list[nodes.Node]:
        """Return one definition for each option."""
        entries = (
            f"(listing-{option.name})=\n\n`:{option.name}:` {option.values}\n: {option.help}\n"
            for option in LISTING_OPTIONS
        )
        return self.parse_text_to_nodes("\n".join(entries))


class KeyReference(SphinxDirective):
    """The keys of front matter, from the table that the reader has them from."""

    def run(self) -> list[nodes.Node]:
        """Return a table with a row for each meaning."""
        rows: dict[str, list[str]] = {}
        for key in KEYS:
            rows.setdefault(key.meaning, []).append(f"`{key.name}`")
        lines = (f"| {meaning} | {', '.join(names)} |" for meaning, names in rows.items())
        return self.parse_text_to_nodes("\n".join(["| meaning | keys |", "|---|---|", *lines]))


class Example(SphinxDirective):
    """An example from the folder ``examples`` in both syntaxes, and what it makes here."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return both sources and the result."""
        name = self.arguments[0]
        shown = [
            f"```{{literalinclude}} /examples/{name}.{suffix}\n"
            f":language: {language}\n:caption: {syntax}\n```\n"
            for suffix, language, syntax in (
                ("md", "markdown", "Markdown"),
                ("rst", "rst", "reStructuredText"),
            )
        ]
        shown.append(
            "````{admonition} What both show\n"
            f":class: example-result\n\n```{{include}} /examples/{name}.md\n```\n````\n"
        )
        return self.parse_text_to_nodes("\n".join(shown))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives that make the reference pages."""
    app.add_directive("blog-options", OptionReference)
    app.add_directive("blog-warnings", WarningReference)
    app.add_directive("blog-listing-options", ListingOptionReference)
    app.add_directive("blog-keys", KeyReference)
    app.add_directive("blog-example", Example)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
