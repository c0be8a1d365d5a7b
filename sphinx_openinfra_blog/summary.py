"""What stands for a post in listings: its excerpt, and how long it takes to read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import init as init_catalog
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain

from .domain import domain_of
from .excerpts import excerpt_of, length_of
from .frontmatter import clean
from .lookup import shown_by_role
from .model import Summary
from .nodes import blog_listing, plain_text
from .roles import is_bare_role

if TYPE_CHECKING:
    from .project import BlogProject

#: Where an author ends the excerpt: a comment, as in Hugo and Docusaurus.
_MORE: Final = re.compile(r"(?:<!--\s*(?:more|truncate)\s*-->|more|truncate)", re.IGNORECASE)

# MyST's node for it. One that an author wrote as HTML does not count, like other HTML.
_HARD_BREAK: Final = "<br />\n"

# Code blocks and HTML do not count (contract point 8), nor what is not part of the text.
_LEFT_OUT: Final = (
    nodes.literal_block,
    nodes.doctest_block,
    nodes.math_block,
    nodes.raw,
    nodes.Invisible,
    nodes.footnote,
    nodes.citation,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.system_message,
    addnodes.toctree,
    blog_listing,
)


class PostSummary(SphinxTransform):
    """Notes what listings show of a post.

    After its messages are translated (20) and substitutions made (220), before its quotes are
    curled (750).
    """

    default_priority = 745

    def apply(self, **kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        del kwargs
        domain = domain_of(self.env)
        if self.env.docname not in domain.project.posts:
            return
        section = next(iter(self.document.findall(nodes.section)))
        title, *body = section.children
        assert isinstance(title, nodes.title)
        if title.get("translated"):
            text = self._translated(title.rawsource)
            title.clear()
            title += plain_text(text)
        before, whole = _texts_of(body, domain.project)
        excerpt = " ".join(before.split()) if before is not None else ""
        words, minutes = length_of(whole)
        summary = Summary(excerpt or excerpt_of(whole), None, minutes, words)
        domain.note_summary(self.env.docname, summary)

    def _translated(self, title: str) -> str:
        """Return the translation of a title as text; Sphinx has taken it for markup."""
        config = self.config
        folders = [str(Path(self.env.srcdir, folder)) for folder in config.locale_dirs]
        domain = docname_to_domain(self.env.docname, config.gettext_compact)
        catalog, _has_catalog = init_catalog(folders, config.language, domain)
        return clean(catalog.gettext(title))


def _texts_of(body: list[nodes.Node], project: BlogProject) -> tuple[str | None, str]:
    """Return the text before the author's mark, or ``None`` without one, and all of it."""
    pieces: list[str | None] = []
    for node in body:
        _collect(node, project, pieces)
    whole = "".join(piece for piece in pieces if piece is not None)
    if None not in pieces:
        return None, whole
    before = pieces[: pieces.index(None)]
    return "".join(piece for piece in before if piece is not None), whole


def _collect(node: nodes.Node, project: BlogProject, pieces: list[str | None]) -> None:
    """Add the text of a node, and ``None`` for the mark that ends the excerpt."""
    if isinstance(node, nodes.Text):
        pieces.append(node.astext())
    elif isinstance(node, nodes.raw | nodes.comment) and _MORE.fullmatch(node.astext().strip()):
        pieces.append(None)
    elif isinstance(node, nodes.raw) and node.astext() == _HARD_BREAK:
        pieces.append(" ")
    elif isinstance(node, _LEFT_OUT):
        return
    elif is_bare_role(node):
        pieces.append(shown_by_role(project, node["reftype"], node["reftarget"]))
    elif isinstance(node, nodes.image):
        alone = not isinstance(node.parent, nodes.TextElement)
        pieces.append((" " if alone else "") + node.get("alt", ""))
    else:
        # A blank before each block.
        if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
            pieces.append(" ")
        for child in node.children:
            _collect(child, project, pieces)
