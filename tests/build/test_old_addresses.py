"""The addresses that another site had, by the patterns of an option."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from helpers import ARCHIVE, INDEX, parsed, post

from sphinx_openinfra_blog.blog.old_addresses import old_paths_of_post
from sphinx_openinfra_blog.config.checks import old_addresses
from sphinx_openinfra_blog.environment import domain_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Built, Site

FILES = {
    "blog/sub/My Post.md": post(
        "'A Title: é'",
        date="2024-03-05T23:30:00Z",
        category="[Open Stack, News]",
        author="Jimmy McArthur",
        tags="[C++]",
        slug="here",
    ),
    "blog/hidden.md": post("Hidden", hidePost="true", date="2024-03-06"),
    "blog/draft.md": post("Draft", draft="true", date="2024-03-07"),
    "blog/bundle/index.md": post("In a folder"),
}
PATTERNS = {
    "/{year}/{i_month}/{i_day}/{file}.html": "2024/3/5/My Post.html",
    "/{year}/{month}/{day}/{file:slug}/": "2024/03/05/my-post",
    "/old/{folder}/{file}": "old/sub/My Post",
    "/{category}/{slug}": "open-stack/here",
    "/{category:kebab}/{title}": "open-stack/a-title-e",
    "/p/{title:lower}/": "p/a title: é",
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_filled_in(site: Callable[..., Site], pattern: str) -> None:
    built = site(FILES, openinfra_blog_old_addresses=[pattern]).build()
    blog = domain_of(built.app.env).blog
    assert list(old_paths_of_post(blog.posts["blog/here"], blog.settings)) == [PATTERNS[pattern]]


def target(built: Built, path: str) -> str:
    """Return where the page at an old path leads to, from the root of the output."""
    file = built.out / path / "index.html" if not path.endswith(".html") else built.out / path
    refresh = str(parsed(file).select_one('meta[http-equiv="refresh"]')["content"])
    address = (file.parent / unquote(refresh.partition("url=")[2])).resolve()
    assert address.exists(), address
    return str(address.relative_to(built.out.resolve()).as_posix()).removesuffix("/index.html")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_each_address_is_answered(site: Callable[..., Site], builder: str) -> None:
    made = site(
        FILES,
        openinfra_blog_redirect_map="_redirects",
        openinfra_blog_old_addresses=[
            "/blog/{file}/", "/blog/{slug}/", "/news/{file}.html", "/c/{category:kebab}/",
            "/a/{author:kebab}/", "/t/{tag}/", "/y/{year}/",
        ],
    )  # fmt: skip
    built = made.build(builder)
    end = ".html" if builder == "html" else ""
    assert target(built, "blog/My Post") == f"blog/here{end}"
    assert target(built, "news/My Post.html") == f"blog/here{end}"
    assert target(built, "news/hidden.html") == f"blog/hidden{end}"
    assert target(built, "news/bundle.html") == f"blog/bundle{end}"
    assert target(built, "c/open-stack") == f"blog/category/open-stack{end}"
    assert target(built, "a/jimmy-mc-arthur") == f"blog/author/jimmy-mcarthur{end}"
    assert target(built, "t/c") == f"blog/tag/c{end}"
    assert target(built, "y/2024") == f"blog/year/2024{end}"
    assert not (built.out / "news/draft.html").exists()
    assert built.warnings == []
    if builder == "html":
        assert target(built, "blog/here") == "blog/here.html"
    lines = (built.out / "_redirects").read_text(encoding="utf-8")
    assert "/c/open-stack /blog/category/open-stack" in lines
    assert "hidden" not in lines


def test_what_another_page_has_is_warned_of(site: Callable[..., Site]) -> None:
    files = {**FILES, "about.md": "---\norphan: true\n---\n# About\n", "blog/b.md": post("About")}
    built = site(files, openinfra_blog_old_addresses=["/{title}.html"]).build()
    (said,) = built.warnings
    assert (said.file, said.type) == ("blog/b.md", "openinfra_blog.alias")
    assert "About" in built.html("about").h1.text


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("/{category}.html", "'/news.html': already used by another page"),
     ("/{category}/", "'/news/index.html': '/news' is the URL of another page")],
)  # fmt: skip
def test_the_address_of_a_term_that_another_page_has_is_warned_of(
    site: Callable[..., Site], pattern: str, reason: str
) -> None:
    about = "---\norphan: true\n---\n# About\n"
    files = {"news.md": about, "blog/a.md": post("A", category="[News, Other]")}
    built = site(files, openinfra_blog_old_addresses=[pattern]).build()
    assert [(item.type, item.text) for item in built.warnings] == [
        ("openinfra_blog.alias", f"cannot redirect from {reason}")
    ]
    assert "About" in built.html("news").h1.text
    assert target(built, pattern.format(category="other").strip("/")) == "blog/category/other.html"


def test_an_address_that_a_term_has_anyway_is_nothing(site: Callable[..., Site]) -> None:
    files = {"blog/a.md": post("A", category="News", seo="{url: https://old.example/blog/a}")}
    patterns = ["/blog/category/{category}/", "/blog/category/{category:lower}/"]
    for builder in ("html", "dirhtml"):
        assert site(files, openinfra_blog_old_addresses=patterns).build(builder).warnings == []


def test_links_to_old_addresses_lead_to_the_posts(site: Callable[..., Site]) -> None:
    text = "[x](https://old.example/p/hidden) and [n](https://old.example/c/news/)"
    files = FILES | {"blog/b.md": post("B", text)}
    made = site(
        files,
        openinfra_blog_hosts=["old.example"],
        openinfra_blog_old_addresses=["/p/{file}", "/c/{category}/"],
    )
    links = [link["href"] for link in made.build().body("blog/b").select(".blog-content a")]
    assert links == ["hidden.html", "category/news.html"]


@pytest.mark.parametrize(
    "value",
    ["/blog/{file}/", ["/blog/"], ["/{file}/../{slug}"], ["/{category}/{author}"], ["/{x}"],
     ["/{file:upper}"], ["/{file}?p=1"], ["/{tag}/{file}"], [3], ["/{file"]],
)  # fmt: skip
def test_a_wrong_pattern_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"pattern|path|directory"):
        old_addresses(value)


def test_the_addresses_of_a_real_site_are_answered(
    site: Callable[..., Site], corpus: Path
) -> None:
    patterns = ["/blog/{file}/", "/category/{category:kebab}/", "/author/{author:kebab}/"]
    made = site(
        {"index.md": INDEX, "blog/index.md": ARCHIVE},
        openinfra_blog_old_addresses=patterns,
        suppress_warnings=["openinfra_blog"],
    )
    shutil.copytree(corpus / "ironic/blog", made.src / "blog", dirs_exist_ok=True)
    names = [path.stem for path in (corpus / "ironic/blog").glob("*.md")]
    assert names
    for builder in ("html", "dirhtml"):
        built = made.build(builder)
        posts = domain_of(built.app.env).blog.posts.values()
        shown = {post.path for post in posts}
        for name in names:
            if f"blog/{name}.md" in shown:
                assert (built.out / f"blog/{name}/index.html").is_file()
