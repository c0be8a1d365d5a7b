"""The keys of front matter that the blog reads, and their JSON Schema; pure.

One table says how each key is read, which member of :class:`~.fields.Fields` it fills, what the
reference page says of it and what the JSON Schema allows: a new key is one row.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from sphinx_openinfra_blog.model import HANDLE, __, clean

from . import values
from .dates import TIMESTAMP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_openinfra_blog.model import Message

    from .block import Entry, FrontMatter

Schema: TypeAlias = dict[str, Any]

#: ``templateKey`` of a post (contract point 1).
TEMPLATE_KEY: Final = "blog-post"


class Kind(NamedTuple):
    """What a key holds.

    :ivar read: reads a value that is not null, and returns ``None`` for what is empty or invalid.
    :ivar schema: a JSON Schema of the value.
    """

    read: Callable[[values.Values, str, Entry], Any]
    schema: Schema


@dataclass(frozen=True, slots=True)
class Key:
    """A key.

    :ivar name: with that of the mapping it is in before it: ``seo.url``.
    :ivar field: the member of ``Fields`` that it fills. Of several keys that fill one, lists are
        joined, truth values are true if one is, and otherwise the first counts.
    :ivar meaning: what it is for, as the reference page and editors show it; keys with one
        meaning are synonyms, or belong together.
    """

    name: str
    kind: Kind
    field: str
    meaning: str


_VISIBLE: Final = r"\S"
#: What mail programs and feeds write (RFC 5322).
_MAIL: Final = r"^\s*([A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d{2}"
_ANYTHING: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}
_SAID: Final[Schema] = {"type": ["string", "number", "boolean"], "pattern": _VISIBLE}
_MOMENT: Final[Schema] = {
    "type": "string",
    "anyOf": [{"pattern": rf"^\s*{TIMESTAMP}\s*$"}, {"pattern": _MAIL}],
}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_or_list(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _mapping(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


_LABELS: Final = (*values.CATEGORY_IDS, *values.CATEGORY_LABELS)
_CATEGORY: Final[Schema] = {
    "anyOf": [
        {**_ANYTHING, "pattern": _VISIBLE},
        {
            **_mapping(**dict.fromkeys(_LABELS, _ANYTHING)),
            "anyOf": [{"required": [name], "properties": {name: _SAID}} for name in _LABELS],
        },
    ]
}
_PERSON: Final[Schema] = {"anyOf": [_ANYTHING, {**_mapping(name=_ANYTHING), "required": ["name"]}]}
_IMAGE: Final = _mapping(**dict.fromkeys((*values.IMAGE_PATHS, "alt"), _ANYTHING))
_DATES: Final[Schema] = {
    **_mapping(created=_MOMENT, updated=_or_null(_MOMENT)),
    "required": ["created"],
}

TEXT: Final = Kind(values.read_text, _ANYTHING)
TITLE: Final = Kind(values.read_text, _SAID)
TEXTS: Final = Kind(values.read_texts, _one_or_list(_ANYTHING))
TAGS: Final = Kind(values.read_tags, _one_or_list(_ANYTHING))
PEOPLE: Final = Kind(values.read_people, _one_or_list(_PERSON))
CATEGORIES: Final = Kind(values.read_categories, _one_or_list(_CATEGORY))
FLAG: Final = Kind(values.read_flag, {"type": ["boolean", "null"]})
#: A flag that decides who may see the post.
SWITCH: Final = Kind(values.read_switch, FLAG.schema)
MOMENT: Final = Kind(values.read_point, _or_null(_MOMENT))
EXPIRY: Final = Kind(values.read_expiry, MOMENT.schema)
DATE: Final = Kind(values.read_date, {"anyOf": [_MOMENT, _DATES]})
IMAGE: Final = Kind(values.read_image, {"anyOf": [*TEXTS.schema["anyOf"], _IMAGE]})
HANDLE_ON_X: Final = Kind(
    values.read_handle,
    {"type": ["string", "integer", "boolean", "null"], "pattern": rf"^\s*({HANDLE})?\s*$"},
)
URL: Final = Kind(
    values.read_url, {"type": ["string", "null"], "pattern": r"^\s*(https?://\S+)?\s*$"}
)

#: Every key; those that the content system writes come before their synonyms.
KEYS: Final = (
    Key("templateKey", TEXT, "template", "what kind of page it is"),
    Key("title", TITLE, "title", "title"),
    Key("author", PEOPLE, "authors", "authors"),
    Key("authors", PEOPLE, "authors", "authors"),
    Key("date", DATE, "date", "when it was published"),
    Key("date.created", DATE, "date", "when it was published"),
    Key("updated", MOMENT, "updated", "when it was last changed"),
    Key("lastmod", MOMENT, "updated", "when it was last changed"),
    Key("last_modified", MOMENT, "updated", "when it was last changed"),
    Key("date.updated", MOMENT, "updated", "when it was last changed"),
    Key("category", CATEGORIES, "categories", "categories"),
    Key("categories", CATEGORIES, "categories", "categories"),
    Key("tags", TAGS, "tags", "tags"),
    Key("hidePost", SWITCH, "unlisted", "who may see it"),
    Key("unlisted", SWITCH, "unlisted", "who may see it"),
    Key("draft", SWITCH, "draft", "who may see it"),
    Key("expires", EXPIRY, "expires", "who may see it"),
    Key("expiryDate", EXPIRY, "expires", "who may see it"),
    Key("seo.url", TEXT, "source_url", "URL"),
    Key("permalink", TEXT, "permalink", "URL"),
    Key("slug", TEXT, "slug", "URL"),
    Key("excerpt", TEXT, "excerpt", "excerpt in listings"),
    Key("summary", TEXT, "excerpt", "excerpt in listings"),
    Key("featured", FLAG, "pinned", "place in listings"),
    Key("pin", FLAG, "pinned", "place in listings"),
    Key("aliases", TEXTS, "aliases", "other URLs that redirect to it"),
    Key("redirect_from", TEXTS, "aliases", "other URLs that redirect to it"),
    Key("seo.description", TEXT, "description", "description"),
    Key("description", TEXT, "description", "description"),
    Key("seo.image", IMAGE, "image", "picture"),
    Key("image", IMAGE, "image", "picture"),
    Key("cover", IMAGE, "image", "picture"),
    Key("seo.title", TEXT, "short_title", "head of the page"),
    Key("seo.twitterUsername", HANDLE_ON_X, "handle", "head of the page"),
    Key("canonical", URL, "canonical", "head of the page"),
)

#: The names at the top level.
KNOWN_KEYS: Final = frozenset(key.name.partition(".")[0] for key in KEYS)
#: The names in mappings, by the mapping's name.
INNER_KEYS: Final = {
    outer: frozenset(
        key.name.removeprefix(f"{outer}.") for key in KEYS if key.name.startswith(f"{outer}.")
    )
    for outer in KNOWN_KEYS
}


def odd_keys(matter: FrontMatter) -> Iterator[tuple[Message, int]]:
    """Find keys that are duplicate, not strings, or nearly those of the blog, with their lines."""
    for key, line in matter.odd_keys:
        if key == "?":
            yield __("ignoring a front matter key that is not a string"), line
        else:
            yield __("duplicate key '%s'; using the last value", clean(key)[:80]), line
    yield from _near_misses(matter.entries, KNOWN_KEYS, "")
    for outer, known in INNER_KEYS.items():
        found = matter.entries.get(outer)
        if found is not None and isinstance(found.data, dict):
            yield from _near_misses(found.data, known, f"{outer}.")


def _near_misses(
    entries: dict[str, Entry], known: frozenset[str], prefix: str
) -> Iterator[tuple[Message, int]]:
    for key, entry in entries.items():
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.8) if key not in known else []
        # More letters than one make another word: "featuredpost" does not mean "featured".
        if near and near[0] not in entries and abs(len(near[0]) - len(key)) < 2:
            names = f"{prefix}{clean(key)}", f"{prefix}{near[0]}"
            yield __("unknown key '%s'; did you mean '%s'?", *names), entry.line


def front_matter_schema() -> Schema:
    """Return a JSON Schema of front matter, for editors.

    It is of draft 7, which every editor and linter supports. What the reader warns of is invalid
    by the schema too, as far as a schema can say it: it cannot say that a day exists, nor that a
    key is misspelt.
    """
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
