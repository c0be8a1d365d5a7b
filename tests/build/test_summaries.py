"""Excerpts, first images and reading times of posts, as cards show them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers import PNG, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site

CARDS = "# News\n\n```{blog}\n:style: cards\n:group-by: none\n```\n"


def card(site: Callable[..., Site], files: dict[str, str], **conf: object) -> Any:
    """Return the only card of a site with one post and an image."""
    made = site({**files, "blog/index.md": CARDS}, **conf)
    for name in ("dot.png", "static/img/dot.png"):
        (made.src / name).parent.mkdir(parents=True, exist_ok=True)
        (made.src / name).write_bytes(PNG)
    return made.build().body("blog/index").select_one("ul.blog-cards > li")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One *two* `three` [four](https://a.example).", "One two three four."),
        ("# Head\n\nText.\n\n- a\n- b\n\n> quote", "Head Text. a b quote"),
        ("Text ![an image](/dot.png) after.", "Text an image after."),
        ("Before.\n\n```python\ncode = 1\n```\n\nAfter.", "Before. After."),
        ("<div>no</div>\n\nText with <b>bold</b> HTML.", "Text with bold HTML."),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("One.[^1]\n\n[^1]: A note.", "One."),
        ("\"Quoted\" and 'so'.", "\"Quoted\" and 'so'."),
        ("one  \ntwo\nthree", "one two three"),
        ("First.\n\n<!-- more -->\n\nSecond.", "First."),
        ("First.\n\n<!--truncate-->\n\nSecond.", "First."),
        ("<!-- more -->\n\nSecond.", "Second."),
        ("word " * 60 + "\n\n<!-- more -->\n\nSecond.", ("word " * 60).strip()),
        ("word " * 60, "word " * 39 + "word…"),
    ],
)
def test_the_excerpt_is_the_beginning_of_the_text(
    site: Callable[..., Site], body: str, expected: str
) -> None:
    found = card(site, {"blog/a.md": post("A", body)})
    assert found.select_one(".blog-excerpt").get_text() == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text *em* ``code``.\n\n::\n\n   block\n\nMore.", "Text em code. More."),
        ("First.\n\n.. more\n\nSecond.", "First."),
        ("First.\n\n.. TODO: no mark\n\nSecond.", "First. Second."),
        ("One.\n\n.. image:: /dot.png\n   :alt: two\n\nThree.", "One. two Three."),
        ("  Quoted.\n\n  -- Somebody\n\n:field: value", "Quoted. Somebody field value"),
        ("|sub| text\n\n.. |sub| replace:: Substituted", "Substituted text"),
    ],
)
def test_so_it_is_in_restructuredtext(site: Callable[..., Site], body: str, expected: str) -> None:
    text = f"---\ntitle: A\ndate: 2025-01-01\n---\n\n{body}\n"
    found = card(site, {"blog/a.rst": text})
    assert found.select_one(".blog-excerpt").get_text() == expected


def test_an_excerpt_in_the_front_matter_goes_before_all(site: Callable[..., Site]) -> None:
    text = post("A", "Body.\n\n<!-- more -->\n\nRest.", excerpt="'Own *words* & <b>'")
    found = card(site, {"blog/a.md": text})
    assert found.select_one(".blog-excerpt").get_text() == "Own *words* & <b>"


def test_a_post_without_text_has_no_excerpt(site: Callable[..., Site]) -> None:
    found = card(site, {"blog/a.md": post("A", "```\ncode\n```")})
    assert found.select_one(".blog-excerpt") is None


@pytest.mark.parametrize(
    ("body", "source", "alt"),
    [
        ("![](missing.png) ![two](/dot.png)", "../_images/dot.png", "two"),
        ("![remote](https://a.example/x.png)", "https://a.example/x.png", "remote"),
        ("![](data:image/png;base64,AAAA) ![two](/dot.png)", "../_images/dot.png", "two"),
        ('<img alt="raw" src="https://a.example/y.png">', "https://a.example/y.png", "raw"),
        ("```{figure} /dot.png\n:alt: fig\n\nCaption\n```", "../_images/dot.png", "fig"),
        ("![copied](/img/dot.png)", "/img/dot.png", "copied"),
        ("No image.", "", ""),
    ],
)
def test_a_card_has_the_first_image_that_can_be_shown(
    site: Callable[..., Site], body: str, source: str, alt: str
) -> None:
    image = card(site, {"blog/a.md": post("A", body)}, html_extra_path=["static"]).img
    if not source:
        assert image is None
        return
    assert (image["src"], image["alt"], image["loading"]) == (source, alt, "lazy")


def test_images_of_generated_pages_are_found_from_there(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post("A", "![d](/dot.png)", category="One")})
    made.write({"dot.png": ""})
    (made.src / "dot.png").write_bytes(PNG)
    for builder in ("html", "dirhtml"):
        built = made.build(builder)
        page = built.path("blog/category/one")
        image = built.body("blog/category/one").select_one(".blog-picture img")
        assert Path(page.parent, image["src"]).resolve() == built.out.resolve() / "_images/dot.png"
        assert (built.out / "_images/dot.png").is_file()


def test_reading_takes_so_long_if_that_is_asked_for(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post("A", "word " * 500)})
    assert made.build().html("blog/a").select(".blog-reading-time") == []
    built = made.build(openinfra_blog_reading_time=True)
    for page in ("blog/a", "blog/index", "blog/year/2026"):
        shown = built.body(page).select_one(".blog-byline .blog-reading-time")
        assert shown.get_text() == "3 min read"
