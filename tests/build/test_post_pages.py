"""What a post's page shows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from helpers import Site, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built


def headings(body: Any) -> list[tuple[str, str]]:
    """Return the headings of a page as (element, text)."""
    found = body.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    return [(item.name, item.get_text().removesuffix("¶")) for item in found]


def test_zero_options_give_every_post_its_old_address(site: Callable[..., Site]) -> None:
    built = site(
        {"blog/x.md": post(seo="{url: 'https://old.example/blog/Some+Post?x=1#y'}")}
    ).build("dirhtml")
    assert (built.out / "blog/Some+Post/index.html").is_file()
    assert built.text == ""


TITLES = (
    "A *b* `c` <b>d</b> & \"e\" -- 'f'...",
    "{ref}`x` |y| {{ z }} :ref:`w`",
    "# 1. **Why?** []()",
)
#: Body -> headings below the title.
HEADINGS: dict[str, list[tuple[str, str]]] = {
    "### C\n\n# A\n\n#### D\n": [("h2", "C"), ("h2", "A"), ("h3", "D")],
    "## B ##\n\n#### D ####\n": [("h2", "B"), ("h3", "D")],
    "One\n---\n\nTwo\n===\n\n#### Three\n": [("h2", "One"), ("h2", "Two"), ("h3", "Three")],
    "```\n# code\n```\n\n> # quote\n\n- # list\n": [],
    "Text.\n": [],
    # What repeats the title is not shown twice.
    "# My “Post”: one\n\nText.\n": [],
    "My  post -- ONE\n===\n\nText.\n": [],
    "Intro.\n\n### My post one\n": [],
}


@pytest.fixture(scope="module")
def headed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a post for each title and for each body."""
    quoted = [title.replace("'", "''") for title in TITLES]
    files = {f"blog/t{number}.md": post(f"'{title}'") for number, title in enumerate(quoted)}
    files |= {
        f"blog/h{number}.md": post("'My \"Post\": One'", body)
        for number, body in enumerate(HEADINGS)
    }
    built = Site(tmp_path_factory.mktemp("headed") / "site", files, {}).build()
    assert built.text == ""
    return built


@pytest.mark.parametrize("title", TITLES)
def test_the_title_is_text_and_never_markup(headed: Built, title: str) -> None:
    page = f"blog/t{TITLES.index(title)}"
    assert headings(headed.body(page)) == [("h1", title)]
    assert title in [link.get_text() for link in headed.body("blog/index").select("li a")]
    assert headed.html(page).title.get_text().startswith(title)


@pytest.mark.parametrize("body", HEADINGS)
def test_headings_are_consecutive_and_do_not_repeat_the_title(headed: Built, body: str) -> None:
    page = f"blog/h{[*HEADINGS].index(body)}"
    assert headings(headed.body(page)) == [("h1", 'My "Post": One'), *HEADINGS[body]]


def test_the_byline_names_authors_moment_and_terms(site: Callable[..., Site]) -> None:
    built = site(
        {
            "blog/x.md": post(
                author='" Ann  Lee "',
                category="[{value: c1, label: 'News & More'}, Other]",
                tags="[one, two]",
                updated="2026-02-03",
            )
        }
    ).build(openinfra_blog_timezone="America/New_York")
    line = built.body("blog/x").select_one("p.blog-byline")
    assert line.get_text() == (
        "By Ann Lee on January 1, 2026 · Updated February 3, 2026 · "
        "In News & More, Other · Tagged one, two"
    )
    assert [time["datetime"] for time in line.select("time")] == [
        "2026-01-02T03:04:05.678Z",
        "2026-02-03T00:00:00-05:00",
    ]
    assert [link["href"] for link in line.select("a")] == [
        "author/ann-lee.html",
        "category/news-more.html",
        "category/other.html",
        "tag/one.html",
        "tag/two.html",
    ]


def test_dates_are_written_out_in_the_language_of_the_site(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post()}).build(language="de")
    assert built.body("blog/x").select_one("time").get_text() == "2. Januar 2026"


def test_neighbours_and_breadcrumbs_reach_the_theme(site: Callable[..., Site]) -> None:
    built = site(
        {
            "blog/a.md": post("Old & first", date="2025-01-01"),
            "blog/b.md": post("Middle", date="2025-01-02"),
            "blog/c.md": post("New", date="2025-01-03"),
            "blog/d.md": post("Hidden", date="2025-01-02", hidePost="true"),
        }
    ).build()
    page = built.html("blog/b")
    assert page.find("link", rel="prev")["href"] == "a.html"
    assert page.find("link", rel="prev")["title"] == "Old & first"
    assert page.find("link", rel="next")["href"] == "c.html"
    for key, target in (("P", "a.html"), ("N", "c.html")):
        assert page.select_one(f'.related [accesskey="{key}"]')["href"] == target
    trail = [link.get_text() for link in page.select("div.related li.nav-item a")]
    assert trail[-2:] == ["News", "Middle"]
    hidden = built.html("blog/d")
    assert hidden.find("link", rel="prev") is None
    assert hidden.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_post_in_restructuredtext_is_the_same(site: Callable[..., Site]) -> None:
    text = "---\ntitle: T\nauthor: Ann\ndate: 2026-01-02\n---\n\nB\n===\n\nText.\n\nC\n---\n"
    built = site({"blog/x.rst": text}).build()
    assert headings(built.body("blog/x")) == [("h1", "T"), ("h2", "B"), ("h3", "C")]
    assert built.body("blog/x").select_one("time")["datetime"] == "2026-01-02T00:00:00Z"
    assert (built.out / "_sources/blog/x.rst.txt").is_file()
    assert built.text == ""


def test_front_matter_for_others_reaches_them_and_the_blogs_own_does_not(
    site: Callable[..., Site],
) -> None:
    built = site(
        {"blog/x.md": post(abstract="No", tocdepth="1", html_meta="{a: b}", author="Me")}
    ).build()
    metadata = built.app.env.metadata["blog/x"]
    assert metadata["tocdepth"] == 1
    assert "author" not in metadata
    assert "No" not in built.body("blog/x").get_text()
    assert built.html("blog/x").find("meta", attrs={"name": "a"})["content"] == "b"


def test_a_body_may_begin_with_a_rule(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post("T", "---\n\nText.\n")}).build()
    assert built.body("blog/x").select_one("section > hr") is not None
    assert built.text == ""


@pytest.mark.skipif(sys.platform == "darwin", reason="there both spellings are one file")
def test_a_decomposed_file_name_that_sphinx_cannot_find_is_warned_of(
    site: Callable[..., Site],
) -> None:
    built = site({"blog/cafe\u0301 noir.md": post("T")}).build()
    assert not built.path("blog/caf\u00e9 noir").exists()
    message = "cannot read the file: No such file or directory; the file gets no page"
    # Sphinx looks once before it asks any extension, and warns too.
    assert [warning.text for warning in built.warnings][1:] == [message]


def test_headings_of_included_markdown_are_consecutive_and_code_is_left_alone(
    site: Callable[..., Site],
) -> None:
    body = "```{include} part.md\n```\n\n```{include} code.py\n:literal:\n```\n"
    files = {
        "blog/x.md": post("T", body),
        "blog/part.md": "### Deep\n\n##### Deeper\n",
        "blog/code.py": "### comment\n",
    }
    built = site(files, exclude_patterns=["blog/part.md"]).build()
    assert headings(built.body("blog/x")) == [("h1", "T"), ("h2", "Deep"), ("h3", "Deeper")]
    assert "### comment" in built.body("blog/x").get_text()
    assert built.text == ""
