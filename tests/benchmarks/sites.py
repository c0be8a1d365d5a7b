"""Sites with the same posts: plain pages, this extension's blog, and ABlog's."""

from __future__ import annotations

import json
import struct
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from .posts import CATEGORIES, NEWEST, Text

if TYPE_CHECKING:
    from pathlib import Path

#: The builds believe that it is a year after the newest post (``SOURCE_DATE_EPOCH``).
EPOCH: Final = str(int((NEWEST + timedelta(days=365)).timestamp()))

_CONF: Final = """\
project = "Benchmark"
html_baseurl = "https://blog.example.org/"
exclude_patterns = ["_build"]
suppress_warnings = ["toc.not_included", "myst", "openinfra_blog"]
"""
_PAGES: Final = """\
extensions = ["sphinx_openinfra_blog"]
openinfra_blog_categories = "blog-config.json"
openinfra_blog_media = {"/img/": "img"}
openinfra_blog_feeds = ()
openinfra_blog_term_feeds = ()
"""
#: What each site adds to conf.py.
SITES: Final = {
    "plain": 'extensions = ["myst_parser"]\n',
    "pages": _PAGES,
    "blog": _PAGES
    + """\
openinfra_blog_feeds = ("atom", "rss", "json")
openinfra_blog_term_feeds = ("atom",)
openinfra_blog_redirect_map = "_redirects"
openinfra_blog_schedule = "schedule.json"
""",
    "ablog": """\
extensions = ["myst_parser", "ablog"]
blog_title = "Benchmark"
blog_baseurl = "https://blog.example.org/"
blog_feed_fulltext = True
""",
}
#: Sites that read serially whatever ``-j`` says.
SERIAL: Final = ("ablog",)
_LISTS: Final = {
    "plain": "The posts are not listed.\n",
    "ablog": "```{postlist}\n:format: {title}\n```\n",
}


def write_site(folder: Path, *, posts: int, theme: str, conf: str = "") -> None:
    """Write a site with *posts* posts; the name of *folder* says which.

    :param conf: what conf.py begins with, whichever site it is.
    """
    kind = folder.name
    (folder / "blog").mkdir(parents=True)
    (folder / "img").mkdir()
    for shade in range(8):
        (folder / "img" / f"picture-{shade}.png").write_bytes(_picture(shade * 30))
    conf = f'{conf}\n{_CONF}html_theme = "{theme}"\n{SITES[kind]}'
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    toctree = "```{toctree}\nblog/index\n```\n"
    (folder / "index.md").write_text(f"# Benchmark\n\n{toctree}", encoding="utf-8")
    listed = _LISTS.get(kind, "```{blog}\n```\n")
    (folder / "blog" / "index.md").write_text(f"# Blog\n\n{listed}", encoding="utf-8")
    settings = {"categories": [{"text": label, "id": value} for label, value in CATEGORIES]}
    (folder / "blog-config.json").write_text(json.dumps(settings), encoding="utf-8")
    text = Text(seed=1)
    for number in range(posts):
        draft = text.draft(number, posts)
        written = draft.for_ablog() if kind == "ablog" else draft.as_committed()
        name = f"{number:05}-as-the-form-named-it.md"
        (folder / "blog" / name).write_text(written, encoding="utf-8")


def _picture(shade: int) -> bytes:
    """Return a small PNG image."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = b"".join(b"\0" + bytes([shade]) * 48 for _ in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)
