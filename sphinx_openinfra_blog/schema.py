"""A JSON Schema of front matter, for editors.

It is of draft 7, which every editor and linter takes. What the reader would warn of is wrong by
the schema too, as far as a schema can say it: that a day exists, it cannot.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TextIO, TypeAlias

from .commands import Command
from .keys import KEYS, KNOWN_KEYS, TEMPLATE_KEY, Holds, nearly

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

Schema: TypeAlias = dict[str, Any]

_DESCRIPTION: Final = (
    "Print a JSON Schema (draft 7) of the front matter of posts, by which editors complete keys "
    "and mark mistakes while a post is written."
)
_ANYTHING: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}
_VISIBLE: Final = r"\S"
_TIME: Final = r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([Zz]|UTC|GMT|[+-]\d{1,2}(:?\d{2})?)?"
_ISO: Final = rf"^\s*\d{{4}}-\d{{1,2}}-\d{{1,2}}(([Tt]|\s+){_TIME})?\s*$"
#: What mail programs and feeds write (RFC 5322).
_MAIL: Final = r"^\s*([A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d{2}"
_HANDLE: Final = (
    r"^\s*(((https?:)?//)?((www\.|mobile\.)?(twitter|x)\.com/)?@?\s?\w{1,50}/?([?#].*)?)?\s*$"
)
_LETTER: Final = "[A-Za-z_]"


def front_matter_schema() -> Schema:
    """Return the schema."""
    properties: dict[str, Schema] = {}
    in_mappings: dict[str, dict[str, Schema]] = {}
    for key in KEYS:
        outer, _, inner = key.name.partition(".")
        target = in_mappings.setdefault(outer, {}) if inner else properties
        target[inner or outer] = {"description": key.meaning, **_HOLDS[key.holds]}
    for name, inside in in_mappings.items():
        properties[name] = {
            "description": "for search engines and social sites",
            "type": ["object", "null"],
            "properties": inside,
        }
    properties["templateKey"] |= {"examples": [TEMPLATE_KEY]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of a post for sphinx-openinfra-blog",
        "type": "object",
        "required": ["title", "date"],
        "properties": properties,
        "patternProperties": {_misspelt(): False},
    }


def _misspelt() -> str:
    """Return the pattern of the names that are warned of."""
    known, others = "|".join(sorted(KNOWN_KEYS)), "|".join(sorted({*_misspellings()}))
    return f"^(?!({known})$)({others})$"


def _misspellings() -> Iterator[str]:
    """Return patterns of the names that are warned of: in another case, or one letter off."""
    for name in KNOWN_KEYS:
        if name.lower() != name and nearly(name.lower()):
            yield name.lower()
        for at in range(len(name) + 1):
            before, after = name[:at], name[at + 1 :]
            others = {
                before + after: before + after,
                f"{before}\0{name[at:]}": before + _LETTER + name[at:],
                f"{before}\0{after}": before + _LETTER + after,
                f"{before}{after[:1]}{name[at : at + 1]}{after[1:]}": "",
            }
            for example, pattern in others.items():
                if example not in KNOWN_KEYS and nearly(example) == name:
                    yield pattern or re.escape(example)


def _one_or_list(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _mapping(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def _moment() -> Schema:
    return {"type": "string", "anyOf": [{"pattern": _ISO}, {"pattern": _MAIL}]}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _category() -> Schema:
    labels = ("value", "id", "label", "text", "name", "title")
    said = {"type": ["string", "number", "boolean"], "pattern": _VISIBLE}
    return {
        "anyOf": [
            {**_ANYTHING, "pattern": _VISIBLE},
            {
                **_mapping(**dict.fromkeys(labels, _ANYTHING)),
                "anyOf": [{"required": [label], "properties": {label: said}} for label in labels],
            },
        ]
    }


def _image() -> Schema:
    paths = ("image", "src", "url", "path")
    mapping = _mapping(**dict.fromkeys((*paths, "alt"), _ANYTHING))
    return {"anyOf": [*_one_or_list(_ANYTHING)["anyOf"], mapping]}


_HOLDS: Final[dict[Holds, Schema]] = {
    Holds.TEXT: _ANYTHING,
    Holds.TITLE: {"type": ["string", "number", "boolean"], "pattern": _VISIBLE},
    Holds.TEXTS: _one_or_list(_ANYTHING),
    Holds.FLAG: {"type": ["boolean", "null"]},
    Holds.MOMENT: _or_null(_moment()),
    Holds.DATE: {
        "anyOf": [
            _moment(),
            {
                **_mapping(created=_moment(), updated=_or_null(_moment())),
                "required": ["created"],
            },
        ]
    },
    Holds.PEOPLE: _one_or_list(
        {"anyOf": [_ANYTHING, {**_mapping(name=_ANYTHING), "required": ["name"]}]}
    ),
    Holds.CATEGORIES: _one_or_list(_category()),
    Holds.IMAGE: _image(),
    Holds.HANDLE: {"type": ["string", "integer", "boolean", "null"], "pattern": _HANDLE},
    Holds.ADDRESS: {"type": ["string", "null"], "pattern": r"^\s*(https?://\S+)?\s*$"},
}


def _add_arguments(parser: ArgumentParser) -> None:
    del parser


def _run(given: Namespace, out: TextIO) -> int:
    del given
    json.dump(front_matter_schema(), out, indent=2)
    out.write("\n")
    return 0


COMMAND: Final = Command(
    "schema",
    "print a JSON Schema of front matter, for editors",
    _DESCRIPTION,
    _add_arguments,
    _run,
)
