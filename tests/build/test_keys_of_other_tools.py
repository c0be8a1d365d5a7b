"""What keys of other programs do to a post's page: its picture, its URL, search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from browsing import THEMES
from helpers import PNG, Site, contents, post

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Built

pytestmark = pytest.mark.filterwarnings(
    "ignore:'sphinx_book_theme.*' is deprecated:PendingDeprecationWarning"
)

BASE = "https://docs.example.org/"

#: Key and value -> what the head says search engines should do, whether the sitemap has the page.
SEARCH = {
    "noindex: true": (["noindex"], False),
    "noindex: false": ([], True),
    "robots: noindex": (["noindex"], False),
    "robots: [noindex, nofollow]": (["noindex, nofollow"], False),
    "robots: none": (["none"], False),
    "robots: 'nofollow, max-snippet:20'": (["nofollow, max-snippet:20"], True),
    "robotsNoIndex: true": (["noindex"], False),
    "seo: {noindex: true}": (["noindex"], False),
    "sitemap: false": ([], False),
    "sitemap: {disable: true}": ([], False),
    "sitemap: {priority: 0.5}": ([], True),
    "sitemap_exclude: true": ([], False),
    "hidePost: true\nrobots: nofollow": (["noindex"], False),
}
#: Key and value -> the picture of a post that shows two others.
PICTURES = {
    **{
        f"{key}: /i.png": "i.png"
        for key in (
            "featuredimage", "featuredImage", "featured_image", "feature_image", "thumbnail",
            "coverImage", "cover_image", "heroImage", "banner", "ogImage", "og_image",
            "socialImage", "social_image", "teaser",
        )
    },
    "header: {teaser: /i.png}": "i.png",
    "header: {overlay_image: /i.png}": "i.png",
    "images: [/i.png, /two.png]": "i.png",
    "images: [{src: /i.png}]": "i.png",
    "cover: {image: /i.png, relative: false}": "i.png",
    "image: {path: /i.png}": "i.png",
    "image: {feature: /i.png}": "i.png",
    "image: 1": "one.png",
    "image: 2": "two.png",
    "image: 0": "one.png",
    "image: false": "one.png",
}  # fmt: skip
#: Key and value -> whether the post is at that path; else there is a warning.
PAGES = {
    "url: /blog/x/": True,
    "url: blog/x/": True,
    "path: /blog/x": True,
    "save_as: blog/x/index.html": True,
    "url: https://example.org/x\npermalink: /blog/x/": True,
    "url: https://example.org/x": False,
    "path: x": False,
    "url: example.org/x": False,
    "url: //example.org/x": False,
    "redirect_to: https://example.org/x": False,
    "redirect: /blog/x": False,
}
#: Key and value -> the excerpt of a post with three paragraphs.
EXCERPTS = {
    "excerpt: 1": "One.",
    "excerpt: 2": "One. Two.",
    "excerpt: 9": "One. Two. Three.",
    "excerpt: 0": "One. Two. Three.",
    "excerpt: 2\ndescription: Said.": "One. Two.",
    "summary: 2": "2",
}


def matter(lines: str, body: str = "Text.") -> str:
    return f"---\ntitle: A post\ndate: 2024-01-05\n{lines}\n---\n\n{body}\n"


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory, _quick_sphinx: None) -> Built:
    files = {f"blog/p{number}.md": matter(lines) for number, lines in enumerate(SEARCH)}
    conf = {
        "extensions": ["sphinx_openinfra_blog", "sphinx_sitemap"],
        "html_baseurl": BASE,
        "sitemap_url_scheme": "{link}",
    }
    return Site(tmp_path_factory.mktemp("search") / "site", files, conf).build()


@pytest.mark.parametrize(("number", "lines"), list(enumerate(SEARCH)), ids=SEARCH)
def test_search_engines_are_told_what_the_author_wants(
    searched: Built, number: int, lines: str
) -> None:
    robots, in_sitemap = SEARCH[lines]
    assert contents(searched.html(f"blog/p{number}"), "robots") == robots
    pages = {item.text for item in ET.parse(searched.out / "sitemap.xml").iter() if item.text}  # noqa: S314
    assert (f"{BASE}blog/p{number}.html" in pages) is in_sitemap


def test_a_post_without_index_is_listed_like_others(searched: Built) -> None:
    listed = {link["href"] for link in searched.body("blog/index").select("a[href^=p]")}
    hidden = len(SEARCH) - 1
    assert listed == {f"p{number}.html" for number in range(hidden)}
    assert searched.warnings == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_keeps_search_engines_out(site: Callable[..., Site], theme: str) -> None:
    made = site({"blog/a.md": matter("noindex: true")}, html_theme=theme)
    assert contents(made.build().html("blog/a"), "robots") == ["noindex"]


def test_pictures_are_found_whatever_their_key_is_called(tmp_path: Path) -> None:
    files = {
        f"blog/p{number}.md": matter(lines, "![one](/one.png)\n\n![two](/two.png)")
        for number, lines in enumerate(PICTURES)
    }
    made = Site(tmp_path / "site", files, {"html_baseurl": BASE})
    for name in ("i", "one", "two"):
        (made.src / f"{name}.png").write_bytes(PNG)
    built = made.build()
    assert built.warnings == []
    shown = {
        lines: contents(built.html(f"blog/p{number}"), "og:image")
        for number, lines in enumerate(PICTURES)
    }
    assert shown == {lines: [f"{BASE}_images/{name}"] for lines, name in PICTURES.items()}


def test_a_path_is_the_posts_own_or_warned_of(site: Callable[..., Site]) -> None:
    files = {
        f"blog/p{number}.md": matter(lines.replace("/x", f"/x{number}"))
        for number, lines in enumerate(PAGES)
    }
    built = site(files, html_baseurl=BASE).build()
    assert {
        lines: built.path(f"blog/x{number}").is_file() for number, lines in enumerate(PAGES)
    } == PAGES
    assert {item.type for item in built.warnings} == {"openinfra_blog.key"}
    assert all("permalink" in item.text or "canonical" in item.text for item in built.warnings)
    read = [f"blog/p{number}.md" for number, lines in enumerate(PAGES) if "https" not in lines]
    warned = {item.file for item in built.warnings}
    assert warned.isdisjoint(read[:4])
    assert warned >= set(read[4:])


@pytest.mark.parametrize("key", ["canonicalURL", "canonicalUrl", "canonical_url"])
def test_canonical_urls_of_other_programs_are_used(site: Callable[..., Site], key: str) -> None:
    own = "https://example.org/first"
    built = site({"blog/a.md": post(**{key: own})}, html_baseurl=BASE).build()
    assert contents(built.html("blog/a"), "og:url") == [own]
    assert built.warnings == []


def test_an_excerpt_may_be_a_number_of_paragraphs(site: Callable[..., Site]) -> None:
    body = "One.\n\n- a list\n\nTwo.\n\nThree.\n\n# Head\n\nFour."
    files = {f"blog/p{number}.md": matter(lines, body) for number, lines in enumerate(EXCERPTS)}
    files["blog/index.md"] = "# Blog\n\n```{blog}\n:style: rows\n:group-by: none\n```\n"
    page = site(files).build().body("blog/index")
    # Posts of one moment stand in the order of their names.
    shown = [item.get_text() for item in page.select("ul.blog-rows > li .blog-excerpt")]
    assert shown == list(EXCERPTS.values())


def test_a_picture_that_the_body_does_not_have_is_warned_of(site: Callable[..., Site]) -> None:
    built = site({"blog/a.md": matter("image: 2", "![one](https://example.org/i.png)")}).build()
    assert [(item.file, item.line, item.type) for item in built.warnings] == [
        ("blog/a.md", 4, "openinfra_blog.image")
    ]
