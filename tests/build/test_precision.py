"""What a build reads and writes again after an edit: what shows the edit, and nothing else.

The times of all files of the output say what was written. What Sphinx itself writes in every
build is found out with a site without the blog, in the same way of building.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from helpers import Site, post

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from helpers import Built

NOW = "1794000000"  # 2026-11-06T21:20:00Z
LONG = "word " * 60
FILES = {
    "index.md": "# Site\n\n```{toctree}\nblog/index\nabout\nrefers\n```\n",
    "about.md": "# About\n\nNothing of the blog.\n",
    "refers.md": "# Refers\n\n{blog:post}`p3`, [other words](blog/p5.md) "
    "and {blog:post}`more words <p5>`.\n",
    "cards.md": "---\norphan: true\n---\n\n# Cards\n\n"
    "```{blog}\n:categories: two\n:style: cards\n:group-by: none\n```\n",
    "blog/hidden.md": post("Hidden", author="Cid", date="2024-01-01", hidePost="true"),
    "blog/later.md": post("Later", author="Cid", date="2099-01-01"),
    "blog/bad.md": post("Bad", "![none](/img/none.png)", author="Cid", date="2024-01-02"),
} | {
    f"blog/p{number}.md": post(
        f"Post {number}",
        f"Begin {number}. {LONG}\n\nThe end.",
        author=("Ann", "Bob")[number % 2],
        category=("One", "Two")[number % 2],
        tags=f"[t{number % 3}]",
        date=f"2025-01-0{number}",
        aliases=f"[/old/{number}]",
    )
    for number in range(1, 7)
}
TWO = {"id": "Two", "label": "Two", "slug": "two"}
CONF: dict[str, object] = {
    "project": "P",
    "html_baseurl": "https://o.example/",
    "openinfra_blog_categories": [TWO, "One"],
    "openinfra_blog_feed_length": 4,
    "openinfra_blog_paginate": 2,
    "openinfra_blog_reading_time": True,
    "openinfra_blog_redirect_map": "_redirects",
    "openinfra_blog_schedule": "schedule.json",
}
PLAIN = {
    "index.md": FILES["index.md"].replace("refers\n", ""),
    "about.md": FILES["about.md"],
    "blog/index.md": "# News\n\nText.\n",
    "alone.md": "---\norphan: true\n---\n\n# Alone\n\nText.\n",
}
#: The feeds that hold the third post, which is Bob's and under "Two" and "t0".
FEEDS_OF_3 = {
    "blog/atom.xml",
    "blog/rss.xml",
    "blog/feed.json",
    "blog/author/bob/atom.xml",
    "blog/category/two/atom.xml",
    "blog/tag/t0/atom.xml",
}


class Way(NamedTuple):
    """One way of building."""

    builder: str
    jobs: int


class Changes(NamedTuple):
    """What one build did to its output."""

    built: Built
    written: set[str]
    gone: set[str]

    def files(self, *pages: str) -> set[str]:
        """Return the files of pages."""
        return {self.built.path(page).relative_to(self.built.out).as_posix() for page in pages}


class Rebuilt:
    """A site that was built once, and that every test is given as it was then.

    It is laid out in the same folder again, since what is remembered of an output depends on it.
    """

    def __init__(
        self, root: Path, way: Way, files: Mapping[str, str], conf: Mapping[str, object]
    ) -> None:
        self.site, self.way = Site(root / "site", files, conf), way
        self._build()
        self._kept = root / "kept"
        shutil.copytree(self.site.root, self._kept)

    def anew(self) -> Rebuilt:
        """Forget every edit; the times of files are those of before."""
        shutil.rmtree(self.site.root)
        shutil.copytree(self._kept, self.site.root)
        return self

    def changes(self, edits: Mapping[str, tuple[str, str]] | None = None, **conf: Any) -> Changes:
        """Edit files and build.

        :param edits: file -> what is replaced in it, and by what; nothing for a new file.
        """
        for name, (old, new) in (edits or {}).items():
            path = self.site.src / name
            text = path.read_text(encoding="utf-8") if old else ""
            assert old in text
            self.site.write({name: text.replace(old, new) if old else new})
        before = self._times()
        built = self._build(**conf)
        now = self._times()
        written = {name for name, time in now.items() if before.get(name) != time}
        return Changes(built, written, before.keys() - now.keys())

    def _build(self, **conf: Any) -> Built:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", NOW)
            return self.site.build(self.way.builder, jobs=self.way.jobs, **conf)

    def _times(self) -> dict[str, int]:
        out = self.site.root / self.way.builder
        return {
            path.relative_to(out).as_posix(): path.stat().st_mtime_ns
            for path in out.rglob("*")
            if path.is_file()
        }


class Sphinxs(NamedTuple):
    """What Sphinx writes again on a site without the blog.

    :ivar always: in a build without a change.
    :ivar page: besides the page, after an edit of a page that no toctree holds.
    :ivar held: besides the page, after an edit of one that the first page's toctree holds.
    """

    always: set[str]
    page: set[str]
    held: set[str]


@pytest.fixture(
    scope="module",
    params=[Way("html", 1), pytest.param(Way("dirhtml", 2), marks=pytest.mark.matrix)],
    ids=lambda way: way.builder,
)
def way(request: pytest.FixtureRequest) -> Way:
    found = request.param
    assert isinstance(found, Way)
    return found


@pytest.fixture(scope="module")
def sphinxs(way: Way, tmp_path_factory: pytest.TempPathFactory) -> Sphinxs:
    plain = Rebuilt(tmp_path_factory.mktemp("plain"), way, PLAIN, {"extensions": ["myst_parser"]})
    nothing = plain.changes()
    page, held = (
        changes.written - changes.files(name) - {f"_sources/{name}.md.txt"}
        for name in ("alone", "blog/index")
        for changes in [plain.changes({f"{name}.md": ("Text.", "Words.")})]
    )
    # Of documents it is the first one at most, because it shows the titles of those it holds.
    pages = {name for name in held if name.endswith(".html")}
    assert pages <= nothing.files("index", "genindex", "search")
    assert nothing.written <= page <= held
    return Sphinxs(nothing.written, page, held)


@pytest.fixture(scope="module")
def once(way: Way, tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    return Rebuilt(tmp_path_factory.mktemp("blog"), way, FILES, CONF)


@pytest.fixture
def blog(once: Rebuilt) -> Rebuilt:
    return once.anew()


def test_nothing_is_read_or_written_without_a_change(blog: Rebuilt, sphinxs: Sphinxs) -> None:
    nothing = blog.changes()
    assert (nothing.built.read, nothing.built.written) == (set(), set())
    assert (nothing.written, nothing.gone) == (sphinxs.always, set())
    assert {"loading pickled environment... done", "build succeeded."} <= set(nothing.built.status)
    assert "updating environment: 0 added, 0 changed, 0 removed" in nothing.built.status
    assert not [line for line in nothing.built.status if "pickling" in line]
    # What said so could also have been wrong.
    assert blog.site.root.joinpath(blog.way.builder, "blog/atom.xml").is_file()


def test_a_longer_text_changes_its_page_and_the_feeds_that_hold_it(
    blog: Rebuilt, sphinxs: Sphinxs
) -> None:
    now = blog.changes({"blog/p3.md": ("The end.", "An end.")})
    assert now.built.read == {"blog/p3"}
    own = now.files("blog/p3") | {"_sources/blog/p3.md.txt"}
    assert (now.written, now.gone) == (own | FEEDS_OF_3 | sphinxs.page, set())
    # Each feed has the four newest posts of its own: the site's has none of the first two.
    now = blog.changes({"blog/p1.md": ("The end.", "An end.")})
    own = now.files("blog/p1") | {"_sources/blog/p1.md.txt"}
    feeds = {f"blog/{place}/atom.xml" for place in ("author/bob", "category/two", "tag/t1")}
    assert now.written == own | feeds | sphinxs.page


def test_feeds_of_excerpts_are_left_alone_by_a_longer_text(
    blog: Rebuilt, sphinxs: Sphinxs
) -> None:
    blog.changes(openinfra_blog_feed_content="summary")
    now = blog.changes(
        {"blog/p3.md": ("The end.", "An end.")}, openinfra_blog_feed_content="summary"
    )
    own = now.files("blog/p3") | {"_sources/blog/p3.md.txt"}
    assert (now.built.read, now.written) == ({"blog/p3"}, own | sphinxs.page)


def test_an_excerpt_changes_cards_and_not_the_neighbours(blog: Rebuilt, sphinxs: Sphinxs) -> None:
    now = blog.changes({"blog/p3.md": ("Begin 3", "Start 3")})
    cards = (
        "cards", "blog/author/bob", "blog/category/two", "blog/tag/t0", "blog/year/2025/page/2",
    )  # fmt: skip
    own = now.files("blog/p3", *cards) | {"_sources/blog/p3.md.txt"}
    assert now.built.read == {"blog/p3"}
    assert now.written == own | FEEDS_OF_3 | sphinxs.page


def test_a_title_changes_neighbours_listings_and_what_else_shows_it(
    blog: Rebuilt, sphinxs: Sphinxs
) -> None:
    now = blog.changes({"blog/p3.md": ("title: Post 3", "title: Third")})
    pages = now.files(
        "blog/p3",
        *("blog/p2", "blog/p4"),  # its neighbours
        *("blog/index", "cards", "blog/year"),  # the listings that hold it
        "refers",  # it is named there
        *("blog/author/bob", "blog/category/two", "blog/tag/t0", "blog/year/2025/page/2"),
    )
    own = pages | {"_sources/blog/p3.md.txt", "old/3/index.html"}
    assert now.built.read == {"blog/p3"}
    assert (now.written, now.gone) == (own | FEEDS_OF_3 | sphinxs.held, set())


def test_a_title_is_not_shown_by_references_in_other_words(blog: Rebuilt) -> None:
    now = blog.changes({"blog/p5.md": ("title: Post 5", "title: Fifth")})
    assert now.built.written - {"index"} == {
        "blog/p5", "blog/p4", "blog/p6", "blog/index", "cards",
    }  # fmt: skip


def test_a_new_post_changes_its_neighbour_and_the_listings_and_no_other_is_read(
    blog: Rebuilt, sphinxs: Sphinxs
) -> None:
    new = post("Post 7", author="Bob", category="Two", tags="[t1]", date="2025-01-07")
    now = blog.changes({"blog/p7.md": ("", new)})
    pages = now.files(
        *("blog/p7", "blog/p6", "blog/index", "cards"),
        # Numbers of posts.
        *("blog/author", "blog/category", "blog/tag", "blog/year"),
        # All posts after it move on, and there are two of them on a page.
        *("blog/author/bob", "blog/author/bob/page/2"),
        *("blog/category/two", "blog/category/two/page/2"),
        *("blog/tag/t1", "blog/tag/t1/page/2"),
        *("blog/year/2025", *(f"blog/year/2025/page/{number}" for number in (2, 3, 4))),
    )
    feeds = (FEEDS_OF_3 - {"blog/tag/t0/atom.xml"}) | {"blog/tag/t1/atom.xml"}
    own = pages | {"_sources/blog/p7.md.txt"}
    assert now.built.read == {"blog/p7"}
    assert "updating environment: 1 added, 0 changed, 0 removed" in now.built.status
    assert (now.written, now.gone) == (own | feeds | sphinxs.held, set())


def test_hiding_a_post_changes_what_showed_it(blog: Rebuilt, sphinxs: Sphinxs) -> None:
    now = blog.changes({"blog/p4.md": ("title:", "hidePost: true\ntitle:")})
    pages = now.files(
        *("blog/p4", "blog/p3", "blog/p5", "blog/index"),
        *("blog/author", "blog/category", "blog/tag", "blog/year"),
        *("blog/author/ann", "blog/category/one", "blog/tag/t1"),
        # The first page still has the two newest.
        *("blog/year/2025/page/2", "blog/year/2025/page/3"),
    )
    feeds = {f"blog/{name}" for name in ("atom.xml", "rss.xml", "feed.json")}
    feeds |= {f"blog/{place}/atom.xml" for place in ("author/ann", "category/one", "tag/t1")}
    own = pages | feeds | {"_sources/blog/p4.md.txt", "_redirects"}
    assert now.built.read == {"blog/p4"}
    assert now.written == own | sphinxs.held
    assert now.gone == now.files("blog/author/ann/page/2", "blog/category/one/page/2")


def test_a_new_name_of_a_category_changes_its_posts_and_its_pages(
    blog: Rebuilt, sphinxs: Sphinxs
) -> None:
    now = blog.changes(openinfra_blog_categories=[TWO | {"label": "Second"}, "One"])
    # Posts, rows and cards say under what a post stands; other categories' pages do not.
    posts = {"blog/p1", "blog/p3", "blog/p5"}
    pages = (
        *("blog/index", "cards", "blog/category"),
        *("blog/category/two", "blog/category/two/page/2"),
        *("blog/author/bob", "blog/author/bob/page/2"),
        *("blog/tag/t0", "blog/tag/t1", "blog/tag/t2"),
        *("blog/year/2025", "blog/year/2025/page/2", "blog/year/2025/page/3"),
    )
    feeds = FEEDS_OF_3 | {"blog/tag/t1/atom.xml", "blog/tag/t2/atom.xml"}
    assert now.built.read == posts
    assert (now.written, now.gone) == (
        now.files(*posts, *pages) | feeds | sphinxs.held,
        set(),
    )


def test_what_is_said_of_an_author_changes_their_page_and_posts(
    blog: Rebuilt, sphinxs: Sphinxs
) -> None:
    now = blog.changes(openinfra_blog_authors={"Ann": {"name": "Ann", "title": "Editor"}})
    assert now.built.read == set()
    posts = ("blog/p2", "blog/p4", "blog/p6")
    assert now.written == now.files("blog/author/ann", *posts) | sphinxs.page


def test_a_page_in_no_place_of_the_blogs_own_changes_nothing_else(
    blog: Rebuilt, sphinxs: Sphinxs
) -> None:
    text = "---\norphan: true\n---\n\n# Other\n"
    now = blog.changes({"blog/other/index.md": ("", text)})
    own = now.files("blog/other/index") | {"_sources/blog/other/index.md.txt"}
    assert now.written == own | sphinxs.page
