"""References by role, in this site and from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site

FILES = {
    "blog/a.md": post(
        "Über *uns* & <you>",
        author="ann",
        category="[{value: c1, label: 'News & More'}]",
        tags="[C++, C]",
        seo="{url: 'https://o.example/blog/hello'}",
    ),
    "blog/deep/twin.md": post("The twins", date="2025-01-01", category="Other"),
    "blog/twin.md": post("The twins", date="2025-01-02", category="other"),
    "blog/h.md": post(
        "Hidden one", author="Shy", hidePost="true", tags="[secret]", category="Hidden"
    ),
}
CONF = {"openinfra_blog_authors": {"ann": {"name": "Ann Lee", "slug": "al"}}}


def with_text(text: str) -> dict[str, str]:
    index = f"# Site\n\n{text}\n\n```{{toctree}}\nblog/index\n```\n"
    return {**FILES, "index.md": index}


@pytest.mark.parametrize(
    ("role", "text", "href"),
    [
        ("{blog:post}`hello`", "Über *uns* & <you>", "blog/hello.html"),
        ("{blog:post}`/blog/hello/`", "Über *uns* & <you>", "blog/hello.html"),
        ("{blog:post}`blog/hello`", "Über *uns* & <you>", "blog/hello.html"),
        ("{blog:post}`deep/twin`", "The twins", "blog/deep/twin.html"),
        ("{blog:post}`so <HELLO>`", "so", "blog/hello.html"),
        ("{blog:post}`Hidden one`", "Hidden one", "blog/h.html"),
        ("{blog:category}`c1`", "News & More", "blog/category/news-more.html"),
        ("{blog:category}`news-more`", "News & More", "blog/category/news-more.html"),
        ("{blog:category}`News & More`", "News & More", "blog/category/news-more.html"),
        ("{blog:author}`ann`", "Ann Lee", "blog/author/al.html"),
        ("{blog:author}`ann lee`", "Ann Lee", "blog/author/al.html"),
        ("{blog:tag}`C++`", "C++", "blog/tag/c-2.html"),
        ("{blog:tag}`the letter <C>`", "the letter", "blog/tag/c.html"),
    ],
)
def test_a_role_refers_by_any_name(
    site: Callable[..., Site], role: str, text: str, href: str
) -> None:
    built = site(with_text(role), **CONF).build()
    link = built.body("index").select_one("p a.reference")
    assert (link.get_text(), link["href"]) == (text, href)
    assert set(built.types()) <= {
        "openinfra_blog.tag",
        "openinfra_blog.category",
        "openinfra_blog.unknown_author",
    }


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("{blog:post}`helo`", "did you mean 'hello'"),
        ("{blog:post}`The twins`", "deep/twin"),
        ("{blog:category}`OTHER`", "other-2"),
        ("{blog:category}`Hidden`", "unknown category"),
        ("{blog:tag}`secret`", "unknown tag"),
        ("{blog:author}`nobody`", "unknown author"),
    ],
)
def test_unknown_and_ambiguous_names_are_warned_of(
    site: Callable[..., Site], role: str, words: str
) -> None:
    built = site(with_text(role), **CONF).build()
    warned = [item for item in built.warnings if item.type == "openinfra_blog.role"]
    assert [(item.file, item.line) for item in warned] == [("index.md", 3)]
    assert words in warned[0].text


def test_restructuredtext_has_the_same_roles(site: Callable[..., Site]) -> None:
    text = "S\n=\n\n:blog:post:`hello` :blog:author:`her <ann>`\n\n.. toctree::\n\n   blog/index\n"
    made = site({**FILES, "index.rst": text}, **CONF)
    made.remove("index.md")
    links = made.build().body("index").select("p a.reference")
    assert [link["href"] for link in links] == ["blog/hello.html", "blog/author/al.html"]


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


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("extension", OTHER)
def test_another_site_reaches_posts_and_terms(
    site: Callable[..., Site], builder: str, extension: str
) -> None:
    blog = site(with_text(""), **CONF).build(builder)
    text = f"# Other\n\n{OTHER[extension]}\n"
    other = site(
        {"index.md": text, "blog/index.md": "---\norphan: true\n---\n\n# B\n"},
        intersphinx_mapping={"b": ("https://blog.example/", str(blog.out / "objects.inv"))},
        extensions=["sphinx.ext.intersphinx", extension],
    )
    built = other.build()
    assert built.text == ""
    end = "/" if builder == "dirhtml" else ".html"
    links = built.body("index").select("p a.reference")
    assert [(link["href"], link.get_text()) for link in links] == [
        (f"https://blog.example/blog/hello{end}", "Über *uns* & <you>"),
        (f"https://blog.example/blog/tag/c-2{end}", "C++"),
        (f"https://blog.example/blog/author/al{end}", "her"),
        (f"https://blog.example/blog/category/news-more{end}", "News & More"),
    ]


def test_hidden_posts_and_names_that_break_lines_are_not_in_the_inventory(
    site: Callable[..., Site],
) -> None:
    from sphinx.util.inventory import InventoryFile

    evil = post("Evil", category='"x std:doc 1 evil.html - y"', tags="[a b]")
    built = site({**FILES, "blog/evil.md": evil}, **CONF).build()
    with (built.out / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda base, name: base + name)
    below = {"hello", "twin", "deep/twin", "evil"}
    assert set(found["blog:post"]) == below | {f"blog/{name}" for name in below}
    assert set(found["blog:author"]) == {"al", "Ann Lee"}
    assert set(found["blog:tag"]) == {"c", "C", "c-2", "C++", "a-b", "a b"}
    assert "x" not in found["std:doc"]
    assert "x-std-doc-1-evil-html-y" in found["blog:category"]
