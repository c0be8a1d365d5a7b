"""The roles of the ``blog`` domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.roles import XRefRole

if TYPE_CHECKING:
    from docutils.nodes import Node

#: What there is a role for; each is named after what it refers to.
ROLES: Final = ("post", "category", "author", "tag")


def is_role(node: Node) -> TypeGuard[pending_xref]:
    """Tell whether a reference is by a role of the blog, not made by the extension itself."""
    return (
        isinstance(node, pending_xref)
        and node.get("refdomain") == "blog"
        and not node.get("refexact")
    )


def is_bare_role(node: Node) -> TypeGuard[pending_xref]:
    """Tell whether a reference by role shows the title or label of what it refers to."""
    return is_role(node) and not node.get("refexplicit")


class BlogRole(XRefRole):
    """Refers to a post or to the page of a term, by what authors call it."""

    def __init__(self) -> None:
        super().__init__(innernodeclass=nodes.inline, warn_dangling=True)
