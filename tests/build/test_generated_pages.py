"""The pages that have no source: the index, overviews, and pages of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from helpers import PNG, Site, post

from sphinx_openinfra_blog.html.render import rendering

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

ROSTER = {
    "ann": {
        "name": "Ann Lee",
        "title": "Editor",
        "company": "Us & Co",
        "description": "Writes <well>.",
        "url": "https://ann.example/",
        "email": "ann@mail.example",
        "socials": {"GitHub": "@ann"},
        "avatar": "https://ann.example/me.png",
    }
}
CATEGORIES = [{"id": "n", "label": "News", "description": "What is *new*."}, "Empty"]
FILES = {
    "blog/a.md": post(
        "A", author="ann", date="2025-01-01", category="[{value: n}]", tags="[x, y]"
    ),
    "blog/b.md": post("B", author="Bo", date="2025-02-01", category="More", tags="[x]"),
    "blog/c.md": post("C", author="ann", date="2024-03-01", category="[{value: n}]"),
    "blog/h.md": post("H", author="Hid", date="2023-03-01", hidePost="true", tags="[z]"),
    "blog/d.md": post("D", author="Dee", date="2022-03-01", draft="true", tags="[w]"),
    "index.md": "# Site\n\nText.\n",
}
CONF: dict[str, object] = {
    "openinfra_blog_authors": ROSTER,
    "openinfra_blog_categories": CATEGORIES,
    "openinfra_blog_title": "News & <views>",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site whose source has no index of the blog."""
    made = Site(tmp_path_factory.mktemp("generated") / "site", FILES, CONF)
    made.remove("blog/index.md")
    return made.build()


def titles(scope: Any) -> list[str]:
    return [item.get_text() for item in scope.select("ul.blog-posts .blog-title")]


def terms(scope: Any) -> list[str]:
    return [item.get_text().strip() for item in scope.select("ul.blog-terms > li")]


def test_the_index_has_the_categories_and_all_posts_newest_first(built: Built) -> None:
    unknown = {"openinfra_blog.unknown_category", "openinfra_blog.unknown_author"}
    assert set(built.types()) == unknown
    body = built.body("blog/index")
    assert body.h1.get_text() == "News & <views>¶"
    assert built.html("blog/index").title.get_text().startswith("News & <views>")
    assert terms(body) == ["News 2", "Empty 0", "More 1"]
    assert titles(body) == ["B", "A", "C"]
    assert [len(body.select(f"ul.blog-rows .blog-{part}")) for part in ("byline", "excerpt")] == [
        3,
        3,
    ]


@pytest.mark.parametrize(
    ("page", "title", "expected"),
    [
        ("category", "Categories", ["News 2", "Empty 0", "More 1"]),
        ("author", "Authors", ["Ann Lee 2", "Bo 1"]),
        ("tag", "Tags", ["x 2", "y 1"]),
        ("year", "Years", ["2025 2", "2024 1"]),
    ],
)
def test_each_taxonomy_has_an_overview(
    built: Built, page: str, title: str, expected: list[str]
) -> None:
    body = built.body(f"blog/{page}")
    assert body.h1.get_text() == f"{title}¶"
    assert terms(body) == expected
    for link in body.select("ul.blog-terms a"):
        assert (built.out / "blog" / link["href"]).is_file()


def test_the_end_of_a_page_leads_back_to_the_pages_above(built: Built) -> None:
    index = ("All posts", "/blog/index.html")
    expected = {
        "blog/index": [],
        "blog/tag": [index],
        "blog/tag/x": [index, ("Tags", "/blog/tag.html")],
        "blog/category/empty": [index, ("Categories", "/blog/category.html")],
    }
    for page, links in expected.items():
        found = built.body(page).select(".blog-more a")
        targets = [urljoin(f"/{page}.html", link["href"]) for link in found]
        assert list(zip([link.get_text() for link in found], targets, strict=True)) == links


@pytest.mark.parametrize(
    "page", ["tag/z", "tag/w", "year/2023", "year/2022", "author/dee", "category/uncategorized"]
)
def test_nothing_has_a_page_for_the_sake_of_a_hidden_post(built: Built, page: str) -> None:
    assert not built.path(f"blog/{page}").exists()


def test_an_authors_page_says_what_the_roster_says(built: Built) -> None:
    block = built.body("blog/author/ann-lee").select_one(".blog-profile")
    assert block.select_one(".blog-role").get_text() == "Editor, Us & Co"
    assert block.select_one(".blog-about").get_text() == "Writes <well>."
    assert {link.get_text(): link["href"] for link in block.select("a")} == {
        "Website": "https://ann.example/",
        "Email": "mailto:ann@mail.example",
        "GitHub": "https://github.com/ann",
    }
    assert block.img["src"] == "https://ann.example/me.png"
    assert built.body("blog/author/bo").select_one(".blog-profile") is None
    about = built.body("blog/category/news").select_one(".blog-about")
    assert about.get_text() == "What is *new*."


def test_an_authors_picture_may_be_a_file(site: Callable[..., Site]) -> None:
    roster = {
        "ann": {"name": "Ann Lee", "avatar": "/img/me.png"},
        "bo": {"name": "Bo", "avatar": "faces/me.png"},
        "hid": {"name": "Hid", "avatar": "../src/faces/me.png"},
    }
    made = site(
        FILES,
        openinfra_blog_authors=roster,
        openinfra_blog_media={"/img/": "media"},
        exclude_patterns=["faces", "media"],
    )
    made.remove("blog/index.md")
    for name in ("media/me.png", "faces/me.png"):
        made.write({name: ""})
        (made.src / name).write_bytes(PNG + name.encode())
    built = made.build("dirhtml")
    for page, name in (("ann-lee", "media/me.png"), ("bo", "faces/me.png")):
        image = built.body(f"blog/author/{page}").select_one(".blog-profile img")
        file = built.path(f"blog/author/{page}").parent / image["src"]
        assert file.read_bytes() == (made.src / name).read_bytes()
    assert built.body("blog/author/hid").select_one(".blog-profile img") is None
    assert built.types() == ["openinfra_blog.image"]
    (made.src / "faces/me.png").write_bytes(PNG + b"new")
    built = made.build("dirhtml")
    image = built.body("blog/author/bo").select_one(".blog-profile img")
    assert (built.path("blog/author/bo").parent / image["src"]).read_bytes() == PNG + b"new"
    made.build("dirhtml", openinfra_blog_authors={"ann": roster["ann"]})
    assert len(list((built.out / "_images").iterdir())) == 1


def test_the_overview_of_authors_has_their_pictures(site: Callable[..., Site]) -> None:
    def pictures(built: Built) -> list[str | None]:
        chips = built.body("blog/author").select(".blog-terms li")
        return [chip.img["src"] if chip.img else None for chip in chips]

    made = site(FILES, openinfra_blog_authors=ROSTER)
    assert pictures(made.build()) == ["https://ann.example/me.png", None]
    without = {"ann": ROSTER["ann"] | {"avatar": ""}}
    assert pictures(made.build(openinfra_blog_authors=without)) == [None, None]


def test_without_posts_there_is_no_index(site: Callable[..., Site]) -> None:
    made = site({"index.md": "# Site\n"})
    made.remove("blog/index.md")
    assert not made.build().path("blog/index").exists()


def breadcrumbs(built: Built, page: str) -> list[tuple[str, str]]:
    """Return the pages above one, as the theme shows them."""
    links = built.html(page).select_one("div.related").select("li.nav-item:not(.nav-item-this) a")
    return [(link.get_text(), link["href"]) for link in links]


def test_breadcrumbs_lead_up_to_the_index(built: Built) -> None:
    blog = "News & <views>"
    above = [(blog, "../index.html"), ("Tags", "../tag.html")]
    assert breadcrumbs(built, "blog/tag/x")[1:] == above
    assert breadcrumbs(built, "blog/tag")[1:] == [(blog, "index.html")]
    assert breadcrumbs(built, "blog/a")[1:] == [(blog, "index.html")]
    assert breadcrumbs(built, "blog/index")[1:] == []


def test_generated_pages_have_further_pages_if_that_is_asked_for(
    site: Callable[..., Site],
) -> None:
    made = site(FILES, **CONF)
    made.remove("blog/index.md")
    built = made.build("dirhtml", openinfra_blog_paginate=1)
    assert [titles(built.body(f"blog{page}")) for page in ("/index", "/page/2", "/page/3")] == [
        ["B"],
        ["A"],
        ["C"],
    ]
    assert titles(built.body("blog/tag/x/page/2")) == ["A"]
    assert not built.path("blog/tag/y/page/2").exists()
    last = built.html("blog/page/3")
    assert last.find("link", rel="prev")["href"] == "../2/"
    assert last.find("link", rel="next") is None
    assert [link["href"] for link in last.select(".blog-pager a")] == ["../2/", "../../", "../2/"]
    second = built.body("blog/page/2")
    targets = [link["href"] for link in second.select(".blog-pager a")]
    assert targets == ["../../", "../../", "../3/", "../3/"]
    assert second.select_one("nav.blog-pager [aria-current=page]").get_text() == "2"


def has_sheet(built: Built, page: str) -> bool:
    links = built.html(page).select("link[rel=stylesheet]")
    return any("openinfra-blog.css" in link["href"] for link in links)


def test_the_style_sheet_is_on_the_pages_of_the_blog_only(
    built: Built, site: Callable[..., Site]
) -> None:
    pages = ("blog/a", "blog/index", "blog/tag/x", "blog/year")
    assert [has_sheet(built, page) for page in (*pages, "index")] == [True] * 4 + [False]
    assert (built.out / "_static/openinfra-blog.css").is_file()
    without = site(FILES, **CONF).build(openinfra_blog_css=False)
    assert not any(has_sheet(without, page) for page in pages)


@pytest.mark.parametrize("known", [{}, {"secnumbers": {"a": 1}, "current_docname": "blog/a"}])
def test_what_the_builder_knows_of_its_page_is_restored(
    built: Built, known: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    builder: Any = built.app.builder
    for name in ("secnumbers", "fignumbers", "current_docname", "imgpath"):
        monkeypatch.delattr(builder, name, raising=False)
    vars(builder).update(known)
    before = dict(vars(builder))
    with rendering(builder, "blog/tag/x"):
        assert builder.current_docname == "blog/tag/x"
        assert builder.imgpath == "../../_images"
    assert vars(builder) == before
