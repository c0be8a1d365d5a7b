"""The real posts, as the old sites published them."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
import yaml
from bs4 import BeautifulSoup
from helpers import ARCHIVE, INDEX, Site, parsed
from markdown_it import MarkdownIt

from sphinx_openinfra_blog.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from helpers import Built

WAYS = [
    pytest.param(("dirhtml", "furo"), id="dirhtml-furo"),
    pytest.param(("html", "alabaster"), id="html-alabaster", marks=pytest.mark.matrix),
]
THEMES = ["furo", "alabaster", "openstackdocs"]
#: The names of the categories that an archive has as headings.
HEADINGS = "h2.blog-category bdi"


def lay_out(corpus: Path, root: Path, **conf: object) -> Site:
    """Copy one site's posts, unedited."""
    made = Site(root, {"index.md": INDEX, "blog/index.md": ARCHIVE}, conf)
    for path in (corpus / "blog").iterdir():
        shutil.copyfile(path, made.src / "blog" / path.name)
    return made


@pytest.fixture(scope="module", params=WAYS)
def openinfra(
    request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    """Build the OpenInfra posts with ``-j 2``, once for all tests of a builder and a theme."""
    builder, theme = request.param
    folder = corpus / "openinfra"
    made = lay_out(
        folder,
        tmp_path_factory.mktemp("openinfra") / "site",
        html_theme=theme,
        openinfra_blog_slugs="kebab",
        openinfra_blog_categories=str(folder / "blog-config.json"),
        openinfra_blog_authors=str(folder / "author"),
        openinfra_blog_media={"/img/": str(folder / "img")},
        html_baseurl="https://openinfra.org/",
        openinfra_blog_feed_length=0,
        openinfra_blog_feed_paths={"rss": "/rss.xml"},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795000000")
        yield made.build(builder, jobs=2)


@pytest.fixture(scope="module")
def expected(corpus: Path) -> list[dict[str, Any]]:
    """Return what the old site published for each post."""
    posts: list[dict[str, Any]] = json.loads(
        (corpus / "openinfra/expected.json").read_text(encoding="utf-8")
    )["posts"]
    return posts


def page_of(built: Built, name: str) -> Any:
    """Return the document's own body on any of the themes."""
    soup = built.html(name)
    return soup.select_one("article[role=main], div.body[role=main], div.docs-body") or soup.body


def front_matter(corpus: Path, file: str) -> dict[str, Any]:
    text = (corpus / "openinfra/blog" / file).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return loaded


def docname_of(item: dict[str, Any], seen: set[str]) -> str:
    """Return where a post must be: the old path, but for the two that the issue names."""
    path = item["path"].strip("/")
    if not path.startswith("blog/"):
        path = f"blog/{path}"
    return f"{path}-2" if path in seen else path


def in_claim_order(expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(expected, key=lambda item: (item["hidden"], item["date"]))


def test_54_posts_are_at_their_old_path_and_two_where_they_must_be(
    openinfra: Built, expected: list[dict[str, Any]], corpus: Path
) -> None:
    seen: set[str] = set()
    moved = []
    for item in in_claim_order(expected):
        docname = docname_of(item, seen)
        seen.add(docname)
        if docname != item["path"].strip("/"):
            moved.append(docname)
        body = page_of(openinfra, docname)
        title = " ".join(front_matter(corpus, item["file"])["title"].split())
        own = [head for head in body.select("section > h1") if head.select(".headerlink")]
        assert [head.get_text().removesuffix("¶").removesuffix("#") for head in own] == [title]
        time = body.select_one("p.blog-byline time")
        assert time["datetime"] == item["date"]
        author = body.select_one("p.blog-byline a")
        assert author.get_text() == item["author"].strip()
        assert openinfra.path(item["authorPath"].strip("/")).is_file()
    assert len(seen) == len(expected) == 56
    assert len(moved) == 2
    assert (openinfra.out / "oct2025-ptg-summary/index.html").is_file()


def test_no_heading_level_is_skipped(openinfra: Built, expected: list[dict[str, Any]]) -> None:
    for item in expected:
        body = page_of(openinfra, f"blog/{item['path'].strip('/').removeprefix('blog/')}")
        levels = [int(head.name[1]) for head in body.select("section > :is(h1,h2,h3,h4,h5,h6)")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_paragraph_of_every_post_is_there(
    openinfra: Built, expected: list[dict[str, Any]], corpus: Path
) -> None:
    """Words of the source, markup and addresses taken out, are found on the page in order."""
    seen: set[str] = set()
    for item in in_claim_order(expected):
        docname = docname_of(item, seen)
        seen.add(docname)
        text = (corpus / "openinfra/blog" / item["file"]).read_text(encoding="utf-8")
        body = text.split("---\n", 2)[2]
        shown = squeezed(page_of(openinfra, docname).get_text())
        for paragraph in re.split(r"\n\s*\n", body):
            if paragraph.lstrip().startswith(("#", "<", "```", "|", "![", "[")):
                continue
            sentence = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]*>|https?://\S+", r"\1", paragraph)
            for words in re.split(r"[\n.\\*_>`]+|^\s*\d+\.", sentence):
                if len(squeezed(words)) > 25 and not re.search(r"[\[\]()!&]|--", words):
                    assert squeezed(words) in shown, (docname, words)


def squeezed(text: str) -> str:
    """Return the letters and digits of a text only."""
    return re.sub(r"[\W_]+", "", text)


def test_the_archive_and_the_term_pages_hold_the_right_posts_in_order(
    openinfra: Built, expected: list[dict[str, Any]], corpus: Path
) -> None:
    shown = sorted(
        (item for item in expected if not item["hidden"]),
        key=lambda item: item["date"],
        reverse=True,
    )
    titles = {
        item["file"]: " ".join(front_matter(corpus, item["file"])["title"].split())
        for item in shown
    }
    configured = json.loads((corpus / "openinfra/blog-config.json").read_text(encoding="utf-8"))
    labels = [item["text"] for item in configured["categories"]]
    archive = page_of(openinfra, "blog/index")
    for label in labels:
        wanted = [titles[item["file"]] for item in shown if label in item["categories"]]
        page = page_of(openinfra, f"blog/category/{kebab(label)}")
        assert [link.get_text() for link in page.select(".blog-title a")] == wanted
        heading = next((h for h in archive.select(HEADINGS) if h.get_text() == label), None)
        assert (heading is not None) == bool(wanted)
        if heading is not None:
            links = heading.find_next("ul").select(".blog-title a")
            assert [link.get_text() for link in links] == wanted
    order = [head.get_text() for head in archive.select(HEADINGS)]
    assert order == [label for label in labels if label in order]
    for path in {item["authorPath"] for item in expected}:
        wanted = [titles[item["file"]] for item in shown if item["authorPath"] == path]
        page = page_of(openinfra, path.strip("/"))
        assert [link.get_text() for link in page.select(".blog-title a")] == wanted


def kebab(label: str) -> str:
    """Return the slug of one of the configured labels, as the old site has it."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label)
    return "-".join(re.findall("[A-Za-z]+", words)).lower()


def test_hidden_posts_are_in_no_listing(openinfra: Built, expected: list[dict[str, Any]]) -> None:
    hidden = {item["path"].rpartition("/")[2] for item in expected if item["hidden"]}
    assert hidden
    listings = ["blog/index"]
    for folder in ("category", "author"):
        names = [path.name for path in (openinfra.out / "blog" / folder).iterdir()]
        listings += [f"blog/{folder}/{name.removesuffix('.html')}" for name in names]
    for name in listings:
        links = {
            link["href"].strip("/").split("/")[-1] for link in openinfra.html(name).select("a")
        }
        assert not {link.removesuffix(".html") for link in links} & hidden


def test_no_link_inside_the_site_is_broken(openinfra: Built) -> None:
    broken = []
    for path in openinfra.out.rglob("*.html"):
        soup = parsed(path)
        for link in soup.select("a[href]"):
            target, _, fragment = link["href"].partition("#")
            if re.match(r"[a-z]+:|//|/", target) or link.find_parent(class_="related"):
                continue
            there = (path.parent / target) if target else path
            there = there / "index.html" if there.is_dir() else there
            if not there.is_file() or (not target and fragment and not soup.find(id=fragment)):
                broken.append((path.name, link["href"]))
    assert broken == []


def test_all_warnings_are_the_blogs_own(openinfra: Built) -> None:
    assert {item.type.partition(".")[0] for item in openinfra.warnings} == {"openinfra_blog"}
    assert all(item.line and item.file.startswith("blog/") for item in openinfra.warnings)


def old_feed(expected: list[dict[str, Any]]) -> str:
    """Return the old site's feed, as far as readers remember it: each item's id and link."""
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    ET.SubElement(channel, "link").text = "https://openinfra.org/"
    for post in expected:
        item = ET.SubElement(channel, "item")
        ET.SubElement(item, "guid", isPermaLink="false").text = post["guid"]
        ET.SubElement(item, "link").text = f"https://openinfra.org{post['path']}"
    return ET.tostring(rss, encoding="unicode")


def test_the_move_loses_nothing_but_the_ids_of_hidden_posts(
    openinfra: Built, expected: list[dict[str, Any]], corpus: Path, tmp_path: Path
) -> None:
    both = [
        f"{path.rstrip('/')}{end}" for path in old_paths(expected, corpus) for end in ("", "/")
    ]
    (tmp_path / "old.txt").write_text("\n".join([*both, "/rss.xml"]), encoding="utf-8")
    (tmp_path / "old.xml").write_text(old_feed(expected), encoding="utf-8")
    out = StringIO()
    arguments = ["--urls", str(tmp_path / "old.txt"), "--rss", str(tmp_path / "old.xml")]
    with redirect_stdout(out):
        status = main(["parity", str(openinfra.out), *arguments, "--format", "json"])
    said = json.loads(out.getvalue())
    assert status == 1
    assert said["checked_addresses"] > 2 * len(expected)
    assert said["addresses"] == []
    visible = {item["guid"] for item in expected if not item["hidden"]}
    hidden = {item["guid"] for item in expected if item["hidden"]} - visible
    assert {item["id"] for item in said["ids"]} == hidden
    assert all("noindex" in item["reason"] for item in said["ids"])


def old_paths(expected: list[dict[str, Any]], corpus: Path) -> set[str]:
    """Return every address of the old blog, without closing slashes."""
    configured = json.loads((corpus / "openinfra/blog-config.json").read_text(encoding="utf-8"))
    paths = {"/blog"} | {f"/blog/category/{kebab(c['text'])}" for c in configured["categories"]}
    for item in expected:
        paths |= {item["path"], item["authorPath"]}
    return {path.rstrip("/") for path in paths}


def test_the_accidental_author_pages_lead_to_the_authors(openinfra: Built, corpus: Path) -> None:
    authors = sorted((corpus / "openinfra/author").glob("*.md"))
    leading = [
        path.stem
        for path in authors
        if (openinfra.out / "author" / unicodedata.normalize("NFC", path.stem)).is_dir()
    ]
    assert len(leading) > 10
    for stem in leading:
        page = openinfra.out / "author" / unicodedata.normalize("NFC", stem) / "index.html"
        target = page.parent / parsed(page).find("a")["href"]
        assert (target / "index.html" if target.is_dir() else target).is_file()


def test_feeds_hold_every_visible_post_newest_first(
    openinfra: Built, expected: list[dict[str, Any]]
) -> None:
    shown = sorted(
        (item for item in expected if not item["hidden"]),
        key=lambda item: item["date"],
        reverse=True,
    )
    rss = ET.fromstring((openinfra.out / "rss.xml").read_bytes())  # noqa: S314
    guids = [guid.text for guid in rss.iter("guid")]
    assert [guid for guid in guids if not str(guid).startswith("tag:")] == [
        item["guid"] for number, item in enumerate(shown) if is_first(item, shown[number + 1 :])
    ]
    assert len(set(guids)) == len(shown)
    for path in openinfra.out.rglob("*.xml"):
        found = feedparser.parse(path.read_bytes(), sanitize_html=False)
        assert not found.bozo, path
        assert all(entry.get("content") for entry in found.entries)


def is_first(item: dict[str, Any], older: list[dict[str, Any]]) -> bool:
    """Tell whether a post has its address for itself, or is the earliest that claims it."""
    return all(other["guid"] != item["guid"] for other in older)


def test_nothing_in_a_feed_is_relative(openinfra: Built) -> None:
    content = {
        item["id"]: item["content_html"]
        for item in json.loads((openinfra.out / "blog/feed.json").read_bytes())["items"]
    }
    relative = [
        (key, tag.name, tag[name])
        for key, html in content.items()
        for tag in BeautifulSoup(html, "html5lib").find_all(True)
        for name in ("href", "src", "poster")
        if tag.get(name) and not re.match("(https?|mailto|tel|data):", str(tag[name]))
    ]
    assert relative == []


def test_heads_say_what_the_front_matter_says(
    openinfra: Built, expected: list[dict[str, Any]], corpus: Path
) -> None:
    seen: set[str] = set()
    for item in in_claim_order(expected):
        docname = docname_of(item, seen)
        seen.add(docname)
        head = openinfra.html(docname).head
        seo = front_matter(corpus, item["file"]).get("seo") or {}
        tags = head("meta", content=True)
        said = {tag.get("property") or tag.get("name"): tag["content"] for tag in tags}
        wanted = seo.get("title") or front_matter(corpus, item["file"])["title"]
        assert said["og:title"] == said["twitter:title"] == " ".join(wanted.split())
        if seo.get("description"):
            written = MarkdownIt("commonmark", {"html": False}).render(seo["description"])
            shown = BeautifulSoup(written, "html5lib").get_text()
            assert said["description"].split() == shown.split()
        assert said["article:author"] == item["author"].strip()
        assert said["article:published_time"] == item["date"]
        assert said.get("robots") == ("noindex" if item["hidden"] else None)
        canonical = [link["href"] for link in head("link", rel="canonical")]
        assert canonical == [said["og:url"]]
        assert said["og:url"].startswith(f"https://openinfra.org/{docname}")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("builder", ["html", pytest.param("dirhtml", marks=pytest.mark.matrix)])
def test_the_ironic_posts_are_complete(
    corpus: Path, tmp_path: Path, theme: str, builder: str
) -> None:
    folder = corpus / "ironic"
    made = lay_out(
        folder,
        tmp_path / "site",
        html_theme=theme,
        openinfra_blog_categories=str(folder / "blog-config.json"),
        suppress_warnings=["openinfra_blog"],
    )
    built = made.build(builder)
    assert built.text == ""
    stems = {path.stem for path in (folder / "blog").iterdir()}
    assert len(stems) == 6
    assert all(built.path(f"blog/{stem}").is_file() for stem in stems)
    archive = built.html("blog/index")
    groups = [head.get_text() for head in archive.select(HEADINGS)]
    assert groups == ["News & Announcements", "Deep Dives", "Development Update"]
    assert len(archive.select(".blog-title a")) == 6
