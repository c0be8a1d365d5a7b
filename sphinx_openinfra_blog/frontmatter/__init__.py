"""Text to fields with their lines, by one table of keys."""

from __future__ import annotations

from .block import Markup, find, read
from .dates import read_moment
from .entries import FrontMatter, FrontMatterError
from .fields import Fields, read_fields
from .keys import front_matter_schema
from .notebook import Notebook
from .values import CategoryMention, Located

__all__ = [
    "CategoryMention",
    "Fields",
    "FrontMatter",
    "FrontMatterError",
    "Located",
    "Markup",
    "Notebook",
    "find",
    "front_matter_schema",
    "read",
    "read_fields",
    "read_moment",
]
