"""Make slugs of labels; pure, and safe on hostile input."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Final

from slugify import slugify
from text_unidecode import unidecode

from .paths import DEVICES
from .text import clean

#: The ways to make a slug (option ``slugs``).
SLUG_STYLES: Final = ("slug", "unicode", "kebab")


@lru_cache(maxsize=4096)
def slug_of(label: str, style: str) -> str:
    """Return the slug of a label.

    :param style: ``slug``: python-slugify's default; ``unicode``: the same with letters of
        every script kept; ``kebab``: lodash's ``kebabCase`` (contract points 9 and 10).
    :returns: never empty: a label without letters becomes ``term-`` and eight hex digits
    """
    text = clean(label)
    if style == "kebab":
        bare = _ACCENTED.sub(lambda match: unidecode(match[0]), text)
        slug = "-".join(_WORD.findall(_DROPPED.sub("", bare))).lower()
    else:
        slug = slugify(text, allow_unicode=style == "unicode")
    slug = slug.encode()[:200].decode(errors="ignore").strip("-")
    if not slug:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        slug = f"term-{digest[:8]}"
    return f"{slug}-term" if DEVICES.fullmatch(slug) or slug == "index" else slug


# lodash 4's word splitting (`_unicodeWords.js`), in Python's syntax.
_LOWER = "a-z\xdf-\xf6\xf8-\xff"
_UPPER = "A-Z\xc0-\xd6\xd8-\xde"
_BREAK = "\xac\xb1\xd7\xf7\x00-\x2f\x3a-\x40\\[-`{-\xbf\u2000-\u206f \t\u1680\u3000\ufeff"
_MISC = f"[^{_BREAK}0-9\u2700-\u27bf{_LOWER}{_UPPER}]"
_MISC_LOWER = f"(?:[{_LOWER}]|{_MISC})"
_MISC_UPPER = f"(?:[{_UPPER}]|{_MISC})"
_WORD: Final = re.compile(
    "|".join(
        (
            f"[{_UPPER}]?[{_LOWER}]+(?=[{_BREAK}]|[{_UPPER}]|$)",
            f"{_MISC_UPPER}+(?=[{_BREAK}]|[{_UPPER}]{_MISC_LOWER}|$)",
            f"[{_UPPER}]?{_MISC_LOWER}+",
            f"[{_UPPER}]+",
            r"\d*(?:1ST|2ND|3RD|(?![123])\dTH)(?=\b|[a-z_])",
            r"\d*(?:1st|2nd|3rd|(?![123])\dth)(?=\b|[A-Z_])",
            "[0-9]+",
        )
    )
)

_ACCENTED: Final = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\u017f]")
_DROPPED: Final = re.compile("['\u2019\u0300-\u036f\ufe20-\ufe2f\u20d0-\u20ff]")
