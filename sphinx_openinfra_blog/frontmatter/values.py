"""Read the values of front matter as what they should be, or warn; pure.

Each ``read_*`` function takes the file's :class:`Values`, the key's name and its value, which is
not null, and returns ``None`` for what is empty or invalid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sphinx_openinfra_blog.model import (
    Message,
    Problem,
    Subtype,
    Visibility,
    __,
    clean,
    is_web_url,
    twitter_handle,
)

from .dates import is_timestamp, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from sphinx_openinfra_blog.model import Moment

    from .entries import Entry

#: Each author, tag and category has pages and feeds, each alias a page: one post could ask for
#: thousands of them.
MAX_ITEMS: Final = 100
#: The keys of a category's mapping that hold its id or its label, and of an image's that hold it.
CATEGORY_IDS: Final = ("value", "id")
CATEGORY_LABELS: Final = ("label", "text", "name", "title")
TAG_NAMES: Final = ("tag", "name", "label", "title", "text", "value", "slug", "id")
#: The keys of a mapping of dates that say when a post was published.
DATES_IN_MAPPING: Final = ("created", "published", "publish")
IMAGE_PATHS: Final = ("image", "src", "url", "path", "file", "filename", "feature")
#: ABlog's numbers: of an image in the body, or of paragraphs.
_NUMBER: Final = re.compile("[0-9]{1,2}")
#: A path that can only be one on the post's own site.
OWN_PATH: Final = r"^\s*(/(?!/)|[^/.:\s]+/)"
IMAGE_TEXTS: Final = ("alt", "imageAlt", "image_alt", "caption")
#: What search engines may be asked for, without what follows a colon
#: (https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag).
_FOR_ROBOTS: Final = frozenset(
    "all follow index indexifembedded max-image-preview max-snippet max-video-preview noarchive"
    " nocache nofollow noimageindex noindex none nosnippet notranslate unavailable_after".split()
)

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
_BREAKS: Final = dict.fromkeys(("softbreak", "hardbreak", "block_end"), " ")
_BLOCK_END: Final = Token("block_end", "", 0)

_FORM: Final = "YYYY-MM-DD or ISO 8601"

_Item = TypeVar("_Item")
_Value_co = TypeVar("_Value_co", covariant=True)
WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
#: What Pelican, Nikola, WordPress, Ghost and others call the state of a post, without blanks.
STATES: Final = {
    **dict.fromkeys(
        "published publish public live visible listed featured new deprecated 1 y t".split(),
        Visibility.PUBLISHED,
    ),
    **dict.fromkeys("hidden unlisted".split(), Visibility.UNLISTED),
    **dict.fromkeys(
        "draft drafts private internal pending pendingpublish pendingreview review inreview"
        " scheduled future autodraft skip trash trashed deleted unpublished notpublished wip"
        " workinprogress donotpublish members paid never 0 n f".split(),
        Visibility.DRAFT,
    ),
}
# What programs write for a day that never comes; the calendar ends there, in some zone or other.
_NEVER: Final = re.compile("9999-12-3[01]")


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
    text = "" if _is_absent(entry) else clean(entry.text)
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
    """Read ``{value, label}``, ``{id, label}``, ``{label}`` or strings (contract point 2)."""
    found = (_category(values, key, item) for item in items_of(values, key, entry))
    return unique(found)


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
    texts = read_texts(values, key, entry)
    return Image(texts[0]) if texts and not _NUMBER.fullmatch(texts[0].text) else None


def read_excerpt(values: Values, key: str, entry: Entry) -> Located | None:
    """Read prose that is no number."""
    return None if _NUMBER.fullmatch(entry.text) else read_prose(values, key, entry)


def read_number(_values: Values, _key: str, entry: Entry) -> Located | None:
    """Read a small number, where the key may also hold a text."""
    return Located(entry.text, entry.line) if _NUMBER.fullmatch(entry.text) else None


def read_robots(values: Values, key: str, entry: Entry) -> Located | None:
    """Read what search engines are to do with the page."""
    texts = read_texts(values, key, entry)
    written = ", ".join(text.text for text in texts)
    words = {word.partition(":")[0].strip() for word in written.casefold().split(",")}
    if words <= _FOR_ROBOTS:
        return Located(written, entry.line)
    if texts:
        message = __("invalid value for '%s': '%s' (expected noindex)", key, written[:80])
        values.warn(Subtype.VALUE, message, entry.line)
    return None


def read_noindex(values: Values, key: str, entry: Entry) -> Located | None:
    """Read a truth value that keeps search engines out."""
    return Located("noindex", entry.line) if read_flag(values, key, entry) else None


def read_sitemap(_values: Values, _key: str, entry: Entry) -> bool:
    """Tell whether sitemaps leave the page out: ``false``, or Hugo's ``{disable: true}``."""
    if isinstance(entry.data, dict):
        words = (entry.data[key].text for key in ("disable", "exclude") if key in entry.data)
        return any(WORDS.get(word.lower()) for word in words)
    return WORDS.get(entry.text.lower()) is False


def read_path(values: Values, key: str, entry: Entry) -> Located | None:
    """Read a path below the site's root, where the key may also hold another address."""
    if entry.data is False or (written := read_text(values, key, entry)) is None:
        return None
    if key == "save_as" or re.match(OWN_PATH, written.text):
        return replace(written, key=key)
    message = __(
        "ignoring '%s': '%s' may not be the post's own URL (set 'permalink' to its path, such as"
        " '/blog/a-post/')",
        key,
        written.text[:80],
    )
    values.warn(Subtype.KEY, message, entry.line)
    return None


def read_redirection(values: Values, key: str, entry: Entry) -> None:
    """Warn of a key that would lead readers of the post elsewhere."""
    if not _is_absent(entry):
        message = __(
            "ignoring '%s': a post has a page of its own (set 'canonical' to the URL that search"
            " engines should show, and 'redirect_from' to other paths of the post)",
            key,
        )
        values.warn(Subtype.KEY, message, entry.line)


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


def read_flag(values: Values, key: str, entry: Entry) -> bool | None:
    """Read a truth value."""
    meant = _flag(values, key, entry)
    if meant is None:
        message = __("invalid value for '%s' (expected true or false); ignoring it", key)
        values.warn(Subtype.VALUE, message, entry.line)
    return meant


def read_switch(yes: Visibility, no: Visibility) -> ValueReader[Visibility]:
    """Return a reader of a truth value that decides who may see a post.

    An invalid value withholds the post.
    """

    def read(values: Values, key: str, entry: Entry) -> Visibility | None:
        meant = _flag(values, key, entry)
        if meant is None:
            message = __(
                "invalid value for '%s' (expected true or false); the post has no page", key
            )
            values.warn(Subtype.VISIBILITY, message, entry.line, withholds=True)
            return None
        return yes if meant else no

    return read


def read_state(values: Values, key: str, entry: Entry) -> Visibility | None:
    """Read a word that decides who may see a post, a truth value, or the date of publication.

    An unknown word withholds a post; in other files the key may mean anything.
    """
    if isinstance(entry.data, bool):
        return Visibility.PUBLISHED if entry.data else Visibility.DRAFT
    if isinstance(entry.data, list) and entry.data:
        found = [read_state(values, key, item) for item in entry.data]
        return strictest(item for item in found if item is not None)
    word = re.sub(r"[\W_]+", "", clean(entry.text).casefold())
    if word in STATES:
        return STATES[word]
    if word in WORDS:
        return Visibility.PUBLISHED if WORDS[word] else Visibility.DRAFT
    if word.startswith(("draft", "unpublished", "notpublished", "donotpublish")):
        return Visibility.DRAFT
    if not word or not values.is_dated or is_timestamp(entry.text):
        return None
    message = __(
        "unknown value '%s' for '%s' (expected published, draft or hidden); the post has no page",
        clean(entry.text)[:80],
        key,
    )
    values.warn(Subtype.VISIBILITY, message, entry.line, withholds=True)
    return None


def read_hidden_if(*words: str) -> ValueReader[Visibility]:
    """Return a reader that takes some values for a draft, and no notice of others."""

    def read(_values: Values, _key: str, entry: Entry) -> Visibility | None:
        return Visibility.DRAFT if clean(entry.text).casefold() in words else None

    return read


def read_unlisted_if(*words: str) -> ValueReader[Visibility]:
    """Return a reader that takes some values for unlisted, and no notice of others."""

    def read(_values: Values, _key: str, entry: Entry) -> Visibility | None:
        return Visibility.UNLISTED if clean(entry.text).casefold() in words else None

    return read


def read_draft_tag(values: Values, key: str, entry: Entry) -> Visibility | None:
    """Take a post with the tag ``draft`` for a draft."""
    quiet = Values(values.path, values.timezone)
    tags = {tag.text.casefold() for tag in read_tags(quiet, key, entry)}
    return Visibility.DRAFT if "draft" in tags else None


def read_password(_values: Values, _key: str, entry: Entry) -> Visibility | None:
    """Read a password: who has none must not see the post, and Sphinx can protect no page."""
    return None if _is_absent(entry) or not clean(entry.text) else Visibility.DRAFT


def strictest(found: Iterable[Visibility]) -> Visibility | None:
    """Return who may see a post of which several keys say it."""
    order = (Visibility.PUBLISHED, Visibility.UNLISTED, Visibility.DRAFT)
    return max(found, key=order.index, default=None)


def _flag(values: Values, key: str, entry: Entry) -> bool | None:
    if isinstance(entry.data, bool):
        return entry.data
    meant = WORDS.get(clean(entry.text).lower())
    if meant is not None:
        message = __("quoted truth value for '%s' (remove the quotes)", key)
        values.warn(Subtype.VALUE, message, entry.line)
    return meant


def read_point(
    values: Values,
    key: str,
    entry: Entry,
    *,
    withholds: bool = False,
    subtype: Subtype = Subtype.DATE,
) -> Moment | None:
    """Read a date, or a date and a time.

    :param withholds: an invalid one withholds the post.
    :param subtype: of the warning of an invalid one.
    """
    moment = None if isinstance(entry.data, bool) else read_moment(entry.text, values.timezone)
    if moment is None:
        shown = clean(entry.text)[:80]
        if isinstance(entry.data, list | dict):
            shown = "[...]" if isinstance(entry.data, list) else "{...}"
        effect = __("; the post has no page") if withholds else ""
        many = None
        if is_timestamp(entry.text):
            message = __("nonexistent date for '%s': '%s'%s", key, shown, effect)
        else:
            form = re.sub("[0-9]", "0", shown)  # Another program wrote all dates alike.
            message = __("invalid date for '%s': '%s' (expected %s)%s", key, shown, _FORM, effect)
            many = __(
                "%s dates such as %s in '%s' have the form '%s' (expected %s)%s",
                key,
                form,
                _FORM,
                effect,
            )
        values.warn(subtype, message, entry.line, withholds=withholds, many=many, example=shown)
    return moment


def read_date(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read when the post was published; keys of their own read what a mapping holds."""
    if isinstance(entry.data, dict) and entry.data.keys() & set(DATES_IN_MAPPING):
        return None
    return read_point(values, key, entry, withholds=not values.publish_undated)


def read_release(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read the moment before which nobody may see the post; an invalid one withholds it."""
    return None if _is_absent(entry) else read_point(values, key, entry, withholds=True)


def read_release_if_date(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read such a moment where the key may also hold a truth value."""
    return read_release(values, key, entry) if is_timestamp(entry.text) else None


def read_expiry(values: Values, key: str, entry: Entry) -> Moment | None:
    """Read when a post disappears; an invalid date withholds it."""
    if _NEVER.match(entry.text):
        return None
    return read_point(values, key, entry, withholds=True, subtype=Subtype.VISIBILITY)


def _is_absent(entry: Entry) -> bool:
    """Tell whether a value says that there is none: null, or ``false``, though not ``No``."""
    return entry.data is None or (entry.data is False and entry.text.lower() == "false")


def items_of(values: Values, key: str, entry: Entry) -> list[Entry]:
    """Return the items of a list; one value is a list of one."""
    items = entry.data if isinstance(entry.data, list) else [entry]
    return [item for item in _first(values, key, items, entry.line) if not _is_absent(item)]


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
