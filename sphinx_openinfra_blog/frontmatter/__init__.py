"""Text to fields with their lines, by one table of keys."""

from __future__ import annotations

from .block import Block, Markup, conflict_in, find, read
from .data_forms import entry_of, json_entry
from .dates import read_moment
from .entries import Entry, FrontMatter, FrontMatterError
from .fields import Fields, read_fields
from .keys import front_matter_schema
from .notebook import Notebook
from .values import CategoryMention, Located
from .yaml_form import yaml_entry

__all__ = [
    "Block",
    "CategoryMention",
    "Entry",
    "Fields",
    "FrontMatter",
    "FrontMatterError",
    "Located",
    "Markup",
    "Notebook",
    "conflict_in",
    "entry_of",
    "find",
    "front_matter_schema",
    "json_entry",
    "read",
    "read_fields",
    "read_moment",
    "yaml_entry",
]
