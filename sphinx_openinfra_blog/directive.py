"""The ``blog`` directive: leaves a placeholder where posts shall be listed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils.nodes import make_id
from sphinx.addnodes import only
from sphinx.util.docutils import SphinxDirective

from .diagnostics import Subtype
from .domain import domain_of
from .listing_options import read_options
from .nodes import blog_listing
from .report import warn, warn_on_line

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

    from .selection import Listing


# ":name: value", or "name: value" in a block of YAML; perhaps in a quote.
_OPTION_LINE: Final = re.compile(r"""[\s>]*:?["']?([\w-]+)["']?:""")


class _AnyOption(dict[str, Any]):
    """Lets every option through as text, so that a mistake in one does not lose the listing.

    What options there are is :data:`~sphinx_openinfra_blog.listing_options.LISTING_OPTIONS`.
    """

    def __bool__(self) -> bool:
        """Tell MyST-Parser that there are options."""
        return True

    def __missing__(self, key: str) -> Any:
        return _as_written


def _as_written(text: str | None) -> str:
    return text or ""


class BlogDirective(SphinxDirective):
    """Lists posts, or the terms that they stand under."""

    # None is of use, but with docutils' own error for it the listing would be lost.
    has_content = True
    option_spec: ClassVar[OptionSpec] = _AnyOption()

    def run(self) -> list[nodes.Node]:
        """Return a placeholder; which posts there are is known when all are read."""
        listing, problems = read_options(self.options)
        node = blog_listing("", listing=listing, docname=self.env.docname, lines={})
        self.set_source_info(node)
        if listing.only or listing.paginate or problems:
            node["lines"] = self._lines(node)
        if self.content:
            message = "the blog directive has no use for content; what it lists, its options say"
            warn(Subtype.DIRECTIVE, message, node)
        for name, message in problems:
            _warn_of(node, name, message)
        node["classes"] = [make_id(name) for name in self.options.get("class", "").split()]
        self.add_name(node)
        return [node]

    def _lines(self, node: nodes.Element) -> dict[str, int]:
        """Return the line of each option, as far as it can be found.

        MyST-Parser tells only the directive's own; docstrings and prologues are no files.
        """
        try:
            text = Path(node.source or "").read_text(encoding=self.config.source_encoding)
        except (OSError, ValueError):
            return {}
        lines: dict[str, int] = {}
        begin = node.line or 0
        # Not splitlines(), which knows more line ends than the parsers do.
        for number, line in enumerate(text.split("\n")[begin:], begin + 1):
            match = _OPTION_LINE.match(line)
            if match and match[1] in self.options:
                lines.setdefault(match[1], number)
            elif len(lines) == len(self.options):
                break
        return lines


def note_listings(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the listings of a document ask for (``doctree-read``).

    One of them can have further pages. Not one below ``only``, which each builder may drop.
    """
    listings: list[Listing] = []
    for node in doctree.findall(blog_listing):
        listing: Listing = node["listing"]
        if listing.paginate and _is_conditional(node):
            _warn_of(node, "paginate", "has no effect below 'only'")
            listing = replace(listing, paginate=0)
        elif listing.paginate and any(item.paginate for item in listings):
            _warn_of(node, "paginate", "has no effect on a second listing of a page")
            listing = replace(listing, paginate=0)
        node["listing"] = listing
        listings.append(listing)
    if listings:
        domain_of(app.env).note_listings(app.env.docname, listings)


def _is_conditional(node: nodes.Node) -> bool:
    while (parent := node.parent) is not None:
        if isinstance(parent, only):
            return True
        node = parent
    return False


def _warn_of(node: blog_listing, name: str, message: str) -> None:
    line = node["lines"].get(name, node.line)
    warn_on_line(Subtype.DIRECTIVE, f"the option '{name}' {message}", node, line)
