"""Write feeds as Atom, RSS and JSON Feed.

Atom is RFC 4287. RSS is https://www.rssboard.org/rss-specification with the advice of
https://www.rssboard.org/rss-profile, JSON Feed https://jsonfeed.org/version/1.1.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from feedgenerator import Atom1Feed, Rss201rev2Feed

from .values import Feed, FeedAuthor, FeedEntry, FeedFormat, writable_feed

#: RFC 4287, 4.2.15 requires a date even of a feed without entries; the clock's would make builds
#: irreproducible.
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def write_feed(feed: Feed, feed_format: FeedFormat) -> bytes:
    """Return the bytes of a feed, always the same for the same values.

    In every format, characters that XML does not allow, and authors and labels without a name,
    are dropped.
    """
    feed = writable_feed(feed)
    if feed_format is FeedFormat.JSON:
        return _json(feed)
    return _xml(feed, _Atom if feed_format is FeedFormat.ATOM else _Rss)


def _rfc3339(moment: datetime) -> str:
    # As exact as the front matter: content systems write milliseconds.
    unit = "milliseconds" if moment.microsecond else "seconds"
    return moment.replace(tzinfo=None).isoformat(timespec=unit) + "Z"


def _xml(feed: Feed, kind: type[_Atom | _Rss]) -> bytes:
    writer = kind(
        feed.title,
        feed.home_url,
        feed.description,
        language=feed.language or None,
        source=feed,
    )
    for entry in feed.entries:
        writer.add_item(
            entry.title,
            entry.url,
            # Feed readers treat it as HTML.
            escape(entry.summary, quote=False) or None,
            pubdate=entry.published,
            unique_id=entry.guid,
            unique_id_is_permalink=False,
            entry=entry,
        )
    text: str = writer.writeString("utf-8")
    if feed.stylesheet:
        # feedgenerator ignores it in Atom, and does not escape it in RSS.
        declaration, _, root = text.partition("\n")
        sheet = f'<?xml-stylesheet type="text/css" href={quoteattr(feed.stylesheet)}?>'
        text = f"{declaration}\n{sheet}\n{root}"
    return f"{text}\n".encode()


class _Atom(Atom1Feed):  # type: ignore[misc]
    """Writes RFC 4287."""

    def add_root_elements(self, handler: Any) -> None:
        feed: Feed = self.feed["source"]
        add = handler.addQuickElement
        # The id must not change when the file moves (4.2.6). The page that the feed belongs to has
        # no other Atom feed, and moves less often.
        add("id", feed.home_url)
        add("title", feed.title, {"type": "text"})
        if feed.description:
            add("subtitle", feed.description, {"type": "text"})
        own_type = FeedFormat.ATOM.media_type
        add("link", None, {"rel": "self", "type": own_type, "href": feed.url})
        add("link", None, {"rel": "alternate", "type": "text/html", "href": feed.home_url})
        add("updated", _rfc3339(feed.updated or _NEVER))
        if not all(entry.authors for entry in feed.entries):
            # The author of all entries without one (4.2.1).
            _add_author(handler, FeedAuthor(feed.title if feed.title.strip() else feed.home_url))

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: FeedEntry = item["entry"]
        add = handler.addQuickElement
        add("id", entry.iri)
        add("title", entry.title, {"type": "text"})
        add("link", None, {"rel": "alternate", "type": "text/html", "href": entry.url})
        add("published", _rfc3339(entry.published))
        add("updated", _rfc3339(entry.updated))
        for author in entry.authors:
            _add_author(handler, author)
        for label in entry.labels:
            scheme = {"scheme": label.scheme} if label.scheme else {}
            add("category", None, {"term": label.term, "label": label.label} | scheme)
        if entry.summary:
            add("summary", entry.summary, {"type": "text"})
        if entry.content:
            add("content", entry.content, {"type": "html"})


def _add_author(handler: Any, author: FeedAuthor) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", author.name)
    if author.url:
        handler.addQuickElement("uri", author.url)
    handler.endElement("author")


class _Rss(Rss201rev2Feed):  # type: ignore[misc]
    """Writes RSS 2.0."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_root_elements(self, handler: Any) -> None:
        feed: Feed = self.feed["source"]
        add = handler.addQuickElement
        add("title", feed.title)
        add("link", feed.home_url)
        add("description", feed.description or feed.title)
        if feed.language:
            add("language", feed.language)
        if feed.updated is not None:
            add("lastBuildDate", format_datetime(feed.updated))
        own_type = FeedFormat.RSS.media_type
        add("atom:link", None, {"rel": "self", "type": own_type, "href": feed.url})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: FeedEntry = item["entry"]
        add = handler.addQuickElement
        for author in entry.authors:
            add("dc:creator", author.name)
        for label in entry.labels:
            add("category", label.label, {"domain": label.scheme} if label.scheme else {})
        if entry.content:
            # After the description, as the profile advises.
            add("content:encoded", entry.content)


def _json(feed: Feed) -> bytes:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        **_filled({"description": feed.description, "language": feed.language}),
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    if entry.content:
        content = {"content_html": entry.content}
    else:
        # One of the two is required.
        content = {"content_text": entry.summary or entry.title}
    authors = [_filled({"name": item.name, "url": item.url}) for item in entry.authors]
    return {
        "id": entry.iri,
        "url": entry.url,
        "title": entry.title,
        **content,
        **_filled({"summary": entry.summary, "image": entry.image}),
        "date_published": _rfc3339(entry.published),
        "date_modified": _rfc3339(entry.updated),
        **_filled({"authors": authors, "tags": [label.label for label in entry.labels]}),
    }


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
