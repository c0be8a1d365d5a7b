"""Links and images of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from helpers import Site, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

PIXEL = "GIF89a\x01\x00"


OLD = "https://old.example"
OTHER = post(
    body="# Part\n\n<a name='raw'></a>",
    seo="{url: https://other.example/blog/y}",
    category="OpenStack",
    aliases="[/page, /pager]",
)
#: Text with a link -> where it leads, and the kinds of its warnings.
LINKS: dict[str, tuple[str | None, list[str]]] = {
    # A missing scheme.
    "A [*good* link](openstack.org).": ("https://openstack.org", ["link"]),
    "[l](www.example.com/a?b=c#d)": ("https://www.example.com/a?b=c#d", ["link"]),
    "[l](//example.com/a)": ("https://example.com/a", ["link"]),
    "[l](name@example.org)": ("mailto:name@example.org", ["link"]),
    "[l](/members/)": (f"{OLD}/members/", ["link"]),
    "[l](docs.example.org/a/b.html#c)": ("https://docs.example.org/a/b.html#c", ["link"]),
    "[l](../about.html#team)": (f"{OLD}/about.html#team", ["link"]),
    "[l](localhost:8000/x)": ("http://localhost:8000/x", ["link"]),
    # URLs of the blog.
    f"[l]({OLD}/blog/y)": ("y.html", []),
    "[l](http://other.example/blog/Y/#part)": ("y.html#part", []),
    "[l](http://other.example/blog/Y/#raw)": ("y.html#raw", []),
    f"[l]({OLD}/blog/category/open-stack/)": ("category/openstack.html", []),
    f"[l]({OLD}/blog/)": ("index.html", []),
    "[l](HTTPS://Old.Example:443/blog/y)": ("y.html", []),
    "[l](/blog/y/)": ("y.html", []),
    "[l](/)": ("../index.html", []),
    f"[l]({OLD}/blog/gone)": (f"{OLD}/blog/gone", ["own_link"]),
    f"[l]({OLD}/blog/y#gone)": ("y.html", ["own_link"]),
    # A page, or where there is none an alias.
    "[l](/page)": ("../page.html", []),
    "[l](/page.html)": ("../page.html", []),
    f"[l]({OLD}/page)": ("y.html", []),
    "[l](/pager.html)": ("y.html", []),
    # Other schemes.
    "[l](irc://irc.example/#room)": ("irc://irc.example/#room", []),
    "[l](tel:+49123)": ("tel:+49123", []),
    "[l](ssh://git@h.example)": ("ssh://git@h.example", []),
    "[l](javascript:alert)": (None, []),
    "[l](file:///etc/passwd)": (None, []),
    # A draft, by its file.
    "[l](draft.md)": (None, ["own_link"]),
    # Nothing at all.
    "A [good link]().": (None, ["link"]),
    "A [good link](<>).": (None, ["link"]),
    "A [good link](#).": (None, ["link"]),
    "A [good link]()[]().": (None, ["link", "link"]),
    "[l](nowhere.md)": ("nowhere.md", ["link"]),
    # Left to MyST.
    "[l](some-label)": ("#some-label", ["xref_missing"]),
    # Not the name of any file.
    f"[l](/{'a' * 300})": (f"{OLD}/{'a' * 300}", ["link"]),
    f"[good link]({'a/' * 2500})": (None, ["link"]),
    f"[good link]({'a' * 300})": (None, ["link"]),
    "[good link](a%00b.md)": (None, ["link"]),
}


#: Links that are removed.
IDS = ["[text](){#a .b}", "[text](#){#a .b}", "[text](draft.md){#a .b}"]
#: A picture within the text.
DOT = f"data:image/gif;base64,R0lGODlhAQABAAAAACw={'A' * 5000}"


@pytest.fixture(scope="module")
def linking(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a post for each link."""
    files = {
        f"blog/x{number}.md": post(body=body, seo=f"{{url: {OLD}/blog/x{number}}}")
        for number, body in enumerate(LINKS)
    }
    files |= {f"blog/id{number}.md": post(body=body) for number, body in enumerate(IDS)}
    files |= {
        "blog/y.md": OTHER,
        "page.md": "---\norphan: true\n---\n# Page\n",
        "blog/draft.md": post("Draft", "Secret", draft="true"),
        "blog/image.md": post(body="Before ![the text]() after.\n\n![](<>)"),
        "blog/dot.md": post(body=f"![A dot]({DOT})"),
        "blog/including.md": post(body="```{include} part.md\n```"),
        "blog/part.md": f"Text.\n\nA [link]({'a' * 300}).\n",
    }
    conf = {"exclude_patterns": ["blog/part.md"], "myst_enable_extensions": ["attrs_inline"]}
    return Site(tmp_path_factory.mktemp("links") / "site", files, conf).build()


@pytest.mark.parametrize(("number", "body"), [*enumerate(LINKS)], ids=lambda item: str(item)[:40])
def test_links_lead_where_their_authors_meant(linking: Built, number: int, body: str) -> None:
    links = linking.body(f"blog/x{number}").select(".blog-content > p a")
    # Sphinx writes the "@" of a mail address in another way, to hide it from harvesters.
    href = unquote(links[0]["href"]) if links else None
    kinds = [
        item.type.rpartition(".")[2]
        for item in linking.warnings
        if item.file == f"blog/x{number}.md"
    ]
    assert (href, kinds) == LINKS[body]
    if "good link" in body:
        assert "good link" in linking.body(f"blog/x{number}").get_text()


@pytest.mark.parametrize("body", IDS)
def test_a_link_that_is_removed_leaves_its_id_and_class(linking: Built, body: str) -> None:
    page = linking.body(f"blog/id{IDS.index(body)}")
    assert page.select_one("#a.b").get_text() == "text"


def test_a_draft_linked_by_its_file_is_not_published_as_a_download(linking: Built) -> None:
    assert not list(linking.out.rglob("_downloads/**/*.md"))


#: URL of an image -> its file, and where the page has it.
IMAGES = {
    "/img/a.gif": ("static/a.gif", "../_images/a.gif"),
    "</img/a b.gif>": ("static/a b.gif", "../_images/a b.gif"),
    "/img/c%20d.gif": ("static/c d.gif", "../_images/c d.gif"),
    "</img/a\u202fb.gif>": ("static/a\u202fb.gif", "../_images/a\u202fb.gif"),
    "</img/caf\u00e9.gif>": ("static/cafe\u0301.gif", "../_images/cafe\u0301.gif"),
    "pic.gif": ("blog/pic.gif", "../_images/pic.gif"),
    "/pics/p.gif": ("pics/p.gif", "../_images/p.gif"),
    "/cdn/a.gif": ("", "https://cdn.example/i/a.gif"),
    "/extra/a.gif": ("extra/extra/a.gif", "/extra/a.gif"),  # Sphinx copies it
}


def test_images_are_found(site: Callable[..., Site]) -> None:
    files = {file: PIXEL for file, _source in IMAGES.values() if file}
    body = "\n".join(f"![a]({url})" for url in IMAGES)
    built = site(
        {"blog/x.md": post(body=body), **files},
        openinfra_blog_media={"/img/": "static", "/cdn/": "https://cdn.example/i"},
        html_extra_path=["extra"],
    ).build()
    found = [unquote(image["src"]) for image in built.body("blog/x").select("img")]
    assert found == [source for _file, source in IMAGES.values()]
    assert built.types() == []


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


def test_a_picture_outside_the_source_costs_no_rereading(site: Callable[..., Site]) -> None:
    made = site({"blog/x.md": post(image="../../a.gif"), "../a.gif": PIXEL})
    built = made.build()
    assert [item.text for item in built.warnings] == [
        "image '../../a.gif' is outside the source directory and openinfra_blog_media"
    ]
    assert not list(built.out.rglob("a.gif"))
    assert made.build().read == set()


def test_an_image_without_an_address_becomes_its_text(linking: Built) -> None:
    body = linking.body("blog/image")
    assert "Before the text after." in body.get_text()
    assert body.img is None
    assert [item.type for item in linking.warnings if item.file == "blog/image.md"] == [
        "openinfra_blog.image"
    ] * 2


def test_an_address_that_is_none_stops_no_build(site: Callable[..., Site]) -> None:
    built = site({"blog/x.md": post(body="[l](/about)", seo="{url: 'http://[bad'}")}).build()
    assert built.types() == ["openinfra_blog.address", "openinfra_blog.link"]
    assert built.body("blog/x").select_one(".blog-content > p a")["href"] == "/about"


def test_a_link_without_a_possible_file_in_an_included_file_is_removed(linking: Built) -> None:
    assert "A link." in linking.body("blog/including").get_text()
    (warning,) = [item for item in linking.warnings if item.file == "blog/part.md"]
    assert warning.line in {3, 4}  # MyST-Parser 4 counts one more.


def test_a_picture_within_the_text_is_kept_however_long_it_is(linking: Built) -> None:
    assert linking.body("blog/dot").select_one("section img")["src"] == DOT
    assert not [item for item in linking.warnings if item.file == "blog/dot.md"]
