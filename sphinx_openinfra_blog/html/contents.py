"""The groups of listings in the contents of a page, which Sphinx makes before it knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinx_openinfra_blog.environment import blog_block

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment


def toc_with_groups(
    env: BuildEnvironment, docname: str, doctree: nodes.document
) -> nodes.bullet_list | None:
    """Return the contents of a document with the groups of its listings, if it has some."""
    toc: nodes.bullet_list = env.tocs[docname].deepcopy()
    entries = {entry["anchorname"]: entry for entry in toc.findall(nodes.reference)}
    top = next(iter(doctree.findall(nodes.section)), None)
    shown = False
    for block in doctree.findall(blog_block):
        above, items = block.parent, contents_of(block, docname)
        anchor = "" if above is top else f"#{next(iter(above.get('ids', ())), '')}"
        if items and anchor in entries:
            shown = True
            item: Any = entries[anchor].parent.parent
            if not isinstance(item[-1], nodes.bullet_list):
                item += nodes.bullet_list("")
            # A section's own text comes before the sections in it.
            item[-1].insert(0, items)
    return toc if shown else None


def contents_of(block: nodes.Element, page: str) -> list[nodes.Node]:
    """Return an entry for each group of a listing that is a section.

    :param page: the page that holds it; empty for links within a page.
    """
    entries: list[nodes.Node] = []
    for group in block.children:
        if isinstance(group, nodes.section):
            title = next(iter(group.findall(nodes.title)))
            anchor, text = f"#{group['ids'][0]}", title[0].astext()
            link = nodes.reference(
                "", text, internal=True, refuri=page or anchor, anchorname=anchor
            )
            entry = addnodes.compact_paragraph("", "", link)
            entries.append(nodes.list_item("", entry))
    return entries


def contents_html(builder: StandaloneHTMLBuilder, section: nodes.section) -> str:
    """Return the contents of a generated page, empty if it has no groups."""
    items = [entry for block in section.findall(blog_block) for entry in contents_of(block, "")]
    if not items:
        return ""
    text = nodes.Text(section[0].astext())
    title = nodes.reference("", "", text, internal=True, refuri="#", anchorname="")
    entry = addnodes.compact_paragraph("", "", title)
    item = nodes.list_item("", entry, nodes.bullet_list("", *items))
    return builder.render_partial(nodes.bullet_list("", item))["fragment"]
