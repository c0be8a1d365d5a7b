"""Front matter -> what a post says of itself; the synonyms and the types, pure.

The content system's shape comes first, other generators' keys are synonyms
(contract points 1 and 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .dates import read_moment
from .diagnostics import Subtype
from .frontmatter import clean
from .handles import twitter_handle
from .kept import passthrough
from .keys import KNOWN_KEYS, TEMPLATE_KEY
from .model import Head
from .odd_keys import odd_keys
from .permalinks import is_web_address
from .values import Located, Values

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from .diagnostics import Problem
    from .frontmatter import Entry, FrontMatter
    from .model import Moment


# What programs write for a day that never comes; the calendar ends there, in some zone or other.
_NEVER: Final = re.compile("9999-12-3[01]")


@dataclass(frozen=True, slots=True)
class CategoryMention:
    """A category as one post writes it; either part may be empty, not both.

    :ivar line: the 1-based line at which it begins.
    :ivar label_line: the line of its label.
    """

    id: str
    label: str
    line: int = field(default=1, compare=False)
    label_line: int = field(default=1, compare=False)


@dataclass(slots=True)
class Fields:
    """What the front matter of one file says, typed.

    :ivar title_line: the line of the key ``title``, which may be empty.
    :ivar search_title: what search results show as the title.
    :ivar search_text: what they show below it, as far as the front matter says so.
    :ivar search_text_line: the line of that, or of the key that could hold it.
    :ivar handle: the author's handle, as written.
    :ivar withheld: something that decides who may see the post cannot be read,
        so that it must have no page.
    """

    is_post: bool = False
    title: Located | None = None
    title_line: int = 1
    authors: list[Located] = field(default_factory=list)
    date: Moment | None = None
    updated: Moment | None = None
    categories: list[CategoryMention] = field(default_factory=list)
    tags: list[Located] = field(default_factory=list)
    summary: str = ""
    pinned: bool = False
    unlisted: bool = False
    draft: bool = False
    expires: Moment | None = None
    withheld: bool = False
    source_url: Located | None = None
    permalink: Located | None = None
    slug: Located | None = None
    guid: str = ""
    head: Head = field(default_factory=Head)
    search_title: Located | None = None
    search_text: Located | None = None
    search_text_line: int = 1
    handle: Located | None = None
    aliases: list[Located] = field(default_factory=list)
    passthrough: str = "{}"


def read_fields(
    matter: FrontMatter, path: str, timezone: tzinfo, *, publish_undated: bool = False
) -> tuple[Fields, list[Problem]]:
    """Read the blog's keys from front matter.

    :param matter: the front matter of the file.
    :param path: the file, for problems.
    :param timezone: the zone of dates that name none.
    :param publish_undated: an unreadable ``date`` does not withhold the post.
    """
    reader = _FieldReader(matter, path, timezone)
    return reader.read(publish_undated=publish_undated), reader.problems


class _FieldReader(Values):
    def read(self, *, publish_undated: bool) -> Fields:
        fields = Fields()
        date = self.entry("date")
        template = self.entry("templateKey")
        fields.is_post = date is not None or (
            template is not None and template.text == TEMPLATE_KEY
        )
        if not fields.is_post:
            return fields
        for message, line in odd_keys(self.matter):
            self.warn(Subtype.KEY, message, line)
        self._dates(fields, publish_undated=publish_undated)
        self._visibility(fields)
        fields.title = self.text("title")
        if "title" in self.matter.entries:
            fields.title_line = self.matter.entries["title"].line
        fields.authors = self._authors()
        fields.categories = self._categories()
        fields.tags = self._tags()
        fields.search_text = self.text("excerpt") or self.text("summary")
        fields.summary = fields.search_text.text if fields.search_text else ""
        fields.pinned = any(self.flag(key, hides=False) for key in ("featured", "pin"))
        seo = self.mapping("seo")
        fields.source_url = self.text("seo.url", seo.get("url"))
        fields.guid = seo["url"].text if fields.source_url else ""
        fields.permalink = self.text("permalink")
        fields.slug = self.text("slug")
        fields.aliases = [*self.texts("aliases"), *self.texts("redirect_from")]
        self._head(fields, seo)
        fields.passthrough = self._kept()
        return fields

    def _dates(self, fields: Fields, *, publish_undated: bool) -> None:
        found = self.entry("date")
        updated = self.entry("updated", "lastmod", "last_modified")
        if found is not None and isinstance(found.data, dict):
            updated = updated or found.data.get("updated")
            found = found.data.get("created")
        if found is None or found.data is None:
            line = self.matter.entries["date"].line if "date" in self.matter.entries else 1
            self.warn(Subtype.DATE, "the post has no date, so it is listed last", line)
        else:
            fields.date = self.moment("date", found, hides=not publish_undated)
            fields.withheld = fields.date is None and not publish_undated
        if updated is not None and updated.data is not None:
            fields.updated = self.moment("updated", updated)

    def _visibility(self, fields: Fields) -> None:
        flags = {key: self.flag(key) for key in ("hidePost", "unlisted", "draft")}
        fields.unlisted = bool(flags["hidePost"] or flags["unlisted"])
        fields.draft = bool(flags["draft"])
        if None in flags.values():
            fields.withheld = True
        expires = self.entry("expires", "expiryDate")
        if expires is not None and not _NEVER.match(expires.text):
            fields.expires = read_moment(expires.text, self.timezone)
            if fields.expires is None:
                fields.withheld = True
                self.warn(
                    Subtype.VISIBILITY,
                    "'expires' is no date, so the post has no page (write 2026-11-22)",
                    expires.line,
                    withholds=True,
                )

    def _head(self, fields: Fields, seo: dict[str, Entry]) -> None:
        def first(name: str, *keys: str) -> Located | None:
            found = self.text(f"seo.{name}", seo[name]) if name in seo else None
            return found or next((item for key in keys if (item := self.text(key))), None)

        title, description = first("title"), first("description", "description")
        fields.search_title = title or fields.title
        fields.search_text = description or fields.search_text
        place = seo.get("description") or self.matter.entries.get("seo")
        fields.search_text_line = place.line if place is not None else 1
        fields.handle = first("twitterUsername")
        image, image_alt = self._image(seo)
        fields.head = Head(
            title=title.text if title else "",
            description=description.text if description else "",
            image=image.text if image else "",
            image_alt=image_alt,
            image_line=image.line if image else 0,
            twitter=self._handle(fields.handle),
            canonical=self._canonical(),
        )

    def _image(self, seo: dict[str, Entry]) -> tuple[Located | None, str]:
        """Return the picture of a post and its alternative text; Hugo has a mapping of both."""
        for key, found in (
            ("seo.image", seo.get("image")),
            ("image", self.entry("image")),
            ("cover", self.entry("cover")),
        ):
            if found is None or found.data is None:
                continue
            if isinstance(found.data, dict):
                parts = (found.data.get(name) for name in ("image", "src", "url", "path"))
                image = next((self.text(key, part) for part in parts if part is not None), None)
                alt = self.part(found.data, "alt")
            else:
                image, alt = next(iter(self.texts(key, found=found)), None), ""
            if image is not None:
                return image, alt
        return None, ""

    def _handle(self, written: Located | None) -> str:
        handle = twitter_handle(written.text) if written else ""
        if written and not handle:
            message = f"'{written.text[:80]}' is no handle on X (write '@name')"
            self.warn(Subtype.HANDLE, message, written.line)
        return handle

    def _canonical(self) -> str:
        written = self.text("canonical")
        if written is None or is_web_address(written.text):
            return written.text if written else ""
        message = f"'canonical' is no address: {written.text[:80]!r} (write https://...)"
        self.warn(Subtype.VALUE, message, written.line)
        return ""

    def _authors(self) -> list[Located]:
        # One string is one author, "A and B" included (contract point 10).
        authors = {item.text: item for key in ("author", "authors") for item in self._people(key)}
        return list(authors.values())

    def _people(self, key: str) -> Iterable[Located]:
        found = self.entry(key)
        if found is None or not isinstance(found.data, list | dict):
            return self.texts(key)
        names = [
            item.data.get("name", item) if isinstance(item.data, dict) else item
            for item in self.items(key, found)
        ]
        return [located for name in names if (located := self.text(key, name))]

    def _categories(self) -> list[CategoryMention]:
        mentions: dict[CategoryMention, None] = {}
        for key in ("category", "categories"):
            if (found := self.entry(key)) is None:
                continue
            for item in self.items(key, found):
                if (mention := self._category(key, item)) is not None:
                    mentions.setdefault(mention)
        return list(mentions)

    def _tags(self) -> list[Located]:
        """Return the tags: a list, or one text with commas."""
        texts = self.texts("tags")
        if (found := self.entry("tags")) is not None and not isinstance(found.data, list):
            parts = (
                Located(clean(part), item.line) for item in texts for part in item.text.split(",")
            )
            tags = list({part.text: part for part in parts if part.text}.values())
            return self.first("tags", tags, found.line)
        return texts

    def _category(self, key: str, item: Entry) -> CategoryMention | None:
        """Read ``{value, label}``, ``{id, label}``, ``{label}`` or a string (contract point 2)."""
        if item.data is None:
            return None
        if isinstance(item.data, dict):
            ident = self.located(item.data, "value", "id")
            label = self.located(item.data, "label", "text", "name", "title")
            if (first := ident or label) is not None:
                words = (ident.text if ident else "", label.text if label else "")
                return CategoryMention(*words, first.line, (label or first).line)
        elif not isinstance(item.data, list) and (text := clean(item.text)):
            return CategoryMention("", text, item.line, item.line)
        self.warn(
            Subtype.VALUE,
            f"'{key}' holds an entry without a label (write {{value: ..., label: ...}})",
            item.line,
        )
        return None

    def _kept(self) -> str:
        others = {
            key: entry for key, entry in self.matter.entries.items() if key not in KNOWN_KEYS
        }
        kept, left_out = passthrough(others)
        for message, line in left_out:
            self.warn(Subtype.KEY, message, line)
        return kept
