"""The directive, and posts to nodes."""

from __future__ import annotations

from .byline import date_node
from .directive import BlogDirective
from .render import FillPlaceholders, View, pager, taxonomy_title
from .rows import Rows

__all__ = [
    "BlogDirective",
    "FillPlaceholders",
    "Rows",
    "View",
    "date_node",
    "pager",
    "taxonomy_title",
]
