"""Read what search engines are told, and where a page is said to be; pure.

Its ``read_*`` functions are as those of :mod:`.values`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.model import Subtype, __

from .switches import WORDS, read_flag
from .values import Located, is_absent, read_text, read_texts

if TYPE_CHECKING:
    from .entries import Entry
    from .values import Values

#: A path that can only be one on the post's own site.
OWN_PATH: Final = r"^\s*(/(?!/)|[^/.:\s]+/)"
#: What search engines may be asked for, without what follows a colon
#: (https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag).
FOR_ROBOTS: Final = frozenset(
    "all follow index indexifembedded max-image-preview max-snippet max-video-preview noarchive"
    " nocache nofollow noimageindex noindex none nosnippet notranslate unavailable_after".split()
)


def read_robots(values: Values, key: str, entry: Entry) -> Located | None:
    """Read what search engines are to do with the page."""
    texts = read_texts(values, key, entry)
    written = ", ".join(text.text for text in texts)
    words = {word.partition(":")[0].strip() for word in written.casefold().split(",")}
    if words <= FOR_ROBOTS:
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
    if not is_absent(entry):
        message = __(
            "ignoring '%s': a post has a page of its own (set 'canonical' to the URL that search"
            " engines should show, and 'redirect_from' to other paths of the post)",
            key,
        )
        values.warn(Subtype.KEY, message, entry.line)
