"""What values may look like, as JSON Schema; pure.

A mistake is one short error, at its key. So there is no ``anyOf`` but in conditions: validators
name every branch of one, with its pattern, and nothing that stands in an ``if``.
"""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

from sphinx_openinfra_blog.model import HANDLE

from . import moments, pages, switches, values
from .dates import FORMS
from .people import PERSON_NAMES

Schema: TypeAlias = dict[str, Any]


def _either(*allowed: Schema, otherwise: Schema) -> Schema:
    """Return a schema of what is allowed.

    :param otherwise: what all else is held against, so that the error says what is expected.
    """
    return {"if": {"anyOf": list(allowed)}, "else": otherwise}


_SCALAR: Final = ("string", "number", "boolean", "null")
_TEXT: Final[Schema] = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_LIST: Final[Schema] = {"type": "array"}
_OBJECT: Final[Schema] = {"type": "object"}

ANYTHING: Final[Schema] = {"type": [*_SCALAR]}
FLAG: Final[Schema] = {"type": ["boolean", "null"]}
NONE: Final[Schema] = {"enum": [None, False]}


def _one_or_list(item: Schema) -> Schema:
    """Return a schema of one value or a list of them, whose items are held against *item*."""
    return {**item, "type": [*item["type"], "array"], "items": item}


def _or_list(schema: Schema) -> Schema:
    """Return a schema of :func:`_either` for one value or a list of them."""
    return {"items": schema, "if": {"anyOf": [_LIST, schema["if"]]}, "else": schema["else"]}


def _mapping(names: tuple[str, ...]) -> Schema:
    """Return a schema of scalars, and of mappings with some keys for these."""
    return {"type": [*_SCALAR, "object"], "properties": dict.fromkeys(names, ANYTHING)}


def _has(names: tuple[str, ...]) -> Schema:
    """Return a condition: a mapping has one of some keys, and a text in it."""
    return {
        "type": "object",
        "anyOf": [{"required": [name], "properties": {name: _TEXT}} for name in names],
    }


def _named(names: tuple[str, ...], example: str, *others: Schema) -> Schema:
    """Return a schema of scalars, and of mappings that have one of some keys.

    :param example: the one of them that is named where none is there.
    :param others: what else a mapping may be.
    """
    is_no_mapping: Schema = {"not": _OBJECT}
    missing: Schema = {"required": [example], "properties": {example: {"pattern": r"\S"}}}
    return {
        **_mapping(names),
        **_either(is_no_mapping, _has(names), *others, otherwise=missing),
    }


_LABELS: Final = (*values.CATEGORY_IDS, *values.CATEGORY_LABELS)
_BY_ID: Final[Schema] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": _has(PERSON_NAMES),
}
_DATE: Final[Schema] = {
    "anyOf": [
        *({"type": "string", "pattern": rf"^\s*{form}\s*$"} for form in FORMS),
        {"type": "integer", "minimum": 1_000_00_00, "maximum": 9999_12_31},
    ]
}
_NO_DATE: Final[Schema] = {"const": "YYYY-MM-DD"}
_STATE: Final[Schema] = _either(
    {
        "type": ["string", "boolean", "null"],
        "pattern": rf"^\s*({'|'.join(sorted([*switches.STATES, *switches.WORDS]))})?\s*$",
    },
    _DATE,
    otherwise={"enum": ["published", "draft", "hidden"]},
)
# Case does not count, and a pattern of JSON Schema cannot say so.
_WORD: Final = "|".join(
    re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", word)
    for word in sorted(pages.FOR_ROBOTS)
)
_ROBOTS: Final = _either(
    {
        "type": ["string", "null"],
        "pattern": rf"^\s*(({_WORD})\s*(:[^,]*)?(,\s*({_WORD})\s*(:[^,]*)?)*)?$",
    },
    NONE,
    otherwise={"const": "noindex"},
)
_IN_DATES: Final = _either(_DATE, otherwise=_NO_DATE)
_DATES: Final[Schema] = {
    "type": "object",
    "anyOf": [{"required": [name]} for name in moments.DATES_IN_MAPPING],
}

TITLE: Final = _TEXT
TEXTS: Final = _one_or_list(ANYTHING)
TAGS: Final = _one_or_list(_named(values.TAG_NAMES, "name"))
PEOPLE: Final = _one_or_list(_named(PERSON_NAMES, "name", _BY_ID))
_CATEGORY: Final = _named(_LABELS, "label") | {"pattern": r"\S"}
CATEGORIES: Final = _one_or_list(_CATEGORY) | {"items": _one_or_list(_CATEGORY)}
MOMENT: Final = _either(_DATE, {"type": "null"}, otherwise=_NO_DATE)
RELEASE: Final = _either(_DATE, NONE, otherwise=_NO_DATE)
DATE: Final[Schema] = {
    "properties": {**dict.fromkeys(moments.DATES_IN_MAPPING, _IN_DATES), "updated": MOMENT},
    **_either(_DATE, _DATES, otherwise=_NO_DATE),
}
STATE: Final = _or_list(_STATE)
ROBOTS: Final = _or_list(_ROBOTS)
IMAGE: Final = _one_or_list(_mapping((*values.IMAGE_PATHS, *values.IMAGE_TEXTS)))
PATH: Final = _either(
    {"type": "string", "pattern": rf"{pages.OWN_PATH}|^\s*$"}, NONE, otherwise={"const": "/a/path"}
)
HANDLE_ON_X: Final = _either(
    {"type": ["string", "integer", "boolean", "null"], "pattern": rf"^\s*({HANDLE})?\s*$"},
    otherwise={"const": "@name"},
)
URL: Final = _either(
    {"type": ["string", "null"], "pattern": r"^\s*(https?://\S+)?\s*$"},
    otherwise={"const": "https://..."},
)
