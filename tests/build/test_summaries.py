"""Excerpts, first images and reading times of posts, as cards show them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers import PNG, Site, post

if TYPE_CHECKING:
    from collections.abc import Callable

#: Body in Markdown -> excerpt.
MARKDOWN = {
    "One *two* `three` [four](https://a.example).": "One two three four.",
    "# Head\n\nText.\n\n- a\n- b\n\n> quote\n\nMore.\n\n# Next\n\nNo.": "Text. More.",
    "Text ![an image](/dot.png) after.": "Text after.",
    "Before.\n\n```python\ncode = 1\n```\n\nAfter.": "Before. After.",
    "<div>no</div>\n\nText with <b>bold</b> HTML.": "Text with bold HTML.",
    "| a | b |\n|---|---|\n| c | d |": "",
    "![first](/dot.png)\n\n# Head\n\n## Below\n\nText.": "Text.",
    "One.[^1]\n\n[^1]: A note.": "One.",
    "\"Quoted\" and 'so'.": "“Quoted” and ‘so’.",
    "one  \ntwo\nthree": "one two three",
    "First.\n\n<!-- more -->\n\nSecond.": "First.",
    "First.\n\n# Head\n\nStill.\n\n<!--truncate-->\n\nSecond.": "First. Still.",
    "<!-- more -->\n\nSecond.": "Second.",
    "word " * 60 + "\n\n<!-- more -->\n\nSecond.": ("word " * 60).strip(),
    "word " * 60: "word " * 39 + "word…",
    "```\ncode\n```": "",
    "See {ref}`lamp`, {doc}`/guide`, {doc}`the guide </guide>`, {term}`words <word>`.": (
        "See The lamp, Guide, the guide, words."
    ),
    "See [](../guide.md), [](#lamp), [](../guide.md#part-two) and [it](../guide.md).": (
        "See Guide, The lamp, Part two and it."
    ),
    "See {blog:post}`own` and {blog:post}`words <own>`.": "See own and words.",
    "See {ref}`nowhere`.": "See nowhere.",
    **{
        f"```{{{name}}}{rest}\nSECRET\n```\n\nShown.": "Shown."
        for name, rest in [
            ("note", ""), ("todo", ""), ("only", " internal"), ("only", " html"),
            ("ifconfig", " False"), ("contents", ""), ("rubric", " SECRET"), ("container", ""),
            ("epigraph", ""), ("topic", " SECRET"), ("figure", " /dot.png"), ("table", " SECRET"),
        ]
    },
}  # fmt: skip
#: Body in reStructuredText -> excerpt.
RST = {
    "Text *em* ``code``.\n\n::\n\n   block\n\nMore.": "Text em code. More.",
    "First.\n\n.. more\n\nSecond.": "First.",
    "First.\n\n.. TODO: no mark\n\nSecond.": "First. Second.",
    "One.\n\n.. image:: /dot.png\n   :alt: two\n\nThree.": "One. Three.",
    "  Quoted.\n\n  -- Somebody\n\n:field: value\n\nText.": "Text.",
    "|sub| text\n\n.. |sub| replace:: Substituted": "Substituted text",
}
#: Body in Markdown -> URL of the first image that can be shown, and its text.
PICTURES = {
    "![](missing.png) ![two](/dot.png)": ("../_images/dot.png", "two"),
    "![remote](https://a.example/x.png)": ("https://a.example/x.png", "remote"),
    "![](data:image/png;base64,AAAA) ![two](/dot.png)": ("../_images/dot.png", "two"),
    '<img alt="raw" src="https://a.example/y.png">': ("https://a.example/y.png", "raw"),
    "```{figure} /dot.png\n:alt: fig\n\nCaption\n```": ("../_images/dot.png", "fig"),
    "![copied](/img/dot.png)": ("/img/dot.png", "copied"),
    "No image.": None,
}


CONF = {
    "html_extra_path": ["static"],
    "extensions": ["sphinx.ext.todo", "sphinx.ext.ifconfig", "sphinx_openinfra_blog"],
    "myst_heading_anchors": 3,
}


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the cards of a site with a post for each body, by that."""
    markdown, rst = [*MARKDOWN, *PICTURES], [*RST]
    files = {f"blog/m{n}.md": post(f"m{n}", body) for n, body in enumerate(markdown)}
    files |= {
        f"blog/r{n}.rst": f"---\ntitle: r{n}\ndate: 2025-01-01\n---\n\n{body}\n"
        for n, body in enumerate(rst)
    }
    files |= {
        "blog/own.md": post(
            "own", "Body.\n\n<!-- more -->\n\nRest.", excerpt="'Own *words* & <b>'"
        ),
        "blog/described.md": post("described", "Body.", seo="{description: 'A **text**'}"),
        "blog/marked.md": post("marked", "Body.\n\n<!-- more -->\n\nRest.", description="d"),
        "guide.md": (
            "# Guide\n\n(lamp)=\n\n## The lamp\n\n## Part two\n\n```{glossary}\nword\n  x\n```\n"
        ),
        "blog/index.md": "# News\n\n```{blog}\n:style: cards\n:group-by: none\n```\n",
    }
    made = Site(tmp_path_factory.mktemp("cards") / "site", files, CONF)
    for name in ("dot.png", "static/img/dot.png"):
        (made.src / name).parent.mkdir(parents=True, exist_ok=True)
        (made.src / name).write_bytes(PNG)
    found = {
        item.select_one(".blog-title").get_text(): item
        for item in made.build().body("blog/index").select("ul.blog-cards > li")
    }
    titles = {name: name for name in ("own", "described", "marked")} | {
        body: f"m{n}" for n, body in enumerate(markdown)
    }
    titles |= {body: f"r{n}" for n, body in enumerate(rst)}
    return {body: found[title] for body, title in titles.items()}


@pytest.mark.parametrize("body", [*MARKDOWN, *RST])
def test_the_excerpt_is_the_beginning_of_the_text(cards: dict[str, Any], body: str) -> None:
    shown = cards[body].select_one(".blog-excerpt")
    assert (shown.get_text() if shown else "") == (MARKDOWN | RST)[body]


def test_an_excerpt_in_the_front_matter_goes_before_all(cards: dict[str, Any]) -> None:
    shown = {
        name: cards[name].select_one(".blog-excerpt").get_text()
        for name in ("own", "described", "marked")
    }
    assert shown == {"own": "Own words & <b>", "described": "A text", "marked": "Body."}


def test_what_a_reference_is_called_is_current(site: Callable[..., Site]) -> None:
    files = {
        "guide.md": "(lamp)=\n# Lamp\n",
        "blog/a.md": post("A", "See {ref}`lamp`."),
        "blog/index.md": "# News\n\n```{blog}\n:style: cards\n```\n",
    }
    made = site(files, html_baseurl="https://docs.example.org/")
    made.build()
    made.write({"guide.md": "(lamp)=\n# Lantern\n"})
    for jobs in (1, 2):
        built = made.build(jobs=jobs)
        assert "See Lantern." in built.body("blog/index").text
        head = built.html("blog/a").select_one('meta[name="description"]')
        assert head["content"] == "See Lantern."
        assert "See Lantern." in (built.out / "blog/rss.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("body", PICTURES)
def test_a_card_has_the_first_image_that_can_be_shown(cards: dict[str, Any], body: str) -> None:
    image = cards[body].img
    shown = image and (image["src"], image["alt"], image["loading"])
    assert shown == (PICTURES[body] and (*(PICTURES[body] or ()), "lazy"))


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
