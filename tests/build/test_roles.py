"""References by role, in this site and from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import post
from rich_site import MISTAKES, ROLES
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

FILES = {
    "blog/a.md": post(
        "Über *uns* & <you>",
        author="ann",
        category="[{value: c1, label: 'News & More'}]",
        tags="[C++, C]",
        seo="{url: 'https://o.example/blog/hello'}",
    ),
}
CONF = {"openinfra_blog_authors": {"ann": {"name": "Ann Lee", "slug": "al"}}}


def with_text(text: str) -> dict[str, str]:
    index = f"# Site\n\n{text}\n\n```{{toctree}}\nblog/index\n```\n"
    return {**FILES, "index.md": index}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_refers_by_any_name(rich: Built, role: str) -> None:
    link = rich.body("roles").select("p a.reference")[[*ROLES].index(role)]
    assert (link.get_text(), link["href"]) == ROLES[role]


@pytest.mark.parametrize("role", MISTAKES)
def test_unknown_and_ambiguous_names_are_warned_of(rich: Built, role: str) -> None:
    line = 3 + 2 * [*MISTAKES].index(role)
    (warned,) = [item for item in rich.warnings if (item.file, item.line) == ("mistakes.md", line)]
    assert warned.type == "openinfra_blog.role"
    assert MISTAKES[role] in warned.text


def test_restructuredtext_has_the_same_roles(rich: Built) -> None:
    links = rich.body("rst").select("section > p:not(.rubric) > a.reference")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("blog/hello.html", "Über *uns* & <you>"),
        ("blog/author/al.html", "her"),
    ]


def test_a_page_that_refers_to_a_post_is_written_again_when_the_title_changes(
    site: Callable[..., Site],
) -> None:
    made = site(with_text("{blog:post}`hello` {blog:category}`c1`"), **CONF)
    made.build()
    changed = FILES["blog/a.md"].replace("Über", "Unter").replace("News & More", "Neues")
    made.write({"blog/a.md": changed})
    links = made.build().body("index").select("p a.reference")
    assert [link.get_text() for link in links] == ["Unter *uns* & <you>", "Neues"]


def test_an_excerpt_has_what_a_role_shows(site: Callable[..., Site]) -> None:
    text = post("B", "See {blog:post}`a`, {blog:tag}`so <x>`.", date="2025-01-01")
    made = site({"blog/b.md": text, "blog/a.md": post("First", tags="[x]")})
    made.remove("blog/index.md")
    body = made.build().body("blog/index")
    assert body.select(".blog-excerpt")[1].get_text() == "See First, so."
    made.write({"blog/a.md": post("Other", tags="[x]")})
    body = made.build().body("blog/index")
    assert body.select(".blog-excerpt")[1].get_text() == "See Other, so."


def test_a_role_on_a_taken_over_page_refers_to_the_document(site: Callable[..., Site]) -> None:
    files = with_text("{blog:category}`c1`") | {
        "blog/category/news-more/index.md": "---\norphan: true\n---\n\n# Ours\n"
    }
    made = site(files, **CONF)
    body = made.build().body
    assert body("index").select_one("p a")["href"] == "blog/category/news-more/index.html"
    line = body("blog/hello").select_one(".blog-categories a")
    assert line["href"] == "category/news-more/index.html"
    made.remove("blog/category/news-more/index.md")
    body = made.build().body
    assert body("index").select_one("p a")["href"] == "blog/category/news-more.html"
    line = body("blog/hello").select_one(".blog-categories a")
    assert line["href"] == "category/news-more.html"


OTHER = {
    "sphinx_openinfra_blog": "{blog:post}`hello` {blog:tag}`C++` {blog:author}`her <al>` "
    "{external+b:blog:category}`News & More`",
    "myst_parser": "[](inv:b:blog:post#hello) [](inv:b:blog:tag#c-2) "
    "[her](inv:b:blog:author#al) [](inv:b:blog:category#news-more)",
}


@pytest.mark.parametrize("extension", OTHER)
def test_another_site_reaches_posts_and_terms(
    site: Callable[..., Site], rich_either: Built, extension: str
) -> None:
    text = f"# Other\n\n{OTHER[extension]}\n"
    other = site(
        {"index.md": text, "blog/index.md": "---\norphan: true\n---\n\n# B\n"},
        intersphinx_mapping={"b": ("https://blog.example/", str(rich_either.out / "objects.inv"))},
        extensions=["sphinx.ext.intersphinx", extension],
    )
    built = other.build()
    assert built.text == ""
    end = "/" if rich_either.app.builder.name == "dirhtml" else ".html"
    links = built.body("index").select("p a.reference")
    assert [(link["href"], link.get_text()) for link in links] == [
        (f"https://blog.example/blog/hello{end}", "Über *uns* & <you>"),
        (f"https://blog.example/blog/tag/c-2{end}", "C++"),
        (f"https://blog.example/blog/author/al{end}", "her"),
        (f"https://blog.example/blog/category/news-more{end}", "News & More"),
    ]


def test_hidden_posts_and_names_that_break_lines_are_not_in_the_inventory(rich: Built) -> None:
    with (rich.out / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda base, name: base + name)
    assert {"hello", "blog/hello", "deep/same", "blog/deep/same"} <= set(found["blog:post"])
    assert not {"shy", "blog/shy", "unlisted", "draft"} & set(found["blog:post"])
    assert {"al", "Ann Lee"} <= set(found["blog:author"])
    assert not {"Shy", "shy", "Not Yet"} & set(found["blog:author"])
    assert {"c", "C", "c-2", "C++"} <= set(found["blog:tag"])
    assert not {"secret", "later"} & set(found["blog:tag"])
    assert "x" not in found["std:doc"]
    assert "x-std-doc-1-evil-html-y" in found["blog:category"]
