"""The excerpt and the reading time of a post."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from sphinx_openinfra_blog.environment import blog_listing, blog_strike, blog_text, is_bare_role
from sphinx_openinfra_blog.model import Summary, TitleReference, length_of

from .own_links import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The comment that ends the excerpt, as in Hugo and Docusaurus.
_MORE: Final = re.compile(r"(?:<!--\s*(?:more|truncate)\s*-->|more|truncate)", re.IGNORECASE)

# MyST's own; one that an author wrote as HTML is left out, like other HTML.
_HARD_BREAK: Final = "<br />\n"

#: What is prose inside a paragraph, besides the inline nodes of docutils itself.
_INLINE: Final = (
    addnodes.download_reference,
    addnodes.literal_emphasis,
    addnodes.literal_strong,
    addnodes.manpage,
    addnodes.pending_xref,
    blog_strike,
    blog_text,
)
_NO_PROSE: Final = (
    nodes.citation_reference,
    nodes.footnote_reference,
    nodes.image,
    nodes.problematic,
    nodes.raw,
)
# What does not count for the reading time: code, HTML (contract point 8), and what is not text.
_NOT_READ: Final = (
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


def summary_of(section: nodes.section, docname: str, paragraphs: int = 0) -> Summary:
    """Return what listings and heads show of a post, but for its picture.

    :param section: the post, with its title first.
    :param paragraphs: the number of those that its author chose for the excerpt, or 0.
    """
    words, minutes = length_of("".join(_read_in(section.children[1:])))
    marked = [] if paragraphs else _up_to_mark(section, docname)
    prose = marked or _first_prose(section, docname, paragraphs)
    return Summary(tuple(prose), bool(marked or paragraphs), None, minutes, words)


def _up_to_mark(section: nodes.section, docname: str) -> list[str | TitleReference]:
    """Return the prose before the mark; nothing if there is no mark, or no prose before it."""
    found: list[str | TitleReference] = []
    for paragraph in _paragraphs(section):
        for piece in _pieces(paragraph, docname):
            if piece is None:
                return found if _says_something(found) else []
            found.append(piece)
    return []


def _says_something(pieces: list[str | TitleReference]) -> bool:
    return any(not isinstance(piece, str) or piece.strip() for piece in pieces)


def _paragraphs(section: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the paragraphs of sections, and comments between them."""
    for node in section.children:
        if isinstance(node, nodes.section):
            yield from _paragraphs(node)
        elif isinstance(node, nodes.paragraph | nodes.comment | nodes.raw):
            yield node


def _first_prose(
    section: nodes.Element, docname: str, paragraphs: int
) -> list[str | TitleReference]:
    """Return the prose directly in the first section that has some, up to the next heading.

    :param paragraphs: how many of its paragraphs; 0 for all.
    """
    found: list[list[str | TitleReference]] = []
    for node in section.children:
        if isinstance(node, nodes.paragraph):
            pieces = [piece for piece in _pieces(node, docname) if piece is not None]
            found += [pieces] if _says_something(pieces) else []
        elif isinstance(node, nodes.section):
            if found:
                break
            inner = _first_prose(node, docname, paragraphs)
            found = [inner] if inner else []
    return [piece for pieces in found[: paragraphs or None] for piece in pieces]


def _pieces(node: nodes.Node, docname: str) -> Iterator[str | TitleReference | None]:
    """Yield the prose of a paragraph, and ``None`` for the mark that ends the excerpt."""
    if isinstance(node, nodes.raw | nodes.comment) and _MORE.fullmatch(node.astext().strip()):
        yield None
    elif isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, nodes.raw) and node.astext() == _HARD_BREAK:
        yield " "
    elif isinstance(node, addnodes.pending_xref) and (title := _title_reference(node, docname)):
        yield title
    elif isinstance(node, nodes.paragraph) or _is_prose(node):
        yield " " if isinstance(node, nodes.paragraph) else ""
        for child in node.children:
            yield from _pieces(child, docname)


def _is_prose(node: Any) -> bool:  # In docutils' type stubs marker classes are not nodes.
    if isinstance(node, _NO_PROSE) or not isinstance(node, nodes.Inline):
        return False
    return isinstance(node, _INLINE) or type(node).__module__ == nodes.__name__


def _title_reference(xref: addnodes.pending_xref, docname: str) -> TitleReference | None:
    """Return a reference that takes its words from its target."""
    domain, kind, target = xref.get("refdomain") or "", xref.get("reftype", ""), xref["reftarget"]
    if xref.get("refexplicit"):
        return None
    if is_bare_role(xref):
        return TitleReference(domain, kind, target, xref.astext())
    if domain == "doc":
        if anchor := xref.get("reftargetid"):
            target = f"{target}#{anchor}"
        return TitleReference("std", "doc", target, xref.astext())
    if (domain, kind) == ("std", "doc"):
        return TitleReference(domain, kind, docname_join(docname, target), xref.astext())
    if not domain and OWN in xref:
        urls = "\n".join([target, *xref[OWN].urls])
        return TitleReference("blog", "link", urls, xref.astext())
    if (domain, kind) in {("std", "ref"), ("std", "numref")} or (not domain and kind == "myst"):
        return TitleReference("std", "ref", target, xref.astext())
    return None


def _read_in(children: list[nodes.Node]) -> Iterator[str]:
    """Yield the text that takes time to read, a blank before each block."""
    for node in children:
        if isinstance(node, nodes.Text):
            yield node.astext()
        elif isinstance(node, nodes.image):
            yield f" {node.get('alt', '')} "
        elif isinstance(node, _NOT_READ):
            continue
        elif isinstance(node, nodes.Element) and "blog-preview" not in node.get("classes", ()):
            if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
                yield " "
            yield from _read_in(node.children)
