"""The document nodes of the blog, and the references that its roles leave.

Every class has a base that docutils knows, so that a translator which has never heard
of it shows what it holds. In HTML those of :data:`_ELEMENTS` are elements of their own: the
attribute ``tag`` names another than the usual one, and ``attributes`` holds the element's.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, TypeGuard
from urllib.parse import quote

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
    """A paragraph, or a heading in HTML, whose text is shown verbatim."""


class blog_part(nodes.inline):
    """A part of a line."""


class blog_block(nodes.container):
    """A part of a page.

    In HTML it has no classes but its own: themes give those of docutils' containers a width.
    """


class blog_list(nodes.bullet_list):
    """A list of :class:`blog_item` nodes, in HTML without docutils' classes."""


class blog_item(nodes.list_item):
    """An item of a :class:`blog_list`."""


class blog_entry(nodes.container):
    """The content of an item of a list of posts, which a template of the site may write in HTML.

    Its attributes: ``docname``, the post's; ``style``, the listing's; ``level``, of its heading.
    """


class blog_image(nodes.image):
    """A picture beside the text, in HTML never larger than its style sheet or attributes say.

    The attribute ``sizes`` says how wide one in a list is, as browsers read it, and ``copies``
    holds the names and widths of smaller copies.
    """


class blog_text_image(nodes.image):
    """An image in the text of a post; in HTML ``attributes`` holds what it has more."""


class blog_listing(nodes.General, nodes.Element):
    """The placeholder of a ``blog`` directive.

    Its attributes: ``listing``, what the directive asks for, and ``docname``, the document it
    is read in.
    """


class blog_byline(nodes.General, nodes.Element):
    """The placeholder of the byline of a post, until it is written.

    Its attribute ``docname`` is the post's.
    """


_ELEMENTS: Final = {
    blog_line: "p",
    blog_part: "span",
    blog_block: "div",
    blog_list: "ul",
    blog_item: "li",
}


def list_entry(*content: nodes.Node, css_class: str = "") -> blog_line:
    """Return an item of a list that only HTML has, such as a link alone.

    Sphinx wants links in an element of text.
    """
    return blog_line("", "", *content, tag="li", classes=[css_class] if css_class else [])


def scroll_region(label: str, *content: nodes.Node) -> blog_block:
    """Return a region that scrolls in HTML, such as around a table, and the keyboard reaches."""
    attributes = {"role": "region", "tabindex": 0, "aria-label": label}
    return blog_block("", *content, classes=["blog-scroll"], attributes=attributes)


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
    of its children as they were read; ``beside``, the names of all attributes of an image's tag;
    and ``more``, what HTML gets behind it.
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
    element = (_visit_element, _depart_element)
    for kind in _ELEMENTS:
        app.add_node(kind, html=element)
    # LaTeX has a command for inline nodes, with their classes.
    app.add_node(blog_part, override=True, html=element, latex=(_pass, _pass))
    app.add_node(blog_text, html=(_pass, _pass))
    app.add_node(blog_image, html=(_visit_image, _pass))
    app.add_node(blog_text_image, html=(_visit_text_image, _depart_text_image))
    app.add_node(blog_listing)
    app.add_node(blog_byline)
    app.add_node(blog_strike, html=(_visit_strike, _depart_strike))
    app.add_node(blog_task, html=(_visit_task, None))
    app.add_node(blog_html)
    app.add_node(blog_attribute)


def _pass(_translator: nodes.NodeVisitor, _node: nodes.Element) -> None:
    """Show the children only."""


def _visit_element(translator: HTML5Translator, node: nodes.Element) -> None:
    tag = node.get("tag", _ELEMENTS[type(node)])
    translator.body.append(translator.starttag(node, tag, "", **node.get("attributes", {})))


def _depart_element(translator: HTML5Translator, node: nodes.Element) -> None:
    end = "" if isinstance(node, nodes.Inline) else "\n"
    translator.body.append(f"</{node.get('tag', _ELEMENTS[type(node)])}>{end}")


def _visit_strike(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append(translator.starttag(node, "del", ""))


def _depart_strike(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append("</del>")


def _visit_task(translator: HTML5Translator, node: nodes.Element) -> None:
    # A sign, not a form: feed readers keep it, and a form needs a label.
    sign = "\N{BALLOT BOX WITH CHECK}" if node["done"] else "\N{BALLOT BOX}"
    translator.body.append(f'<span class="blog-task">{sign}</span>')
    raise nodes.SkipNode


def _visit_image(translator: HTML5Translator, node: nodes.Element) -> None:
    builder, uri = translator.builder, node["uri"]
    if uri in builder.images:
        # As Sphinx does for its own.
        uri = posixpath.join(builder.imgpath, quote(builder.images[uri]))
    attributes = {"src": uri, "alt": node.get("alt", ""), **node.get("attributes", {})}
    if copies := node.get("copies"):
        found = (f"{posixpath.join(builder.imgpath, name)} {width}w" for name, width in copies)
        attributes |= {"srcset": ", ".join(found), "sizes": node["sizes"]}
    translator.body.append(translator.emptytag(node, "img", "", **attributes))


def _visit_text_image(translator: HTML5Translator, node: blog_text_image) -> None:
    start = len(translator.body)
    # The site's own, which an extension may have replaced.
    translator.visit_image(node)
    for place, html in enumerate(translator.body[start:], start):
        if html.startswith("<img "):
            known = set(re.findall(r' ([\w:-]+)="[^"]*"', html))
            more = (item for item in node["attributes"].items() if item[0] not in known)
            text = "".join(f'{name}="{value}" ' for name, value in more)
            translator.body[place] = f"<img {text}{html.removeprefix('<img ')}"


def _depart_text_image(translator: HTML5Translator, node: blog_text_image) -> None:
    translator.depart_image(node)
