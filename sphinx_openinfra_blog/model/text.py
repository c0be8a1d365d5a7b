"""Plain text: on one line, in short, and as a digest; pure."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from typing import Final

#: Neither meant to be written nor read, as a set for regular expressions: control characters but
#: tabs and line ends, lone surrogates, noncharacters, which HTML forbids (13.2.3.5), and the marks
#: that reverse the direction of the text after them (Unicode TR 36, 3.2).
UNPRINTABLE: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufffe\uffff"
)

_UNPRINTABLE: Final = re.compile(f"[{UNPRINTABLE}]")

#: A message with two paths of the longest kind in it is shorter.
_LONGEST_MESSAGE: Final = 1000


def clean(text: str) -> str:
    """Return *text* on one line, without outer or double blanks and unprintable characters."""
    return re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", _UNPRINTABLE.sub("", text)).strip()


def fold(text: str) -> str:
    """Return what names are compared by: without case, in one Unicode form and with one blank."""
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())


def printable(text: str) -> str:
    """Return a message, which may quote untrusted input, as one line of bounded length."""
    text = clean(text)
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"


def digest_of(value: object) -> str:
    """Return a digest of plain values that is the same in every process.

    :param value: anything whose ``repr`` says all of it, such as the values of this module.
    """
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def on_one_line(text: str) -> str:
    """Escape what a terminal would interpret, line breaks included.

    Unprintable characters are written as in Python's literals; so are those that reverse the
    direction of the text after them (Unicode TR 36, 3.2).
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode()
        for char in text
    )


#: So many characters at most, the ellipsis aside (contract point 8).
LENGTH: Final = 200

_ELLIPSIS: Final = "…"

#: What people read in a minute: words, and signs of scripts without blanks between words.
_WORDS_A_MINUTE: Final = 220

_SIGNS_A_MINUTE: Final = 400

_SIGN: Final = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_WORD: Final = re.compile(r"\w+(?:['’.,-]\w+)*")


def excerpt_of(text: str) -> str:
    """Return the beginning of *text*, cut at the end of a word, with an ellipsis.

    The rule is that of the old site, the ``prune`` of underscore.string (contract point 8): the
    ellipsis does not count, and a text that would be no shorter with it is kept whole.

    :param text: plain text, a blank at each block's beginning.
    """
    text = text.strip()
    if len(text) <= LENGTH:
        return _on_one_line(text)
    # The last word and what is before it, with blanks for everything that is not a letter.
    template = re.sub(
        r".(?=\W*\w*\Z)",
        lambda match: "A" if match[0].upper() != match[0].lower() else " ",
        text[: LENGTH + 1],
        flags=re.ASCII,
    )
    if re.fullmatch(r"\w\w", template[-2:], re.ASCII):
        template = re.sub(r"\s*\S+\Z", "", template)
    else:
        template = template[:-1].rstrip()
    end = len(template)
    if not end or _SIGN.search(text, end, LENGTH):
        # There is no blank to cut at, as in Chinese: the old site left nothing but the ellipsis.
        end = LENGTH
    if end + len(_ELLIPSIS) > len(text):
        return _on_one_line(text)
    return _on_one_line(text[:end]) + _ELLIPSIS


def length_of(text: str) -> tuple[int, int]:
    """Return how many words *text* has, and how many minutes it takes to read, at least one.

    A sign of a script without blanks between words counts as a word.
    """
    others, signs = (text, 0) if text.isascii() else _SIGN.subn(" ", text)
    words = len(_WORD.findall(others))
    minutes = max(1, math.ceil(words / _WORDS_A_MINUTE + signs / _SIGNS_A_MINUTE))
    return words + signs, minutes


def _on_one_line(text: str) -> str:
    return " ".join(clean(text).split())
