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

from sphinx_openinfra_blog import untrusted
from sphinx_openinfra_blog.__main__ import COMMANDS, main
from sphinx_openinfra_blog.built_site import BuiltSite
from sphinx_openinfra_blog.feed_reading import Entry, FeedFormat, read_feed
from sphinx_openinfra_blog.page_head import PageHead, read_head
from sphinx_openinfra_blog.redirect_rules import Rules, read_rules
from sphinx_openinfra_blog.untrusted import InputError
from sphinx_openinfra_blog.web_addresses import AddressError, read_addresses, web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAGE = "<html><head><title>A page</title></head><body>Text.</body></html>"
GUIDE = Path(__file__).parents[2] / "docs" / "howto" / "parity.md"


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


def json_feed(*items: tuple[object, str], version: str = "1.1") -> str:
    listed = [{"id": key, "url": link} for key, link in items]
    address = f"https://jsonfeed.org/version/{version}"
    return json.dumps({"version": address, "title": "T", "items": listed})


class Checked(NamedTuple):
    """How the command ended and what it wrote."""

    status: int
    out: str
    errors: str

    @property
    def lost(self) -> dict[str, str]:
        """The reason for each address or id that is lost."""
        lines = [line.split("  ", 2) for line in self.out.splitlines()]
        return {line[1]: line[2] for line in lines if line[0].startswith("lost")}


class Move:
    """A built folder, and what is left of the old site."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.site = folder / "site"
        self.site.mkdir()
        self._capsys = capsys

    def write(self, files: Mapping[str, str]) -> None:
        """Write files below the temporary folder."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def run(self, *arguments: str) -> Checked:
        """Run the command as from the command line."""
        try:
            status = main(["parity", *arguments])
        except SystemExit as end:
            status = int(str(end.code))
        written = self._capsys.readouterr()
        return Checked(status, written.out, written.err)

    def check(
        self, site: Mapping[str, str], urls: str = "", old: str = "", *more: str
    ) -> dict[str, str]:
        """Return what is lost of a list of addresses, or of an old feed, and why."""
        self.write({f"site/{name}": text for name, text in site.items()})
        arguments = [str(self.site), *more]
        for option, text in (("--urls", urls), ("--rss", old)):
            if text:
                self.write({f"old{option}": text})
                arguments += [option, str(self.folder / f"old{option}")]
        checked = self.run(*arguments)
        assert checked.errors == ""
        assert checked.status == (1 if checked.lost else 0)
        count = len(checked.lost)
        assert checked.out.endswith(f" checked: {count or 'none'} lost\n")
        assert all(is_explained(reason) for reason in checked.lost.values())
        return checked.lost


@pytest.fixture
def move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Move:
    return Move(tmp_path, capsys)


def is_explained(reason: str) -> bool:
    """Tell whether the guide has a row for a reason."""
    rows = re.findall(r"^\| (.+?) \| .+ \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    shown = [".*".join(re.escape(part) for part in row.split("…")) for row in rows]
    tail = r"(; only .* has it, which is .*)?"
    return any(re.fullmatch(pattern + tail, reason) for pattern in shown)


# --- addresses that are answered


@pytest.mark.parametrize(
    "url",
    [
        "/blog/x", "/blog/x/", "/blog/x/index.html", "https://old.example/blog/x/?y=1#z",
        "http://other.example/blog/x", "//other.example/blog/x", "blog/x", "  /blog/x  ",
        "/blog//x/", "/blog/./x/", "/blog/y/../x", "/blog/y/%2e%2e/x", "/blog/%78", "/", "https://old.example",
        "/page", "/page.html", "/file.pdf", "/caf%C3%A9", "/café", "/cafe\u0301", "/a%20b",
        "/a b", "/a+b", "/OLD", "/deep/old/", "/away",
    ],
)  # fmt: skip
def test_addresses_that_a_server_answers(move: Move, url: str) -> None:
    site = {
        "index.html": PAGE,
        "blog/x/index.html": PAGE,
        "page.html": PAGE,
        "file.pdf": "x",
        "cafe\u0301.html": PAGE,
        "a b.html": PAGE,
        "a+b.html": PAGE,
        "OLD/index.html": stub("../blog/x/"),
        "deep/old/index.html": stub("../../page.html?x#y"),
        "away.html": stub("https://elsewhere.example/x"),
    }
    assert move.check(site, url) == {}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/blog/gone", "nothing is there"),
        ("/page/", "only /page.html is there, which servers do not show with a closing slash"),
        ("/rss.xml/", "only /rss.xml is there, which servers do not show with a closing slash"),
        ("/BLOG/x/", "only /blog/x/ is there, and letters' case counts"),
        ("/Page", "only /page.html is there, and letters' case counts"),
        ("/other/page", "nothing is there; the last part is the same in /page.html"),
        ("/x", "nothing is there; the last part is the same in /blog/x/ and 1 more"),
        ("/blog/x.html", "nothing is there; the last part is the same in /blog/x/ and 1 more"),
        ("/folder/", "nothing is there"),
        ("/circle", "it redirects in a circle, by way of /again.html"),
        ("/chain0", "it redirects more than 10 times"),
        ("/dead", "it redirects to /gone: nothing is there"),
        ("/script", "it leads to nothing: it is no address on the web, but one of the scheme "
         "'javascript'"),
        ("mailto:a@o.example", "it is no address on the web, but one of the scheme 'mailto'"),
        ("http://[", "it cannot be read as an address"),
        ("/%ff", "what its percent signs stand for is not UTF-8"),
        ("/%2e%2e/%2e%2e/etc/passwd", "nothing is there"),
        ("/../../../etc/passwd", "nothing is there"),
        ("/x%00", "nothing is there"),
        ("/" + "x" * 5000, "nothing is there"),
    ],
)  # fmt: skip
def test_addresses_that_are_lost_and_why(move: Move, url: str, reason: str) -> None:
    site = {
        "blog/x/index.html": PAGE,
        "news/x.html": PAGE,
        "moved/x.html": stub("../news/x.html"),
        "_static/x.html": PAGE,
        "page.html": PAGE,
        "rss.xml": rss(),
        "folder/picture.png": "x",
        "circle.html": stub("again.html"),
        "again.html": stub("circle.html"),
        "dead.html": stub("/gone"),
        "script.html": stub("javascript:x"),
        **{f"chain{number}.html": stub(f"chain{number + 1}.html") for number in range(11)},
        "chain11.html": PAGE,
    }
    (lost,) = move.check(site, url).values()
    assert lost == reason


def test_ten_redirects_are_followed(move: Move) -> None:
    chain = {f"chain{number}.html": stub(f"chain{number + 1}.html") for number in range(10)}
    assert move.check(chain | {"chain10.html": PAGE}, "/chain0") == {}


def test_a_list_is_sorted_and_each_address_stands_in_it_once(move: Move) -> None:
    move.write({"urls": "\ufeff# old\n\n/b\r\n/a#x\nhttps://o.example/b?x=1\n/B\n"})
    checked = move.run(str(move.site), "--urls", str(move.folder / "urls"))
    assert checked.out.splitlines() == [
        "lost address  /B  nothing is there",
        "lost address  /a  nothing is there",
        "lost address  /b  nothing is there",
        "3 addresses checked: 3 lost",
    ]
    assert checked.status == 1


def test_a_sitemap_is_a_list_of_addresses(move: Move) -> None:
    sitemap = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://o.example/a?x=1&amp;y=2 </loc><lastmod>2024-01-01</lastmod></url>
  <url><loc>https://o.example/gone</loc>
    <image:image><image:loc>https://o.example/i.png</image:loc></image:image></url>
</urlset>"""
    assert move.check({"a.html": PAGE}, sitemap) == {"/gone": "nothing is there"}
    (first, second) = read_addresses(sitemap.encode(), "s.xml")
    assert (first.source, second.source) == ("s.xml:4", "s.xml:5")


def test_what_another_site_wrote_cannot_command_the_terminal(move: Move) -> None:
    lost = move.check({}, "/\x1b[31mred\u202e\n", rss(("a\nlost\u2028", "/x")))
    assert set(lost) == {"/\\x1b[31mred\\u202e", "/x", "a\\nlost\\u2028"}


@given(addresses)
def test_no_address_is_too_odd(address: str) -> None:
    try:
        path = web_address(address).path
    except AddressError:
        return
    assert path.startswith("/")
    assert not {"..", "."} & set(path.split("/"))


# --- a site below its host


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/docs/blog/x", None),
        ("https://n.example/docs/blog/x", None),
        ("https://old.example/docs/blog/x", None),
        ("https://old.example/blog/x", None),
        ("blog/x", None),
        ("/docs", None),
        ("/docs/moved", None),
        ("/docs/again", None),
        ("/docs/abroad", None),
        ("/blog/x", "it is outside of /docs/, where the site is"),
        ("https://n.example/blog/x", "it is outside of /docs/, where the site is"),
        ("/docs-2/blog/x", "it is outside of /docs/, where the site is"),
        ("/docs/wrong", "it redirects to /blog/x: it is outside of /docs/, where the site is"),
        ("/docs/dead", "it redirects to /docs/gone: nothing is there"),
    ],
)
def test_the_canonical_address_says_where_the_site_is(
    move: Move, url: str, reason: str | None
) -> None:
    site = {
        "index.html": home("https://n.example/docs/index.html"),
        "blog/x.html": PAGE,
        "moved.html": stub("/docs/blog/x"),
        "again.html": stub("https://N.example:443/docs/blog/x"),
        "abroad.html": stub("https://o.example/gone"),
        "wrong.html": stub("/blog/x"),
        "dead.html": stub("https://n.example/docs/gone"),
    }
    assert list(move.check(site, url).values()) == ([] if reason is None else [reason])


@pytest.mark.parametrize("base", ["/docs/", "docs", "/docs", "https://n.example/docs/"])
def test_the_place_of_the_site_can_be_told(move: Move, base: str) -> None:
    site = {"index.html": PAGE, "x.html": PAGE}
    lost = move.check(site, "/docs/x\n/x", "", "--base", base)
    assert lost == {"/x": "it is outside of /docs/, where the site is"}


def test_what_is_told_goes_before_the_canonical_address(move: Move) -> None:
    site = {"index.html": home("https://n.example/docs/"), "x.html": PAGE}
    assert list(move.check(site, "/docs/x\n/x", "", "--base", "/")) == ["/docs/x"]


# --- redirects of the server


REDIRECTS = """\
# old -> new
/old            /new/  301   # a comment
/gone           /nowhere
/forced/        /nowhere 301!
/page           /nowhere
/removed        /page    410
/blog/*         /news/:splat
/by/:year/:name /news/:name
/away           https://elsewhere.example/
/shown          /page    200
/only/de        /page    302  Language=de
/query  id=:id  /page
"""


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/old", None),
        ("/old/", None),
        ("/page", None),
        ("/blog/a/b", None),
        ("/by/2024/post", None),
        ("/away", None),
        ("/shown", None),
        ("/gone", "it redirects to /nowhere: nothing is there"),
        ("/forced", "it redirects to /nowhere: nothing is there"),
        ("/blog/", "it redirects to /news/: nothing is there"),
        ("/by/2024", "nothing is there"),
        ("/only/de", "nothing is there"),
        ("/query", "nothing is there"),
        ("/removed", "it leads to nothing: {site}/_redirects answers 410"),
    ],
)
def test_redirects_of_the_server_count(move: Move, url: str, reason: str | None) -> None:
    site = {
        "_redirects": REDIRECTS,
        "new/index.html": PAGE,
        "page.html": PAGE,
        "forced.html": PAGE,
        "news/a/b.html": PAGE,
        "news/post.html": PAGE,
    }
    expected = [] if reason is None else [reason.format(site=move.site)]
    assert list(move.check(site, url).values()) == expected


def test_the_first_redirect_that_holds_counts() -> None:
    text = b"/a/x /1\n/a/* /2\n/a/y /3\n/b/* /4\n"
    rules = Rules(read_rules(text, "_redirects"))
    found = {path: rules.find(path) for path in ("/a/x", "/a/y", "/a", "/b/c/d/", "/c")}
    targets = {path: pair and pair[1] for path, pair in found.items()}
    assert targets == {"/a/x": "/1", "/a/y": "/2", "/a": "/2", "/b/c/d/": "/4", "/c": None}


def test_a_map_of_redirects_is_read(move: Move) -> None:
    move.write(
        {
            "map.json": json.dumps(
                {
                    "/old/": "blog/x.html",
                    "https://o.example/blog/ü": "https://n.example/docs/blog/x",
                    "old2": "/docs/blog/x?y#z",
                    "/a b": "/docs/gone",
                }
            ),
            "more": "/more /docs/blog/x\n",
        }
    )
    site = {"index.html": home("https://n.example/docs/"), "blog/x.html": PAGE}
    options = [f"--redirects={move.folder / name}" for name in ("map.json", "more")]
    urls = "/old\n/blog/%C3%BC/\n/docs/old2\n/more\n/a%20b\n"
    lost = move.check(site, urls, "", *options)
    assert lost == {"/a%20b": "it redirects to /docs/gone: nothing is there"}


# --- what is read of a page


@pytest.mark.parametrize(
    ("html", "head"),
    [
        ("<META HTTP-EQUIV=Refresh CONTENT=\"0;URL='a b'\">", PageHead("a b")),
        ('<meta http-equiv="refresh" content="5, /x">', PageHead("/x")),
        ('<meta http-equiv="refresh" content="0; url = x&amp;y">', PageHead("x&y")),
        ('<meta http-equiv="refresh" content="30">', PageHead()),
        ('<meta name="robots" content="NoIndex,nofollow">', PageHead(noindex=True)),
        ('<meta name="robots" content="none">', PageHead(noindex=True)),
        ('<meta name="robots" content="index">', PageHead()),
        ('<link rel="x Canonical" href=" /a ">', PageHead(canonical="/a")),
        ('<body><meta name="robots" content="noindex">', PageHead()),
        ('<!-- <meta name="robots" content="noindex"> -->', PageHead()),
        ('<script>"<body>"</script><meta name="robots" content="none">', PageHead(noindex=True)),
        ("<meta http-equiv><link rel><![x", PageHead()),
    ],
)
def test_what_the_head_of_a_page_says(html: str, head: PageHead) -> None:
    assert read_head(html.encode()) == head


@given(texts)
def test_no_page_is_too_odd(text: str) -> None:
    read_head(f"<head><{text}<meta {text}><!{text}".encode())


# --- what is read of a feed


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        ("<guid>\n a  b\t</guid><link>/x</link>", Entry("a  b", "/x", 1)),
        ("<guid>\u00a0a</guid><link>/x</link>", Entry("\u00a0a", "/x", 1)),
        ("<guid><![CDATA[a&b]]></guid>", Entry("a&b", "", 1)),
        ("<guid>a&amp;b&#233;</guid>", Entry("a&bé", "", 1)),
        ("<guid>https://o.example/x</guid>",
         Entry("https://o.example/x", "https://o.example/x", 1)),
        ('<guid isPermaLink="false">https://o.example/x</guid>',
         Entry("https://o.example/x", "", 1)),
        ("<link>/x</link>", Entry("/x", "/x", 1)),
        ("<guid> </guid><link> /x </link>", Entry("/x", "/x", 1)),
        ("<x><guid>no</guid></x><guid>yes</guid>", Entry("yes", "", 1)),
        ('<a:link xmlns:a="http://www.w3.org/2005/Atom" href="/no"/><guid>a</guid>',
         Entry("a", "", 1)),
    ],
)  # fmt: skip
def test_the_id_of_an_item_in_rss(item: str, entry: Entry) -> None:
    text = f"<rss version='2.0'><channel><link>/home</link><item>{item}</item></channel></rss>"
    feed = read_feed(text.encode(), "rss.xml")
    assert feed.format is FeedFormat.RSS
    assert feed.entries == (entry,)


def test_the_ids_of_atom() -> None:
    text = """<?xml version="1.0" encoding="iso-8859-1"?>
<f:feed xmlns:f="http://www.w3.org/2005/Atom" xml:base="https://o.example/blog/">
  <f:id>tag:the-feed</f:id><f:link rel="self" href="atom.xml"/>
  <f:entry xml:base="2024/">
    <f:id> tag:one </f:id><f:source><f:id>tag:no</f:id></f:source>
    <f:link rel="enclosure" href="no.mp3"/><f:link href="one"/><f:link href="no"/>
    <f:content type="xhtml"><f:link href="no"/></f:content>
  </f:entry>
  <f:entry><f:id>tag:two-\xe9</f:id></f:entry>
  <f:entry><f:title>Nothing</f:title></f:entry>
</f:feed>"""
    feed = read_feed(text.encode("latin-1"), "atom.xml")
    assert feed.entries == (
        Entry("tag:one", "https://o.example/blog/2024/one", 4),
        Entry("tag:two-é", "", 9),
    )
    assert feed.address == "https://o.example/blog/atom.xml"
    assert feed.nameless == 1


def test_the_ids_of_a_json_feed() -> None:
    items = [{"id": 7, "url": "/a"}, {"url": "/b"}, {"id": True}, "x", {"id": " c "}]
    data = {"version": "https://jsonfeed.org/version/1", "items": items, "feed_url": "/f.json"}
    feed = read_feed(json.dumps(data).encode("utf-8-sig"), "feed.json")
    assert feed.entries == (Entry("7", "/a", 0), Entry("/b", "/b", 0), Entry(" c ", "", 0))
    assert (feed.address, feed.nameless) == ("/f.json", 2)


# --- ids that are kept, and lost


ONE = ("https://o.example/blog/one", "https://o.example/blog/one")


@pytest.mark.parametrize("make", [rss, atom, json_feed])
def test_an_id_is_kept_in_its_own_format(move: Move, make: Callable[..., str]) -> None:
    suffix = "json" if make is json_feed else "xml"
    site = {"blog/one.html": PAGE, f"blog/tag/feed.{suffix}": make(("x", "/"), ONE)}
    assert move.check(site, old=make(ONE)) == {}


@pytest.mark.parametrize(
    ("site", "reason"),
    [
        ({"rss.xml": rss(("new", "https://n.example/blog/one.html"))},
         "rss.xml gives /blog/one.html another id: new"),
        ({"rss.xml": rss(("new", "/x"), ("new2", "/y")), "tag/rss.xml": rss(("new3", "/z"))},
         "/blog/one.html is there, but rss.xml holds the newest 2 only "
         "(openinfra_blog_feed_length = 0 puts all posts there)"),
        ({"feed.json": json_feed(("x", "/"))}, "the site has no feed in the format RSS"),
        ({"blog/atom.xml": atom(ONE)},
         "the site has no feed in the format RSS; only blog/atom.xml has it, which is Atom"),
        ({"rss.xml": rss(("new", "/x")), "feed.json": json_feed(ONE)},
         "/blog/one.html is there, but rss.xml holds the newest 1 only "
         "(openinfra_blog_feed_length = 0 puts all posts there); "
         "only feed.json has it, which is JSON Feed"),
        ({"rss.xml": rss(), "blog/one.html": '<meta name="robots" content="noindex">'},
         "/blog/one.html is unlisted (noindex), so it is in no feed "
         "(openinfra_blog_feed_unlisted = True puts it there)"),
        ({"rss.xml": rss(), "blog/one.html": stub("https://elsewhere.example/")},
         "/blog/one leads to another host"),
    ],
)  # fmt: skip
def test_why_an_id_is_lost(move: Move, site: dict[str, str], reason: str) -> None:
    page = {"index.html": home("https://n.example/"), "blog/one.html": PAGE}
    assert move.check(page | site, old=rss(ONE)) == {ONE[0]: reason}


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (
            "/blog/two",
            "its link is lost: nothing is there; the last part is the same in /news/two.html",
        ),
        ("/gone", "its link is lost: nothing is there"),
        ("", "it has no link by which its post could be found"),
        ("mailto:x", "its link: it is no address on the web, but one of the scheme 'mailto'"),
    ],
)
def test_why_an_id_is_lost_with_its_post(move: Move, link: str, reason: str) -> None:
    site = {"rss.xml": rss(), "news/two.html": PAGE}
    lost = move.check(site, old=rss(("an id", link)))
    assert lost["an id"] == reason
    assert len(lost) == (2 if link else 1)


@pytest.mark.parametrize("guid", ["https://o.example/blog/One", "https://o.example/blog/one/"])
def test_ids_are_compared_byte_for_byte(move: Move, guid: str) -> None:
    site = {"blog/one/index.html": PAGE, "rss.xml": rss((ONE[0], "/blog/one/"))}
    assert list(move.check(site, old=rss((guid, "/blog/one")))) == [guid]


def test_the_addresses_that_a_feed_names_are_old_addresses_too(move: Move) -> None:
    own = (
        '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="https://o.example/f.xml"/>'
    )
    site = {"rss.xml": rss(("a", "/x")), "blog/f.xml": "<x/>"}
    lost = move.check(site, old=rss(("a", "https://o.example/a"), rest=own))
    assert lost == {
        "/a": "nothing is there",
        "/f.xml": "nothing is there; the last part is the same in /blog/f.xml",
    }


def test_several_old_feeds_are_one(move: Move) -> None:
    files = {"1.xml": rss(("a", ""), ("b", "")), "2.xml": rss(("b", ""), ("c", ""), ("", ""))}
    move.write({**files, "3.xml": atom(("b", "")), "site/rss.xml": rss(("b", ""))})
    options = [f"--rss={move.folder / name}" for name in ("1.xml", "2.xml", "3.xml")]
    checked = move.run(str(move.site), *options)
    assert [line.partition("  it")[0] for line in checked.out.splitlines()] == [
        "lost feed id  b  the site has no feed in the format Atom; "
        "only rss.xml has it, which is RSS",
        "lost feed id  a",
        "lost feed id  c",
        f"note  {move.folder}/2.xml: items without an id and a link, which were not checked: 1",
        "0 addresses and 4 feed ids checked: 3 lost",
    ]


def test_other_files_of_the_site_are_no_feeds_and_broken_ones_are_named(move: Move) -> None:
    site = {
        "sitemap.xml": "<urlset/>",
        "old.xml": "<!DOCTYPE x><x/>",
        "data.json": "{",
        "data2.json": '["https://jsonfeed.org/version/1"]',
        "rss.xml": rss(ONE),
        "broken.xml": "<rss>\n<channel>",
        "blog/one.html": PAGE,
    }
    move.write({f"site/{name}": text for name, text in site.items()} | {"old.xml": rss(ONE)})
    checked = move.run(str(move.site), "--rss", str(move.folder / "old.xml"))
    assert checked.out.splitlines() == [
        "note  not read: broken.xml:2: this is no XML: no element found",
        "1 address and 1 feed id checked: none lost",
    ]


# --- what programs read


def test_the_result_for_programs(move: Move) -> None:
    move.write({"urls": "\n/gone?x=1\n/x\n", "rss": rss(("a", "/x")), "site/x.html": PAGE})
    urls, old = str(move.folder / "urls"), str(move.folder / "rss")
    checked = move.run(str(move.site), "--urls", urls, "--rss", old, "--format", "json")
    assert checked.status == 1
    result: dict[str, Any] = json.loads(checked.out)
    assert result == {
        "checked_addresses": 2,
        "checked_ids": 1,
        "addresses": [{"address": "/gone", "reason": "nothing is there", "source": f"{urls}:2"}],
        "ids": [
            {
                "id": "a",
                "format": "RSS",
                "link": "/x",
                "reason": "the site has no feed in the format RSS",
                "source": f"{old}:1",
            }
        ],
        "notes": [],
    }


# --- what cannot be read


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'


@pytest.mark.parametrize(
    ("option", "text", "error"),
    [
        ("--rss", "\n" + BOMB, ":2: a document type (<!DOCTYPE) is not read"),
        ("--rss", OUTSIDE, ":1: a document type (<!DOCTYPE) is not read"),
        ("--rss", "<rss>\n<channel>\n</rss>", ":3: this is no XML: mismatched tag"),
        ("--rss", "<rss>&nbsp;</rss>", ":1: this is no XML: undefined entity"),
        ("--rss", '<?xml version="1.0" encoding="big5"?><rss/>', ":1: this XML cannot be read"),
        ("--rss", "<html/>", ":1: it is neither RSS 2.0 nor Atom 1.0: its outermost element is"),
        ("--rss", rss(), ": there is no item"),
        ("--rss", "<rss>" + "<a>" * 2000, ":1: its elements are nested too deep"),
        ("--rss", '{\n"a":', ":2: this is no JSON: Expecting value"),
        ("--rss", '{"a":' + "[" * 100_000, ": its values are nested too deep"),
        ("--rss", '{"a": ' + "1" * 5000 + "}", ": this JSON cannot be read"),
        ("--rss", '{"version": 1}', ": it is no JSON Feed"),
        ("--rss", json_feed().replace("items", "x"), ": it has no list of items"),
        ("--rss", "", ":1: this is no XML: no element found"),
        ("--urls", "# nothing\n", ": there is no address in it"),
        ("--urls", "<urlset>", ":1: this is no XML: no element found"),
        ("--urls", "<sitemapindex/>", ": it is an index: name the sitemaps that it lists"),
        ("--urls", "<html/>", ": it is no sitemap: its outermost element is 'html'"),
        ("--urls", BOMB, ":1: a document type (<!DOCTYPE) is not read"),
        ("--redirects", "/a\n", ":1: a redirect needs two addresses"),
        ("--redirects", '{"/a": 1}', ": it must map addresses to addresses"),
        ("--redirects", "\nmailto:x /a", ":2: 'mailto:x': it is no address on the web"),
    ],
)  # fmt: skip
def test_input_that_cannot_be_read_is_named_with_its_line(
    move: Move, option: str, text: str, error: str
) -> None:
    move.write({"input": text, "urls": "/x\n"})
    name = str(move.folder / "input")
    checked = move.run(str(move.site), "--urls", str(move.folder / "urls"), option, name)
    assert checked.status == 2
    assert checked.out == ""
    assert checked.errors.startswith(
        f"python -m sphinx_openinfra_blog parity: error: {name}{error}"
    )
    assert checked.errors.count("\n") == 1


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"/a\n/\xff\n", "x:2: it is not UTF-8"),
        (b"\x1f\x8b\x08", "x: it is compressed: unpack it first"),
    ],
)
def test_lists_in_other_encodings_are_refused(data: bytes, error: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(error)}$"):
        read_addresses(data, "x")


def test_files_are_read_up_to_a_limit(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "MAX_BYTES", 1024**2)
    move.write({"urls": "/x\n" * 400_000})
    checked = move.run(str(move.site), "--urls", str(move.folder / "urls"))
    assert checked.status == 2
    assert checked.errors.endswith("/urls: it is larger than 1 MB\n")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("SITE",),
        ("SITE", "--urls"),
        ("SITE", "--urls", "missing"),
        ("SITE", "--urls", "."),
        ("SITE", "--urls", "\0"),
        ("missing", "--urls", "URLS"),
        ("URLS", "--urls", "URLS"),
        ("SITE", "--urls", "URLS", "--redirects", "missing"),
        ("SITE", "--urls", "URLS", "--format", "xml"),
        ("SITE", "--urls", "URLS", "--base", "mailto:x"),
        ("SITE", "--urls", "URLS", "--url", "x"),
    ],
)
def test_wrong_usage_ends_with_two(move: Move, arguments: tuple[str, ...]) -> None:
    move.write({"urls": "/\n", "site/index.html": PAGE})
    places = {"SITE": str(move.site), "URLS": str(move.folder / "urls")}
    checked = move.run(*(places.get(argument, argument) for argument in arguments))
    assert checked.status == 2
    assert "error: " in checked.errors
    assert checked.out == ""


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
    assert written.getvalue().startswith(b"lost address  /\\xe9  nothing is there\n")
