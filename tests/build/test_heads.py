"""What search engines and social sites read in the head of each page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from browsing import THEMES
from helpers import PNG, contents, post
from rich_site import BASE, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

pytestmark = pytest.mark.filterwarnings(
    "ignore:'sphinx_book_theme.*' is deprecated:PendingDeprecationWarning"
)

FULL = {
    "author": "[Ann Lee]",
    "date": "2026-01-02",
    "updated": "2026-02-03T04:05:06Z",
    "category": "[{label: News}, {label: Events}]",
    "tags": "[one, two]",
    "seo": "{title: For machines, description: In short, url: 'https://old.example/blog/kept',"
    " twitterUsername: twitter.com/ann}",
}
#: The tags of a post with them, under dirhtml.
HEAD = {
    "description": ["In short"],
    "og:type": ["article"],
    "og:title": ["For machines"],
    "og:url": [f"{BASE}blog/kept/"],
    "og:description": ["In short"],
    "og:site_name": ["Site"],
    "og:locale": ["en_US"],
    "article:published_time": ["2026-01-02T00:00:00Z"],
    "article:modified_time": ["2026-02-03T04:05:06Z"],
    "article:author": ["Ann Lee"],
    "article:section": ["News"],
    "article:tag": ["Events", "one", "two"],
    "twitter:title": ["For machines"],
    "twitter:creator": ["@ann"],
    "robots": [],
}


def links(soup: Any, rel: str) -> list[str]:
    return [tag["href"] for tag in soup.head.find_all("link", rel=rel)]


def json_ld(soup: Any) -> dict[str, Any]:
    (script,) = soup.head.find_all("script", type="application/ld+json")
    return dict(json.loads(str(script.string)))


@pytest.fixture
def full(site: Callable[..., Site]) -> Site:
    conf = {"html_baseurl": BASE, "project": "Site", "openinfra_blog_term_feeds": ["atom", "rss"]}
    return site({"blog/a.md": post("The title", **FULL)}, **conf)


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_shows_a_posts_head_and_names_feeds(full: Site, theme: str) -> None:
    built = full.build("dirhtml", html_theme=theme)
    soup = built.html("blog/kept")
    assert links(soup, "canonical") == [f"{BASE}blog/kept/"]
    assert {key: contents(soup, key) for key in HEAD} == HEAD
    assert soup.title.text.strip().startswith("For machines")
    data = json_ld(soup)
    assert data["headline"] == "For machines"
    assert data["author"][0]["url"] == f"{BASE}blog/author/ann-lee/"
    own = [f"{BASE}blog/{name}" for name in ("atom.xml", "rss.xml", "feed.json")]
    of_news = [f"{BASE}blog/category/news/{name}" for name in ("atom.xml", "rss.xml")]
    for page, expected in (
        ("blog/kept", own),
        ("blog/index", own),
        ("blog/tag", own),
        ("blog/category/news", of_news + own),
        ("index", []),
    ):
        found = built.html(page).head.find_all("link", rel="alternate")
        assert [link["href"] for link in found] == expected
        assert {link["type"] for link in found} <= {
            "application/atom+xml",
            "application/rss+xml",
            "application/feed+json",
        }


def test_the_title_on_the_page_is_the_posts_own(rich: Built) -> None:
    assert rich.body("blog/kept").h1.text.startswith("The title")
    assert "The title" in rich.body("blog/index").text


def test_without_the_sites_address_nothing_absolute_is_said(full: Site) -> None:
    soup = full.build(html_baseurl="").html("blog/kept")
    assert links(soup, "canonical") == []
    assert contents(soup, "og:url") == []
    assert contents(soup, "og:title") == ["For machines"]
    assert "mainEntityOfPage" not in json_ld(soup)


def test_a_posts_own_canonical_goes_before_the_option(rich: Built, full: Site) -> None:
    own = "https://first.example/x"
    full.write({"blog/own.md": post(canonical=own)})
    source = full.build(openinfra_blog_canonical="source")
    for built, page, expected in (
        (rich, "kept", f"{BASE}blog/kept.html"),
        (rich, "own-canonical", own),
        (rich, "no-canonical", f"{BASE}blog/no-canonical.html"),
        (source, "kept", "https://old.example/blog/kept"),
        (source, "own", own),
    ):
        soup = built.html(f"blog/{page}")
        assert links(soup, "canonical") == contents(soup, "og:url") == [expected]
        assert json_ld(soup)["mainEntityOfPage"]["@id"] == expected


@pytest.mark.parametrize(
    ("page", "key", "expected"),
    [
        # The key for search engines, the plain one, an excerpt, the beginning of the text.
        ("special", "description", ["Special"]),
        ("plain", "description", ["Plain"]),
        ("short", "description", ["Short"]),
        ("bodied", "description", ["One two."]),
        # The author's handle, or else the site's.
        ("kept", "twitter:creator", ["@ann"]),
        ("special", "twitter:creator", ["@site"]),
        ("no-handle", "twitter:creator", ["@site"]),
        # Search engines are kept out, whatever the page says of itself.
        ("unlisted", "robots", ["noindex"]),
        ("unlisted-by-hand", "robots", ["noindex"]),
        ("unlisted-by-hand", "description", ["By hand"]),
        ("author/only-hidden", "robots", ["noindex"]),
        ("author/al", "robots", []),
        ("tag/one", "robots", []),
        ("year/2026", "robots", []),
        ("tag", "robots", []),
        # Text stays text.
        ("hostile", "og:title", [HOSTILE]),
        ("hostile", "article:tag", [HOSTILE]),
        # What other pages say of themselves.
        ("index", "description", ["What we do."]),
        ("index", "og:description", ["What we do."]),
        ("index", "og:title", ["News"]),
        ("index", "og:url", [f"{BASE}blog/index.html"]),
    ],
)
def test_a_head_says(rich: Built, page: str, key: str, expected: list[str]) -> None:
    assert contents(rich.html(f"blog/{page}"), key) == expected


def test_hostile_values_stay_in_their_places(rich: Built) -> None:
    soup = rich.html("blog/hostile")
    assert json_ld(soup)["description"] == HOSTILE
    assert "alert(1)" not in [script.string for script in soup.find_all("script")]
    assert soup.title.text.strip().startswith(HOSTILE)


def test_words_are_counted(rich: Built) -> None:
    assert int(json_ld(rich.html("blog/bodied"))["wordCount"]) == 3


#: Page -> its picture, and the text of that.
PICTURES = {
    "in-text": (f"{BASE}_images/own.png", ["words"]),
    "by-image": (f"{BASE}_images/i.png", []),
    "by-cover": (f"{BASE}_images/i.png", ["words"]),
    "by-seo": (f"{BASE}_images/i.png", []),
    "by-list": (f"{BASE}_images/i.png", []),
    "raw-marked": ("https://s.example/i.png", ["a & b"]),
    "raw-script": ("https://s.example/i.png", ["a & b"]),
    "raw-comment": ("https://s.example/i.png", ["a & b"]),
}


@pytest.mark.parametrize("page", PICTURES)
def test_a_head_names_the_posts_picture(rich_either: Built, page: str) -> None:
    soup = rich_either.html(f"blog/{page}")
    address, text = PICTURES[page]
    assert contents(soup, "og:image") == [address]
    assert contents(soup, "og:image:alt") == text
    assert json_ld(soup)["image"]["url"] == address
    if address.startswith(BASE):
        assert (rich_either.out / address.removeprefix(BASE)).read_bytes() == PNG
        assert contents(soup, "og:image:width") == contents(soup, "og:image:height") == ["1"]


def test_a_picture_that_is_not_there_is_warned_of_and_found_later(
    site: Callable[..., Site],
) -> None:
    made = site({"blog/a.md": post(image="i.png")}, html_baseurl=BASE)
    built = made.build()
    assert [(item.line, item.type) for item in built.warnings] == [(5, "openinfra_blog.image")]
    assert contents(built.html("blog/a"), "og:image") == []
    (made.src / "blog/i.png").write_bytes(PNG)
    built = made.build()
    assert built.warnings == []
    assert contents(built.html("blog/a"), "og:image") == [f"{BASE}_images/i.png"]


@pytest.mark.parametrize("page", ["outside1", "outside2", "outside3"])
def test_front_matter_takes_no_picture_from_outside(rich: Built, page: str) -> None:
    assert contents(rich.html(f"blog/{page}"), "og:image") == []
    assert not list(rich.out.rglob("secret.*"))


def test_a_preview_keeps_search_engines_out(site: Callable[..., Site]) -> None:
    files = {"blog/draft.md": post(draft="true", tags="[one]", author="Dee")}
    built = site(files, openinfra_blog_preview=True).build()
    for page in ("draft", "author/dee", "tag/one"):
        assert contents(built.html(f"blog/{page}"), "robots") == ["noindex"]


def test_generated_pages_have_heads_of_their_own(site: Callable[..., Site]) -> None:
    files = {
        f"blog/{number}.md": post(f"P{number}", author="Ann", category="News", tags="[one]")
        for number in range(3)
    }
    made = site(
        files,
        html_baseurl=BASE,
        project="Site",
        openinfra_blog_paginate=2,
        openinfra_blog_categories=[{"label": "News", "description": "What is new"}],
    )
    built = made.build("dirhtml")
    expected = {
        "blog/category/news": "What is new – Site",
        "blog/category/news/page/2": "What is new, page 2 – Site",
        "blog/author/ann": "Posts by Ann – Site",
        "blog/tag/one": "Posts tagged one – Site",
        "blog/year/2026": "Posts of 2026 – Site",
        "blog/tag": "Tags – Site",
    }
    for name, description in expected.items():
        soup = built.html(name)
        assert contents(soup, "description") == [description]
        assert links(soup, "canonical") == contents(soup, "og:url") == [f"{BASE}{name}/"]
        assert contents(soup, "og:type") == ["website"]
    first, second = built.html("blog/category/news"), built.html("blog/category/news/page/2")
    assert links(first, "next") == ["page/2/"]
    assert links(second, "prev") == ["../../"]
    assert links(first, "prev") == links(second, "next") == []


def test_the_address_of_a_generated_page_is_quoted(site: Callable[..., Site]) -> None:
    files = {"blog/a.md": post("One", tags="[日本]")}
    built = site(files, html_baseurl=BASE, openinfra_blog_slugs="unicode").build("dirhtml")
    soup = built.html("blog/tag/日本")
    quoted = [f"{BASE}blog/tag/%E6%97%A5%E6%9C%AC/"]
    assert links(soup, "canonical") == contents(soup, "og:url") == quoted


def test_an_ordinary_page_is_left_alone(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post(), "other.md": "# Other\n"})
    with_blog = made.build(out="with").path("other").read_bytes()
    made.remove("blog/a.md", "blog/index.md")
    without = made.build(out="without", doctrees="fresh", extensions=["myst_parser"])
    assert with_blog == without.path("other").read_bytes()


def test_json_pages_hold_the_same_head_as_text(full: Site) -> None:
    built = full.build("json")
    page = json.loads((built.out / "blog/kept.fjson").read_text(encoding="utf-8"))
    assert 'content="In short"' in page["metatags"]
    assert not [key for key in page if key.startswith("openinfra_blog")]
