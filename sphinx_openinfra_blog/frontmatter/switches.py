"""Read truth values, and what decides who may see a post; pure.

Its ``read_*`` functions are as those of :mod:`.values`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Subtype, Visibility, __, clean

from .dates import is_timestamp
from .values import Values, is_absent, read_tags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .entries import Entry
    from .values import ValueReader

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
        found = [read_state(values, key, item) for item in entry.data if item.data is not None]
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
    return None if is_absent(entry) or not clean(entry.text) else Visibility.DRAFT


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
