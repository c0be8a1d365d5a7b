"""The document nodes of the blog, and the references that its roles leave.

Every class has a base that docutils knows, so that a translator which has never heard
of it shows what it holds.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, TypeGuard

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class blog_text(nodes.inline, addnodes.not_smartquotable, nodes.Special):
    """Text from the front matter, shown verbatim.

    Sphinx's smart quotes skip ``not_smartquotable`` nodes, docutils' own (which change every
    title that Sphinx renders separately) skip ``Special`` ones.
    """


class blog_line(nodes.paragraph, addnodes.not_smartquotable, nodes.Special):
    """A paragraph whose text is shown verbatim."""


class blog_time(nodes.inline):
    """A point in time; the attribute ``datetime`` holds it for machines."""


class blog_listing(nodes.General, nodes.Element):
    """The placeholder of a ``blog`` directive.

    Its attributes: ``listing``, what the directive asks for, and ``docname``, the document it
    is read in.
    """


class blog_byline(nodes.General, nodes.Element):
    """The placeholder of the byline of a post, until it is written.

    Its attribute ``docname`` is the post's.
    """


class blog_block(nodes.container):
    """A part of a listing.

    In HTML it has no classes but its own: themes give those of docutils' containers a width.
    """


class blog_strike(nodes.inline):
    """Text that is struck out, where the format of the output can show it."""


class blog_task(nodes.inline):
    """The mark of a task, ``[ ]`` or ``[x]``; the attribute ``done`` tells which."""


class blog_html(nodes.raw):
    """Raw HTML of a post, from when it is read until it is written.

    Its children are the text as written and a :class:`blog_attribute` for each URL.
    """

    def astext(self) -> str:
        """Return the HTML as it was written."""
        return "".join(
            child["written"] if isinstance(child, blog_attribute) else child.astext()
            for child in self.children
        )


class blog_attribute(nodes.General, nodes.Element):
    """An attribute in raw HTML, whose children are links, images, and the text between them.

    Its attributes: ``name``; ``written``, with its name and quotation marks; ``value``, the text
    of its children as they were read.
    """


def plain_text(text: str) -> blog_text:
    """Return a node that shows *text* verbatim."""
    return blog_text(text, text)


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the parent of a node, its parent, and so on."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def is_role(node: nodes.Node) -> TypeGuard[addnodes.pending_xref]:
    """Return whether a reference was written as a role, not made by the extension itself."""
    return (
        isinstance(node, addnodes.pending_xref)
        and node.get("refdomain") == "blog"
        and not node.get("refexact")
    )


def is_bare_role(node: nodes.Node) -> TypeGuard[addnodes.pending_xref]:
    """Return whether a reference is a role without explicit text."""
    return is_role(node) and not node.get("refexplicit")


def is_cell_output(node: nodes.Node) -> bool:
    """Tell whether the code in a cell of a notebook made a node, which then has no author."""
    around = (item.get("classes", ()) for item in ancestors(node))
    return any("cell_output" in classes or "nboutput" in classes for classes in around)


def register_nodes(app: Sphinx) -> None:
    """Register the nodes with their HTML; other writers use that of the base classes."""
    app.add_node(blog_text, html=(_pass, _pass))
    app.add_node(blog_line)
    app.add_node(blog_time, html=(_visit_time, _depart_time))
    app.add_node(blog_listing)
    app.add_node(blog_byline)
    app.add_node(blog_strike, html=(_visit_strike, _depart_strike))
    app.add_node(blog_task, html=(_visit_task, None))
    app.add_node(blog_html)
    app.add_node(blog_attribute)
    app.add_node(blog_block, html=(_visit_block, _depart_block))


def _pass(_translator: HTML5Translator, _node: nodes.Element) -> None:
    """Show the children only."""


def _visit_block(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append(translator.starttag(node, "div"))


def _depart_block(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def _visit_strike(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append(translator.starttag(node, "del", ""))


def _depart_strike(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append("</del>")


def _visit_task(translator: HTML5Translator, node: nodes.Element) -> None:
    # A sign, not a form: feed readers keep it, and a form needs a label.
    sign = "\N{BALLOT BOX WITH CHECK}" if node["done"] else "\N{BALLOT BOX}"
    translator.body.append(f'<span class="blog-task">{sign}</span>')
    raise nodes.SkipNode


def _visit_time(translator: HTML5Translator, node: nodes.Element) -> None:
    moment: Any = node["datetime"]
    translator.body.append(f'<time datetime="{escape(moment)}">')


def _depart_time(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append("</time>")
