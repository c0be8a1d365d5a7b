"""Read the values of front matter as what they should be, or warn; pure.

Each ``read_*`` function takes the file's :class:`Values`, the key's name and its value, which is
not null, and returns ``None`` for what is empty or invalid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sphinx_openinfra_blog.model import (
    Message,
    Problem,
    Subtype,
    __,
    clean,
    is_web_url,
    twitter_handle,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from .entries import Entry

#: Each author, tag and category has pages and feeds, each alias a page: one post could ask for
#: thousands of them.
MAX_ITEMS: Final = 100
#: The keys of a category's mapping that hold its id or its label, and of an image's that hold it.
CATEGORY_IDS: Final = ("value", "id")
CATEGORY_LABELS: Final = ("label", "text", "name", "title")
TAG_NAMES: Final = ("tag", "name", "label", "title", "text", "value", "slug", "id")
IMAGE_PATHS: Final = ("image", "src", "url", "path", "file", "filename", "feature")
#: ABlog's numbers: of an image in the body, or of paragraphs.
_NUMBER: Final = re.compile("[0-9]{1,2}")
IMAGE_TEXTS: Final = ("alt", "imageAlt", "image_alt", "caption")
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_BREAKS: Final = dict.fromkeys(("softbreak", "hardbreak", "block_end"), " ")
_BLOCK_END: Final = Token("block_end", "", 0)

_Item = TypeVar("_Item")
_Value_co = TypeVar("_Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Located:
    """A text and its 1-based line.

    :ivar url: that of a person.
    :ivar key: of a path, if several keys may name it.
    """

    text: str
    line: int = field(compare=False)
    url: str = field(default="", compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CategoryMention:
    """A category as one post writes it; one of the two parts may be empty.

    :ivar line: the 1-based line at which it begins.
    :ivar label_line: the line of its label.
    """

    id: str
    label: str
    line: int = field(default=1, compare=False)
    label_line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """The picture of a post, and its alternative text."""

    path: Located
    alt: str = ""


class ValueReader(Protocol[_Value_co]):
    """Reads a value that is not null, and returns ``None`` for what is empty or invalid."""

    def __call__(self, values: Values, key: str, entry: Entry, /) -> _Value_co | None:
        """Read the value of a key."""


@dataclass(slots=True)
class Values:
    """What reading the values of one file needs and finds.

    :ivar path: the file, for problems.
    :ivar timezone: the zone of dates that name none.
    :ivar publish_undated: an invalid ``date`` does not withhold the post.
    :ivar is_dated: whether the file is a post, whatever the keys say that decide who may see it.
    """

    path: str
    timezone: tzinfo
    publish_undated: bool = False
    is_dated: bool = True
    problems: list[Problem] = field(default_factory=list)

    def warn(
        self,
        subtype: Subtype,
        message: Message,
        line: int,
        *,
        withholds: bool = False,
        many: Message | None = None,
        example: str = "",
    ) -> None:
        """Add a problem of the file.

        :param withholds: the file has no page because of it.
        :param many: what to say of many files with such a problem, as :class:`.Problem` has it.
        :param example: what this one is about.
        """
        problem = Problem(subtype, message, self.path, line, withholds, many=many, example=example)
        self.problems.append(problem)


def read_text(values: Values, key: str, entry: Entry) -> Located | None:
    """Read a scalar as text, as it was written."""
    if isinstance(entry.data, list | dict):
        values.warn(Subtype.VALUE, __("invalid value for '%s' (expected text)", key), entry.line)
        return None
    text = "" if is_absent(entry) else clean(entry.text)
    return Located(text, entry.line) if text else None


def read_prose(values: Values, key: str, entry: Entry) -> Located | None:
    """Read a scalar as the text that its Markdown shows; HTML in it stays as it is."""
    if (written := read_text(values, key, entry)) is None:
        return None
    blocks = _MARKDOWN.parse(written.text)
    parts = [
        child.content if child.type in {"text", "code_inline"} else _BREAKS.get(child.type, "")
        for block in blocks
        for child in (*(block.children or ()), _BLOCK_END)
    ]
    text = clean("".join(parts)) or written.text
    return Located(text, written.line)


def read_texts(values: Values, key: str, entry: Entry) -> list[Located]:
    """Read a list of texts; one text is a list of one."""
    return unique(read_text(values, key, item) for item in items_of(values, key, entry))


def _tag_of(entry: Entry) -> Entry:
    """Return the tag of a mapping, as some content systems write one."""
    if not isinstance(entry.data, dict):
        return entry
    return next((entry.data[name] for name in TAG_NAMES if name in entry.data), entry)


def read_tags(values: Values, key: str, entry: Entry) -> list[Located]:
    """Read a list of texts, or one text with commas."""
    if isinstance(entry.data, list):
        items = items_of(values, key, entry)
        return unique(read_text(values, key, _tag_of(item)) for item in items)
    texts = read_texts(values, key, _tag_of(entry))
    parts = (Located(clean(part), item.line) for item in texts for part in item.text.split(","))
    return _first(values, key, unique(part for part in parts if part.text), entry.line)


def read_categories(values: Values, key: str, entry: Entry) -> list[CategoryMention]:
    """Read ``{value, label}``, ``{id, label}``, ``{label}`` or strings (contract point 2).

    A list among them is a category and one inside it, for Hexo; the post is in both.
    """
    items = (
        item
        for outer in items_of(values, key, entry)
        for item in (outer.data if isinstance(outer.data, list) else [outer])
    )
    found = [_category(values, key, item) for item in items if not is_absent(item)]
    return _first(values, key, unique(found), entry.line)


def _category(values: Values, key: str, entry: Entry) -> CategoryMention | None:
    if isinstance(entry.data, dict):
        ident = part_of(values, key, entry.data, CATEGORY_IDS)
        label = part_of(values, key, entry.data, CATEGORY_LABELS)
        if (first := ident or label) is not None:
            words = (ident.text if ident else "", label.text if label else "")
            return CategoryMention(*words, first.line, (label or first).line)
    elif not isinstance(entry.data, list) and (text := clean(entry.text)):
        return CategoryMention("", text, entry.line, entry.line)
    message = __("missing label in '%s' (expected {value: ..., label: ...})", key)
    values.warn(Subtype.VALUE, message, entry.line)
    return None


def read_image(values: Values, key: str, entry: Entry) -> Image | None:
    """Read a path, or a mapping with the alternative text; of a list the first."""
    items = items_of(values, key, entry)
    if items and isinstance(items[0].data, dict):
        path = part_of(values, key, items[0].data, IMAGE_PATHS)
        alt = part_of(values, key, items[0].data, IMAGE_TEXTS)
        return Image(path, alt.text if alt else "") if path else None
    texts = (read_text(values, key, item) for item in items)
    first = next(filter(None, texts), None)
    return Image(first) if first and not _NUMBER.fullmatch(first.text) else None


def read_excerpt(values: Values, key: str, entry: Entry) -> Located | None:
    """Read prose that is no number."""
    return None if _NUMBER.fullmatch(entry.text) else read_prose(values, key, entry)


def read_number(_values: Values, _key: str, entry: Entry) -> Located | None:
    """Read a small number, where the key may also hold a text."""
    return Located(entry.text, entry.line) if _NUMBER.fullmatch(entry.text) else None


def read_handle(values: Values, key: str, entry: Entry) -> Located | None:
    """Read a handle on X, as it was written."""
    if (written := read_text(values, key, entry)) is None or twitter_handle(written.text):
        return written
    message = __("invalid X handle '%s' (expected '@name')", written.text[:80])
    values.warn(Subtype.HANDLE, message, written.line)
    return None


def read_url(values: Values, key: str, entry: Entry) -> Located | None:
    """Read an absolute URL."""
    if (written := read_text(values, key, entry)) is None or is_web_url(written.text):
        return written
    message = __("invalid URL for '%s': '%s' (expected https://...)", key, written.text[:80])
    values.warn(Subtype.VALUE, message, written.line)
    return None


def is_absent(entry: Entry) -> bool:
    """Tell whether a value says that there is none: null, or ``false``, though not ``No``."""
    return entry.data is None or (entry.data is False and entry.text.lower() == "false")


def items_of(values: Values, key: str, entry: Entry) -> list[Entry]:
    """Return the items of a list; one value is a list of one."""
    items = entry.data if isinstance(entry.data, list) else [entry]
    return [item for item in _first(values, key, items, entry.line) if not is_absent(item)]


def _first(values: Values, key: str, items: list[_Item], line: int) -> list[_Item]:
    """Return as many of a key's values as a post may have."""
    if len(items) > MAX_ITEMS:
        message = __(
            "too many values for '%s' (%s); using the first %s", key, len(items), MAX_ITEMS
        )
        values.warn(Subtype.VALUE, message, line)
    return items[:MAX_ITEMS]


def part_of(
    values: Values, key: str, entries: dict[str, Entry], names: tuple[str, ...]
) -> Located | None:
    """Return the first text that a mapping has under one of some names."""
    found = (read_text(values, key, entries[name]) for name in names if name in entries)
    return next((text for text in found if text is not None), None)


def unique(items: Iterable[_Item | None]) -> list[_Item]:
    """Return what was read, each once."""
    return list(dict.fromkeys(item for item in items if item is not None))
