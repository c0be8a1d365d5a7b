"""The body of a built page -> what a feed holds of it; pure.

Every piece of the result is read the same way wherever it stands: a tag as that tag, and text as
text, since no ``<`` is left in it. So nothing that is taken out can make a tag of what is around.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from .feed_addresses import (
    absolute,
    absolute_list,
    absolute_srcset,
    absolute_style,
    absolute_target,
    absolute_unless_empty,
    without_scripts,
)
from .feed_values import held
from .markup import after_other, attributes_of, end_of, tag_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .markup import Tag

# Attributes of which nothing is ever changed, written as docutils and Sphinx do.
_OTHERS: Final = (
    r'(?:alt|aria-[a-z]+|datetime|height|id|rel|role|rowspan|colspan|title|width)="[^"]*+"'
)
_USUAL: Final = rf'(?: (?:{_OTHERS}|class="[^"]*+"))* ?/?'
_USUAL_ATTRIBUTES: Final = re.compile(_USUAL)
# Text and tags that stay as they are, which is most of a page: found at once, as that is five
# times as fast. So many at a time, since Python remembers each.
_SIMPLE: Final = (
    "blockquote|br|code|dd|dl|dt|em|figure|figcaption|h[2-6]|hr|li|ol|p|pre|section|span|strong|"
    "su[bp]|table|tbody|td|th|thead|time|tr|ul"
)
_UNCHANGED: Final = re.compile(
    rf"(?:[^<]++|</(?:a|aside|div|{_SIMPLE})>|<(?:{_SIMPLE}){_USUAL}>"
    rf'|<(?:aside|div)(?: (?:{_OTHERS}|class="(?![^"]*system-message)[^"]*+"))*>){{0,1000}}'
)
_CLASS: Final = re.compile(r"\bclass\s*=", re.IGNORECASE)
_PLAIN_NAME: Final = re.compile("[^\"'<=`]+")
_EVENT: Final = re.compile(r"on[a-z]")

#: Their content goes with them.
_DROPPED: Final = frozenset({"script", "style", "template"})
#: Their content stays. Feeds have no scripts, so what pages show without them is shown.
_UNWRAPPED: Final = frozenset({"base", "link", "meta", "noscript", "plaintext"})
#: Browsers read no tags in them (HTML standard, 13.2.5.1), except in a few places.
_RAW: Final = frozenset({"iframe", "noembed", "noframes", "textarea", "title", "xmp"})
#: What Sphinx adds for a page that is read in a browser, or at work.
_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({"headerlink", "system-message"}),
    "aside": frozenset({"system-message"}),
    "div": frozenset({"system-message"}),
}
#: The blog's own parts between a post's title and its body.
_HEADING_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "p": frozenset({"blog-byline"}),
    "div": frozenset({"blog-preview"}),
}
_ADDRESSES: Final[Mapping[str, Callable[[str, str], str | None]]] = {
    "action": absolute,
    "background": absolute_unless_empty,
    "by": without_scripts,
    "cite": absolute,
    "data": absolute_unless_empty,
    "formaction": absolute,
    "from": without_scripts,
    "href": absolute,
    "imagesrcset": absolute_srcset,
    "longdesc": absolute,
    "ping": absolute_list,
    "poster": absolute_unless_empty,
    "src": absolute_unless_empty,
    "srcset": absolute_srcset,
    "style": absolute_style,
    "to": without_scripts,
    "values": without_scripts,
    "xlink:href": absolute,
}


def feed_content(body: str, page: str) -> str:
    """Return what a feed holds of a page: its body without what only browsers need.

    The title, the byline, scripts and style sheets are left out; addresses are made absolute.
    Everything else stays as written.

    :param body: the HTML of a document as Sphinx writes it, with raw HTML from anyone in it.
    :param page: the absolute address of the page.
    """
    return _Content(held(body), page).rewritten()


class _Content:
    """Reads a body once, from its beginning to its end.

    An element that is taken out ends at the next end tag of its name. Where there is none, only
    its start tag is taken out, so that an author's mistake does not cost the rest of the post.
    """

    def __init__(self, text: str, page: str) -> None:
        self._text = text
        self._page = page
        self._out: list[str] = []
        self._titled = False  # the title has been seen
        self._heading = False  # and nothing of the body yet
        self._foreign = 0  # elements of SVG or MathML around
        self._without_end: set[str] = set()  # no further end tag of these names

    def rewritten(self) -> str:
        text, out, at = self._text, self._out, 0
        while at < len(text):
            if not self._heading and (run := _UNCHANGED.match(text, at)):
                out.append(run[0])
                at = run.end()
            begin = text.find("<", at)
            if begin < 0:
                break
            out.append(text[at:begin])
            if (tag := tag_at(text, begin)) is not None:
                at = self._after_end(tag) if tag.closing else self._after_start(tag)
            elif (at := after_other(text, begin)) == begin:
                out.append("&lt;")
                at = begin + 1
        out.append(text[at:])
        return "".join(out)

    def _after_end(self, tag: Tag) -> int:
        """Write an end tag; return where to go on."""
        if tag.name in {"svg", "math"}:
            self._foreign = max(0, self._foreign - 1)
        if self._stays(tag):
            self._out.append(f"</{tag.name}>" if tag.attributes.strip() else tag.text)
        return tag.after

    def _after_start(self, tag: Tag) -> int:
        """Write a start tag, or leave out its element; return where to go on."""
        name, closed = tag.name, tag.attributes.endswith("/")
        if name in _DROPPED:
            return tag.after if closed and self._foreign else self._after_element(tag)
        if not self._stays(tag):
            return tag.after
        if self._is_sphinxs(tag):
            return self._after_element(tag)
        written = self._written(tag)
        if name in _RAW:
            return self._after_raw(tag, written, empty=closed and self._foreign > 0)
        self._out.append(written)
        if name in {"svg", "math"} and not closed:
            self._foreign += 1
        return tag.after

    def _stays(self, tag: Tag) -> bool:
        # Names with quotes and the like are not the same to all readers.
        if tag.name in _DROPPED or tag.name in _UNWRAPPED:
            return False
        return _PLAIN_NAME.fullmatch(tag.name) is not None

    def _is_sphinxs(self, tag: Tag) -> bool:
        """Tell whether a start tag begins what is not for feeds; note how far the reading is."""
        name = tag.name
        if name == "h1" and not self._titled:
            self._titled = self._heading = True
            return True
        unwanted = _CLASSES.get(name, frozenset())
        if self._heading:
            unwanted |= _HEADING_CLASSES.get(name, frozenset())
        if unwanted and _CLASS.search(tag.attributes):
            classes = (
                item.value for item in attributes_of(tag.attributes) if item.name == "class"
            )
            if not unwanted.isdisjoint(next(classes, "").split()):
                return True
        self._heading = False
        return False

    def _end_after(self, tag: Tag) -> int | None:
        """Return where the next end tag of an element begins."""
        if tag.name in self._without_end:
            return None
        match = end_of(tag.name).search(self._text, tag.after)
        if match is None:
            self._without_end.add(tag.name)
            return None
        return match.start()

    def _after_element(self, tag: Tag) -> int:
        """Return where the text goes on after an element that is left out."""
        begin = self._end_after(tag)
        end = None if begin is None else tag_at(self._text, begin)
        return tag.after if end is None else end.after

    def _after_raw(self, tag: Tag, written: str, *, empty: bool) -> int:
        """Write an element without tags in it.

        Browsers do read tags in it if it stands in SVG or in a list of options, so its content
        is written in a way that is text to both.
        """
        begin = None if empty else self._end_after(tag)
        if begin is None:
            self._out.append(f"{written}</{tag.name}>")
            return tag.after
        content = self._text[tag.after : begin].replace("<", "&lt;")
        self._out.append(written + content)
        return begin

    def _written(self, tag: Tag) -> str:
        """Return a start tag with absolute addresses and without scripts."""
        written = tag.attributes
        if _USUAL_ATTRIBUTES.fullmatch(written):
            return tag.text
        parts, at, changed = [], 0, False
        for item in attributes_of(written):
            old = written[item.begin : item.end]
            new = self._attribute(tag.name, item.name, item.value)
            if new is None:
                changed = True
            else:
                if new != item.value:
                    changed = True
                    old = f'{item.name}="{escape(new)}"'
                parts.append((written[at : item.begin] or " ") + old)
            at = item.end
        if not changed:
            return tag.text
        return "".join((tag.text[: -len(written) - 1], *parts, written[at:], ">"))

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        """Return the value that an attribute has in a feed, or ``None`` if it is left out."""
        if _EVENT.match(name) or name == "srcdoc" or not _PLAIN_NAME.fullmatch(name):
            return None
        if name in {"href", "xlink:href"} and tag not in {"a", "area"}:
            return absolute_target(value, self._page)
        if (change := _ADDRESSES.get(name)) is None or (name == "data" and tag != "object"):
            return value
        return change(value, self._page)
