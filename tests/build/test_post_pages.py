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


def test_every_post_keeps_its_old_address(rich_dirhtml: Built) -> None:
    assert (rich_dirhtml.out / "blog/Some+Post/index.html").is_file()


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


def test_the_byline_names_authors_moment_and_terms(rich: Built) -> None:
    body = rich.body("blog/bylined")
    line = body.select_one("p.blog-byline")
    assert line.get_text() == "Ann Lee\xa0· January 1, 2026\xa0· Updated February 3, 2026"
    assert [time["datetime"] for time in line.select("time")] == [
        "2026-01-02T03:04:05.678Z",
        "2026-02-03T00:00:00-05:00",
    ]
    assert [link["href"] for link in line.select("a")] == ["author/al.html"]
    chips = [(link.get_text(), link["href"]) for link in body.select(".blog-chips a")]
    assert chips == [
        ("Less & More", "category/less-more.html"),
        ("Other", "category/other.html"),
        ("one", "tag/one.html"),
        ("two", "tag/two.html"),
    ]


def test_dates_are_written_out_in_the_language_of_the_site(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post()}).build(language="de")
    assert built.body("blog/x").select_one("time").get_text() == "2. Januar 2026"


def test_neighbours_and_breadcrumbs_reach_the_theme(rich: Built) -> None:
    page = rich.html("blog/a")
    for rel, key, target in (("prev", "P", "d.html"), ("next", "N", "c.html")):
        assert page.find("link", rel=rel)["href"] == target
        assert page.select_one(f'.related [accesskey="{key}"]')["href"] == target
    assert rich.html("blog/c").find("link", rel="next")["title"] == "B"
    trail = [link.get_text() for link in page.select("div.related li.nav-item a")]
    assert trail[-2:] == ["News", "A"]
    assert rich.html("blog/unlisted").find("link", rel="prev") is None


def test_a_post_in_restructuredtext_is_the_same(rich: Built) -> None:
    body = rich.body("blog/rst-post")
    assert headings(body) == [("h1", "T"), ("h2", "B"), ("h3", "C")]
    assert body.select_one("time")["datetime"] == "2026-01-02T00:00:00-05:00"
    assert (rich.out / "_sources/blog/rst-post.rst.txt").is_file()


def test_front_matter_for_others_reaches_them_and_the_blogs_own_does_not(rich: Built) -> None:
    metadata = rich.app.env.metadata["blog/for-others"]
    assert metadata["tocdepth"] == 1
    assert "author" not in metadata
    assert "No" not in rich.body("blog/for-others").get_text()
    page = rich.html("blog/for-others")
    assert page.find("meta", attrs={"name": "a"})["content"] == "b"


def test_a_body_may_begin_with_a_rule(rich: Built) -> None:
    assert rich.body("blog/ruled").select_one(".blog-content > hr") is not None


def test_headings_of_included_markdown_are_consecutive_and_code_is_left_alone(
    rich: Built,
) -> None:
    body = rich.body("blog/including")
    assert headings(body) == [("h1", "T"), ("h2", "Deep"), ("h3", "Deeper")]
    assert "### comment" in body.get_text()


@pytest.mark.skipif(sys.platform == "darwin", reason="there both spellings are one file")
def test_a_decomposed_file_name_that_sphinx_cannot_find_is_warned_of(
    site: Callable[..., Site],
) -> None:
    built = site({"blog/cafe\u0301 noir.md": post("T")}).build()
    assert not built.path("blog/caf\u00e9 noir").exists()
    message = "cannot read the file: No such file or directory; the file gets no page"
    # Sphinx looks once before it asks any extension, and warns too.
    assert [warning.text for warning in built.warnings][1:] == [message]


#: A body with a label, in Markdown or reStructuredText -> what a reference to it shows.
LABELS = {
    "(label)=\n# A post\n\nText.": "A post",
    "(label)=\nText first.\n\n# Heading": "A post",
    "<!-- a comment -->\n\n(other)=\n(label)=\n\n## Heading": "A post",
    "Text first.\n\n(label)=\n# Heading": "Heading",
    ".. _label:\n\nA post\n======\n\nText.": "A post",
    ".. _label:\n\nText first.\n\nHeading\n=======": "A post",
}


@pytest.mark.parametrize("body", LABELS)
def test_a_label_above_everything_is_one_of_the_post(site: Callable[..., Site], body: str) -> None:
    suffix = ".rst" if body.startswith("..") else ".md"
    files = {f"blog/x{suffix}": post(body=body), "blog/y.md": post("Y", "{ref}`label` [](#label)")}
    built = site(files).build()
    assert built.warnings == []
    links = built.body("blog/y").select(".blog-content > p a")
    assert [link.get_text() for link in links] == [LABELS[body]] * 2
    fragment = links[0]["href"].partition("#")[2]
    assert built.body("blog/x").find(id=fragment) is not None
