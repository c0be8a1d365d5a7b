"""Images, files and links in the raw HTML of posts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from helpers import PNG, Site, parsed, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

CONF = {
    "openinfra_blog_media": {"/img/": "static/img", "/cdn/": "https://cdn.example/"},
    "openinfra_blog_hosts": ["old.example"],
    "html_baseurl": "https://site.example/",
    "suppress_warnings": ["toc.not_included"],
}
OTHER = post("Other", "## Part\n\nText.", aliases="[/blog/former]")
FILES = ["static/img/a.png", "static/img/a b.png", "blog/pics/near.png", "pics/root.png"]
FILES += ["static/img/v.mp4", "blog/v.webm", "static/img/paper.pdf", "blog/near.pdf"]

#: Raw HTML -> the URLs of its attributes on the page of a post under html, and the kinds of its
#: warnings. A file name alone stands for a file that is there, as the address of the page has it.
SHOWN: dict[str, tuple[list[str], list[str]]] = {
    '<img src="/img/a.png" alt="x">': (["_images/a.png"], []),
    "<IMG SRC='/img/a b.png' ALT=''>": (["_images/a%20b.png"], []),
    "<img src=/img/a%20b.png alt=x>": (["_images/a%20b.png"], []),
    '<img src="pics/near.png?v=2" alt="x">': (["_images/near.png"], []),
    '<img src="/pics/root.png" alt="x">': (["_images/root.png"], []),
    '<img src="../pics/root.png" alt="x">': (["_images/root.png"], []),
    '<img src="/cdn/c.png" alt="x">': (["https://cdn.example/c.png"], []),
    '<img src="https://a.example/&amp;" alt="x">': (["https://a.example/&"], []),
    '<img src="data:image/png;base64,AAAA" alt="x">': (["data:image/png;base64,AAAA"], []),
    '<img src="/img/none.png" alt="x">': (["/img/none.png"], ["image"]),
    '<img src="/img/a.png">': (["_images/a.png"], ["alt_text"]),
    '<img src="" data-src="x">': ([""], []),
    '<img src="/img/a.png" alt="x" srcset="pics/near.png 1x, https://a.example/b 2x">': (
        ["_images/a.png", "_images/near.png 1x, https://a.example/b 2x"],
        [],
    ),
    '<video src="/img/v.mp4" poster="/img/a.png"><source src="v.webm"></video>': (
        ["_downloads/v.mp4", "_images/a.png", "_downloads/v.webm"],
        [],
    ),
    '<audio src="/img/none.mp3"></audio>': (["/img/none.mp3"], ["image"]),
    '<a href="/img/a.png"><img src="/img/a.png" alt="x"></a>': (
        ["_downloads/a.png", "_images/a.png"],
        [],
    ),
    '<a href="/img/paper.pdf">x</a>': (["_downloads/paper.pdf"], []),
    '<a href="near.pdf">x</a>': (["_downloads/near.pdf"], []),
    '<a href="other.md#part">x</a>': (["other.html#part"], []),
    '<a href="../guide.md">x</a>': (["../guide.html"], []),
    '<a href="https://old.example/blog/other/#part">x</a>': (["other.html#part"], []),
    "<A HREF=/blog/other/>x</A>": (["other.html"], []),
    '<a href="/blog/former">x</a>': (["other.html"], []),
    '<a href="/blog/nothing">x</a>': (["https://site.example/blog/nothing"], ["own_link"]),
    '<a href="https://a.example/x?a=1&amp;b">x</a>': (["https://a.example/x?a=1&b"], []),
    '<a href="www.example.com/x">x</a>': (["https://www.example.com/x"], ["link"]),
    '<a href="hidden.md">x</a>': ([], ["own_link"]),
    '<a href="#part">x</a> <a href="mailto:a@b.example">x</a>': (
        ["#part", "mailto:a@b.example"],
        [],
    ),
    '<a href="of-the-output.html">x</a>': (["of-the-output.html"], []),
    '<a href="../guide.html">x</a>': (["../guide.html"], []),
    '<a href="other/">x</a>': (["other.html"], []),
    '<a href="../blog/other/#part">x</a>': (["other.html#part"], []),
    "<!-- <img src='/img/none.png'> --> <script>'<img src=\"/img/none.png\">'</script>": ([], []),
    "<pre><code><img src='/img/a.png' alt='x'></code></pre>": (["_images/a.png"], []),
}


def urls_of(element: Any) -> list[str]:
    """Return the URLs in HTML; the folder of a file that Sphinx copied is cut short."""
    found = []
    for tag in element.find_all(True):
        for name in ("href", "src", "poster", "srcset"):
            if "headerlink" not in tag.get("class", ()) and (url := tag.get(name)) is not None:
                parts = url.removeprefix("../").split("/")
                is_copied = parts[0] in {"_images", "_downloads"}
                found.append(f"{parts[0]}/{url.partition(parts[0])[2][1:]}" if is_copied else url)
                if parts[0] == "_downloads":
                    found[-1] = f"{parts[0]}/{parts[-1]}"
    return found


@pytest.fixture(scope="module", params=["block", "inline", "rst"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site with a post for each piece of HTML, each in one kind of source."""
    files = {
        "blog/other.md": OTHER,
        "blog/hidden.md": post("Hidden", draft="true"),
        "guide.md": "# Guide\n",
    }
    for number, html in enumerate(SHOWN):
        name = f"blog/{number}"
        match request.param:
            case "block":
                files[f"{name}.md"] = post(str(number), f"Text.\n\n<div>\n{html}\n</div>")
            case "inline":
                files[f"{name}.md"] = post(str(number), f"Text {html} more.")
            case _:
                files[f"{name}.rst"] = (
                    f"---\ntitle: '{number}'\ndate: 2025-01-01\n---\n\n"
                    f"Text.\n\n.. raw:: html\n\n   {html}\n"
                )
    return _site(tmp_path_factory.mktemp("raw"), files).build()


def _site(root: Path, files: dict[str, str], **conf: object) -> Site:
    site = Site(root / "site", files, CONF | conf)
    for name in FILES:
        path = site.src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PNG + name.encode())
    return site


@pytest.mark.parametrize(("html", "expected"), SHOWN.items(), ids=SHOWN)
def test_raw_html_is_treated_like_the_markup_around_it(
    shown: Built, html: str, expected: tuple[list[str], list[str]]
) -> None:
    number = [*SHOWN].index(html)
    urls, types = expected
    assert urls_of(shown.body(f"blog/{number}").select_one(".blog-content")) == urls
    here = [item for item in shown.warnings if item.file.startswith(f"blog/{number}.")]
    assert sorted(item.type for item in here) == [f"openinfra_blog.{kind}" for kind in types]
    assert all(item.line for item in here)


def test_every_file_that_raw_html_shows_is_in_the_output(shown: Built) -> None:
    linked = {
        (shown.path(page).parent / url.split()[0]).resolve()
        for page in (f"blog/{number}" for number in range(len(SHOWN)))
        for url in _written(shown.html(page))
        if "_images/" in url or "_downloads/" in url
    }
    assert len(linked) > 8
    assert not [path for path in linked if not _decoded(path).is_file()]


def _written(page: Any) -> list[str]:
    return [
        tag[name]
        for tag in page.find_all(True)
        for name in ("href", "src", "poster")
        if tag.get(name)
    ]


def _decoded(path: Path) -> Path:
    return Path(str(path).replace("%20", " "))


BODY = """\
Text with <img src="/img/a.png" alt="first"> in it.

<a class=big  href='/blog/other/' data-x="&lt;">A</a>
<video src="/img/v.mp4" poster="/img/a.png"></video>
"""


def test_no_byte_but_the_urls_changes(tmp_path: Path) -> None:
    site = _site(tmp_path, {"blog/one.md": post("One", BODY), "blog/other.md": OTHER})
    html = site.build().path("blog/one").read_text(encoding="utf-8")
    assert """<a class=big  href="other.html" data-x="&lt;">A</a>""" in html


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_feeds_have_whole_urls_of_what_raw_html_shows(tmp_path: Path, builder: str) -> None:
    site = _site(tmp_path, {"blog/one.md": post("One", BODY), "blog/other.md": OTHER})
    built = site.build(builder)
    feed = json.loads((built.out / "blog/feed.json").read_text(encoding="utf-8"))
    [item] = [item for item in feed["items"] if item["title"] == "One"]
    page = "https://site.example/blog/other" + (".html" if builder == "html" else "/")
    content: Any = BeautifulSoup(item["content_html"], "html5lib")
    assert content.img["src"] == content.video["poster"] == "https://site.example/_images/a.png"
    assert content.video["src"].startswith("https://site.example/_downloads/")
    assert content.a["href"] == page


def test_the_first_image_of_raw_html_is_the_picture_of_the_post(tmp_path: Path) -> None:
    site = _site(tmp_path, {"blog/one.md": post("One", BODY), "blog/other.md": OTHER})
    page = site.build().html("blog/one")
    assert page.select_one("meta[property='og:image']")["content"].endswith("/_images/a.png")
    assert page.select_one("meta[property='og:image:alt']")["content"] == "first"


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "gettext", "xml", "dummy"])
def test_builders_of_other_formats_see_the_html_as_it_was_written(
    tmp_path: Path, builder: str
) -> None:
    remote = '<img src="https://a.example/x.png" alt="r">'
    index = "# Site\n\n```{toctree}\nblog/index\nblog/one\nblog/other\n```\n"
    files = {"blog/one.md": post("One", BODY + remote), "blog/other.md": OTHER, "index.md": index}
    built = _site(tmp_path, files).build(builder)
    assert built.types() == []
    if builder == "xml":
        text = (built.out / "blog/one.xml").read_text(encoding="utf-8")
        assert "&lt;a class=big  href='/blog/other/' data-x=" in text
        assert remote.replace("<", "&lt;").replace(">", "&gt;") in text


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "json", "pickle"])
def test_other_builders_of_html_copy_the_images(tmp_path: Path, builder: str) -> None:
    remote = '<img src="https://a.example/x.png" alt="r">'
    index = "# Site\n\n```{toctree}\nblog/index\nblog/one\nblog/other\n```\n"
    files = {"blog/one.md": post("One", BODY + remote), "blog/other.md": OTHER, "index.md": index}
    site = _site(tmp_path, files, version="1", copyright="x")
    built = site.build(builder)
    assert built.types() == []
    assert (built.out / "_images/a.png").is_file()
    if builder in {"epub", "singlehtml"}:
        name = {"epub": "blog/one.xhtml", "singlehtml": "index.html"}[builder]
        images = [image["src"] for image in parsed(built.out / name).select("img[alt]")]
        assert images[-2:] == [
            "../_images/a.png" if builder == "epub" else "_images/a.png",
            "https://a.example/x.png",
        ]


def test_the_html_of_ordinary_pages_is_left_alone(tmp_path: Path) -> None:
    html = '<img src="/img/a.png">\n\n<a href="/blog/other/">x</a>\n'
    files = {"guide.md": f"---\norphan: true\n---\n\n# Guide\n\n{html}"}
    built = _site(tmp_path, files | {"blog/other.md": OTHER}).build()
    assert built.types() == []
    assert urls_of(built.body("guide")) == ["/img/a.png", "/blog/other/"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_after_any_edit_the_output_is_that_of_a_clean_build(tmp_path: Path, jobs: int) -> None:
    late = '<img src="/img/late.png" alt="x"> <a href="late.pdf">x</a> <a href="new.md">y</a>'
    files = {f"blog/{name}.md": post(name, BODY + late) for name in ("one", "two", "three")}
    site = _site(tmp_path, files | {"blog/other.md": OTHER})
    site.build(jobs=jobs)
    edits: list[Callable[[], object]] = [
        lambda: (site.src / "static/img/late.png").write_bytes(PNG + b"late"),
        lambda: (site.src / "blog/late.pdf").write_bytes(b"pdf"),
        lambda: site.write({"blog/new.md": post("New")}),
        lambda: site.write({"blog/new.md": post("New", slug="newer")}),
        lambda: site.write(
            {"blog/other.md": post("Other", slug="moved", aliases="[/blog/other]")}
        ),
        lambda: (site.src / "static/img/a.png").write_bytes(PNG + b"again"),
        lambda: site.remove("static/img/late.png"),
        lambda: site.remove("blog/new.md", "blog/late.pdf"),
        lambda: site.write({"blog/one.md": post("one", draft="true")}),
    ]
    for number, edit in enumerate(edits):
        edit()
        here = tree(site.build(jobs=jobs).out)
        clean = site.build(out=f"clean{number}", doctrees=f"clean-doctrees{number}").out
        there = tree(clean)
        differing = {
            name for name in here.keys() | there.keys() if here.get(name) != there.get(name)
        }
        assert differing == set(), number


def test_the_files_of_a_withdrawn_post_leave_the_output(tmp_path: Path) -> None:
    site = _site(tmp_path, {"blog/one.md": post("One", BODY), "blog/other.md": OTHER})
    built = site.build()
    assert list((built.out / "_downloads").rglob("v.mp4"))
    site.write({"blog/one.md": post("One", BODY, draft="true")})
    built = site.build()
    assert not list((built.out / "_downloads").rglob("v.mp4"))
    assert not (built.out / "_images/a.png").exists()


@pytest.mark.parametrize("extensions", [["html_image"], ["html_admonition"]])
def test_the_html_that_myst_parser_reads_itself_stays_its_own(
    tmp_path: Path, extensions: list[str]
) -> None:
    body = (
        'Text <img src="/img/a.png" alt="x" width="20px">\n\n'
        '<div class="admonition note" name="html">\n<p>Inside</p>\n</div>'
    )
    files = {"blog/one.md": post("One", body)}
    built = _site(tmp_path, files, myst_enable_extensions=extensions).build()
    assert built.types() == []
    assert {*urls_of(built.body("blog/one").select_one(".blog-content"))} == {"_images/a.png"}
