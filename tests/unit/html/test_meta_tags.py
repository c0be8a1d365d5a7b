"""What the head of a page says, as HTML."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.html.meta_tags import (
    Article,
    HeadImage,
    PageHead,
    SiteFacts,
    head_html,
    keys_in,
    merged,
    without,
)
from sphinx_openinfra_blog.model.urls import is_web_url, twitter_handle

SITE = SiteFacts(name="Site", home="https://s.example/", locale="en_US", twitter="@site")
ARTICLE = Article(
    published="2026-01-02T03:04:05Z",
    updated="",
    authors=(("Ann Lee", "https://s.example/a"), ("Bo", "")),
    sections=("News", "Events"),
    tags=("one", "two"),
    creator="@ann",
    words=12,
)
PAGE = PageHead(title="A page", description="What it says", url="https://s.example/blog/a")
POST = replace(PAGE, article=ARTICLE)
UNKNOWN = replace(POST, description="", url="", article=replace(ARTICLE, published=""))
IMAGE = HeadImage("https://s.example/i.png", "An image", 3, 2)


def parsed(html: str) -> Any:
    return BeautifulSoup(f"<head>{html}</head><body><p>body</p></body>", "html5lib")


def contents(html: str, key: str) -> list[str]:
    tags = [
        tag for name in ("property", "name") for tag in parsed(html).find_all(attrs={name: key})
    ]
    return [str(tag["content"]) for tag in tags]


def json_ld(html: str) -> dict[str, Any]:
    script = parsed(html).find("script", type="application/ld+json")
    assert script is not None
    return dict(json.loads(str(script.string)))


@pytest.mark.parametrize(
    ("head", "key", "expected"),
    [
        (POST, "og:type", ["article"]),
        (POST, "article:author", ["Ann Lee", "Bo"]),
        (POST, "article:section", ["News"]),
        (POST, "article:tag", ["Events", "one", "two"]),
        (POST, "article:published_time", ["2026-01-02T03:04:05Z"]),
        (POST, "article:modified_time", []),
        (POST, "twitter:card", ["summary"]),
        (replace(POST, image=IMAGE), "twitter:card", ["summary_large_image"]),
        (POST, "twitter:site", ["@site"]),
        (POST, "twitter:creator", ["@ann"]),
        (replace(POST, article=replace(ARTICLE, creator="")), "twitter:creator", ["@site"]),
        (POST, "robots", []),
        (replace(POST, robots="noindex"), "robots", ["noindex"]),
        (POST, "og:image", []),
        (replace(POST, image=IMAGE), "og:image:width", ["3"]),
        (replace(POST, image=replace(IMAGE, height=0)), "og:image:width", []),
        (UNKNOWN, "description", []),
        (UNKNOWN, "og:url", []),
        (UNKNOWN, "article:published_time", []),
        (PAGE, "og:type", ["website"]),
        (PAGE, "og:site_name", ["Site"]),
        (PAGE, "og:locale", ["en_US"]),
        (PAGE, "twitter:card", ["summary"]),
        (PAGE, "twitter:creator", []),
    ],
)
def test_a_head_has_one_tag_for_each_known_value(
    head: PageHead, key: str, expected: list[str]
) -> None:
    assert contents(head_html(SITE, head), key) == expected


def test_structured_data_describe_a_blog_posting() -> None:
    changed = replace(ARTICLE, updated="2026-02-03T00:00:00Z")
    data = json_ld(head_html(SITE, replace(POST, image=IMAGE, article=changed)))
    assert data["@type"] == "BlogPosting"
    assert data["headline"] == "A page"
    assert data["dateModified"] == "2026-02-03T00:00:00Z"
    assert data["author"] == [
        {"@type": "Person", "name": "Ann Lee", "url": "https://s.example/a"},
        {"@type": "Person", "name": "Bo"},
    ]
    assert data["publisher"] == {
        "@type": "Organization",
        "name": "Site",
        "url": "https://s.example/",
    }
    assert data["image"]["width"] == 3
    assert data["mainEntityOfPage"]["@id"] == "https://s.example/blog/a"
    assert (data["keywords"], data["wordCount"]) == (["one", "two"], 12)
    assert not {"url", "datePublished", "description"} & json_ld(head_html(SITE, UNKNOWN)).keys()


@given(st.text())
def test_no_text_breaks_out_of_the_head(text: str) -> None:
    image = HeadImage("https://s.example/i.png", text)
    article = replace(ARTICLE, authors=((text, ""),), sections=(text,), tags=(text,), creator=text)
    head = PageHead(text, text, "https://s.example/", image, article)
    html = head_html(replace(SITE, name=text), head)
    soup = parsed(html)
    assert {tag.name for tag in soup.head.find_all()} <= {"meta", "script"}
    assert str(soup.body) == "<body><p>body</p></body>"
    json_ld(html)


@pytest.mark.parametrize(
    "text", ["</script><script>x", "<!--<script>", "]]>", '"&quot;', "\u2028"]
)
def test_texts_survive_escaping(text: str) -> None:
    html = head_html(SITE, replace(POST, title=text))
    assert contents(html, "og:title") == [text]
    assert json_ld(html)["headline"] == text


def test_known_keys_are_left_out() -> None:
    html = head_html(SITE, POST, {"description", "article:tag"})
    assert contents(html, "description") == []
    assert contents(html, "article:tag") == []
    assert contents(html, "og:description") == ["What it says"]


@pytest.mark.parametrize(
    ("others", "image", "key", "expected"),
    [
        ('<meta property="og:title" content="x" />', None, "og:title", ["A page"]),
        ('<META NAME="Description" CONTENT="x">', None, "description", ["What it says"]),
        ('<meta name="generator" content="x > y">', None, "generator", ["x > y"]),
        ('<meta property="og:image:width" content="1146" />', None, "og:image:width", ["1146"]),
        ('<meta property="og:image:width" content="1146" />', IMAGE, "og:image:width", ["3"]),
        ('<meta property="og:image:type" content="x" />', IMAGE, "og:image:type", []),
        ('<meta property="og:image" content="x" />', None, "og:image", ["x"]),
        ('<meta name="og:a" content="1"><meta name="og:a" content="2">', None, "og:a", ["1"]),
    ],
)
def test_own_tags_replace_those_of_other_extensions(
    others: str, image: HeadImage | None, key: str, expected: list[str]
) -> None:
    own = head_html(SITE, replace(PAGE, image=image))
    assert contents(merged(others, own), key) == expected


def test_tags_are_found_and_removed_by_key() -> None:
    html = '<meta name="robots" content="a"><!-- <meta name="x" content="y"> --><meta charset="b">'
    assert keys_in(html) == {"robots"}
    assert without(html, {"robots"}) == html.replace('<meta name="robots" content="a">', "")


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("@name", "@name"),
        ("name", "@name"),
        (" @name ", "@name"),
        ("@ name", "@name"),
        ("https://twitter.com/name", "@name"),
        ("twitter.com/@name", "@name"),
        ("https://www.x.com/name/", "@name"),
        ("http://mobile.twitter.com/name?lang=en", "@name"),
        ("X.com/Name_1", "@Name_1"),
        ("", ""),
        ("two words", ""),
        ("https://example.org/name", ""),
        ("x.com/name/status/1", ""),
        ('@a"><script>', ""),
        ("ümlaut", ""),
    ],
)
def test_a_handle_is_read_however_it_is_written(written: str, handle: str) -> None:
    assert twitter_handle(written) == handle


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("https://s.example/a?b=c#d", True),
        ("http://s.example", True),
        ("https://s.example/é%20", True),
        ("s.example/a", False),
        ("//s.example/a", False),
        ("https:///a", False),
        ("https://s.example/a b", False),
        ("https://s.example/%zz", False),
        ("https://[s.example/", False),
        ("javascript:alert(1)", False),
        ("mailto:a@s.example", False),
        ('https://s.example/"', False),
        ("https://s.example/\u202f", False),
    ],
)
def test_a_web_address_is_absolute_and_can_stand_anywhere(address: str, right: bool) -> None:
    assert is_web_url(address) is right
