"""Feeds in three formats, read by the rules and as readers do."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_openinfra_blog.feeds.formats import write_feed
from sphinx_openinfra_blog.feeds.values import (
    Feed,
    FeedAuthor,
    FeedEntry,
    FeedFormat,
    FeedLabel,
    xml_text,
)

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
XML = (FeedFormat.ATOM, FeedFormat.RSS)


def entry(**facts: Any) -> FeedEntry:
    usual: dict[str, Any] = {
        "guid": "http://old.example/Blog/A?x=1&y=2",
        "iri": "tag:s.example,2026-01-02:blog/a",
        "url": "https://s.example/blog/a",
        "title": "Q&A: is 1 < 2?",
        "summary": "1 < 2 & <b>more</b>",
        "content": "<p>1 &lt; 2 ]]> &amp; more</p>",
        "published": datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC),
        "updated": datetime(2026, 2, 3, tzinfo=UTC),
        "authors": (FeedAuthor("Ann Lee", "https://s.example/author/ann"), FeedAuthor("Bo")),
        "labels": (
            FeedLabel("news", "https://s.example/blog/category", "News & more"),
            FeedLabel("x", "", "X"),
        ),
        "image": "https://s.example/i.png",
    }
    return FeedEntry(**(usual | facts))


def feed(*entries: FeedEntry, **facts: Any) -> Feed:
    usual: dict[str, Any] = {
        "title": "R&D",
        "description": "About R&D",
        "home_url": "https://s.example/blog",
        "url": "https://s.example/blog/feed",
        "language": "zh-CN",
        "stylesheet": "",
        "entries": entries,
    }
    return Feed(**(usual | facts))


def xml(made: Feed, form: FeedFormat) -> ET.Element:
    root = ET.fromstring(write_feed(made, form))  # noqa: S314
    return root if form is FeedFormat.ATOM else root[0]


def written_json(made: Feed) -> Any:
    return json.loads(write_feed(made, FeedFormat.JSON))


def read(made: Feed, form: FeedFormat) -> Any:
    """Return a feed as a reader sees it; untyped like the library."""
    return feedparser.parse(write_feed(made, form), sanitize_html=False)


def texts(parent: ET.Element, *names: str) -> list[str | None]:
    return [item.text for name in names for item in parent.findall(name)]


def test_formats_have_names_for_files_servers_and_people() -> None:
    assert [item.file_name for item in FeedFormat] == ["atom.xml", "rss.xml", "feed.json"]
    assert [item.label for item in FeedFormat] == ["Atom", "RSS", "JSON Feed"]
    assert [item.media_type for item in FeedFormat] == [
        "application/atom+xml",
        "application/rss+xml",
        "application/feed+json",
    ]


def test_an_atom_feed_has_what_the_rfc_asks_of_it() -> None:
    root = xml(feed(entry()), FeedFormat.ATOM)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"
    assert texts(root, f"{ATOM}id", f"{ATOM}title", f"{ATOM}subtitle", f"{ATOM}updated") == [
        "https://s.example/blog",
        "R&D",
        "About R&D",
        "2026-02-03T00:00:00Z",
    ]
    assert [link.attrib for link in root.findall(f"{ATOM}link")] == [
        {"rel": "self", "type": "application/atom+xml", "href": "https://s.example/blog/feed"},
        {"rel": "alternate", "type": "text/html", "href": "https://s.example/blog"},
    ]


def test_an_atom_entry_has_what_the_rfc_asks_of_it() -> None:
    (found,) = xml(feed(entry()), FeedFormat.ATOM).findall(f"{ATOM}entry")
    names = ("id", "title", "published", "updated", "summary", "content")
    assert {name: texts(found, ATOM + name) for name in names} == {
        "id": ["tag:s.example,2026-01-02:blog/a"],
        "title": ["Q&A: is 1 < 2?"],
        "published": ["2026-01-02T03:04:05.678Z"],
        "updated": ["2026-02-03T00:00:00Z"],
        "summary": ["1 < 2 & <b>more</b>"],
        "content": ["<p>1 &lt; 2 ]]> &amp; more</p>"],
    }
    kinds = {name: found.find(ATOM + name) for name in ("title", "summary", "content")}
    assert [item.get("type") for item in kinds.values() if item is not None] == [
        "text",
        "text",
        "html",
    ]
    assert [item.attrib for item in found.findall(f"{ATOM}category")] == [
        {"term": "news", "scheme": "https://s.example/blog/category", "label": "News & more"},
        {"term": "x", "label": "X"},
    ]
    authors = [[part.text for part in item] for item in found.findall(f"{ATOM}author")]
    assert authors == [["Ann Lee", "https://s.example/author/ann"], ["Bo"]]
    (link,) = found.findall(f"{ATOM}link")
    assert (link.get("rel"), link.get("href")) == ("alternate", "https://s.example/blog/a")


def test_an_atom_feed_names_an_author_where_an_entry_has_none() -> None:
    assert xml(feed(entry()), FeedFormat.ATOM).find(f"{ATOM}author") is None
    for authors in ((), (FeedAuthor(" "),)):
        nobodys = feed(entry(), entry(authors=authors))
        root = xml(nobodys, FeedFormat.ATOM)
        assert texts(root, f"{ATOM}author/{ATOM}name") == ["R&D"]
        assert root.findall(f"{ATOM}entry")[1].find(f"{ATOM}author") is None
    unnamed = xml(feed(entry(authors=()), title=" "), FeedFormat.ATOM)
    assert texts(unnamed, f"{ATOM}author/{ATOM}name") == ["https://s.example/blog"]


def test_an_rss_feed_has_what_the_board_asks_of_it() -> None:
    made = feed(entry())
    root = ET.fromstring(write_feed(made, FeedFormat.RSS))  # noqa: S314
    assert (root.tag, root.attrib, [item.tag for item in root]) == (
        "rss",
        {"version": "2.0"},
        ["channel"],
    )
    channel = root[0]
    assert texts(channel, "title", "link", "description", "language", "lastBuildDate") == [
        "R&D",
        "https://s.example/blog",
        "About R&D",
        "zh-CN",
        "Tue, 03 Feb 2026 00:00:00 +0000",
    ]
    (link,) = channel.findall(f"{ATOM}link")
    assert link.attrib == {
        "rel": "self",
        "type": "application/rss+xml",
        "href": "https://s.example/blog/feed",
    }
    assert texts(xml(feed(description=""), FeedFormat.RSS), "description") == ["R&D"]


def test_an_rss_item_has_what_the_board_asks_of_it() -> None:
    (item,) = xml(feed(entry()), FeedFormat.RSS).findall("item")
    names = ("title", "link", "description", "guid", "pubDate", "category", CREATOR, CONTENT)
    assert {name: texts(item, name) for name in names} == {
        "title": ["Q&A: is 1 < 2?"],
        "link": ["https://s.example/blog/a"],
        "description": ["1 &lt; 2 &amp; &lt;b&gt;more&lt;/b&gt;"],  # readers take it for HTML
        "guid": ["http://old.example/Blog/A?x=1&y=2"],
        "pubDate": ["Fri, 02 Jan 2026 03:04:05 +0000"],
        "category": ["News & more", "X"],
        CREATOR: ["Ann Lee", "Bo"],
        CONTENT: ["<p>1 &lt; 2 ]]> &amp; more</p>"],
    }
    guid = item.find("guid")
    assert guid is not None
    assert guid.attrib == {"isPermaLink": "false"}
    domains = [category.attrib for category in item.findall("category")]
    assert domains == [{"domain": "https://s.example/blog/category"}, {}]
    order = [child.tag for child in item]
    assert order.index("description") < order.index(CONTENT)


def test_a_json_feed_has_what_its_version_asks_of_it() -> None:
    assert written_json(feed(entry())) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "R&D",
        "home_page_url": "https://s.example/blog",
        "feed_url": "https://s.example/blog/feed",
        "description": "About R&D",
        "language": "zh-CN",
        "items": [
            {
                "id": "tag:s.example,2026-01-02:blog/a",
                "url": "https://s.example/blog/a",
                "title": "Q&A: is 1 < 2?",
                "content_html": "<p>1 &lt; 2 ]]> &amp; more</p>",
                "summary": "1 < 2 & <b>more</b>",
                "image": "https://s.example/i.png",
                "date_published": "2026-01-02T03:04:05.678Z",
                "date_modified": "2026-02-03T00:00:00Z",
                "authors": [
                    {"name": "Ann Lee", "url": "https://s.example/author/ann"},
                    {"name": "Bo"},
                ],
                "tags": ["News & more", "X"],
            }
        ],
    }


def test_without_content_a_feed_holds_summaries() -> None:
    bare = feed(entry(content=""), entry(content="", summary=""))
    assert xml(bare, FeedFormat.ATOM).find(f".//{ATOM}content") is None
    assert xml(bare, FeedFormat.RSS).find(f".//{CONTENT}") is None
    items = written_json(bare)["items"]
    assert [item["content_text"] for item in items] == ["1 < 2 & <b>more</b>", "Q&A: is 1 < 2?"]
    assert not any("content_html" in item for item in items)
    assert len(xml(bare, FeedFormat.ATOM).findall(f".//{ATOM}summary")) == 1
    assert len(xml(bare, FeedFormat.RSS).findall("item/description")) == 1


def test_a_feed_without_entries_does_not_ask_the_clock() -> None:
    assert texts(xml(feed(), FeedFormat.ATOM), f"{ATOM}updated") == ["1970-01-01T00:00:00Z"]
    assert xml(feed(), FeedFormat.RSS).find("lastBuildDate") is None
    assert written_json(feed())["items"] == []


def test_a_feed_is_as_new_as_the_entry_that_changed_last() -> None:
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (2, 9, 4)]
    made = feed(*(entry(updated=day) for day in days))
    assert texts(xml(made, FeedFormat.ATOM), f"{ATOM}updated") == ["2026-01-09T00:00:00Z"]


def test_entries_stay_in_their_order() -> None:
    made = feed(*(entry(title=title) for title in "bca"))
    assert texts(xml(made, FeedFormat.ATOM), f"{ATOM}entry/{ATOM}title") == ["b", "c", "a"]
    assert texts(xml(made, FeedFormat.RSS), "item/title") == ["b", "c", "a"]
    assert [item["title"] for item in written_json(made)["items"]] == ["b", "c", "a"]


@pytest.mark.parametrize("form", XML)
def test_a_style_sheet_is_named_before_the_root(form: FeedFormat) -> None:
    made = feed(stylesheet='/_static/f.css?a=1&b="?>')
    lines = write_feed(made, form).decode().splitlines()
    assert lines[:2] == [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<?xml-stylesheet type="text/css" href="/_static/f.css?a=1&amp;b=%22?%3E"?>',
    ]
    assert b"xml-stylesheet" not in write_feed(feed(), form)
    xml(made, form)


@pytest.mark.parametrize("form", XML)
def test_a_reader_finds_nothing_wrong(form: FeedFormat) -> None:
    made = feed(entry(), entry(authors=(), labels=(), content="", summary=""), stylesheet="/f.css")
    found = read(made, form)
    assert not found.bozo
    assert found.version == {"atom": "atom10", "rss": "rss20"}[form.value]
    assert (found.feed.title, found.feed.link) == ("R&D", "https://s.example/blog")
    first = found.entries[0]
    assert first.id == (made.entries[0].iri if form is FeedFormat.ATOM else made.entries[0].guid)
    assert first.link == "https://s.example/blog/a"
    assert first.published_parsed[:6] == (2026, 1, 2, 3, 4, 5)
    assert [author.name for author in first.authors] == ["Ann Lee", "Bo"]
    assert first.content[-1].value == made.entries[0].content
    assert first.content[-1].type == "text/html"
    # Of Atom the library says that it is one whenever there is a link.
    assert form is FeedFormat.ATOM or not first.guidislink


MOMENTS = st.datetimes(
    min_value=datetime(1, 1, 2),  # noqa: DTZ001
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone),
)
TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
URL = st.text(max_size=10).map("https://s.example/{}".format)
ENTRIES = st.builds(
    FeedEntry,
    guid=TEXT,
    iri=TEXT,
    url=TEXT,
    title=TEXT,
    summary=TEXT,
    content=TEXT,
    published=MOMENTS,
    updated=MOMENTS,
    authors=st.lists(st.builds(FeedAuthor, TEXT, TEXT), max_size=2).map(tuple),
    labels=st.lists(st.builds(FeedLabel, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    image=TEXT,
)
FEEDS = st.builds(
    Feed,
    title=TEXT,
    description=TEXT,
    home_url=TEXT,
    url=TEXT,
    language=TEXT,
    stylesheet=TEXT,
    entries=st.lists(ENTRIES, max_size=3).map(tuple),
)


@settings(max_examples=60)
@given(FEEDS)
def test_any_text_is_read_back_from_atom(made: Feed) -> None:
    root = xml(made, FeedFormat.ATOM)
    assert texts(root, f"{ATOM}title") == [xml_text(made.title) or None]
    for found, given_entry in zip(root.findall(f"{ATOM}entry"), made.entries, strict=True):
        for name in ("title", "summary", "content", "id"):
            text = given_entry.iri if name == "id" else getattr(given_entry, name)
            assert "".join(found.findtext(ATOM + name) or "") == xml_text(text)
        names = [xml_text(author.name) for author in given_entry.authors]
        assert texts(found, f"{ATOM}author/{ATOM}name") == [name for name in names if name.strip()]


@settings(max_examples=60)
@given(FEEDS)
def test_any_text_is_read_back_from_rss(made: Feed) -> None:
    channel = xml(made, FeedFormat.RSS)
    assert texts(channel, "title") == [xml_text(made.title) or None]
    for found, given_entry in zip(channel.findall("item"), made.entries, strict=True):
        assert (found.findtext("guid") or "") == xml_text(given_entry.guid)
        assert (found.findtext("title") or "") == xml_text(given_entry.title)
        assert (found.findtext(CONTENT) or "") == xml_text(given_entry.content)


@settings(max_examples=60)
@given(FEEDS)
def test_any_text_is_read_back_from_json(made: Feed) -> None:
    found = written_json(made)
    assert found["title"] == xml_text(made.title)
    for item, given_entry in zip(found["items"], made.entries, strict=True):
        assert item["id"] == xml_text(given_entry.iri)
        assert item["title"] == xml_text(given_entry.title)
        assert item.get("content_html", "") == xml_text(given_entry.content)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", item["date_published"])


@given(URL)
def test_every_url_is_one_that_every_reader_can_follow(url: str) -> None:
    item = entry(url=url, image=url, authors=(FeedAuthor("A", url),))
    made = written_json(feed(item, home_url=url))
    found = [made["home_page_url"], made["items"][0]["url"], made["items"][0]["image"]]
    found += texts(xml(feed(item), FeedFormat.RSS), "item/link")
    assert all(re.fullmatch(r"[!-~]*", item or "") for item in found)
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x0b\x1f\x7f\x85", "ab\x7f\x85"),
        ("\ufffe\uffff\ud800\udfff\ufffd\U0001fffe", "\ufffd\U0001fffe"),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("\u202e\u2066\ufeff", "\u202e\u2066\ufeff"),
    ],
)
def test_what_xml_cannot_hold_is_left_out(text: str, expected: str) -> None:
    assert xml_text(text) == expected


@pytest.mark.parametrize("year", [1, 999, 9999])
@pytest.mark.parametrize("hours", [-14, 0, 14])
def test_every_year_has_four_digits(year: int, hours: int) -> None:
    month_day = (1, 2) if year == 1 else (12, 30)
    day = datetime(year, *month_day, tzinfo=timezone(timedelta(hours=hours)))
    made = feed(entry(published=day, updated=day))
    for form in FeedFormat:
        write_feed(made, form)
    date = texts(xml(made, FeedFormat.RSS), "item/pubDate")[0]
    assert re.fullmatch(
        r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000", date or ""
    )
