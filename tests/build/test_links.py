"""Links and images of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from helpers import post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site

PIXEL = "GIF89a\x01\x00"


def only_link(site: Callable[..., Site], body: str, **files: str) -> tuple[object, list[str]]:
    built = site(
        {"blog/x.md": post(body=body, seo="{url: https://old.example/blog/x}"), **files}
    ).build()
    links = built.body("blog/x").select("section > p:not(.blog-byline) a")
    # Sphinx writes the "@" of a mail address in another way, to hide it from harvesters.
    return (unquote(links[0]["href"]) if links else None), built.types()


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("openstack.org", "https://openstack.org"),
        ("www.example.com/a?b=c#d", "https://www.example.com/a?b=c#d"),
        ("//example.com/a", "https://example.com/a"),
        ("name@example.org", "mailto:name@example.org"),
        ("/members/", "https://old.example/members/"),
        ("docs.example.org/a/b.html#c", "https://docs.example.org/a/b.html#c"),
        ("../about.html#team", "https://old.example/about.html#team"),
        ("localhost:8000/x", "http://localhost:8000/x"),
    ],
)
def test_a_link_without_a_scheme_becomes_the_link_that_was_meant(
    site: Callable[..., Site], target: str, href: str
) -> None:
    assert only_link(site, f"A [*good* link]({target}).") == (href, ["openinfra_blog.link"])


@pytest.mark.parametrize("target", ["()", "(<>)", "(#)", "()[]()"])
def test_an_empty_link_becomes_its_text(site: Callable[..., Site], target: str) -> None:
    built = site({"blog/x.md": post(body=f"An [empty link]{target}.")}).build()
    assert "An empty link." in built.body("blog/x").get_text()
    assert set(built.types()) == {"openinfra_blog.link"}
    assert (built.warnings[0].file, built.warnings[0].line) == ("blog/x.md", 7)


@pytest.mark.parametrize("body", ["[text](){#a .b}", "[text](#){#a .b}", "[text](y.md){#a .b}"])
def test_a_link_that_is_removed_leaves_its_id_and_class(
    site: Callable[..., Site], body: str
) -> None:
    files = {"blog/x.md": post(body=body), "blog/y.md": post(draft="true")}
    built = site(files, myst_enable_extensions=["attrs_inline"]).build()
    assert built.body("blog/x").select_one("#a.b").get_text() == "text"


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("https://old.example/blog/y", "y.html"),
        ("http://other.example/blog/Y/#part", "y.html#part"),
        ("http://other.example/blog/Y/#raw", "y.html#raw"),
        ("https://old.example/blog/category/open-stack/", "category/openstack.html"),
        ("https://old.example/blog/", "index.html"),
        ("HTTPS://Old.Example:443/blog/y", "y.html"),
        ("/blog/y/", "y.html"),
        ("/", "../index.html"),
    ],
)
def test_links_to_the_blogs_own_addresses_become_references(
    site: Callable[..., Site], target: str, href: str
) -> None:
    other = post(
        body="# Part\n\n<a name='raw'></a>",
        seo="{url: https://other.example/blog/y}",
        category="OpenStack",
    )
    assert only_link(site, f"[l]({target})", **{"blog/y.md": other}) == (href, [])


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("/page", "../page.html"),
        ("/page.html", "../page.html"),
        ("https://old.example/page", "y.html"),
        ("/pager.html", "y.html"),
    ],
)
def test_a_link_leads_to_an_alias_where_the_site_has_no_page(
    site: Callable[..., Site], target: str, href: str
) -> None:
    files = {
        "page.md": "---\norphan: true\n---\n# Page\n",
        "blog/y.md": post(aliases="[/page, /pager]"),
    }
    # No redirect stands beside the page.
    assert only_link(site, f"[l]({target})", **files) == (href, ["openinfra_blog.alias"])


def test_a_link_to_a_post_that_is_not_there_is_warned_of(site: Callable[..., Site]) -> None:
    target = "https://old.example/blog/gone"
    assert only_link(site, f"[l]({target})") == (target, ["openinfra_blog.own_link"])


def test_a_part_of_a_post_that_is_not_there_is_warned_of(site: Callable[..., Site]) -> None:
    target = "https://old.example/blog/x#gone"
    assert only_link(site, f"[l]({target})") == ("#", ["openinfra_blog.own_link"])


@pytest.mark.parametrize(
    "target", ["irc://irc.example/#room", "tel:+49123", "ssh://git@h.example"]
)
def test_every_scheme_makes_a_link(site: Callable[..., Site], target: str) -> None:
    assert only_link(site, f"[l]({target})") == (target, [])


def test_scripts_are_no_links(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post(body="[l](javascript:alert) [m](file:///etc/passwd)")}).build()
    assert not built.body("blog/x").select('a[href^="javascript"], a[href^="file"]')


def test_other_links_are_left_to_myst(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post(body="[l](nowhere.md) [m](some-label)")}).build()
    assert built.types() == ["myst.xref_missing"] * 2


def test_a_draft_linked_by_its_file_is_not_published_as_a_download(
    site: Callable[..., Site],
) -> None:
    built = site(
        {"blog/x.md": post(body="[l](y.md)"), "blog/y.md": post("Y", "Secret", draft="true")}
    ).build()
    assert built.types() == ["openinfra_blog.own_link"]
    assert not list(built.out.rglob("_downloads/**/*.md"))


def images(
    site: Callable[..., Site], body: str, *files: str, **conf: object
) -> tuple[list[str], list[str]]:
    made = dict.fromkeys(files, PIXEL)
    built = site({"blog/x.md": post(body=body), **made}, **conf).build()
    return [image["src"] for image in built.body("blog/x").select("img")], built.types()


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/img/a.gif", "static/a.gif"),
        ("</img/a b.gif>", "static/a b.gif"),
        ("/img/a%20b.gif", "static/a b.gif"),
        ("</img/a\u202fb.gif>", "static/a\u202fb.gif"),
        ("</img/caf\u00e9.gif>", "static/cafe\u0301.gif"),
        ("pic.gif", "blog/pic.gif"),
        ("/pics/p.gif", "pics/p.gif"),
    ],
)
def test_images_are_found(site: Callable[..., Site], address: str, file: str) -> None:
    found, types = images(
        site, f"![a]({address})", file, "static/x.gif", openinfra_blog_media={"/img/": "static"}
    )
    assert types == []
    assert found[0].startswith("../_images/")


def test_an_image_that_is_missing_keeps_its_address_and_costs_no_rereading(
    site: Callable[..., Site],
) -> None:
    made = site({"blog/x.md": post(body="![a](/img/a.gif)")})
    built = made.build()
    assert built.types() == ["openinfra_blog.image"]
    assert built.body("blog/x").img["src"] == "/img/a.gif"
    assert made.build().read == set()
    made.write({"img/a.gif": PIXEL})
    built = made.build()
    assert built.read == {"blog/x"}
    assert built.body("blog/x").img["src"] == "../_images/a.gif"


def test_an_image_without_an_address_becomes_its_text(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post(body="Before ![the text]() after.\n\n![](<>)")}).build()
    assert "Before the text after." in built.body("blog/x").get_text()
    assert built.types() == ["openinfra_blog.image"] * 2
    assert built.body("blog/x").img is None


def test_media_can_stay_at_an_address(site: Callable[..., Site]) -> None:
    found, types = images(
        site, "![a](/img/a.gif)", openinfra_blog_media={"/img/": "https://cdn.example/i"}
    )
    assert (found, types) == (["https://cdn.example/i/a.gif"], [])


def test_what_sphinx_copies_anyway_is_no_missing_image(site: Callable[..., Site]) -> None:
    found, types = images(site, "![a](/img/a.gif)", "extra/img/a.gif", html_extra_path=["extra"])
    assert (found, types) == (["/img/a.gif"], [])


def test_an_address_that_is_none_stops_no_build(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post(body="[l](/about)", seo="{url: 'http://[bad'}")}).build()
    assert built.types() == ["openinfra_blog.address", "openinfra_blog.link"]
    assert built.body("blog/x").select_one("section > p:not(.blog-byline) a")["href"] == "/about"


@pytest.mark.parametrize(
    ("target", "href"),
    [
        (f"/{'a' * 300}", f"https://old.example/{'a' * 300}"),
        ("a/" * 2500, None),
        ("a" * 300, None),
        ("a%00b.md", None),
    ],
    ids=["rooted", "deep", "long", "nul"],
)
def test_a_link_that_no_file_can_be_at_does_not_stop_the_build(
    site: Callable[..., Site], target: str, href: str | None
) -> None:
    assert only_link(site, f"A [good link]({target}).")[0] == href


def test_nor_does_one_in_an_included_file(site: Callable[..., Site]) -> None:
    files = {
        "blog/x.md": post(body="```{include} part.md\n```"),
        "blog/part.md": f"Text.\n\nA [link]({'a' * 300}).\n",
    }
    built = site(files, exclude_patterns=["blog/part.md"]).build()
    assert "A link." in built.body("blog/x").get_text()
    (warning,) = built.warnings
    assert warning.file == "blog/part.md"
    assert warning.line in {3, 4}  # MyST-Parser 4 counts one more.


def test_a_picture_within_the_text_is_kept_however_long_it_is(site: Callable[..., Site]) -> None:
    picture = f"data:image/gif;base64,R0lGODlhAQABAAAAACw={'A' * 5000}"
    built = site({"blog/x.md": post(body=f"![A dot]({picture})")}).build()
    assert built.body("blog/x").select_one("section img")["src"] == picture
    assert built.warnings == []
