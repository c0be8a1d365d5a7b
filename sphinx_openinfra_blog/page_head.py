"""What the head of a built page says to browsers and search engines."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

#: A head ends before that, a page may be of any size.
HEAD_BYTES: Final = 128 * 1024


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a head says.

    :ivar refresh: the address that the page sends readers to, or an empty string.
    :ivar noindex: whether search engines are to leave it alone.
    :ivar canonical: its address, or an empty string.
    """

    refresh: str = ""
    noindex: bool = False
    canonical: str = ""


class _BodyBegins(Exception):  # noqa: N818 -- it is no error
    """The head was read."""


class _HeadParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.refresh = ""
        self.noindex = False
        self.canonical = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            raise _BodyBegins
        # Of equal attributes the first counts (HTML, "attribute name state").
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.canonical = self.canonical or values.get("href", "").strip()
        elif tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
            self.refresh = self.refresh or _refresh_target(values.get("content", ""))
        elif tag == "meta" and values.get("name", "").strip().lower() == "robots":
            words = values.get("content", "").lower().replace(",", " ").split()
            self.noindex = self.noindex or not {"noindex", "none"}.isdisjoint(words)


def read_head(html: bytes) -> PageHead:
    """Return what the head of a page says, whatever else is on the page.

    :param html: the first ``HEAD_BYTES`` bytes of the page.
    """
    parser = _HeadParser()
    # What is no declaration at all, such as "<![x", stops Python's parser.
    with contextlib.suppress(_BodyBegins, AssertionError):
        parser.feed(html.decode("utf-8-sig", "replace"))
    return PageHead(parser.refresh, parser.noindex, parser.canonical)


def _refresh_target(content: str) -> str:
    """Return where a refresh leads (HTML, "shared declarative refresh steps")."""
    _seconds, _separator, target = content.replace(",", ";", 1).partition(";")
    target = target.strip()
    if target[:3].lower() == "url" and target[3:].lstrip().startswith("="):
        target = target[3:].lstrip()[1:].lstrip()
    if target[:1] in {"'", '"'}:
        target = target[1:].partition(target[0])[0]
    return target.strip()
