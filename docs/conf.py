"""The documentation of sphinx-openinfra-blog, which is also its first blog."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import sphinx_openinfra_blog
from sphinx_openinfra_blog.config.settings import OPTIONS
from sphinx_openinfra_blog.frontmatter.keys import KEYS
from sphinx_openinfra_blog.listing.options import LISTING_OPTIONS
from sphinx_openinfra_blog.model.problems import Subtype

if TYPE_CHECKING:
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
# Feeds need it. Hosts of documentation say where they publish it.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "http://localhost:8000/")
html_static_path = ["_static"]
html_css_files = ["warnings.css"]

openinfra_blog_categories = [
    {"id": "design", "label": "Design notes"},
    {"id": "howto", "label": "How-tos"},
]
openinfra_blog_authors = {
    "developers": {
        "name": "The sphinx-openinfra-blog developers",
        "role": "Developers",
        "bio": "They write this extension, and about it.",
        "links": {"Python Package Index": "https://pypi.org/project/sphinx-openinfra-blog/"},
    },
}


#: What can be wrong, with examples; the tests build them.
CATALOGUE: Final = Path(__file__).with_name("diagnostics.toml")


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
    """Every kind of warning, from the code that names it, with the examples of the catalogue."""

    def run(self) -> list[nodes.Node]:
        """Return one section for each subtype."""
        self.env.note_dependency(str(CATALOGUE))
        diagnostics = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["diagnostic"]
        return [
            self._section(
                subtype, [item for item in diagnostics if item["subtype"] == subtype.value]
            )
            for subtype in Subtype
        ]

    def _section(self, subtype: Subtype, diagnostics: list[dict[str, Any]]) -> nodes.section:
        name = f"openinfra_blog.{subtype.value}"
        section = nodes.section("", nodes.title("", "", nodes.literal("", name)))
        section["ids"].append(f"warning-{subtype.value}")
        section["names"].append(f"warning-{subtype.value}")
        self.state.document.note_explicit_target(section, section)
        text = "\n\n".join([subtype.explanation, *map(_shown, diagnostics)])
        section += self.parse_text_to_nodes(text)
        return section


def _shown(diagnostic: dict[str, Any]) -> str:
    """Return one kind of mistake in Markdown: an example, the warning for it, and the remedy."""
    file, _, line = diagnostic["at"].partition(":")
    parts = [f"~~~{{rubric}} {diagnostic['kind']}\n~~~"]
    options = [f"{name} = {value!r}\n" for name, value in diagnostic.get("conf", {}).items()]
    if diagnostic.get("lint"):
        options.append("openinfra_blog_lint = True\n")
    if options:
        parts.append(f"```{{code-block}} python\n:caption: conf.py\n\n{''.join(options)}```")
    for name, text in diagnostic["files"].items():
        emphasis = f":emphasize-lines: {line}\n" if name == file and line else ""
        head = f":caption: {name}\n{emphasis}"
        parts.append(f"````{{code-block}} markdown\n{head}\n{text}````")
    place = f"{diagnostic['at']}: " if diagnostic["at"] else ""
    warning = f"{place}WARNING: {diagnostic['message']} [openinfra_blog.{diagnostic['subtype']}]"
    parts += [
        f"```{{code-block}} text\n:class: warning-example\n\n{warning}\n```",
        diagnostic["remedy"],
    ]
    return "\n\n".join(parts)


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
            name = f"`{key.name}` ({key.tool})" if key.tool else f"`{key.name}`"
            rows.setdefault(key.meaning, []).append(name)
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
