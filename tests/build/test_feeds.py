"""The blog's feeds: which there are, what they hold, and when they are written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from bs4 import BeautifulSoup
from helpers import PNG, Site, post
from rich_site import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from helpers import Built

FILES = {
    "blog/a.md": post(
        "First & <last>",
        "Some *text* and a [link](b.md).\n\n## Part\n\n![alt](i.png)\n\n"
        '<img src="/x.png" srcset="y.png 2x"><script>alert(1)</script>',
        author="[Ann Lee, Bo]",
        category="[{value: n, label: News}]",
        tags="[one]",
        seo="{url: 'https://old.example/blog/first?x=1'}",
        updated="2026-03-01",
    ),
    "blog/b.md": post("Second", date="2026-01-03", author="Ann Lee"),
    "blog/hidden.md": post("Hidden", hidePost="true", author="Cy", date="2026-01-04"),
    "blog/draft.md": post("Draft", draft="true"),
    "blog/undated.md": post("Undated", date=""),
}


def lay_out(root: Path) -> Site:
    made = Site(
        root,
        FILES,
        {
            "html_baseurl": BASE,
            "project": "Site",
            "openinfra_blog_categories": [{"id": "n", "label": "News"}, "Empty"],
            "openinfra_blog_hosts": ["ids.example", "old.example"],
            "openinfra_blog_term_feeds": ["atom", "rss"],
            "suppress_warnings": ["openinfra_blog.date"],
        },
    )
    (made.src / "blog/i.png").write_bytes(PNG)
    return made


@pytest.fixture
def made(tmp_path: Path) -> Site:
    """Return a site that each test may change."""
    return lay_out(tmp_path / "site")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """Return the outputs of that site, by builder."""
    made = lay_out(tmp_path_factory.mktemp("feeds") / "site")
    return {
        name: made.build(name)
        for name in ("html", "dirhtml", "json", "singlehtml", "epub", "text")
    }


@pytest.fixture(scope="module")
def built(outputs: dict[str, Built]) -> Built:
    return outputs["dirhtml"]


def feeds(built: Built) -> dict[str, Path]:
    return {
        path.relative_to(built.out).as_posix(): path
        for path in sorted(built.out.rglob("*"))
        if path.name in {"atom.xml", "rss.xml", "feed.json"}
    }


def read(path: Path) -> Any:
    found = feedparser.parse(path.read_bytes(), sanitize_html=False)
    assert not found.bozo, found
    return found


def titles(path: Path) -> list[str]:
    if path.suffix == ".json":
        return [item["title"] for item in json.loads(path.read_text(encoding="utf-8"))["items"]]
    # Not feedparser's, which takes a title for HTML.
    root = ET.fromstring(path.read_bytes())  # noqa: S314
    entries = root.findall("channel/item") or root.findall("{*}entry")
    return [str(entry.findtext("{*}title")) for entry in entries]


def test_there_is_a_feed_for_the_blog_and_for_each_term(built: Built) -> None:
    assert built.types() == ["openinfra_blog.image"]  # One in raw HTML is not there.
    found = {name: titles(path) for name, path in feeds(built).items()}
    both = ["Second", "First & <last>"]
    assert found == {
        "blog/atom.xml": both,
        "blog/rss.xml": both,
        "blog/feed.json": both,
        "blog/author/ann-lee/atom.xml": both,
        "blog/author/ann-lee/rss.xml": both,
        "blog/author/bo/atom.xml": both[1:],
        "blog/author/bo/rss.xml": both[1:],
        "blog/category/news/atom.xml": both[1:],
        "blog/category/news/rss.xml": both[1:],
        "blog/category/empty/atom.xml": [],
        "blog/category/empty/rss.xml": [],
        "blog/tag/one/atom.xml": both[1:],
        "blog/tag/one/rss.xml": both[1:],
    }


def test_without_the_sites_address_there_are_none_and_one_line_says_why(made: Site) -> None:
    built = made.build(html_baseurl="")
    assert feeds(built) == {}
    assert not built.html("blog/b").find_all("link", rel="alternate")
    said = [line for line in built.status if "html_baseurl" in line]
    assert said == ["html_baseurl is not set; skipping feeds and canonical URLs"]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_addresses_in_feeds_are_those_of_the_pages(
    outputs: dict[str, Built], builder: str
) -> None:
    built = outputs[builder]
    end = ".html" if builder == "html" else "/"
    atom = read(built.out / "blog/atom.xml")
    assert atom.feed.title == "Site – News"
    assert [entry.link for entry in atom.entries] == [
        f"{BASE}blog/b{end}",
        f"{BASE}blog/first{end}",
    ]
    links = {(link.rel, link.href) for link in atom.feed.links}
    index = "blog/index.html" if builder == "html" else "blog/"
    assert links == {("alternate", BASE + index), ("self", f"{BASE}blog/atom.xml")}
    assert atom.entries[1].authors == [
        {"name": "Ann Lee", "href": f"{BASE}blog/author/ann-lee{end}"},
        {"name": "Bo", "href": f"{BASE}blog/author/bo{end}"},
    ]
    assert {(tag.term, tag.scheme, tag.label) for tag in atom.entries[1].tags} == {
        ("news", f"{BASE}blog/category{end}", "News"),
        ("one", f"{BASE}blog/tag{end}", "one"),
    }


def test_ids_stay_those_of_the_old_feed(built: Built) -> None:
    root = ET.fromstring((built.out / "blog/rss.xml").read_bytes())  # noqa: S314
    guids = [(guid.text, guid.get("isPermaLink")) for guid in root.iter("guid")]
    old, new = "https://old.example/blog/first?x=1", "tag:ids.example,2026-01-03:blog/b"
    assert guids == [(new, "false"), (old, "false")]
    assert [entry.id for entry in read(built.out / "blog/atom.xml").entries] == [new, old]


def test_an_old_id_belongs_to_the_post_that_keeps_the_path(made: Site) -> None:
    same = "{url: 'https://other.example/blog/first'}"
    made.write({"blog/rival.md": post("Rival", seo=same, date="2026-02-02")})
    bare = "{url: 's.example/blog/bare '}"
    made.write({"blog/bare.md": post("Bare", seo=bare, date="2026-02-01")})
    built = made.build(suppress_warnings=["openinfra_blog"])
    root = ET.fromstring((built.out / "blog/rss.xml").read_bytes())  # noqa: S314
    guids = [guid.text for guid in root.iter("guid")]
    assert guids == [
        "tag:ids.example,2026-02-02:blog/first-2",
        "s.example/blog/bare ",
        "tag:ids.example,2026-01-03:blog/b",
        "https://old.example/blog/first?x=1",
    ]
    atom = [entry.id for entry in read(built.out / "blog/atom.xml").entries]
    assert atom[1] == "tag:ids.example,2026-02-01:blog/bare"


def test_content_is_the_page_with_everything_absolute(built: Built) -> None:
    root = ET.fromstring((built.out / "blog/rss.xml").read_bytes())  # noqa: S314
    content = root.findall("channel/item/{*}encoded")[1].text
    assert content is not None
    assert "<em>text</em>" in content
    assert f'href="{BASE}blog/b/"' in content
    assert f'src="{BASE}_images/i.png"' in content
    assert 'src="https://s.example/x.png"' in content
    for word in ("headerlink", "blog-byline", "<script", "<h1", "Ann Lee"):
        assert word not in content
    root = ET.fromstring((built.out / "blog/atom.xml").read_bytes())  # noqa: S314
    from_atom = root.findall("{*}entry/{*}content")[1].text
    from_json = json.loads((built.out / "blog/feed.json").read_bytes())["items"][1]
    assert content == from_atom == from_json["content_html"]
    assert from_json["image"] == f"{BASE}_images/i.png"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_formulas_are_readable_without_scripts(tmp_path: Path, builder: str) -> None:
    body = "So $a < b$:\n\n$$\n\\frac{1}{2}\n$$ (half)\n\n```{math}\nx\n\ny\n```\n"
    conf = {"html_baseurl": BASE, "myst_enable_extensions": ["dollarmath"]}
    built = Site(tmp_path / "site", {"blog/a.md": post(body=body)}, conf).build(builder)
    (entry,) = feedparser.parse(built.out / "blog/atom.xml").entries
    content = BeautifulSoup(entry.content[0].value, "html5lib")
    inline, block, lines = [item.get_text().strip() for item in content.find_all("code")]
    assert (inline, block) == ("a < b", "\\frac{1}{2}")
    assert "aligned" in lines
    assert "\\(" not in content.get_text()
    assert "\\[" not in content.get_text()


def test_summaries_alone_can_be_asked_for(made: Site) -> None:
    built = made.build(openinfra_blog_feed_content="summary")
    entry = read(built.out / "blog/atom.xml").entries[0]
    assert "content" not in entry
    assert entry.summary == "Some text."
    item = json.loads((built.out / "blog/feed.json").read_bytes())["items"][0]
    assert (item["content_text"], "content_html" in item) == ("Some text.", False)


def test_length_and_places_can_be_chosen(made: Site) -> None:
    paths = {"rss": "/rss.xml", "atom": "feeds/all.xml"}
    built = made.build(openinfra_blog_feed_length=1, openinfra_blog_feed_paths=paths)
    assert titles(built.out / "rss.xml") == titles(built.out / "feeds/all.xml") == ["Second"]
    assert not (built.out / "blog/rss.xml").exists()
    style = re.search(r'xml-stylesheet.*href="(.*?)"', (built.out / "feeds/all.xml").read_text())
    assert style is not None
    assert (built.out / "feeds" / style[1]).resolve().is_file()
    hrefs = [link["href"] for link in built.html("blog/b").find_all("link", rel="alternate")]
    assert hrefs == [f"{BASE}feeds/all.xml", f"{BASE}rss.xml", f"{BASE}blog/feed.json"]


def test_unlisted_posts_are_in_feeds_only_where_asked_for(made: Site) -> None:
    built = made.build(openinfra_blog_feed_unlisted=True)
    assert titles(built.out / "blog/rss.xml")[0] == "Hidden"


def test_what_a_preview_shows_is_in_no_feed(made: Site) -> None:
    built = made.build(openinfra_blog_preview=True)
    assert built.path("blog/draft").is_file()
    assert "Draft" not in "".join(
        title for path in feeds(built).values() for title in titles(path)
    )


def test_dates_come_from_the_posts_never_from_the_clock(
    made: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = made.build()
    before = {name: path.read_bytes() for name, path in feeds(built).items()}
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    again = made.build(out="again", doctrees="fresh")
    assert {name: path.read_bytes() for name, path in feeds(again).items()} == before
    assert read(built.out / "blog/atom.xml").feed.updated == "2026-03-01T00:00:00Z"
    assert read(built.out / "blog/category/empty/atom.xml").feed.updated.startswith("1970-01-01")


def states(built: Built) -> dict[str, int]:
    return {name: path.stat().st_mtime_ns for name, path in feeds(built).items()}


def test_only_a_change_writes_feeds_and_those_that_hold_it(made: Site) -> None:
    before = states(made.build("dirhtml"))
    assert states(made.build("dirhtml")) == before
    made.write({"blog/b.md": FILES["blog/b.md"] + "\nMore.\n"})
    built = made.build("dirhtml")
    after = states(built)
    written = {name for name, when in after.items() if before[name] != when}
    assert written == {
        "blog/atom.xml",
        "blog/rss.xml",
        "blog/feed.json",
        "blog/author/ann-lee/atom.xml",
        "blog/author/ann-lee/rss.xml",
    }
    assert "More." in read(built.out / "blog/rss.xml").entries[0].content[0].value


def test_options_and_lost_files_bring_feeds_back(made: Site) -> None:
    made.build(openinfra_blog_feeds=[], openinfra_blog_term_feeds=[])
    assert feeds(made.build(openinfra_blog_feeds=[], openinfra_blog_term_feeds=[])) == {}
    built = made.build()
    assert "blog/rss.xml" in feeds(built)
    (built.out / "blog/rss.xml").unlink()
    for stored in (made.root / "doctrees/openinfra_blog").rglob("*.html"):
        stored.unlink()
    again = made.build()
    assert "blog/rss.xml" in feeds(again)
    assert read(again.out / "blog/rss.xml").entries[0].content
    assert feeds(
        made.build(openinfra_blog_feeds=["atom"], openinfra_blog_term_feeds=[])
    ).keys() == {"blog/atom.xml"}


def test_building_single_files_leaves_feeds_whole(made: Site) -> None:
    built = made.build()
    before = {name: path.read_bytes() for name, path in feeds(built).items()}
    made.write({"blog/b.md": FILES["blog/b.md"] + "\nMore.\n"})
    alone = made.build(only=["index.md"])
    assert {name: path.read_bytes() for name, path in feeds(alone).items()} == before
    after = made.build()
    assert "More." in read(after.out / "blog/rss.xml").entries[0].content[0].value


def test_a_feed_replaces_nothing(made: Site) -> None:
    made.write({"extra/rss.xml": "mine", "blog/feed.json.md": "# A page\n"})
    built = made.build(
        "dirhtml",
        html_extra_path=["extra"],
        exclude_patterns=["extra"],
        openinfra_blog_feed_paths={"rss": "/rss.xml"},
    )
    assert (built.out / "rss.xml").read_text(encoding="utf-8") == "mine"
    assert "A page" in built.html("blog/feed.json").text
    assert [item.type for item in built.warnings if "output" in item.type] == [
        "openinfra_blog.output",
        "openinfra_blog.output",
    ]


def test_outputs_for_other_programs_have_feeds_and_those_for_reading_alone_have_none(
    outputs: dict[str, Built],
) -> None:
    assert titles(outputs["json"].out / "blog/rss.xml") == ["Second", "First & <last>"]
    assert [feeds(outputs[name]) for name in ("singlehtml", "epub", "text")] == [{}] * 3
