"""The archive, category and author pages, and the redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers import Site, parsed, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

FILES = {
    "blog/a.md": post("A", author="Ann Lee", date="2025-01-01", category="[{id: i1, label: Old}]"),
    "blog/b.md": post("B", author="Bob", date="2025-01-03", category="[Zebra, Two]"),
    "blog/c.md": post(
        "C", author="Ann  Lee ", date="2025-01-02", category="[Two, Three, {id: i1}]"
    ),
    "blog/d.md": post("D", author="Bob", date="2025-01-02"),
    "blog/e.md": post("E", author="Only Hidden", category="Secret", hidePost="true"),
    "blog/f.md": post("F", author="Nobody Yet", category="Drafts", draft="true"),
}
TITLES = "p.blog-title a"
CATEGORIES = ["Two", {"id": "i1", "label": "One"}, "Empty"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the site that these tests read."""
    root = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1794000000")
        return Site(root / "site", FILES, {"openinfra_blog_categories": CATEGORIES}).build()


def rows(scope: Any) -> list[str]:
    """Return the titles in listings, in order."""
    return [link.get_text() for link in scope.select(f"ul.blog-posts {TITLES}")]


def test_the_archive_groups_posts_in_the_configured_order_newest_first(built: Built) -> None:
    body = built.body("blog/index")
    groups = {
        heading.get_text(): [link.get_text() for link in heading.find_next("ul").select(TITLES)]
        for heading in body.select(".rubric")
    }
    assert groups == {
        "Two": ["B", "C"],
        "One": ["C", "A"],
        "Three": ["C"],
        "Zebra": ["B"],
        "Uncategorized": ["D"],
    }
    assert {heading.name for heading in body.select(".rubric")} == {"h2"}


def test_an_item_is_a_linked_title_and_a_byline(built: Built) -> None:
    item = built.body("blog/index").select_one("ul.blog-posts li")
    assert item.select_one("p.blog-title a")["href"] == "b.html"
    assert item.select_one("p.blog-byline").get_text() == "By Bob on January 3, 2025"
    assert item.select_one("p.blog-byline a")["href"] == "author/bob.html"


@pytest.mark.parametrize(
    ("page", "title", "expected"),
    [
        ("blog/category/two", "Two", ["B", "C"]),
        ("blog/category/one", "One", ["C", "A"]),
        ("blog/category/empty", "Empty", []),
        ("blog/category/zebra", "Zebra", ["B"]),
        ("blog/author/ann-lee", "Ann Lee", ["C", "A"]),
        ("blog/author/only-hidden", "Only Hidden", []),
    ],
)
def test_each_category_and_author_has_a_page(
    built: Built, page: str, title: str, expected: list[str]
) -> None:
    body = built.body(page)
    assert [item.get_text() for item in body.select("h1")] == [f"{title}¶"]
    assert rows(body) == expected
    assert bool(body.select(".blog-empty")) == (not expected)
    assert built.html(page).title.get_text().startswith(title)


def test_every_link_of_the_blog_leads_to_a_file(built: Built) -> None:
    for name in built.pages():
        page = built.out / name
        if page.suffix != ".html":
            continue
        soup = built.html(name.removesuffix(".html"))
        for link in soup.select("div.body a[href], div.related a[href]"):
            target = link["href"].partition("#")[0]
            assert (page.parent / target).resolve().is_file() or not target, (name, target)


def test_hidden_posts_and_drafts_are_in_no_listing(built: Built) -> None:
    assert not (built.out / "blog/category/secret.html").exists()
    assert not (built.out / "blog/category/drafts.html").exists()
    assert not (built.out / "blog/author/nobody-yet.html").exists()
    assert not (built.out / "blog/f.html").exists()
    assert "Nobody Yet" not in (built.out / "searchindex.js").read_text(encoding="utf-8")
    line = built.body("blog/e").select_one(".blog-categories")
    assert (line.get_text(), line.a) == ("In Secret", None)
    assert set(built.types()) <= {"openinfra_blog.unknown_category", "openinfra_blog.category"}


def test_the_directive_works_in_restructuredtext_on_any_page_and_twice(
    site: Callable[..., Site],
) -> None:
    index = "Top\n===\n\n.. blog::\n\nSub\n---\n\n.. blog::\n\n.. toctree::\n\n   blog/index\n"
    made = site({**FILES, "index.rst": index, "blog/index.md": "# No\n"})
    made.remove("index.md")
    body = made.build().body("index")
    assert len(body.select("div.blog-archive")) == 2
    assert [item.name for item in body.select(".rubric")][::4] == ["h2", "h2", "h3"]


def test_an_empty_archive_says_so(site: Callable[..., Site]) -> None:
    body = site({}).build(language="de").body("blog/index")
    assert body.select_one(".blog-empty") is not None


def test_slugs_that_clash_are_told_apart_and_warned_of(site: Callable[..., Site]) -> None:
    made = site(
        {
            "blog/a.md": post("A", category="C++", author="Jo Öl"),
            "blog/b.md": post("B", category="C", author="Jo Ol"),
            "blog/c.md": post("C", author="Jo Öl"),
        }
    )
    built = made.build()
    assert built.body("blog/category/c").h1.get_text() == "C¶"
    assert built.body("blog/category/c-2").h1.get_text() == "C++¶"
    assert rows(built.body("blog/author/jo-ol")) == ["A", "B", "C"]
    assert built.body("blog/author/jo-ol").h1.get_text() == "Jo Öl¶"
    assert built.types() == ["openinfra_blog.author", "openinfra_blog.category"]


def test_authors_come_from_a_roster(site: Callable[..., Site]) -> None:
    made = site(
        {
            "blog/a.md": post("A", authors="[ann, Bob]"),
            "people.yaml": "ann: {name: Ann Lee}\nbob: Bob B.\n",
        },
        openinfra_blog_authors="people.yaml",
    )
    line = made.build().body("blog/a").select_one(".blog-published")
    assert line.get_text() == "By Ann Lee, Bob on January 2, 2026"


def test_redirects_stand_where_addresses_were(site: Callable[..., Site]) -> None:
    made = site(
        {
            "blog/a.md": post("A", seo="{url: 'https://o.example/root'}"),
            "blog/b.md": post("B", seo="{url: 'https://o.example/blog/bee'}"),
            "blog/c.md": post("C", seo="{url: 'https://o.example/blog/sea.html'}"),
        },
        html_baseurl="https://new.example/",
    )
    html = made.build("html")
    assert refresh(html, "root/index.html") == "0; url=../blog/root.html"
    assert refresh(html, "blog/bee/index.html") == "0; url=../bee.html"
    dirhtml = made.build("dirhtml")
    assert refresh(dirhtml, "root/index.html") == "0; url=../blog/root/"
    assert refresh(dirhtml, "blog/sea.html") == "0; url=sea/"
    assert (dirhtml.out / "blog/bee/index.html").read_text(encoding="utf-8").count("refresh") == 0


def refresh(built: Built, file: str) -> str:
    soup = parsed(built.out / file)
    assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert soup.find("link", rel="canonical")["href"].startswith("https://new.example/blog/")
    return str(soup.find("meta", attrs={"http-equiv": "refresh"})["content"])


def test_an_address_that_links_cannot_hold_redirects(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post("A", seo="{url: 'https://o.example/blog/on:e%23two'}")})
    built = made.build("dirhtml", html_baseurl="https://new.example/")
    assert refresh(built, "blog/on:e#two/index.html") == "0; url=../on-e-two/"
    assert built.body("blog/index").select_one(TITLES)["href"] == "on-e-two/"
    assert built.types() == ["openinfra_blog.address"]


@pytest.mark.parametrize(
    "name", ["searchindex.js", "objects.inv", ".buildinfo", ".doctrees", "CNAME", "old/page"]
)
def test_a_redirect_harms_no_file_of_sphinx_or_of_the_site(
    site: Callable[..., Site], name: str
) -> None:
    extra = {"extra/CNAME": "docs.example", "extra/old/page/index.html": "theirs"}
    plain = site(extra, html_extra_path=["extra"]).build()
    made = site(
        {**extra, "blog/a.md": post("A", seo=f"{{url: 'https://o.example/{name}'}}")},
        html_extra_path=["extra"],
    )
    for _again in range(2):
        built = made.build()
        for kept in ("objects.inv", "searchindex.js", "CNAME", ".buildinfo"):
            assert (built.out / kept).is_file()
        assert (built.out / "old/page/index.html").read_text() == "theirs"
    assert not (plain.out / ".doctrees").exists()
    assert not (built.out / ".doctrees").exists()
    assert set(built.types()) <= {"openinfra_blog.alias", "openinfra_blog.address"}
    assert built.warnings


@pytest.mark.parametrize(
    ("url", "builder"),
    [
        ("/index", "html"),
        ("/search.html", "html"),
        ("/other", "dirhtml"),
        ("/genindex", "dirhtml"),
    ],
)
def test_a_redirect_overwrites_nothing(site: Callable[..., Site], url: str, builder: str) -> None:
    other = {"other.md": "---\norphan: true\n---\n\n# Other\n"}
    plain = site(other).build(builder)
    made = site({**other, "blog/a.md": post("A", seo=f"{{url: {url}}}")})
    built = made.build(builder)
    for name in ("index", "other"):
        assert built.path(name).read_bytes() == plain.path(name).read_bytes()
    assert "refresh" not in built.path("search").read_text(encoding="utf-8")
    assert set(built.types()) <= {"openinfra_blog.alias", "openinfra_blog.address"}
