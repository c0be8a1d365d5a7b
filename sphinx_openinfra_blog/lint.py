"""What the option ``lint`` adds: front matter that works, and could be better; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from .diagnostics import Problem, Subtype
from .model import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .rules import Source

#: No search engine promises a length. Google cuts titles and descriptions where the device's
#: width ends (https://developers.google.com/search/docs/appearance/title-link, and ``snippet``
#: beside it): on a desktop that is about 600 pixels, which is about 60 letters, and two lines of
#: about 80. Editors work with these numbers; what matters should stand before them.
LONGEST_TITLE: Final = 60
LONGEST_DESCRIPTION: Final = 160


def lint(source: Source) -> Iterator[Problem]:
    """Return what could be better in the front matter of a post.

    Unlisted posts are in no search results.
    """
    fields = source.fields
    if (handle := fields.handle) is not None and fields.head.twitter not in {"", handle.text}:
        message = f"the handle '{handle.text[:80]}' is read as '{fields.head.twitter}': write that"
        yield Problem(Subtype.HANDLE, message, source.path, handle.line)
    if source.visibility is Visibility.UNLISTED:
        return
    if (title := fields.search_title) is not None and width(title.text) > LONGEST_TITLE:
        message = (
            f"the title has {width(title.text)} characters, of which search results show about "
            f"{LONGEST_TITLE} (a shorter one can stand in 'seo.title')"
        )
        yield Problem(Subtype.TITLE_LENGTH, message, source.path, title.line)
    if (text := fields.search_text) is None:
        message = "the post has no 'seo.description', so search results show how its text begins"
        yield Problem(Subtype.DESCRIPTION, message, source.path, fields.search_text_line)
    elif width(text.text) > LONGEST_DESCRIPTION:
        message = (
            f"the description has {width(text.text)} characters, of which search results show "
            f"about {LONGEST_DESCRIPTION}"
        )
        yield Problem(Subtype.DESCRIPTION, message, source.path, text.line)


def width(text: str) -> int:
    """Return how many characters wide a text is; those of East Asia count as two (UAX #11)."""
    return sum(2 if east_asian_width(char) in {"W", "F"} else 1 for char in text)
