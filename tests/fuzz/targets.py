"""What may be given any bytes at all, and what must hold then."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import html5lib
import nh3
from myst_parser.config.main import MdParserConfig

from sphinx_openinfra_blog.blog.resolve import resolve
from sphinx_openinfra_blog.blog.visibility import Source, visibility_of
from sphinx_openinfra_blog.commands.input import InputError
from sphinx_openinfra_blog.commands.parity.addresses import read_urls
from sphinx_openinfra_blog.commands.parity.built_site import read_head
from sphinx_openinfra_blog.commands.parity.old_feeds import read_feed
from sphinx_openinfra_blog.commands.parity.server_rules import read_rules
from sphinx_openinfra_blog.config.settings import Settings
from sphinx_openinfra_blog.feeds.content import feed_content
from sphinx_openinfra_blog.feeds.formats import write_feed
from sphinx_openinfra_blog.feeds.values import Feed, FeedAuthor, FeedEntry, FeedFormat, FeedLabel
from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.entries import MAX_CHARACTERS, FrontMatterError
from sphinx_openinfra_blog.frontmatter.fields import read_fields
from sphinx_openinfra_blog.html.meta_tags import Article, HeadImage, PageHead, SiteFacts, head_html
from sphinx_openinfra_blog.listing.options import read_options
from sphinx_openinfra_blog.model.paths import (
    PathError,
    checked,
    from_file_name,
    path_of,
    permalink,
)
from sphinx_openinfra_blog.model.slugs import SLUG_STYLES, slug_of
from sphinx_openinfra_blog.reading.myst import block_parser
from sphinx_openinfra_blog.reading.source import with_consecutive_headings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
_RULES: Final = Settings(
    now=_NOW,
    blog="blog",
    root="https://s.example/docs/",
    pattern="{slug}",
    slugs="kebab",
    timezone=UTC,
    categories=(),
    preview=True,
)
_BLOCKS: Final = block_parser(MdParserConfig())
_RUNNING: Final = frozenset("script style template base meta link embed set animate".split())
_HARMLESS: Final = re.compile(r"[^\x00-\x1f\x7f\\*?\[\]<>\"|:%#]+")


def front_matter(data: bytes) -> None:
    """Front matter is read or refused, and what is read makes one post at a safe address."""
    text = _as_read(data)
    matter = error = None
    try:
        matter = read(text)
    except FrontMatterError as refused:
        error = refused
    if error is not None:
        assert 1 <= error.line <= text.count("\n") + 1, error.line
        assert str(error).isprintable()
    if matter is None:
        return
    fields, problems = read_fields(matter, "blog/x.md", UTC)
    json.loads(fields.passthrough)
    assert len(fields.passthrough) < 20 * MAX_CHARACTERS
    if fields.is_post:
        visibility = visibility_of(fields, _RULES)
        source = Source("blog/x.md", "x", "blog/x", fields, visibility)
        resolved = resolve([source], _RULES, {})
        problems += resolved.problems
        (post,) = resolved.posts.values()
        _must_be_safe(post.docname)
        for alias, _line in post.aliases:
            checked(alias)
        for term in (*post.categories, *post.authors, *post.tags):
            assert "/" not in term.slug
        post.digest()
    for problem in problems:
        assert problem.message
        assert 0 <= problem.line <= text.count("\n") + 2, problem


def _as_read(data: bytes) -> str:
    """Return the text that Python reads from a file of these bytes."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _must_be_safe(docname: str) -> None:
    assert checked(docname) == docname
    assert docname.startswith("blog/")
    assert ".." not in docname.split("/")
    assert _HARMLESS.fullmatch(docname), docname


def addresses(data: bytes) -> None:
    """Whatever an address, a file's name or a label is: a safe path comes of it, or none."""
    text = data.decode("utf-8", "replace")
    with suppress(PathError):
        docname, alias = permalink(path_of(text, "blog", _RULES.root), "blog")
        _must_be_safe(docname)
        assert alias is None or checked(alias) == alias
    stem = text.strip("/").replace("\0", "")
    if stem and "//" not in stem:
        _must_be_safe(from_file_name(stem, "blog"))
    for style in SLUG_STYLES:
        slug = slug_of(text, style)
        assert slug
        assert checked(slug) == slug


def feeds(data: bytes) -> None:
    """A feed of whatever posts hold can be read as XML and JSON, and runs nothing."""
    text = data.decode("utf-8", "replace")
    content = feed_content(text, "https://s.example/blog/x/")
    for item in html5lib.parseFragment(content, namespaceHTMLElements=False).iter():
        assert str(item.tag).rpartition("}")[2] not in _RUNNING, item.tag
        for name, value in item.items():
            assert not str(name).startswith("on"), name
            if name in {"href", "src", "poster", "data"} and value[:1] != "#":
                assert value.partition(":")[0] in nh3.ALLOWED_URL_SCHEMES | {"data"}, value
    entry = FeedEntry(
        guid=text,
        iri="tag:s.example,2026-01-01:blog/x",
        url="https://s.example/blog/x/",
        title=text,
        summary=text,
        content=content,
        published=_NOW,
        updated=_NOW,
        authors=(FeedAuthor(text, ""),),
        labels=(FeedLabel(text, "", text),),
        image="",
    )
    feed = Feed(
        title=text,
        description=text,
        home_url="https://s.example/blog/",
        url="https://s.example/blog/feed",
        language="en",
        stylesheet="",
        entries=(entry,),
    )
    for kind in (FeedFormat.ATOM, FeedFormat.RSS):
        written = write_feed(feed, kind)
        root = ET.fromstring(written)  # noqa: S314 (it is our own)
        items = [element for element in root.iter() if element.tag.endswith(("item", "entry"))]
        assert len(items) == 1
        assert len(read_feed(written, "feed").items) == 1
    (item,) = json.loads(write_feed(feed, FeedFormat.JSON))["items"]
    assert item["id"]


def heads(data: bytes) -> None:
    """The tags of a head are the same ones whatever is written into them."""
    text = data.decode("utf-8", "replace")
    parts = (text.split("\x1e") + [text] * 6)[:6]
    expected, found = _elements(_head(["x"] * 6)), _elements(_head(parts))
    assert [name for name, _content in found] == [name for name, _content in expected]
    for name, content in found:
        if name == "script":
            json.loads(content)


def _head(parts: list[str]) -> str:
    title, description, site, author, section, tag = (part or "x" for part in parts)
    day, address = _NOW.isoformat(), "https://s.example/blog/x/"
    article = Article(day, day, ((author, ""),), (section,), (tag,), "", 9)
    image = HeadImage("https://s.example/i.png", title)
    head = PageHead(title, description, address, image, article)
    return head_html(SiteFacts(site, address, "en_US"), head)


def _elements(html: str) -> list[tuple[str, str]]:
    tree = html5lib.parse(f"<!doctype html><head>{html}</head>", namespaceHTMLElements=False)
    return [(str(item.tag), str(item.text or "")) for item in tree.iter()]


def markdown(data: bytes) -> None:
    """A body is looked through without harm, and no heading costs or brings a line."""
    text = _as_read(data)
    renumbered = with_consecutive_headings(text, _BLOCKS)
    assert renumbered.count("\n") == text.count("\n")
    assert with_consecutive_headings(renumbered, _BLOCKS) == renumbered
    lines = (line.partition(":") for line in text.split("\n")[:20])
    listing, problems = read_options({name: value for name, _colon, value in lines})
    assert listing.limit >= 0
    assert all(message for _name, message in problems)


def old_files(data: bytes) -> None:
    """The files that an old site left behind are read, or an error names what is wrong."""
    with suppress(InputError):
        read_feed(data, "feed.xml")
    with suppress(InputError):
        read_urls(data, "sitemap.xml")
    with suppress(InputError):
        for rule in read_rules(data, "_redirects"):
            rule.match("/blog/x/y")
            rule.match(data[:200].decode("utf-8", "replace"))
    read_head(data)


#: The name of each target -> the function.
TARGETS: Final[Mapping[str, Callable[[bytes], Any]]] = {
    item.__name__: item for item in (front_matter, addresses, feeds, heads, markdown, old_files)
}
