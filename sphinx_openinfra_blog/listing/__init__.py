"""The directive, and posts to nodes."""

from __future__ import annotations

from .byline import chips, date_node, filled, joined, reference_to, term_reference
from .directive import BlogDirective
from .pager import pager
from .placeholders import FillPlaceholders
from .profile import profile_block
from .rows import Rows
from .view import View, taxonomy_title

__all__ = [
    "BlogDirective",
    "FillPlaceholders",
    "Rows",
    "View",
    "chips",
    "date_node",
    "filled",
    "joined",
    "pager",
    "profile_block",
    "reference_to",
    "taxonomy_title",
    "term_reference",
]
