"""The archive, category and author pages, and the redirects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from helpers import parsed, post, tree
from rich_site import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

TITLES = ".blog-title a"


def rows(scope: Any) -> list[str]:
    """Return the titles in listings, in order."""
    return [link.get_text() for link in scope.select(f"ul.blog-posts {TITLES}")]


def test_the_archive_groups_posts_in_the_configured_order_newest_first(rich: Built) -> None:
    groups = {
        heading.a.get_text() if heading.select("bdi") else heading.contents[0].strip(): [
            link.get_text() for link in heading.find_next("ul").select(TITLES)
        ]
        for heading in rich.body("blog/index").select(".blog-archive h2")
    }
    assert [*groups][:2] == ["Two", "One"]
    assert [*groups][2:-1] == sorted([*groups][2:-1], key=str.casefold)
    assert [*groups][-1] == "Uncategorized"
    assert [groups[name] for name in ("Two", "One", "Three", "Zebra")] == [
        ["B", "C"],
        ["C", "A"],
        ["C"],
        ["B"],
    ]
    assert "D" in groups["Uncategorized"]


def test_an_item_is_a_linked_title_and_a_byline(rich: Built) -> None:
    item = rich.body("blog/index").select_one("ul.blog-posts li")
    assert item.select_one(".blog-title a")["href"] == "b.html"
    assert item.select_one("p.blog-byline").get_text() == "Bob\xa0· January 3, 2025"
    assert item.select_one("p.blog-byline a")["href"] == "author/bob.html"


@pytest.mark.parametrize(
    ("page", "title", "expected"),
    [
        ("category/two", "Two", ["B", "C"]),
        ("category/one", "One", ["C", "A"]),
        ("category/empty", "Empty", []),
        ("category/zebra", "Zebra", ["B"]),
        ("category/c", "C", ["Twin 2"]),
        ("category/c-2", "C++", ["Twin 1"]),
        ("author/bob", "Bob", ["B", "D"]),
        ("author/jo-ol", "Jo Öl", ["Twin 1", "Twin 2", "Twin 3"]),
        ("author/only-hidden", "Only Hidden", []),
        ("tag/two", "two", ["The title", "A post"]),
        ("year/2024", "2024", ["D"]),
    ],
)
def test_each_term_has_a_page(rich: Built, page: str, title: str, expected: list[str]) -> None:
    body = rich.body(f"blog/{page}")
    assert [item.get_text() for item in body.select("h1")] == [f"{title}¶"]
    assert rows(body) == expected
    assert bool(body.select(".blog-empty")) == (not expected)
    assert rich.html(f"blog/{page}").title.get_text().startswith(title)


def test_hidden_posts_and_drafts_are_in_no_listing(rich: Built) -> None:
    hidden = {"category/secret", "category/drafts", "author/not-yet", "tag/later", "year/2099"}
    assert not [page for page in hidden if rich.path(f"blog/{page}").exists()]
    said = re.compile(rb"not.yet", re.IGNORECASE)
    assert not [name for name, data in tree(rich.out).items() if said.search(name.encode() + data)]
    for name in ("draft", "scheduled", "expired", "undated", "unflagged"):
        assert not rich.path(f"blog/{name}").exists()
    chips = rich.body("blog/unlisted").select_one(".blog-categories")
    assert (chips.get_text().strip(), chips.a) == ("Secret", None)


def test_the_directive_works_in_restructuredtext_on_any_page_and_twice(rich: Built) -> None:
    body = rich.body("rst")
    assert len(body.select("div.blog-archive")) == 2
    groups = ["One", "Three", "Two", "Zebra"]
    found = [(item.name, item.bdi.get_text()) for item in body.select(".blog-category")]
    assert sorted(found) == [(level, name) for level in ("h2", "h3") for name in groups]


def test_an_empty_archive_says_so(site: Callable[..., Site]) -> None:
    body = site({}).build(language="de").body("blog/index")
    assert body.select_one(".blog-empty") is not None


def test_authors_come_from_a_roster(rich: Built) -> None:
    line = rich.body("blog/hello").select_one(".blog-authors")
    assert line.get_text() == "Ann Lee"


@pytest.mark.parametrize(
    ("old", "in_files", "in_folders"),
    [
        ("root/index.html", "../blog/root.html", "../blog/root/"),
        ("blog/bee/index.html", "../bee.html", None),
        ("blog/sea.html", None, "sea/"),
        ("blog/on:e#two/index.html", "../on-e-two.html", "../on-e-two/"),
    ],
)
def test_redirects_stand_where_addresses_were(
    rich: Built, rich_dirhtml: Built, old: str, in_files: str | None, in_folders: str | None
) -> None:
    for built, expected in ((rich, in_files), (rich_dirhtml, in_folders)):
        soup = parsed(built.out / old)
        refresh = soup.find("meta", attrs={"http-equiv": "refresh"})
        if expected is None:
            assert refresh is None
            continue
        assert refresh["content"] == f"0; url={expected}"
        assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert soup.find("link", rel="canonical")["href"].startswith(f"{BASE}blog/")


#: Addresses where Sphinx or the site itself has a file.
TAKEN = [
    "/searchindex.js", "/objects.inv", "/.buildinfo", "/.doctrees", "/CNAME", "/old/page",
    "/index", "/search.html", "/other", "/genindex",
]  # fmt: skip


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_redirect_harms_no_file_of_sphinx_or_of_the_site(
    site: Callable[..., Site], builder: str
) -> None:
    files = {
        "extra/CNAME": "docs.example",
        "extra/old/page/index.html": "theirs",
        "other.md": "---\norphan: true\n---\n\n# Other\n",
    }
    plain = tree(site(files, html_extra_path=["extra"]).build(builder).out)
    rivals = {
        f"blog/x{number}.md": post(f"X{number}", seo=f"{{url: 'https://o.example{url}'}}")
        for number, url in enumerate(TAKEN)
    }
    made = site(files | rivals, html_extra_path=["extra"])
    for _again in range(2):
        built = made.build(builder)
        found = tree(built.out)
        shown = {"blog/index.html", "searchindex.js", "objects.inv"}
        assert {name for name, data in plain.items() if found.get(name) != data} <= shown
        assert (built.out / ".buildinfo").is_file()
        assert not (built.out / ".doctrees").exists()
        assert {item.type for item in built.warnings} <= {
            "openinfra_blog.alias",
            "openinfra_blog.address",
        }
        urls = [item for item in built.warnings if item.type == "openinfra_blog.address"]
        (many,) = [item.text for item in urls if not item.file]
        assert int(many.partition(" ")[0]) + len(urls) - 1 == len(TAKEN)
