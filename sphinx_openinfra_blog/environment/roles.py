"""The roles of the ``blog`` domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.roles import XRefRole

if TYPE_CHECKING:
    from docutils.nodes import Node

#: The names of the roles, each for what it refers to.
ROLES: Final = ("post", "category", "author", "tag")


def is_role(node: Node) -> TypeGuard[pending_xref]:
    """Return whether a reference was written as a role, not made by the extension itself."""
    return (
        isinstance(node, pending_xref)
        and node.get("refdomain") == "blog"
        and not node.get("refexact")
    )


def is_bare_role(node: Node) -> TypeGuard[pending_xref]:
    """Return whether a reference is a role without explicit text."""
    return is_role(node) and not node.get("refexplicit")


class BlogRole(XRefRole):
    """A cross-reference to a post or to the page of a term."""

    def __init__(self) -> None:
        super().__init__(innernodeclass=nodes.inline, warn_dangling=True)
