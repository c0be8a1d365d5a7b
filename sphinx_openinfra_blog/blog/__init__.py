"""Fields and settings to the blog: who gets which permalink, which terms exist, who sees what."""

from __future__ import annotations

from .blog import Blog, Neighbours
from .lookup import matches, published_url, role_text, target_of
from .order import by_precedence
from .resolve import resolve
from .selection import GROUPINGS, Group, Listing, Selection, select
from .visibility import Source, Where, visibility_of

__all__ = [
    "GROUPINGS",
    "Blog",
    "Group",
    "Listing",
    "Neighbours",
    "Selection",
    "Source",
    "Where",
    "by_precedence",
    "matches",
    "published_url",
    "resolve",
    "role_text",
    "select",
    "target_of",
    "visibility_of",
]
