"""The check for a move, on folders that are made of strings."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from strategies import addresses, texts

from sphinx_openinfra_blog.__main__ import COMMANDS, main
from sphinx_openinfra_blog.commands import input as untrusted
from sphinx_openinfra_blog.commands.parity.addresses import UrlError, parse_url
from sphinx_openinfra_blog.commands.parity.built_site import BuiltPageHead, BuiltSite, read_head
from sphinx_openinfra_blog.commands.parity.old_feeds import ParsedItem, read_feed
from sphinx_openinfra_blog.commands.parity.server_rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAGE = "<html><head><title>A page</title></head><body>Text.</body></html>"
GUIDE = Path(__file__).parents[3] / "docs" / "howto" / "parity.md"


def stub(target: str) -> str:
    """Return a page that redirects, as the blog writes it."""
    return f'<head><meta http-equiv="refresh" content="0; url={target}" /></head><body>x</body>'


def home(canonical: str) -> str:
    return f'<head><link rel="canonical" href="{canonical}" /></head><body>x</body>'


def rss(*items: tuple[str, str], rest: str = "") -> str:
    """Return a feed of pairs of guid and link."""
    lines = [
        f"<item><title>T</title><link>{link}</link>"
        f'<guid isPermaLink="false">{guid}</guid><description>D</description></item>'
        for guid, link in items
    ]
    return f'<rss version="2.0"><channel>{rest}{"".join(lines)}</channel></rss>'


def atom(*items: tuple[str, str]) -> str:
    lines = [f'<entry><id>{key}</id><link href="{link}"/></entry>' for key, link in items]
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(lines)}</feed>'


def json_feed(*items: tuple[object, str]) -> str:
    listed = [{"id": key, "url": link} for key, link in items]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": listed})


class Checked(NamedTuple):
    """How the command ended and what it wrote."""

    status: int
    out: str
    errors: str


class Move:
    """A built folder, and what is left of the old site."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.site, self._capsys = folder, folder / "site", capsys
        self.site.mkdir()

    def write(self, files: Mapping[str, str]) -> None:
        """Write files below the temporary folder."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def run(self, *arguments: str) -> Checked:
        """Run the command; words in capitals are names of files in the folder."""
        places = {name: str(self.folder / name.lower()) for name in ("SITE", "URLS", "OLD", "MAP")}
        try:
            status = main(["parity", *(places.get(item, item) for item in arguments)])
        except SystemExit as end:
            status = int(str(end.code))
        return Checked(status, *self._capsys.readouterr())

    def check(
        self, site: Mapping[str, str], urls: str = "", old: str = "", *more: str
    ) -> dict[str, str]:
        """Return what is lost of a list of URLs, or of an old feed, and why."""
        self.write({f"site/{name}": text for name, text in site.items()})
        self.write({"urls": urls, "old": old})
        given = [*(["--urls", "URLS"] if urls else []), *(["--rss", "OLD"] if old else [])]
        checked = self.run("SITE", *given, *more)
        *lines, end = checked.out.splitlines()
        parts = [line.split("  ", 2) for line in lines]
        lost = {key: why for kind, key, why in parts if kind != "proposal"}
        assert checked.errors == ""
        assert checked.status == (1 if lost else 0)
        assert end.endswith(f" checked: {len(lost) or 'none'} lost")
        assert all(is_explained(reason) for reason in lost.values())
        return lost


@pytest.fixture
def move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Move:
    return Move(tmp_path, capsys)


def is_explained(reason: str) -> bool:
    """Tell whether the guide has a row for a reason."""
    rows = re.findall(r"^\| (.+?) \| .+ \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    shown = [".*".join(re.escape(part) for part in row.split("…")) for row in rows]
    tail = r"(; only found in .* \(.*\))?"
    return any(re.fullmatch(pattern + tail, reason) for pattern in shown)


# --- URLs that are answered, and lost


SITE = {
    "blog/x/index.html": PAGE,
    "cafe\u0301.html": PAGE,
    "a b.html": PAGE,
    "a+b.html": PAGE,
    "page.html": PAGE,
    "file.pdf": "x",
    "rss.xml": rss(),
    "folder/picture.png": "x",
    "_static/theme.html": PAGE,
    "OLD/index.html": stub("../blog/x/"),
    "deep/old/index.html": stub("../../page.html?x#y"),
    "away.html": stub("https://elsewhere.example/x"),
    "circle.html": stub("again.html"),
    "again.html": stub("circle.html"),
    "dead.html": stub("/gone"),
    "script.html": stub("javascript:x"),
    **{f"chain{number}.html": stub(f"chain{number + 1}.html") for number in range(11)},
    "chain11.html": PAGE,
}


def test_urls_that_a_server_answers(move: Move) -> None:
    urls = [
        "/blog/x", "/blog/x/", "/blog/x/index.html", "https://old.example/blog/x/?y=1#z",
        "http://other.example/blog/x", "//other.example/blog/x", "blog/x", "  /blog/x  ",
        "/blog//x/", "/blog/./x/", "/blog/y/../x", "/blog/y/%2e%2e/x", "/blog/%78", "/", "https://old.example",
        "/page", "/page.html", "/file.pdf", "/caf%C3%A9", "/café", "/cafe\u0301", "/a%20b",
        "/a b", "/a+b", "/OLD", "/deep/old/", "/away", "/chain1",
    ]  # fmt: skip
    assert move.check(SITE | {"index.html": PAGE}, "\n".join(urls)) == {}


LOST = {
    "/blog/gone": "not found",
    "/page/": "only /page.html exists (not served with a trailing slash)",
    "/rss.xml/": "only /rss.xml exists (not served with a trailing slash)",
    "/BLOG/x/": "only /blog/x/ exists (URLs are case-sensitive)",
    "/Page": "only /page.html exists (URLs are case-sensitive)",
    "/old": "only /OLD/ exists (URLs are case-sensitive)",
    "/other/page": "not found; did you mean /page.html?",
    "https://old.example/news/x/?a#b": "not found; did you mean /blog/x/?",
    "/theme": "not found",
    "/folder/": "not found",
    "/circle": "redirect loop through /again.html",
    "/chain0": "more than 10 redirects",
    "/dead": "redirects to /gone: not found",
    "/script": "unsupported URL scheme: javascript:x",
    "mailto:a@o.example": "unsupported URL scheme: mailto:a@o.example",
    "http://[": "invalid URL: http://[",
    "/%ff": "invalid percent-encoding (not UTF-8): /%ff",
    "/%2e%2e/%2e%2e/etc/passwd": "not found",
    "/../../../etc/hosts": "not found",
    "/x%00": "not found",
    "/" + "x" * 5000: "not found",
    "/\\x1b[31mred\\u202e": "not found",
}


def test_urls_that_are_lost_and_why(move: Move) -> None:
    urls = [*list(LOST)[:-1], "/\x1b[31mred\u202e"]
    assert move.check(SITE, "\n".join(urls)) == LOST


def test_a_list_is_sorted_and_each_url_is_in_it_once(move: Move) -> None:
    move.write({"urls": "\ufeff# old\n\n/b\r\n/a#x\nhttps://o.example/b?x=1\n/B\n"})
    checked = move.run("SITE", "--urls", "URLS")
    assert checked.out.splitlines() == [
        "lost URL  /B  not found",
        "lost URL  /a#x  not found",
        "lost URL  /b  not found",
        "3 URLs checked: 3 lost",
    ]
    assert checked.status == 1


def test_a_sitemap_is_a_list_of_urls(move: Move) -> None:
    sitemap = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://o.example/a?x=1&amp;y=2 </loc><lastmod>2024-01-01</lastmod></url>
  <url><loc>https://o.example/gone</loc>
    <image:image><image:loc>https://o.example/i.png</image:loc></image:image></url>
  <url><loc> </loc></url>
</urlset>"""
    assert move.check({"a.html": PAGE}, sitemap) == {"https://o.example/gone": "not found"}


@given(addresses)
def test_no_url_is_too_odd(url: str) -> None:
    try:
        path = parse_url(url).path
    except UrlError:
        return
    assert path.startswith("/")
    assert not {"..", "."} & set(path.split("/"))


# --- a site below its host


def test_the_canonical_url_says_where_the_site_is(move: Move) -> None:
    site = {
        "index.html": home("https://n.example/docs/index.html"),
        "blog/x.html": PAGE,
        "moved.html": stub("/docs/blog/x"),
        "again.html": stub("https://N.example:443/docs/blog/x"),
        "abroad.html": stub("https://o.example/gone"),
        "wrong.html": stub("/blog/x"),
        "dead.html": stub("https://n.example/docs/gone"),
    }
    kept = [
        "/docs/blog/x", "https://n.example/docs/blog/x", "https://old.example/docs/blog/x",
        "https://old.example/blog/x", "blog/x", "/docs", "/docs/moved", "/docs/again",
        "/docs/abroad",
    ]  # fmt: skip
    outside = "outside of the site, which is at /docs/"
    lost = {
        "/blog/x": outside,
        "https://n.example/blog/y": outside,
        "/docs-2/blog/x": outside,
        "/docs/wrong": f"redirects to /blog/x: {outside}",
        "/docs/dead": "redirects to /docs/gone: not found",
    }
    assert move.check(site, "\n".join([*kept, *lost])) == lost


@pytest.mark.parametrize("base", ["/docs/", "docs", "/docs", "https://n.example/docs/"])
@pytest.mark.parametrize("index", [PAGE, home("https://n.example/other/")])
def test_the_place_of_the_site_can_be_told(move: Move, base: str, index: str) -> None:
    lost = move.check({"index.html": index, "x.html": PAGE}, "/docs/x\n/x", "", "--base", base)
    assert lost == {"/x": "outside of the site, which is at /docs/"}


# --- redirects of the server


REDIRECTS = """\
# old -> new
/old            /new/  301   # a comment
/gone           /nowhere
/forced/        /nowhere 301!
/page           /nowhere
/removed        /page    410
/blog/first     /page
/blog/*         /news/:splat
/blog/second    /page
/by/:year/:name /news/:name
/twice/:a/:a    /news/:a
/away           https://elsewhere.example/
/shown          /page    200
/only/de        /page    302  Language=de
/query  id=:id  /page
/a.b            /page
"""


def test_redirects_of_the_server_count(move: Move) -> None:
    site = {
        "_redirects": REDIRECTS,
        "new/index.html": PAGE,
        "page.html": PAGE,
        "forced.html": PAGE,
        "news/a/b c.html": PAGE,
        "news/post.html": PAGE,
    }
    kept = [
        "/old", "/old/", "/page", "/blog/first", "/blog/a/b%20c/", "/by/2024/post",
        "/twice/x/post", "/away", "/shown", "/a.b",
    ]  # fmt: skip
    lost = {
        "/gone": "redirects to /nowhere: not found",
        "/forced": "redirects to /nowhere: not found",
        "/blog": "redirects to /news/: not found",
        "/blog/second": "redirects to /news/second: not found",
        "/by/2024": "not found",
        "/by/2024/post/x": "not found",
        "/only/de": "not found",
        "/query": "not found",
        "/axb": "not found",
        "/removed": f"{move.site}/_redirects answers 410",
    }
    assert move.check(site, "\n".join([*kept, *lost])) == lost


@pytest.mark.parametrize(
    "rules",
    ['{"/i.php?p=5&q=6": "/page", "/?p=5": "/page"}', "/i.php q=6 p=5 /page\n/ p=5 /page 301"],
)
def test_a_redirect_of_one_query_answers_that_only(move: Move, rules: str) -> None:
    site = {"page.html": PAGE, "_redirects": rules}
    for lost in ("/i.php?p=6", "/i.php"):
        assert move.check(site, f"/i.php?p=5&q=6\n/?p=5\n{lost}") == {lost: "not found"}


def test_a_map_of_redirects_is_read(move: Move) -> None:
    rules = {
        "/old/": "blog/x.html",
        "https://o.example/blog/ü": "https://n.example/docs/blog/x",
        "old2": "/docs/blog/x?y#z",
        "/a b": "/docs/gone",
    }
    move.write({"map": json.dumps(rules), "more": "/more /docs/blog/x\n"})
    site = {"index.html": home("https://n.example/docs/"), "blog/x.html": PAGE}
    options = ["--redirects", "MAP", "--redirects", str(move.folder / "more")]
    urls = "/old\n/blog/%C3%BC/\n/docs/old2\n/more\n/a%20b\n"
    lost = move.check(site, urls, "", *options)
    assert lost == {"/a%20b": "redirects to /docs/gone: not found"}


def test_the_first_of_several_redirects_counts(move: Move) -> None:
    move.write({"map": "/a/* /n/o\n/a/b /x\n/c /x\n/c /n/o\n/d /x\n/:any /n/o\n"})
    lost = move.check({"x": PAGE}, "/a/b\n/c\n/d/\n/e\n", "", "--redirects", "MAP")
    assert lost == dict.fromkeys(["/a/b", "/e"], "redirects to /n/o: not found")


@given(texts, texts)
def test_no_redirect_is_too_odd(source: str, target: str) -> None:
    try:
        rules = read_rules(json.dumps({source: target}).encode(), "map.json")
    except untrusted.InputError:
        return
    assert [isinstance(rule.match("/blog/x"), str | None) for rule in rules] == [True]


# --- what is read of a page


@pytest.mark.parametrize(
    ("html", "head"),
    [
        ("<META HTTP-EQUIV=Refresh CONTENT=\"0;URL='a b'\">", BuiltPageHead("a b")),
        ("<meta http-equiv='refresh' content='0; \"a\" b'>", BuiltPageHead("a")),
        ('<meta http-equiv="refresh" content="5, /x">', BuiltPageHead("/x")),
        ('<meta http-equiv="refresh" content="0; url = x&amp;y">', BuiltPageHead("x&y")),
        ('<meta http-equiv="refresh" content="30">', BuiltPageHead()),
        ('<meta name="robots" content="NoIndex,nofollow">', BuiltPageHead(noindex=True)),
        ('<meta name="robots" content="none">', BuiltPageHead(noindex=True)),
        ('<meta name="robots" content="index">', BuiltPageHead()),
        ('<link rel="x Canonical" href=" /a " href="/b">', BuiltPageHead(canonical="/a")),
        ("<link rel=canonical href=a><link rel=canonical href=b>", BuiltPageHead("", False, "a")),
        ('<body><meta name="robots" content="noindex">', BuiltPageHead()),
        ('<!-- <meta name="robots" content="noindex"> -->', BuiltPageHead()),
        ('<script>"<body>"</script><meta name="robots" content="none">', BuiltPageHead("", True)),
        ("<meta http-equiv><link rel><![x", BuiltPageHead()),
    ],
)  # fmt: skip
def test_what_the_head_of_a_page_says(html: str, head: BuiltPageHead) -> None:
    assert read_head(html.encode()) == head


@given(texts)
def test_no_page_is_too_odd(text: str) -> None:
    read_head(f"<head><{text}<meta {text}><!{text}".encode())


# --- what is read of a feed


@pytest.mark.parametrize(
    ("item", "key", "link"),
    [
        ("<guid>\n a  b\t</guid><link>/x</link>", "a  b", "/x"),
        ("<guid>\u00a0a</guid><link>/x</link>", "\u00a0a", "/x"),
        ("<guid><![CDATA[a&b]]><!-- c -->&amp;d</guid>", "a&b&d", ""),
        ("<guid>a&amp;b&#233;</guid>", "a&bé", ""),
        ("<guid>https://o.example/x</guid>", "https://o.example/x", "https://o.example/x"),
        ('<guid isPermaLink="false">https://o.example/x</guid>', "https://o.example/x", ""),
        ("<link>/x</link>", "/x", "/x"),
        ("<guid> </guid><link> /x </link>", "/x", "/x"),
        ("<x><guid>no</guid></x><guid>yes</guid>", "yes", ""),
        ('<a:link xmlns:a="http://www.w3.org/2005/Atom" href="/no"/><guid>a</guid>', "a", ""),
        ("<description><![CDATA[<!DOCTYPE html>]]></description><guid>a</guid>", "a", ""),
    ],
)
def test_the_id_of_an_item_in_rss(item: str, key: str, link: str) -> None:
    text = f"<rss version='2.0'><channel><link>/home</link><item>{item}</item></channel></rss>"
    feed = read_feed(text.encode(), "rss.xml")
    assert (feed.format, feed.items) == ("RSS", (ParsedItem(key, link),))


def test_the_ids_of_atom() -> None:
    text = """<?xml version="1.0" encoding="iso-8859-1"?>
<f:feed xmlns:f="http://www.w3.org/2005/Atom" xml:base="https://o.example/blog/">
  <f:id>tag:the-feed</f:id><f:link rel="self" href="atom.xml"/>
  <f:entry xml:base="2024/">
    <f:id> tag:one </f:id><f:source><f:id>tag:no</f:id></f:source>
    <f:link rel="enclosure" href="no.mp3"/><f:link href="one"/><f:link href="no"/>
    <f:content type="xhtml"><f:link href="no"/></f:content>
  </f:entry>
  <f:entry><f:id>tag:two-\xe9</f:id><f:link href="http://["/></f:entry>
  <f:entry><f:title>Nothing</f:title></f:entry>
</f:feed>"""
    feed = read_feed(text.encode("latin-1"), "atom.xml")
    assert feed.items == (
        ParsedItem("tag:one", "https://o.example/blog/2024/one"),
        ParsedItem("tag:two-é", "http://["),
    )
    assert (feed.url, feed.skipped) == ("https://o.example/blog/atom.xml", 1)


def test_the_ids_of_a_json_feed() -> None:
    items = [{"id": 7, "url": "/a"}, {"url": "/b"}, {"id": True}, "x", {"id": " c "}]
    data = {"version": "https://jsonfeed.org/version/1", "items": items, "feed_url": "/f.json"}
    feed = read_feed(json.dumps(data).encode("utf-8-sig"), "feed.json")
    assert feed.items == (ParsedItem("7", "/a"), ParsedItem("/b", "/b"), ParsedItem(" c ", ""))
    assert (feed.format, feed.url, feed.skipped) == ("JSON Feed", "/f.json", 2)


# --- ids that are kept, and lost


ONE = ("https://o.example/blog/one", "https://o.example/blog/one")
LENGTH = "(set openinfra_blog_feed_length = 0 to include all posts)"


@pytest.mark.parametrize("make", [rss, atom, json_feed])
def test_an_id_is_kept_in_its_own_format(move: Move, make: Callable[..., str]) -> None:
    suffix = "json" if make is json_feed else "xml"
    site = {"blog/one.html": PAGE, f"blog/tag/feed.{suffix}": make(("x", "/"), ONE)}
    assert move.check(site, old=make(ONE)) == {}


@pytest.mark.parametrize(
    ("site", "reason"),
    [
        ({"rss.xml": rss(("new", "https://n.example/blog/one.html"))},
         "rss.xml has another id for /blog/one.html: new"),
        ({"rss.xml": rss(("new", "/x"), ("new2", "/y")), "tag/rss.xml": rss(("new3", "/z"))},
         f"/blog/one.html is not among the newest 2 in rss.xml {LENGTH}"),
        ({"rss.xml": rss(("new", "")), "blog/one.html": stub("/")},
         f"/ is not among the newest 1 in rss.xml {LENGTH}"),
        ({"feed.json": json_feed(("x", "/"))}, "the site has no RSS feed"),
        ({"blog/atom.xml": atom(ONE)},
         "the site has no RSS feed; only found in blog/atom.xml (Atom)"),
        ({"rss.xml": rss(("new", "/x")), "feed.json": json_feed(ONE)},
         f"/blog/one.html is not among the newest 1 in rss.xml {LENGTH}; "
         "only found in feed.json (JSON Feed)"),
        ({"rss.xml": rss(), "blog/one.html": '<meta name="robots" content="noindex">'},
         "/blog/one.html is unlisted (noindex) and in no feed "
         "(set openinfra_blog_feed_unlisted = True to include it)"),
        ({"rss.xml": rss(), "blog/one.html": stub("https://elsewhere.example/")},
         f"{ONE[1]} redirects to another host"),
    ],
)  # fmt: skip
def test_why_an_id_is_lost(move: Move, site: dict[str, str], reason: str) -> None:
    page = {"index.html": home("https://n.example/"), "blog/one.html": PAGE}
    assert move.check(page | site, old=rss(ONE)) == {ONE[0]: reason}


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("/blog/two", "lost link: not found; did you mean /news/two.html?"),
        ("", "the item has no link"),
        ("mailto:x", "lost link: unsupported URL scheme: mailto:x"),
    ],
)
def test_why_an_id_is_lost_with_its_post(move: Move, link: str, reason: str) -> None:
    site = {"rss.xml": rss(("no link", "")), "news/two.html": PAGE}
    lost = move.check(site, old=rss(("an id", link)))
    assert lost.pop("an id") == reason
    assert list(lost) == ([link] if link else [])


@pytest.mark.parametrize("guid", ["https://o.example/blog/One", "https://o.example/blog/one/"])
def test_ids_are_compared_byte_for_byte(move: Move, guid: str) -> None:
    site = {"blog/one/index.html": PAGE, "rss.xml": rss((ONE[0], "/blog/one/"))}
    assert list(move.check(site, old=rss((guid, "/blog/one")))) == [guid]


def test_the_urls_that_a_feed_names_are_old_urls_too(move: Move) -> None:
    own = (
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="https://o.example/f.xml"/>'
    )
    lost = move.check({"rss.xml": rss(("a\nb", "/x"))}, old=rss(("a\nb\u2028", "/a"), rest=own))
    assert lost == {
        "/a": "not found",
        "https://o.example/f.xml": "not found",
        "a\\nb\\u2028": "lost link: not found",
    }


def test_several_old_feeds_are_one(move: Move) -> None:
    files = {"1.xml": rss(("a", ""), ("b", "")), "2.xml": rss(("b", ""), ("c", ""), ("", ""))}
    move.write({**files, "3.xml": atom(("b", "")), "site/rss.xml": rss(("b", ""))})
    options = [f"--rss={move.folder / name}" for name in ("1.xml", "2.xml", "3.xml")]
    assert move.run("SITE", *options).out.splitlines() == [
        "lost feed id  b  the site has no Atom feed; only found in rss.xml (RSS)",
        "lost feed id  a  the item has no link",
        "lost feed id  c  the item has no link",
        f"note  {move.folder}/2.xml: skipped items without id and link: 1",
        "0 URLs and 4 feed ids checked: 3 lost",
    ]


def test_other_files_of_the_site_are_no_feeds_and_broken_ones_are_named(move: Move) -> None:
    site = {
        "sitemap.xml": "<urlset/>",
        "old.xml": "<!DOCTYPE x><x/>",
        "data.json": "{",
        "rss.xml": rss(ONE),
        "broken.xml": "<rss>\n<channel>",
        "blog/one.html": PAGE,
    }
    move.write({f"site/{name}": text for name, text in site.items()} | {"old": rss(ONE)})
    assert move.run("SITE", "--rss", "OLD").out.splitlines() == [
        "note  skipped broken.xml: invalid XML: no element found: line 2, column 9",
        "1 URL and 1 feed id checked: none lost",
    ]


def test_the_result_for_programs(move: Move) -> None:
    move.write({"urls": "\n/gone?x=1\n/x\n", "old": rss(("a", "/x")), "site/x.html": PAGE})
    checked = move.run("SITE", "--urls", "URLS", "--rss", "OLD", "--format", "json")
    assert checked.status == 1
    result: dict[str, Any] = json.loads(checked.out)
    source, reason = f"{move.folder}/urls:2", "the site has no RSS feed"
    old = f"{move.folder}/old"
    assert result == {
        "checked_addresses": 2,
        "checked_ids": 1,
        "addresses": [{"address": "/gone?x=1", "reason": "not found", "source": source}],
        "ids": [{"id": "a", "format": "RSS", "link": "/x", "reason": reason, "source": old}],
        "proposals": [],
        "notes": [],
    }


# --- what cannot be read


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'
NO_TYPE = "document types (<!DOCTYPE) are not supported"


@pytest.mark.parametrize(
    ("option", "text", "error"),
    [
        ("--rss", "\n" + BOMB, f":2: {NO_TYPE}"),
        ("--rss", OUTSIDE, f":1: {NO_TYPE}"),
        ("--rss", f"\ufeff<?xml version='1.0'?><!-- a --><?b?><!---->\n<!-- --> {BOMB}",
         f":2: {NO_TYPE}"),
        ("--rss", "<!-- x -->" * 20_000, ": invalid XML: no element found"),
        ("--rss", "\0".join(BOMB), ": invalid XML: contains NUL bytes (convert it to UTF-8)"),
        ("--rss", "<rss>\n<channel>\n</rss>", ": invalid XML: mismatched tag: line 3"),
        ("--rss", "<rss>&nbsp;</rss>", ": invalid XML: undefined entity"),
        ("--rss", '<?xml version="1.0" encoding="big5"?><rss/>', ": invalid XML: multi-byte"),
        ("--rss", '<?xml version="1.0" encoding="none"?><x/>', ": invalid XML: unknown encoding"),
        ("--rss", "<a><html/></a>", ": not an RSS 2.0 or Atom 1.0 feed: the root element is 'a'"),
        ("--rss", rss(), ": no items with an id or a link"),
        ("--rss", f"{'<rss>' * 50_000}{'</rss>' * 50_000}", ": no items with an id or a link"),
        ("--rss", '{\n"a":', ": invalid JSON: Expecting value: line 2"),
        ("--rss", '{"a":' + "[" * 100_000, ": invalid JSON: maximum recursion depth exceeded"),
        ("--rss", '{"a": ' + "1" * 5000 + "}", ": invalid JSON: Exceeds the limit"),
        ("--rss", '{"version": 1}', ": not a JSON Feed: missing or unknown version"),
        ("--rss", json_feed().replace("items", "x"), ": missing list of items"),
        ("--rss", "", ": invalid XML: no element found"),
        ("--urls", "# nothing\n", ": no URLs found"),
        ("--urls", "<urlset/>", ": no URLs found"),
        ("--urls", "<urlset>", ": invalid XML: no element found"),
        ("--urls", "<sitemapindex/>", ": sitemap index (pass the sitemaps that it lists)"),
        ("--urls", "<html/>", ": not a sitemap: the root element is 'html'"),
        ("--urls", BOMB, f":1: {NO_TYPE}"),
        ("--urls", b"/a\n/\xff\n", ":2: invalid UTF-8"),
        ("--urls", b"\x1f\x8b\x08", ": compressed file (decompress it first)"),
        ("--urls", "/x\n" * 400_000, ": larger than 1 MB"),
        ("--redirects", "/a\n", ":1: missing target of the redirect"),
        ("--redirects", '{"/a": 1}', ": expected an object that maps URLs to URLs"),
        ("--redirects", "\nmailto:x /a", ":2: unsupported URL scheme: mailto:x"),
    ],
)  # fmt: skip
def test_input_that_cannot_be_read_is_named_and_explained(
    move: Move, monkeypatch: pytest.MonkeyPatch, option: str, text: str | bytes, error: str
) -> None:
    monkeypatch.setattr(untrusted, "MAX_BYTES", 1024**2)
    move.write({"urls": "/x\n"})
    (move.folder / "old").write_bytes(text.encode() if isinstance(text, str) else text)
    checked = move.run("SITE", "--urls", "URLS", option, "OLD")
    assert (checked.status, checked.out) == (2, "")
    program = "python -m sphinx_openinfra_blog parity"
    assert checked.errors.startswith(f"{program}: error: {move.folder}/old{error}")
    assert checked.errors.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("", "the following arguments are required: SITE"),
        ("SITE", "nothing to check (use --urls or --rss)"),
        ("SITE --urls", "expected one argument"),
        ("SITE --urls missing", "missing: No such file or directory"),
        ("SITE --urls .", ".: Is a directory"),
        ("SITE --urls \0", "embedded null byte"),
        ("missing --urls URLS", "missing: no such directory"),
        ("URLS --urls URLS", "urls: no such directory"),
        ("SITE --urls URLS --redirects missing", "missing: No such file or directory"),
        ("SITE --urls URLS --format xml", "invalid choice: 'xml'"),
        ("SITE --urls URLS --base mailto:x", "the URL of the site: unsupported URL scheme"),
        ("SITE --urls URLS --url x", "unrecognized arguments"),
    ],
)
def test_wrong_usage_ends_with_two(move: Move, arguments: str, error: str) -> None:
    move.write({"urls": "/\n", "site/index.html": PAGE})
    checked = move.run(*arguments.split(" ")) if arguments else move.run()
    assert (checked.status, checked.out) == (2, "")
    assert "error: " in checked.errors
    assert error in checked.errors


def test_nothing_outside_of_the_folder_answers(move: Move) -> None:
    move.write({"secret.html": PAGE, "outside/x.html": PAGE, "site/v2/x.html": PAGE})
    (move.site / "secret.html").symlink_to(move.folder / "secret.html")
    (move.site / "outside").symlink_to(move.folder / "outside")
    (move.site / "latest").symlink_to("v2")
    (move.site / "x.html").symlink_to("v2/x.html")
    (move.site / "v2" / "up").symlink_to("..")
    (move.site / "loop").symlink_to("loop")
    lost = move.check({}, "/secret\n/outside/x\n/latest/x\n/x\n/v2/up/v2/x\n/loop\n")
    assert sorted(lost) == ["/loop", "/outside/x", "/secret"]


def test_pages_with_odd_names_and_no_end_are_no_problem(move: Move) -> None:
    move.write({"site/index.html": "<head>" + "x" * 300_000 + home("https://n.example/docs/")})
    Path(str(move.site), b"\xff.html".decode("utf-8", "surrogateescape")).write_text(PAGE)
    assert BuiltSite(move.site).root == "/"
    assert move.check({}, "/%ff\n/x/\xff") != {}


# --- the command line itself


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^ +{command} +\w+", out, re.MULTILINE)
    with pytest.raises(SystemExit):
        main([])
    assert "required: COMMAND" in capsys.readouterr().err


def test_terminals_that_know_few_letters_are_no_problem(
    move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    move.write({"urls": "/é\n"})
    assert main(["parity", str(move.site), "--urls", str(move.folder / "urls")]) == 1
    sys.stdout.flush()
    assert written.getvalue().startswith(b"lost URL  /\\xe9  not found\n")


# --- what would answer the lost URLs

MOVED = {
    "index.html": PAGE,
    "blog/a.html": PAGE,
    "blog/b-post/index.html": PAGE,
    "blog/odd.html": PAGE,
    "blog/twice.html": PAGE,
    "news/twice.html": PAGE,
    "blog/stub.html": stub("a.html"),
    "blog/category/open-stack.html": PAGE,
    "blog/author/jimmy-mcarthur.html": PAGE,
    "blog/tag/a.html": PAGE,
}
#: Lost URLs -> what is proposed.
PROPOSED: dict[tuple[str, ...], list[str]] = {
    ("/2024/01/05/a.html", "/2024/11/15/b-post.html"): ["/{year}/{month}/{day}/{slug}.html"],
    ("/old/2024/1/5/a/", "/old/2024/2/9/b-post/"): ["/old/{year}/{i_month}/{i_day}/{slug}/"],
    ("/category/open-stack/",): ["/category/{category}/"],
    ("https://old.example/authors/jimmy-mc-arthur",): ["/authors/{author:kebab}"],
    ("/tags/a", "/old/a", "/old/b-post"): ["/old/{slug}", "/tags/{tag}"],
}  # fmt: skip


def proposed(move: Move, *urls: str) -> list[dict[str, Any]]:
    move.check(MOVED, "\n".join(urls))
    losses = json.loads(move.run("SITE", "--urls", "URLS", "--format", "json").out)
    found: list[dict[str, Any]] = losses["proposals"]
    return found


@pytest.mark.parametrize("urls", PROPOSED)
def test_patterns_are_proposed_for_lost_urls(move: Move, urls: tuple[str, ...]) -> None:
    text = f"openinfra_blog_old_addresses = {PROPOSED[urls]}"
    assert proposed(move, *urls) == [{"text": text, "where": "", "answers": len(urls)}]


def test_an_alias_is_proposed_for_a_lost_url_without_a_rule(move: Move) -> None:
    assert proposed(
        move, "/somewhere/odd", "/gone", "/else/twice", "/x/stub", "/y/{slug}", "/blog/A"
    ) == [{"text": "aliases: /somewhere/odd", "where": "/blog/odd.html", "answers": 1}]
