"""What the head of a page says, as HTML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.handles import twitter_handle
from sphinx_openinfra_blog.head_tags import (
    Article,
    HeadImage,
    PageHead,
    head_html,
    keys_in,
    said_once,
    without,
)
from sphinx_openinfra_blog.permalinks import is_web_address


def article(**facts: Any) -> Article:
    usual: dict[str, Any] = {
        "published": "2026-01-02T03:04:05Z",
        "updated": "",
        "authors": (("Ann Lee", "https://s.example/a"), ("Bo", "")),
        "sections": ("News", "Events"),
        "tags": ("one", "two"),
        "creator": "@ann",
        "words": 12,
        "language": "en",
    }
    return Article(**(usual | facts))


def head(**facts: Any) -> PageHead:
    usual: dict[str, Any] = {
        "title": "A post",
        "description": "What it says",
        "address": "https://s.example/blog/a",
        "site": "Site",
        "home": "https://s.example/",
        "locale": "en_US",
    }
    return PageHead(**(usual | facts))


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


def test_a_post_is_an_article_with_one_tag_for_each_value() -> None:
    html = head_html(head(article=article()))
    assert contents(html, "og:type") == ["article"]
    assert contents(html, "article:author") == ["Ann Lee", "Bo"]
    assert contents(html, "article:section") == ["News", "Events"]
    assert contents(html, "article:tag") == ["one", "two"]
    assert contents(html, "article:published_time") == ["2026-01-02T03:04:05Z"]


def test_what_is_not_known_is_not_written() -> None:
    html = head_html(head(description="", address="", article=article(updated="", published="")))
    for key in ("description", "og:url", "og:image", "article:published_time", "robots"):
        assert contents(html, key) == []
    assert not {"url", "datePublished", "description"} & json_ld(html).keys()


def test_the_card_names_the_author_or_else_the_site() -> None:
    named = head_html(head(twitter="@site", article=article()))
    assert contents(named, "twitter:creator") == ["@ann"]
    assert contents(named, "twitter:site") == ["@site"]
    unnamed = head_html(head(twitter="@site", article=article(creator="")))
    assert contents(unnamed, "twitter:creator") == ["@site"]
    assert contents(head_html(head(twitter="@site")), "twitter:creator") == []


def test_machines_get_the_same_as_a_blog_posting() -> None:
    image = HeadImage("https://s.example/i.png", "An image", 3, 2)
    said = json_ld(head_html(head(image=image, article=article(updated="2026-02-03T00:00:00Z"))))
    assert said["@type"] == "BlogPosting"
    assert said["headline"] == "A post"
    assert said["dateModified"] == "2026-02-03T00:00:00Z"
    assert said["author"] == [
        {"@type": "Person", "name": "Ann Lee", "url": "https://s.example/a"},
        {"@type": "Person", "name": "Bo"},
    ]
    assert said["publisher"] == {
        "@type": "Organization",
        "name": "Site",
        "url": "https://s.example/",
    }
    assert said["image"]["width"] == 3
    assert said["mainEntityOfPage"]["@id"] == "https://s.example/blog/a"
    assert (said["keywords"], said["wordCount"]) == (["one", "two"], 12)


@given(st.text())
def test_no_text_breaks_out_of_the_head(text: str) -> None:
    made = head(
        title=text,
        description=text,
        site=text,
        image=HeadImage("https://s.example/i.png", text),
        article=article(authors=((text, ""),), sections=(text,), tags=(text,), creator=text),
    )
    soup = parsed(head_html(made))
    assert {tag.name for tag in soup.head.find_all()} <= {"meta", "script"}
    assert str(soup.body) == "<body><p>body</p></body>"
    json_ld(head_html(made))


@pytest.mark.parametrize(
    "text", ["</script><script>x", "<!--<script>", "]]>", '"&quot;', "\u2028"]
)
def test_texts_are_read_back_as_they_were(text: str) -> None:
    html = head_html(head(title=text, article=article()))
    assert contents(html, "og:title") == [text]
    assert json_ld(html)["headline"] == text


def test_what_the_page_says_already_is_not_said_again() -> None:
    html = head_html(head(article=article()), {"description", "article:tag"})
    assert contents(html, "description") == []
    assert contents(html, "article:tag") == []
    assert contents(html, "og:description") == ["What it says"]


def test_other_extensions_tags_give_way() -> None:
    others = (
        '<meta property="og:title" content="Theirs" />\n'
        '<meta property="og:image:width" content="1146" />'
        '<meta name="generator" content="x > y">'
        '<META NAME="Description" CONTENT="theirs">'
    )
    own = head_html(head(image=HeadImage("https://s.example/i.png")))
    html = said_once(others, own)
    assert contents(html, "og:title") == ["A post"]
    assert contents(html, "og:image:width") == []
    assert contents(html, "description") == ["What it says"]
    assert contents(html, "generator") == ["x > y"]


def test_a_picture_of_another_extension_stays_where_there_is_none() -> None:
    others = '<meta property="og:image" content="https://s.example/card.png" />'
    assert contents(said_once(others, head_html(head())), "og:image") == [
        "https://s.example/card.png"
    ]


def test_tags_are_found_and_taken_out_by_key() -> None:
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
    assert is_web_address(address) is right
