"""The excerpt and the reading time of a post."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import init as init_catalog
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain

from sphinx_openinfra_blog.blog import role_text
from sphinx_openinfra_blog.environment import blog_listing, domain_of, is_bare_role, plain_text
from sphinx_openinfra_blog.model import Summary, clean, excerpt_of, length_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_openinfra_blog.blog import Blog

#: The comment that ends the excerpt, as in Hugo and Docusaurus.
_MORE: Final = re.compile(r"(?:<!--\s*(?:more|truncate)\s*-->|more|truncate)", re.IGNORECASE)

# MyST's own; one that an author wrote as HTML is left out, like other HTML.
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
    """Note the excerpt and the reading time of a post.

    After translation (20) and substitutions (220), before smart quotes (750).
    """

    default_priority = 745

    def apply(self, **_kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        domain = domain_of(self.env)
        if self.env.docname not in domain.blog.posts:
            return
        section = next(iter(self.document.findall(nodes.section)))
        title, *body = section.children
        assert isinstance(title, nodes.title)
        if title.get("translated"):
            text = self._translated(title.rawsource)
            title.clear()
            title += plain_text(text)
        pieces = [piece for node in body for piece in _pieces(node, domain.blog)]
        whole = "".join(piece for piece in pieces if piece is not None)
        excerpt = ""
        if None in pieces:
            excerpt = " ".join("".join(filter(None, pieces[: pieces.index(None)])).split())
        words, minutes = length_of(whole)
        summary = Summary(excerpt or excerpt_of(whole), None, minutes, words)
        domain.note_summary(self.env.docname, summary)

    def _translated(self, title: str) -> str:
        """Return the translation of a title as text; Sphinx parsed it as markup."""
        config = self.config
        folders = [str(Path(self.env.srcdir, folder)) for folder in config.locale_dirs]
        domain = docname_to_domain(self.env.docname, config.gettext_compact)
        catalog, _has_catalog = init_catalog(folders, config.language, domain)
        return clean(catalog.gettext(title))


def _pieces(node: nodes.Node, blog: Blog) -> Iterator[str | None]:
    """Yield the text of a node, and ``None`` for the mark that ends the excerpt."""
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, nodes.raw | nodes.comment) and _MORE.fullmatch(node.astext().strip()):
        yield None
    elif isinstance(node, nodes.raw) and node.astext() == _HARD_BREAK:
        yield " "
    elif isinstance(node, _LEFT_OUT):
        return
    elif is_bare_role(node):
        yield role_text(blog, node["reftype"], node["reftarget"])
    elif isinstance(node, nodes.image):
        alone = not isinstance(node.parent, nodes.TextElement)
        yield (" " if alone else "") + node.get("alt", "")
    else:
        # A blank before each block.
        if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
            yield " "
        for child in node.children:
            yield from _pieces(child, blog)
