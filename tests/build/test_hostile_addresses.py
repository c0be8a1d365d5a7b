"""Addresses that were written to take the place of something, or to leave the output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from helpers import post, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

OTHERS = {
    "blog/y.md": post("Y", author="Ann", category="One"),
    "blog/z.rst": post("Z", tags="[t]"),
    "page.md": "---\norphan: true\n---\n\n# Page\n",
}
CONF: dict[str, object] = {
    "html_baseurl": "https://s.example/",
    "openinfra_blog_redirect_map": "_redirects",
    "openinfra_blog_schedule": "next",
    "openinfra_blog_feed_paths": {"rss": "/rss.xml"},
}
#: No post can be there and no redirect can stand there.
IMPOSSIBLE = [
    "/blog/../x", "/blog/%2e%2e/x", "../../../x", "..", "/blog/x/..", "/blog/./x", "//", "?", "#",
    "/blog/a%2fb", "/blog/a%5cb", "/blog/a\\b", "\\\\host\\x", "C:\\x", "C:/x", "//host",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd",
    "/blog/*", "/blog/[x]", "/blog/|x", "/blog/<b>", "/blog/%3Cb%3E", '/blog/"', "/blog/ x",
    "/blog/con", "/blog/NUL", "/blog/aux.txt", "/blog/con/x", "/blog/.x", "/.doctrees/x",
    "/.htaccess", "/_static/x", "/blog/_static", "/_sources/x", "/_images/x.png", "/blog/%00",
    "/blog/x%0ay", "/blog/x%0d%0aSet-Cookie:y", "/blog/%ff", "http://[::1", "/blog/y.html/x",
    "/blog/" + "x" * 300, "/blog/" + "x" * 10_000, "/blog/" + "x/" * 5_000, "/blog/\u2028x",
]  # fmt: skip
#: Something else is at these addresses, or would be.
OCCUPIED = [
    "/index", "/index.html", "/blog", "/blog/index", "/search", "/search/", "/genindex",
    "/Search", "/page", "/objects.inv", "/searchindex.js",
    "/robots.txt", "/sitemap.xml", "/favicon.ico", "/CNAME", "/_headers", "/_redirects", "/next",
    "/rss.xml", "/blog/atom.xml", "/blog/feed.json", "/blog/year/2026", "/blog/author/ANN",
    "/blog/category/one", "/blog/tag/t", "/blog/Y", "/BLOG/y/", "/blog/y.html",
    "/blog/category/one/atom.xml",
]  # fmt: skip
#: The same under html, where pages are files.
FILES = ["/genindex.html", "/PAGE.html", "/search.HTML"]
#: A post may be there: these only look like something else.
HARMLESS = [
    "/blog/\u2024\u2024/x", "/blog/\uff0fetc", "/blog/\u2215..\u2215x", "/blog/$url",
    "/blog/{{7}}",
    "/blog/'x'", "/blog/a&b;c=d", "/blog/%252e%252e", "/blog/C:/x", "/blog/caf\u00e9",
    "/blog/x.", "/blog/gpj.exe\u202e",
]  # fmt: skip


def unlisted(addresses: list[str], form: str) -> dict[str, str]:
    """Return a post for each address, which no other page shows."""
    key, _, pattern = form.partition(": ")
    return {
        f"blog/p{number}.md": post(
            f"P{number}",
            hidePost="true",
            **{key: pattern.replace("*", json.dumps(address, ensure_ascii=False))},
        )
        for number, address in enumerate(addresses)
    }


def assert_nothing_else_changed(built: Built, clean: dict[str, bytes]) -> None:
    """Check the files that were there without the posts, and where the others are."""
    now = tree(built.out)
    told = {"searchindex.js", "objects.inv", "_redirects"}  # these name docnames and redirects
    assert {name for name in clean.keys() - told if now.get(name) != clean[name]} == set()
    assert {name for name in now.keys() - clean.keys() if "blog/" not in name} == set()


@pytest.mark.parametrize("builder", ["html", pytest.param("dirhtml", marks=pytest.mark.matrix)])
def test_no_address_leaves_its_place(site: Callable[..., Site], builder: str) -> None:
    clean = tree(site(OTHERS, **CONF).build(builder).out)
    for addresses, form, subtype in (
        (IMPOSSIBLE, "seo: {url: *}", "address"),
        (IMPOSSIBLE, "aliases: [*]", "alias"),
        (OCCUPIED + FILES * (builder == "html"), "redirect_from: *", "alias"),
    ):
        made = site(OTHERS | unlisted(addresses, form), **CONF)
        before = {path for path in made.root.parent.rglob("*") if made.root not in path.parents}
        built = made.build(builder)
        files = {f"blog/p{number}.md" for number in range(len(addresses))}
        assert {item.file for item in built.warnings} == files
        assert {(item.line, item.type) for item in built.warnings} == {
            (6, f"openinfra_blog.{subtype}")
        }
        assert_nothing_else_changed(built, clean)
        now = {path for path in made.root.parent.rglob("*") if made.root not in path.parents}
        assert now == before
        assert {path.name for path in made.root.iterdir()} == {"src", "doctrees", builder}


def test_what_only_looks_dangerous_is_an_address(site: Callable[..., Site]) -> None:
    made = site(OTHERS | unlisted(HARMLESS, "seo: {url: *}"), **CONF)
    built = made.build()
    names = {post.docname for post in built.app.project.blog.posts.values()}  # type: ignore[attr-defined]
    assert len(names) == len({name.casefold() for name in names}) == len(HARMLESS) + 2
    assert all((built.out / f"{name}.html").is_file() for name in names)
    assert_nothing_else_changed(built, tree(site(OTHERS, **CONF).build().out))


def test_a_slug_cannot_leave_the_blog_either(site: Callable[..., Site]) -> None:
    slugs = ["../../x", "a/../../x", "%2e%2e/x", "..\\x", "C:/x", "//host/x", "_static", "con"]
    option = {"openinfra_blog_permalink": "{year}/{slug}"}
    made = site(OTHERS | unlisted(slugs, "slug: *"), **CONF, **option)
    built = made.build()
    assert built.types() == ["openinfra_blog.address"] * 6
    assert_nothing_else_changed(built, tree(site(OTHERS, **CONF, **option).build().out))
    assert {path.name for path in made.root.iterdir()} == {"src", "doctrees", "html"}
