"""The keys of front matter that the blog reads: what each is for and what it holds; pure.

The reader knows a key by its name, the reference page and the JSON Schema are made from this.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Container

#: ``templateKey`` of a post (contract point 1).
TEMPLATE_KEY: Final = "blog-post"


class Holds(Enum):
    """What a key holds; every key but ``title`` and ``date`` may be null as well."""

    #: A text, or another scalar that is taken for one.
    TEXT = auto()
    #: A text that is not empty.
    TITLE = auto()
    #: One text or a list of texts.
    TEXTS = auto()
    #: True or false.
    FLAG = auto()
    #: A date, or a date and a time.
    MOMENT = auto()
    #: The same, or a mapping of ``created`` and ``updated``.
    DATE = auto()
    #: One name, or a list of names or of ``{name}``.
    PEOPLE = auto()
    #: One category or a list of them: labels, ``{value, label}`` or ``{id, label}``.
    CATEGORIES = auto()
    #: A file, an address, or a mapping that has its alternative text too.
    IMAGE = auto()
    #: A handle on X.
    HANDLE = auto()
    #: An absolute address.
    ADDRESS = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """A key.

    :ivar name: with that of the mapping it is in before it: ``seo.url``.
    :ivar meaning: what it is for, as the reference page and editors say it; keys of one meaning
        are synonyms, or belong together.
    """

    name: str
    meaning: str
    holds: Holds


def _keys(meaning: str, **names: Holds) -> tuple[Key, ...]:
    return tuple(Key(name.replace("__", "."), meaning, holds) for name, holds in names.items())


#: Every key, those that the content system writes before their synonyms.
KEYS: Final = (
    *_keys("what kind of page it is", templateKey=Holds.TEXT),
    *_keys("title", title=Holds.TITLE),
    *_keys("authors", author=Holds.PEOPLE, authors=Holds.PEOPLE),
    *_keys("when it was published", date=Holds.DATE),
    *_keys(
        "when it was last changed",
        updated=Holds.MOMENT,
        lastmod=Holds.MOMENT,
        last_modified=Holds.MOMENT,
    ),
    *_keys("categories", category=Holds.CATEGORIES, categories=Holds.CATEGORIES),
    *_keys("tags", tags=Holds.TEXTS),
    *_keys(
        "who may see it",
        hidePost=Holds.FLAG,
        unlisted=Holds.FLAG,
        draft=Holds.FLAG,
        expires=Holds.MOMENT,
        expiryDate=Holds.MOMENT,
    ),
    *_keys("address", seo__url=Holds.TEXT, permalink=Holds.TEXT, slug=Holds.TEXT),
    *_keys("excerpt in listings", excerpt=Holds.TEXT, summary=Holds.TEXT),
    *_keys("place in listings", featured=Holds.FLAG, pin=Holds.FLAG),
    *_keys("other addresses that lead to it", aliases=Holds.TEXTS, redirect_from=Holds.TEXTS),
    *_keys("description", seo__description=Holds.TEXT, description=Holds.TEXT),
    *_keys("picture", seo__image=Holds.IMAGE, image=Holds.IMAGE, cover=Holds.IMAGE),
    *_keys(
        "head of the page",
        seo__title=Holds.TEXT,
        seo__twitterUsername=Holds.HANDLE,
        canonical=Holds.ADDRESS,
    ),
)

#: The names at the top level.
KNOWN_KEYS: Final = frozenset(key.name.partition(".")[0] for key in KEYS)
#: Those in the mapping ``seo``.
SEO_KEYS: Final = frozenset(
    key.name.removeprefix("seo.") for key in KEYS if key.name.startswith("seo.")
)


def nearly(
    name: str, given: Container[str] = (), known: Collection[str] = KNOWN_KEYS
) -> str | None:
    """Return the key that *name* nearly is.

    :param given: the keys that stand beside it, one of which it cannot be meant for.
    :param known: the keys that it can be meant for.
    """
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
    # More letters than one make another word: "featuredpost" is no "featured".
    if near and near[0] not in given and abs(len(near[0]) - len(name)) < 2:
        return near[0]
    return None
