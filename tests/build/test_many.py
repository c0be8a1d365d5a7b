"""What has one cause in many posts is said once, with a count and three examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers import Site, post

from sphinx_openinfra_blog.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

#: Key and value of 30 posts, ``{n}`` being a number of two digits; the type of the warning, and
#: what it says.
CAUSES = {
    "unknown key": ("hidepost: false", "key", "reading it as 'hidePost'"),
    "quoted": ("hidePost: 'false'", "value", "quoted truth value"),
    "template": ("permalink: /:year/{n}/", "address", "the option openinfra_blog_permalink"),
    "outside": ("permalink: /posts/{n}/", "address", "set openinfra_blog_path"),
    "form of dates": ("date: 05/{n}/2024", "date", "have the form '00/00/0000'"),
    "category": ("category: C{n}", "unknown_category", "add them to openinfra_blog_categories"),
    "author": ("author: A{n}", "unknown_author", "add them to openinfra_blog_authors"),
    "host": (
        "seo: {{url: 'https://{n}.net/blog/x{n}'}}", "host", "add them to openinfra_blog_hosts",
    ),
    "picture": ("image: /img/{n}.png", "image", "set openinfra_blog_media"),
}  # fmt: skip
CONF = {
    "html_baseurl": "https://example.org/",
    "openinfra_blog_categories": ["News"],
    "openinfra_blog_authors": {"ada": "Ada Lovelace"},
    "openinfra_blog_hosts": ["example.org"],
}


def thirty(line: str) -> dict[str, str]:
    posts = {}
    for number in range(10, 40):
        key, _, value = line.format(n=number).partition(": ")
        posts[f"blog/p{number}.md"] = post(f"T{number}", **{key: value})
    return posts


def checked(site: Site, capsys: pytest.CaptureFixture[str], form: str) -> str:
    main(["check", "--format", form, str(site.src)])
    return capsys.readouterr().out


@pytest.mark.parametrize("cause", CAUSES)
def test_one_cause_in_many_posts_is_one_warning(
    cause: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line, kind, text = CAUSES[cause]
    site = Site(tmp_path / "site", thirty(line), CONF)
    (warning,) = site.build().warnings
    assert (warning.file, warning.type) == ("", f"openinfra_blog.{kind}")
    assert "30 " in warning.text
    assert text in warning.text
    assert warning.text.count("blog/p") == 3
    assert "blog/p10.md:" in warning.text
    assert f"{warning.text} [{warning.type}]" in checked(site, capsys, "text")
    problems: list[Any] = json.loads(checked(site, capsys, "json"))["problems"]
    assert len({problem["path"] for problem in problems}) == 30
    assert {problem["type"] for problem in problems} == {warning.type}
    assert checked(site, capsys, "github").count(f"title={warning.type}::") == 30


@pytest.mark.parametrize(
    "lines",
    [
        ["hidepost: false"] * 3,
        ["descriptio: x", "summry: x", "excerp: x", "permalnk: x"],
        ["date: soon", "date: in May", "date: 1/2024", "date: tomorrow"],
        ["date: 2026-02-30", "date: 2026-02-31", "date: 2026-04-31", "date: 2026-06-31"],
        [f"author: Ada Lovlac{letter}" for letter in "abcd"],
    ],
)
def test_what_authors_must_mend_one_by_one_stays_at_its_line(
    lines: list[str], tmp_path: Path
) -> None:
    pairs = (line.split(": ") for line in lines)
    posts = {f"blog/p{n}.md": post(f"T{n}", **{k: v}) for n, (k, v) in enumerate(pairs)}
    built = Site(tmp_path / "site", posts, CONF).build()
    assert {(item.file, item.line > 1) for item in built.warnings} == {
        (f"blog/p{n}.md", True) for n in range(len(lines))
    }


def test_bodies_are_checked_without_saying_it_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = Site(tmp_path / "site", thirty("image: /img/{n}.png"), CONF)
    site.build()
    main(["check", "--bodies", "--format", "json", str(site.src)])
    problems: list[Any] = json.loads(capsys.readouterr().out)["problems"]
    assert len(problems) == len({problem["path"] for problem in problems} - {""}) == 30


def test_many_images_that_an_option_could_map_are_one_warning(tmp_path: Path) -> None:
    posts = {
        f"blog/p{n}.md": post(f"T{n}", f"![a](/img/{n}.png) ![b](b{n}.png)") for n in range(5)
    }
    site = Site(tmp_path / "site", posts)
    built = site.build()
    (first, *others) = [item for item in built.warnings if "/img/" in item.text]
    assert others == []
    assert first.text.startswith("5 images are not found, such as '/img/0.png' (blog/p0.md:7), ")
    assert "openinfra_blog_media" in first.text
    # What an author must mend stays at its line.
    assert sum("'b" in item.text for item in built.warnings) == 5


def test_an_image_that_media_should_have_is_named_with_its_place(tmp_path: Path) -> None:
    files = {"static/a.png": "x", "blog/x.md": post(body="![a](/img/b.png)\n\n![c](/pics/c.png)")}
    site = Site(tmp_path / "site", files, {"openinfra_blog_media": {"/img/": "static"}})
    texts = [item.text for item in site.build().warnings]
    assert len(texts) == 2
    assert any("add 'static/b.png', to which openinfra_blog_media leads" in text for text in texts)
    assert any("a prefix of the URL to openinfra_blog_media" in text for text in texts)
