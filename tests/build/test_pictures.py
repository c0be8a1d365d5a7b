"""Pictures on pages: how large they are, when they are loaded, and smaller copies for lists."""

from __future__ import annotations

import shutil
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from helpers import Site, post, tree
from PIL import Image
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Built

CARDS = "# News\n\n```{blog}\n:style: cards\n```\n"
ORIENTATION, GPS = 0x0112, 0x8825


def photo(width: int, height: int, mode: str = "RGB", seed: int = 0) -> Image.Image:
    """Return a picture whose file is large enough for copies to be smaller."""
    grain = Image.frombytes(
        "RGB", (64, 64), bytes((i * i + seed) % 251 for i in range(64 * 64 * 3))
    )
    return grain.resize((width, height), Image.Resampling.BICUBIC).convert(mode)


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    data = BytesIO()
    image.save(data, kind, **more)
    return data.getvalue()


JPEG = saved(photo(1600, 900), "JPEG", quality=95)


def site_with(root: Path, pictures: dict[str, bytes], **conf: object) -> Site:
    """Return a site with one post for each picture."""
    files = {
        f"blog/{name.replace('.', '-')}.md": post(
            name, f"![Of it]({name})", date=f"2025-01-{day:02}"
        )
        for day, name in enumerate(pictures, 1)
    }
    site = Site(root / "site", files | {"blog/index.md": CARDS}, conf)
    for name, data in pictures.items():
        (site.src / "blog" / name).write_bytes(data)
    return site


def images(built: Built, page: str = "blog/index") -> list[Any]:
    return list(built.body(page).find_all("img"))


def copies(built: Built) -> dict[str, Path]:
    return {path.name: path for path in (built.out / "_images").glob("*-*.webp")}


def test_images_have_a_size_and_all_but_the_first_wait(tmp_path: Path) -> None:
    site = Site(
        tmp_path / "site",
        {
            "blog/a.md": post(
                body="![one](a.jpg)\n\ntext ![two](b.jpg)\n\n![far](https://e.org/c.png)"
            ),
            "blog/b.md": post("B", body="![three](b.jpg)", date="2020-01-01"),
            "blog/index.md": CARDS,
            "other.md": "# Other\n\n![four](blog/a.jpg)\n\n![five](blog/b.jpg)",
        },
    )
    (site.src / "blog/a.jpg").write_bytes(saved(photo(300, 200), "JPEG"))
    (site.src / "blog/b.jpg").write_bytes(saved(photo(50, 70), "JPEG"))
    built = site.build()
    one, two, far = images(built, "blog/a")
    assert (one["width"], one["height"], one["decoding"]) == ("300", "200", "async")
    assert (two["width"], two["height"], two["decoding"]) == ("50", "70", "async")
    assert "loading" not in one.attrs
    assert two["loading"] == "lazy"
    assert set(far.attrs) == {"alt", "src"}
    first, second = images(built)
    assert (first["width"], first["height"]) == ("300", "200")
    assert [image.get("loading") for image in (first, second)] == [None, "lazy"]
    assert [image.get("fetchpriority") for image in (first, second)] == ["high", None]
    for image in images(built, "other"):
        assert set(image.attrs) == {"alt", "src"}


#: Raw HTML, and the attributes that the tag of its image gets.
TAGS = {
    '<img src="a.jpg" alt="x">': {"width": "400", "height": "300", "decoding": "async"},
    "text <IMG ALT=x SRC='a.jpg'/> text": {"width": "400", "height": "300", "decoding": "async"},
    "<p><img src=a.jpg alt=x>\n</p>": {"width": "400", "height": "300", "decoding": "async"},
    '<img src="a.jpg" alt="x" decoding="sync" loading="eager" height="7">': {},
    '<img alt="x" style="width: 50%" src="a.jpg">': {"decoding": "async"},
    '<img class="icon" src="a.jpg" alt="x">': {"decoding": "async"},
    '<img srcset="b.jpg 2x" src="a.jpg" alt="x">': {"decoding": "async"},
    '<picture><source srcset="b.jpg">\n<img src="a.jpg" alt="x"></picture>': {"decoding": "async"},
    'in <picture><source srcset="b.jpg"><img src="a.jpg" alt="x"></picture>': {
        "decoding": "async"
    },
    'next <video poster="b.jpg"></video> <img src="a.jpg" alt="x">': {
        "width": "400",
        "height": "300",
        "decoding": "async",
    },
    '<img src="https://e.org/c.png" alt="x">': {},
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x">': {},
    '<img src="gone.jpg" alt="x">': {},
    '<input type="image" src="a.jpg" alt="x">': {},
}


def test_images_in_raw_html_get_what_their_tag_does_not_say(tmp_path: Path) -> None:
    files = {f"blog/p{number}.md": post(body=html) for number, html in enumerate(TAGS)}
    files["blog/q.md"] = post(body="![first](a.jpg)\n\n" + "\n\n".join(TAGS))
    site = Site(tmp_path / "site", files)
    for name in ("a.jpg", "b.jpg"):
        (site.src / "blog" / name).write_bytes(saved(photo(400, 300), "JPEG"))
    built, bare = site.build(), site.build(out="bare", openinfra_blog_css=False)
    for number, (html, expected) in enumerate(TAGS.items()):
        (written,) = BeautifulSoup(html, "html5lib").select("img, input")
        is_file = written["src"] == "a.jpg"
        own = dict(written.attrs) | ({"src": "../_images/a.jpg"} if is_file else {})
        own |= {"srcset": "../_images/b.jpg 2x"} if "srcset" in own else {}
        (tag,) = built.html(f"blog/p{number}").select("img, .blog-content input")
        assert tag.attrs == own | expected
        (tag,) = bare.html(f"blog/p{number}").select("img, .blog-content input")
        assert tag.attrs == own | {key: it for key, it in expected.items() if key == "decoding"}
    assert [image.get("loading") for image in images(built, "blog/q")] == [
        *(None, "lazy", "lazy", "lazy", "eager", *["lazy"] * 6, None, None, None),
    ]
    for builder in ("singlehtml", "epub"):
        pages = site.build(builder, out=builder).out.rglob("*.*html")
        assert not any('decoding="async' in path.read_text("utf-8") for path in pages)


def test_a_face_above_the_first_picture_does_not_take_its_turn(tmp_path: Path) -> None:
    roster = {"ann": {"name": "Ann", "picture": "/blog/a.jpg"}}
    site = site_with(tmp_path, {"a.jpg": JPEG}, openinfra_blog_authors=roster)
    site.write({"blog/a-jpg.md": post(body="text", author="Ann", image="a.jpg")})
    above, hero, *below = images(site.build(), "blog/a-jpg")
    assert ["blog-avatar" in image.get("class", []) for image in (above, hero)] == [True, False]
    assert [image.get("loading") for image in (above, hero, *below)] == [None, None, "lazy"]
    assert hero["fetchpriority"] == "high"
    assert "srcset" not in hero.attrs
    assert "srcset" in above.attrs


def test_a_size_that_the_author_gave_counts(tmp_path: Path) -> None:
    options = ":width: 40%", ":loading: lazy"
    body = "\n\n".join(f"```{{image}} a.jpg\n:alt: a\n{option}\n```" for option in options)
    site = site_with(tmp_path, {"a.jpg": JPEG})
    site.write({"blog/a-jpg.md": post(body=body)})
    sized, lazy = images(site.build(), "blog/a-jpg")
    assert "height" not in sized.attrs
    assert "40%" in sized.get("style", "") + sized.get("width", "")
    assert lazy["loading"] == "lazy"


@pytest.mark.parametrize(
    ("size", "told"),
    [('width="30" height="20"', ("30", "20")), ('width="30.5" height="20"', (None, None))],
)
def test_drawings_of_whole_pixels_have_their_size(
    tmp_path: Path, size: str, told: tuple[str | None, str | None]
) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 3 2"/>'.encode()
    (image,) = images(site_with(tmp_path, {"a.svg": drawing}).build(), "blog/a-svg")
    assert (image.get("width"), image.get("height")) == told


def test_without_the_style_sheet_themes_alone_decide_about_sizes(tmp_path: Path) -> None:
    built = site_with(tmp_path, {"a.jpg": JPEG}, openinfra_blog_css=False).build()
    (image,) = images(built, "blog/a-jpg")
    assert not {"width", "height"} & image.attrs.keys()


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_output_that_is_read_as_a_book_is_as_ever(tmp_path: Path, builder: str) -> None:
    site = site_with(tmp_path, {"a.jpg": JPEG})
    site.write({"index.md": "# Site\n\n```{toctree}\nblog/index\nblog/a-jpg\n```\n"})
    built = site.build(builder)
    pages = [path.read_text("utf-8") for path in built.out.rglob("*.*html")]
    assert any('a.jpg"' in page for page in pages)
    assert not any("decoding=" in page or "srcset" in page for page in pages)
    assert not copies(built)


def test_lists_show_smaller_copies_and_everything_else_the_file(tmp_path: Path) -> None:
    built = site_with(tmp_path, {"a.jpg": JPEG}, html_baseurl="https://s.example/").build()
    (image,) = images(built)
    assert image["src"] == "../_images/a.jpg"
    assert image["sizes"]
    shown = dict(item.split() for item in image["srcset"].split(", "))
    assert list(shown.values()) == ["200w", "400w", "640w"]
    for url, width in shown.items():
        path = built.out / "blog" / url
        with Image.open(path) as copy:
            assert (copy.format, f"{copy.width}w") == ("WEBP", width)
            assert copy.height == round(copy.width * 9 / 16)
    assert set(copies(built)) == {url.rpartition("/")[2] for url in shown}
    (own,) = images(built, "blog/a-jpg")
    assert "srcset" not in own.attrs
    head = built.html("blog/a-jpg").find("meta", {"property": "og:image"})
    assert head["content"] == "https://s.example/_images/a.jpg"
    feeds = "".join((built.out / "blog" / name).read_text() for name in ("atom.xml", "feed.json"))
    assert "a.jpg" in feeds
    assert ".webp" not in feeds


def test_a_small_picture_has_no_copy_that_is_wider(tmp_path: Path) -> None:
    (image,) = images(site_with(tmp_path, {"a.png": saved(photo(300, 200), "PNG")}).build())
    assert [item.split()[1] for item in image["srcset"].split(", ")] == ["200w", "300w"]


def exif() -> Image.Exif:
    """Return what a photo tells that was taken with the camera on its side."""
    found = Image.Exif()
    found[ORIENTATION] = 6
    found[GPS] = {1: "N", 2: (52.0, 31.0, 12.0)}
    return found


def turned() -> bytes:
    image = photo(1600, 900)
    image.paste((255, 0, 0), (0, 0, 1600, 450))
    return saved(image, "JPEG", exif=exif(), comment=b"secret place")


def test_a_photo_on_its_side_is_put_right_and_does_not_tell_its_place(tmp_path: Path) -> None:
    built = site_with(tmp_path, {"a.jpg": turned()}).build()
    (image,) = images(built)
    assert (image["width"], image["height"]) == ("900", "1600")
    for path in copies(built).values():
        with Image.open(path) as copy:
            assert copy.height == round(copy.width * 16 / 9)
            assert not copy.getexif()
            assert not copy.info.keys() & {"exif", "xmp", "icc_profile"}
            red, _green, blue = copy.getpixel((copy.width - 10, copy.height // 2))  # type: ignore[misc]
            assert red > 200 > blue + 100
        assert b"secret" not in path.read_bytes()


def animated(kind: str) -> bytes:
    frames = [photo(800, 450, seed=number) for number in (1, 2)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def bomb() -> bytes:
    """Return a picture of 60 megapixels in a few bytes."""
    return saved(Image.new("L", (10_000, 6_000)), "PNG")


def transparent() -> bytes:
    image = photo(800, 450, "RGBA")
    image.putpixel((3, 3), (0, 0, 0, 0))
    return saved(image, "PNG")


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"><path d="M0 0h9v9z"/></svg>'
)
AS_THEY_ARE: dict[str, Callable[[], bytes]] = {
    "drawing.svg": lambda: SVG,
    "moves.gif": lambda: animated("GIF"),
    "moves.png": lambda: animated("PNG"),
    "moves.webp": lambda: animated("WEBP"),
    "transparent.png": transparent,
    "keyed.png": lambda: saved(photo(800, 450), "PNG", transparency=(1, 2, 3)),
    "palette.png": lambda: saved(photo(800, 450).quantize(64), "PNG"),
    "ink.jpg": lambda: saved(photo(800, 450, "CMYK"), "JPEG"),
    "deep.png": lambda: saved(photo(800, 450, "L").convert("I;16"), "PNG"),
    "bits.png": lambda: saved(photo(800, 450, "1"), "PNG"),
    "bomb.png": bomb,
    "cut.jpg": lambda: JPEG[: len(JPEG) // 2],
    "cut.png": lambda: saved(photo(800, 450), "PNG")[:5000],
    "text.jpg": lambda: b"no picture",
    "empty.png": lambda: b"",
    "profile.jpg": lambda: saved(photo(800, 450), "JPEG", icc_profile=b"no profile" * 20),
    "small.png": lambda: saved(photo(200, 112), "PNG"),
    "rough.jpg": lambda: saved(photo(250, 140), "JPEG", quality=1),
    "turned.png": lambda: saved(photo(800, 450), "PNG", exif=exif()),
}


def test_what_only_the_file_shows_right_is_shown_by_the_file(tmp_path: Path) -> None:
    pictures = {name: make() for name, make in AS_THEY_ARE.items()}
    built = site_with(tmp_path, pictures).build()
    shown = {image["src"].rpartition("/")[2]: image for image in images(built)}
    assert shown.keys() == pictures.keys()
    assert [name for name, image in shown.items() if "srcset" in image.attrs] == []
    assert not copies(built)
    assert (shown["bomb.png"]["width"], shown["bomb.png"]["height"]) == ("10000", "6000")
    assert "width" not in shown["text.jpg"].attrs
    assert built.warnings == []


def test_opaque_pictures_with_an_alpha_channel_have_copies(tmp_path: Path) -> None:
    (image,) = images(
        site_with(tmp_path, {"a.png": saved(photo(800, 450, "RGBA"), "PNG")}).build()
    )
    assert "srcset" in image.attrs


def test_pictures_on_other_sites_are_left_where_they_are(tmp_path: Path) -> None:
    site = Site(
        tmp_path / "site",
        {"blog/index.md": CARDS, "blog/a.md": post(image="https://e.org/a.jpg")},
    )
    (image,) = images(site.build())
    assert image["src"] == "https://e.org/a.jpg"
    assert not {"srcset", "width", "sizes"} & image.attrs.keys()


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_copies_are_the_same_however_the_site_is_built(tmp_path: Path, builder: str) -> None:
    site = site_with(tmp_path, {"a.jpg": JPEG, "b.png": saved(photo(800, 450), "PNG")})
    site.build(builder)
    (site.src / "blog/a.jpg").write_bytes(saved(photo(900, 500, seed=3), "JPEG"))
    after = site.build(builder)
    again = site.build(builder, out="parallel", doctrees="others", jobs=2)
    assert len(copies(after)) == 6
    assert tree(after.out) == tree(again.out)


def test_no_copy_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = {"a.jpg": JPEG, "ink.jpg": AS_THEY_ARE["ink.jpg"]()}
    site = site_with(tmp_path, pictures)
    before = tree(site.build().out)
    from sphinx_openinfra_blog.environment import thumbnails

    monkeypatch.setattr(thumbnails, "_resized", None)
    shutil.rmtree(site.root / "html/_images")
    site.write({"blog/new.md": post("New", date="2020-01-01")})
    site.build()
    site.remove("blog/new.md")
    assert tree(site.build().out) == before


def test_copies_of_what_is_shown_no_more_are_removed(tmp_path: Path) -> None:
    site = site_with(tmp_path, {"a.jpg": JPEG, "b.png": saved(photo(800, 450), "PNG")})
    both = copies(site.build())
    site.write({"blog/b-png.md": post("b.png", "![Of it](b.png)", draft="true")})
    one = copies(site.build())
    assert len(one) == 3
    assert one.keys() < both.keys()
    site.write({"blog/index.md": "# News\n\n```{blog}\n:style: titles\n```\n"})
    shutil.rmtree(site.root / "html/blog/year", ignore_errors=True)
    kept = {path.name for path in (site.root / "doctrees").rglob("*.webp")}
    assert kept == one.keys()


def test_without_the_extra_there_are_no_copies_and_asking_for_them_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_with(tmp_path, {"a.jpg": JPEG})
    with monkeypatch.context() as patch:
        patch.setattr("sphinx_openinfra_blog.config.checks.find_spec", lambda _name: None)
        without = site.build()
        assert not copies(without)
        assert "srcset" not in images(without)[0].attrs
        with pytest.raises(ConfigError, match=r"sphinx-openinfra-blog\[images\]"):
            site.build(openinfra_blog_thumbnails=True)
    assert len(copies(site.build())) == 3
    assert not copies(site.build(openinfra_blog_thumbnails=False))
