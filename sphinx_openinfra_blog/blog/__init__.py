"""Fields and settings to the blog: who gets which permalink, which terms exist, who sees what."""

from __future__ import annotations

from .blog import Blog, Neighbours
from .files import Verdict, grouped, judge, undated_message
from .lookup import Target, matches, published_url, role_text, target_of
from .old_addresses import old_paths_of_term
from .order import by_precedence
from .resolve import resolve
from .selection import FIELDS, GROUPINGS, Group, Listing, Selection, select
from .visibility import Source, Where

__all__ = [
    "FIELDS",
    "GROUPINGS",
    "Blog",
    "Group",
    "Listing",
    "Neighbours",
    "Selection",
    "Source",
    "Target",
    "Verdict",
    "Where",
    "by_precedence",
    "grouped",
    "judge",
    "matches",
    "old_paths_of_term",
    "published_url",
    "resolve",
    "role_text",
    "select",
    "target_of",
    "undated_message",
]
