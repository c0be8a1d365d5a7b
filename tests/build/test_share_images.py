"""What social sites show with a page that has no picture of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers import PNG, contents, post, tree
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

BASE = "https://docs.example.org/"
WIDE = PNG.replace(b"\x00\x00\x00\x01\x00\x00\x00\x01", b"\x00\x00\x00\x02\x00\x00\x00\x01")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" />'
OWN = "https://example.org/own.png"
OPENGRAPH = {
    "extensions": ["sphinx_openinfra_blog", "sphinxext.opengraph"],
    "ogp_site_url": BASE,
}


@pytest.fixture
def made(site: Callable[..., Site]) -> Site:
    files = {
        "blog/a.md": post(tags="[one]"),
        "blog/own.md": post(image=OWN),
        "page.md": "# Page\n",
    }
    made = site(files, html_baseurl=BASE, project="Site")
    for name, data in {"share.png": PNG, "logo.png": PNG, "logo.svg": SVG}.items():
        (made.src / name).write_bytes(data)
    return made


def shown(built: Built, page: str) -> tuple[list[str], list[str]]:
    soup = built.html(page)
    return contents(soup, "og:image"), contents(soup, "twitter:card")


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_option_gives_pages_an_image(made: Site, builder: str) -> None:
    built = made.build(builder, openinfra_blog_image="share.png", html_logo="logo.png")
    (address,) = contents(built.html("blog/a"), "og:image")
    assert (built.out / address.removeprefix(BASE)).read_bytes() == PNG
    for page in ("blog/a", "blog/index", "blog/tag/one"):
        soup = built.html(page)
        said = {
            key: contents(soup, key)
            for key in ("og:image", "og:image:alt", "og:image:width", "og:image:height")
        }
        assert list(said.values()) == [[address], ["Site"], ["1"], ["1"]]
        assert contents(soup, "twitter:card") == ["summary_large_image"]
    assert shown(built, "blog/own") == ([OWN], ["summary_large_image"])
    assert shown(built, "page") == ([], [])


@pytest.mark.parametrize(
    ("conf", "image", "card"),
    [
        ({}, [], "summary"),
        ({"html_logo": "logo.png"}, [f"{BASE}_static/logo.png"], "summary"),
        ({"html_logo": "https://example.org/l.png"}, ["https://example.org/l.png"], "summary"),
        ({"html_logo": "logo.svg"}, [], "summary"),
        ({"html_logo": "logo.png", "html_baseurl": ""}, [], "summary"),
        ({"openinfra_blog_image": "share.png", "html_baseurl": ""}, [], "summary"),
        ({"openinfra_blog_image": OWN}, [OWN], "summary_large_image"),
        (
            OPENGRAPH | {"ogp_image": "_static/theirs.png", "html_logo": "logo.png"},
            [f"{BASE}_static/theirs.png"],
            "summary_large_image",
        ),
        (
            OPENGRAPH | {"ogp_image": "_static/theirs.png", "openinfra_blog_image": OWN},
            [OWN],
            "summary_large_image",
        ),
        (
            OPENGRAPH | {"ogp_social_cards": {"enable": False}, "html_logo": "logo.png"},
            [f"{BASE}_static/logo.png"],
            "summary",
        ),
    ],
)
def test_a_post_without_picture_has_the_best_image_there_is(
    made: Site, conf: dict[str, Any], image: list[str], card: str
) -> None:
    assert shown(made.build(**conf), "blog/a") == (image, [card])


def test_another_image_is_shown_and_copied_in_the_next_build(made: Site) -> None:
    made.build(openinfra_blog_image="share.png")
    (made.src / "share.png").write_bytes(WIDE)
    again = made.build(openinfra_blog_image="share.png")
    assert contents(again.html("blog/a"), "og:image:width") == ["2"]
    clean = made.build(out="clean", doctrees="other", openinfra_blog_image="share.png")
    assert tree(again.out) == tree(clean.out)
    without = made.build()
    clean = made.build(out="clean2", doctrees="other2")
    assert tree(without.out) == tree(clean.out)


@pytest.mark.parametrize("name", ["missing.png", "logo.svg", ["share.png"]])
def test_an_image_that_no_site_can_show_is_an_error(made: Site, name: object) -> None:
    with pytest.raises(ConfigError, match="openinfra_blog_image"):
        made.build(openinfra_blog_image=name)
