"""What search engines and social sites read in the head of each page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from browsing import THEMES
from helpers import PNG, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

pytestmark = pytest.mark.filterwarnings(
    "ignore:'sphinx_book_theme.*' is deprecated:PendingDeprecationWarning"
)

BASE = "https://s.example/docs/"
MEDIA = {"/img/": "static"}
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
    "article:section": ["News", "Events"],
    "article:tag": ["one", "two"],
    "twitter:title": ["For machines"],
    "twitter:creator": ["@ann"],
    "robots": [],
}


def contents(soup: Any, key: str) -> list[str]:
    """Return what the ``meta`` tags of a key say."""
    tags = [tag for name in ("property", "name") for tag in soup.find_all("meta", {name: key})]
    assert all(tag.parent.name == "head" for tag in tags)
    return [tag["content"] for tag in tags]


def links(soup: Any, rel: str) -> list[str]:
    return [tag["href"] for tag in soup.head.find_all("link", rel=rel)]


def json_ld(soup: Any) -> dict[str, Any]:
    (script,) = soup.head.find_all("script", type="application/ld+json")
    return dict(json.loads(str(script.string)))


@pytest.fixture
def full(site: Callable[..., Site]) -> Site:
    return site({"blog/a.md": post("The title", **FULL)}, html_baseurl=BASE, project="Site")


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_shows_a_posts_head(full: Site, theme: str) -> None:
    soup = full.build("dirhtml", html_theme=theme).html("blog/kept")
    assert links(soup, "canonical") == [f"{BASE}blog/kept/"]
    assert {key: contents(soup, key) for key in HEAD} == HEAD
    assert soup.title.text.strip().startswith("For machines")
    data = json_ld(soup)
    assert data["headline"] == "For machines"
    assert data["author"][0]["url"] == f"{BASE}blog/author/ann-lee/"


def test_the_title_on_the_page_is_the_posts_own(full: Site) -> None:
    built = full.build()
    assert built.body("blog/kept").h1.text.startswith("The title")
    assert "The title" in built.body("blog/index").text


def test_without_the_sites_address_nothing_absolute_is_said(full: Site) -> None:
    soup = full.build(html_baseurl="").html("blog/kept")
    assert links(soup, "canonical") == []
    assert contents(soup, "og:url") == []
    assert contents(soup, "og:title") == ["For machines"]
    assert "mainEntityOfPage" not in json_ld(soup)


@pytest.mark.parametrize(
    ("own", "option", "expected"),
    [
        ("", "site", f"{BASE}blog/kept.html"),
        ("", "source", "https://old.example/blog/kept"),
        ("https://first.example/x", "site", "https://first.example/x"),
        ("https://first.example/x", "source", "https://first.example/x"),
    ],
)
def test_a_posts_own_canonical_goes_before_the_option(
    full: Site, own: str, option: str, expected: str
) -> None:
    full.write({"blog/a.md": post(canonical=own, **FULL)})
    soup = full.build(openinfra_blog_canonical=option).html("blog/kept")
    assert links(soup, "canonical") == contents(soup, "og:url") == [expected]
    assert json_ld(soup)["mainEntityOfPage"]["@id"] == expected


def test_a_canonical_that_is_no_address_is_warned_of(full: Site) -> None:
    full.write({"blog/a.md": post(canonical="javascript:alert(1)", **FULL)})
    built = full.build()
    assert [warning.line for warning in built.warnings] == [5]
    assert links(built.html("blog/kept"), "canonical") == [f"{BASE}blog/kept.html"]


def test_seo_fields_go_before_plain_ones_which_go_before_the_excerpt(
    site: Callable[..., Site],
) -> None:
    made = site(
        {
            "blog/a.md": post(description="Plain", seo="{description: Special}"),
            "blog/b.md": post(description="Plain", excerpt="Short"),
            "blog/c.md": post(excerpt="Short"),
            "blog/d.md": post(body="The body"),
        }
    ).build()
    found = [contents(made.html(f"blog/{name}"), "description") for name in "abcd"]
    assert found == [["Special"], ["Plain"], ["Short"], ["The body"]]


def test_the_sites_handle_stands_in_for_an_authors(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post(), "blog/b.md": post(seo="{twitterUsername: not a handle}")})
    built = made.build(openinfra_blog_twitter="https://x.com/site")
    for name in "ab":
        assert contents(built.html(f"blog/{name}"), "twitter:creator") == ["@site"]
    assert [(warning.file, warning.line) for warning in built.warnings] == [("blog/b.md", 5)]


def test_a_picture_is_named_with_its_text_and_size(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post(body="![words <b>](i.png)")}, html_baseurl=BASE)
    (made.src / "blog/i.png").write_bytes(PNG)
    soup = made.build("dirhtml").html("blog/a")
    assert contents(soup, "og:image") == [f"{BASE}_images/i.png"]
    assert contents(soup, "og:image:alt") == ["words"]
    assert contents(soup, "og:image:width") == contents(soup, "og:image:height") == ["1"]
    assert json_ld(soup)["image"]["url"] == f"{BASE}_images/i.png"


def test_the_first_picture_of_raw_html_is_found_as_browsers_do(site: Callable[..., Site]) -> None:
    wanted = '<img src="https://s.example/i.png" src="x" alt="a &amp; b " src="y">'
    bodies = {
        "marked": f"<div>\n<![ if !IE]>{wanted}<![x\n</div>",
        "hidden": f"<script>'<img src=https://s.example/no.png>'</script>\n<div>{wanted}</div>",
        "commented": f"<div><!-- <img src=https://s.example/no.png> -->{wanted}</div>",
    }
    files = {f"blog/{name}.md": post(body=body) for name, body in bodies.items()}
    built = site(files, html_baseurl=BASE).build()
    for name in bodies:
        soup = built.html(f"blog/{name}")
        assert contents(soup, "og:image") == ["https://s.example/i.png"]
        assert contents(soup, "og:image:alt") == ["a & b"]


@pytest.mark.parametrize(
    "keys",
    [
        {"image": "/img/i.png"},
        {"cover": "{image: /img/i.png, alt: words}"},
        {"seo": "{image: /img/i.png}"},
        {"image": "[/img/i.png, /img/other.png]"},
    ],
)
def test_the_front_matter_names_a_picture(site: Callable[..., Site], keys: dict[str, str]) -> None:
    body = "![other](https://s.example/o.png)"
    made = site({"blog/a.md": post(body=body, **keys)}, html_baseurl=BASE)
    (made.src / "static").mkdir()
    (made.src / "static/i.png").write_bytes(PNG)
    built = made.build(openinfra_blog_media=MEDIA)
    assert built.warnings == []
    soup = built.html("blog/a")
    assert contents(soup, "og:image") == [f"{BASE}_images/i.png"]
    assert contents(soup, "og:image:alt") == (["words"] if "cover" in keys else [])
    assert (built.out / "_images/i.png").read_bytes() == PNG
    assert made.build(openinfra_blog_media=MEDIA).read == set()


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


@pytest.mark.parametrize(
    "address", ["../../secret.png", "/../secret.png", "/img/../../secret.png"]
)
def test_front_matter_takes_no_picture_from_outside(
    site: Callable[..., Site], address: str
) -> None:
    made = site({"blog/a.md": post(image=address), "img/x.png": "x"}, html_baseurl=BASE)
    (made.root / "secret.png").write_bytes(PNG)
    built = made.build(openinfra_blog_media={"/img/": "img"})
    assert built.types() == ["openinfra_blog.image"]
    assert not list(built.out.rglob("secret*"))


def test_hidden_and_previewed_posts_keep_search_engines_out(site: Callable[..., Site]) -> None:
    made = site(
        {
            "blog/hidden.md": post(
                hidePost="true", myst="{html_meta: {robots: index, description: By hand}}"
            ),
            "blog/draft.md": post(draft="true"),
        },
        openinfra_blog_preview=True,
    ).build()
    for name in ("hidden", "draft"):
        assert contents(made.html(f"blog/{name}"), "robots") == ["noindex"]
    assert contents(made.html("blog/hidden"), "description") == ["By hand"]


def test_pages_that_only_hidden_posts_have_keep_search_engines_out(
    site: Callable[..., Site],
) -> None:
    files = {
        "blog/hidden.md": post(hidePost="true", author="Cy"),
        "blog/draft.md": post(draft="true", tags="[one]", author="Dee"),
        "blog/p.md": post(author="Ann", tags="[two]"),
    }
    built = site(files, openinfra_blog_preview=True).build()
    hidden = ("blog/author/cy", "blog/author/dee", "blog/tag/one")
    found = {page: contents(built.html(page), "robots") for page in hidden}
    assert found == {page: ["noindex"] for page in hidden}
    for page in ("blog/author/ann", "blog/tag/two", "blog/year/2026", "blog/tag"):
        assert contents(built.html(page), "robots") == []


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


def test_a_document_with_a_listing_says_what_it_is(site: Callable[..., Site]) -> None:
    page = "# News\n\nWhat we do.\n\n```{blog}\n:paginate: 1\n```\n"
    files = {"blog/index.md": page, "blog/a.md": post("A"), "blog/b.md": post("B")}
    soup = site(files, html_baseurl=BASE, project="Site").build().html("blog/index")
    assert contents(soup, "description") == contents(soup, "og:description") == ["What we do."]
    assert contents(soup, "og:title") == ["News"]
    assert links(soup, "canonical") == contents(soup, "og:url") == [f"{BASE}blog/index.html"]
    assert links(soup, "next") == ["page/2.html"]


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


def test_worker_processes_write_the_same_heads(full: Site) -> None:
    full.write({f"blog/p{number}.md": post(f"P{number}", tags="[x]") for number in range(12)})
    serial = full.build(out="serial", doctrees="serial-doctrees")
    assert tree(serial.out) == tree(full.build(out="two", doctrees="two-doctrees", jobs=2).out)


def test_hostile_values_stay_in_their_attributes(site: Callable[..., Site]) -> None:
    nasty = "\"'</script><script>alert(1)</script>{{ 7*7 }} <b>"
    text = json.dumps(nasty)
    made = site(
        {"blog/a.md": post(text, author=text, tags=f"[{text}]", seo=f"{{description: {text}}}")},
        html_baseurl=BASE,
    )
    soup = made.build().html("blog/a")
    assert contents(soup, "og:title") == [nasty]
    assert contents(soup, "article:tag") == [nasty]
    assert json_ld(soup)["description"] == nasty
    assert "alert(1)" not in [script.string for script in soup.find_all("script")]
    assert soup.title.text.strip().startswith(nasty)


def _words_of(built: Built, page: str) -> int:
    return int(json_ld(built.html(page))["wordCount"])


def test_words_are_counted(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post(body="One two.\n\n- three\n\n```\nno code\n```")}).build()
    assert _words_of(made, "blog/a") == 3
