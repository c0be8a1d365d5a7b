"""The directive, and posts to nodes."""

from __future__ import annotations

from .directive import BlogDirective
from .render import FillPlaceholders, View, pager, taxonomy_title
from .rows import Rows

__all__ = ["BlogDirective", "FillPlaceholders", "Rows", "View", "pager", "taxonomy_title"]
