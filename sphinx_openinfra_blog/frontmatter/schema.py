"""Make a JSON Schema of front matter, for editors, from the table of keys.

It is of draft 7, which every editor and linter supports. What the reader warns of is invalid by
the schema too, as far as a schema can say it: it cannot say that a day exists, nor that a key is
misspelt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .keys import KEYS, TEMPLATE_KEY

if TYPE_CHECKING:
    from .keys import Schema


def front_matter_schema() -> Schema:
    """Return the schema."""
    properties: dict[str, Schema] = {}
    for key in KEYS:
        outer, _, inner = key.name.partition(".")
        mapping: Schema = {
            "description": "for search engines and social sites",
            "type": ["object", "null"],
            "properties": {},
        }
        schema = {"description": key.meaning, **key.kind.schema}
        place = properties.setdefault(outer, mapping if inner else schema)
        if inner and "properties" in place:  # A key that may be a mapping says so itself.
            place["properties"][inner] = schema
    properties["templateKey"] |= {"examples": [TEMPLATE_KEY]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of a post for sphinx-openinfra-blog",
        "type": "object",
        "required": ["title", "date"],
        "properties": properties,
    }
