"""Text to fields with their lines, by one table of keys."""

from __future__ import annotations

from .block import FrontMatterError, read, split
from .fields import Fields, read_fields
from .keys import front_matter_schema
from .values import CategoryMention, Located

__all__ = [
    "CategoryMention",
    "Fields",
    "FrontMatterError",
    "Located",
    "front_matter_schema",
    "read",
    "read_fields",
    "split",
]
