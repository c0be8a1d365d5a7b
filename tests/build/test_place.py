"""The reader's place: where the theme's navigation shows a page of the blog."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from helpers import Site, post, tree
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_openinfra_blog.html import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

pytestmark = pytest.mark.filterwarnings(
    "ignore:'sphinx_book_theme.*' is deprecated:PendingDeprecationWarning"
)

GLOBAL = {"html_sidebars": {"**": ["globaltoc.html", "relations.html"]}}
THEMES: dict[str, dict[str, Any]] = {
    "alabaster": {},
    "basic": GLOBAL,
    "classic": GLOBAL,
    "furo": {},
    "openstackdocs": {},
    "pydata_sphinx_theme": {},
    "shibuya": {},
    "sphinx_book_theme": {},
    "sphinx_rtd_theme": {},
}
#: Where the top of the site's navigation is, if it is not the only one with marks.
HEADER = {"pydata_sphinx_theme": ".bd-header"}
PARTS = "Text.\n\n## Method\n\nText.\n\n## Result\n\nText."
FILES = {
    "index.md": "# Site\n\n```{toctree}\nguide\nblog/index\nlatest\n```\n",
    "guide.md": "# Guide\n\n## Step\n",
    "latest.md": "# All posts\n\n```{blog}\n:paginate: 2\n```\n",
    "blog/a.md": post("First", PARTS, author="Ann", category="Cats", tags="[x]"),
    "blog/b.md": post("Unlisted", PARTS, hidePost="true"),
    "blog/c.md": post("Third", PARTS),
    "blog/e.md": post("Fifth", PARTS),
    "blog/d.md": post("Draft", PARTS, draft="true"),
}
#: Pages below the blog's, and what the navigation calls them.
BELOW = {
    "blog/a": "First",
    "blog/b": "Unlisted",
    "blog/d": "Draft",
    "blog/category": "Categories",
    "blog/category/cats": "Cats",
    "blog/author/ann": "Ann",
    "blog/tag": "Tags",
    "blog/tag/x": "x",
    "blog/year/2026": "2026",
}
BLOG_TITLE = "News"


@pytest.fixture(scope="module", params=["html", pytest.param("dirhtml", marks=pytest.mark.matrix)])
def builder(request: pytest.FixtureRequest) -> str:
    """Return the name of a builder."""
    return str(request.param)


@pytest.fixture(scope="module", params=THEMES)
def shown(
    request: pytest.FixtureRequest, builder: str, tmp_path_factory: pytest.TempPathFactory
) -> Built:
    """Return a site in a theme."""
    root = tmp_path_factory.mktemp("place") / "site"
    conf = {"html_theme": request.param, "openinfra_blog_preview": True}
    return Site(root, FILES, conf | THEMES[request.param]).build(builder, strict=True)


def marked(page: Any, within: str = "") -> list[str]:
    """Return the entries that are marked at the top of the site's navigation, without repetition.

    A theme may have the same navigation twice, for wide and for narrow screens.
    """
    entries = page.select(f"{within} li.current")
    top = [entry for entry in entries if not entry.find_parent("li", class_="current")]
    return list(dict.fromkeys(entry.find("a").get_text(" ", strip=True) for entry in top))


def own(page: Any) -> set[str]:
    """Return how the site's navigation calls the page itself."""
    links = page.select("li.current > a.current, li.current > p > a.current")
    return {link.get_text(strip=True).removesuffix("¶") for link in links}


def test_every_page_of_the_blog_stands_below_the_blog(shown: Built) -> None:
    within = HEADER.get(shown.app.config.html_theme, "")
    for name, title in BELOW.items():
        page = shown.html(name)
        assert marked(page, within) == [BLOG_TITLE], name
        assert own(page) == {title}, name
    assert marked(shown.html("latest/page/2"), within) == ["All posts"]
    assert own(shown.html("latest/page/2")) == {"All posts, page 2"}


def test_no_other_page_shows_it(shown: Built) -> None:
    for name in ("guide", "blog/index", "blog/c", "search", "genindex"):
        links = shown.html(name).select("li.current a, .toctree-wrapper a")
        assert not {"Unlisted", "Ann", "2026"} & {link.get_text(strip=True) for link in links}
        assert "Unlisted" not in shown.html(name).get_text(), name


def test_the_tree_is_as_before_afterwards(shown: Built) -> None:
    env = shown.app.env
    assert env.toctree_includes == {"index": ["guide", "blog/index", "latest"]}
    assert not [name for name in BELOW if name in env.tocs and name not in env.all_docs]
    assert "blog/category" not in env.metadata
    assert "toctree" not in env.tocs["blog/index"].pformat()


@pytest.mark.parametrize("theme", ["sphinx_rtd_theme"])
def test_contents_made_of_the_navigation_are_there(site: Callable[..., Site], theme: str) -> None:
    built = site(FILES, html_theme=theme).build()
    links = [link["href"] for link in built.html("blog/a").select("nav li.current li a")]
    assert links == ["#", "#method", "#result"]


@pytest.mark.parametrize(
    ("theme", "trail"),
    [
        ("sphinx_rtd_theme", "ul.wy-breadcrumbs"),
        ("pydata_sphinx_theme", "ul.bd-breadcrumbs"),
        ("shibuya", ".sy-breadcrumbs"),
        ("basic", "div.related:first-of-type"),
    ],
)
def test_breadcrumbs_lead_back(site: Callable[..., Site], theme: str, trail: str) -> None:
    built = site(FILES, html_theme=theme).build()
    for name, above in {
        "blog/a": [BLOG_TITLE],
        "blog/tag/x": [BLOG_TITLE, "Tags"],
        "latest/page/2": [BLOG_TITLE, "All posts"],
    }.items():
        links = [link.get_text(strip=True) for link in built.html(name).select(f"{trail} a")]
        assert [text for text in links if text in {BLOG_TITLE, "Tags", "All posts"}] == above, name


#: Documents whose toctrees are resolved after posts, and one before; two hold the blog as well.
AROUND = {
    "index.md": "# Site\n\n```{toctree}\nguide\nblog/index\nzoo/a\nzoo/z\n```\n",
    "blog/index.md": "# News\n\n## Archive\n\n```{blog}\n```\n\n```{toctree}\nabout\n```\n",
    "blog/about.md": "# About\n",
    "aaa.md": "---\norphan: true\n---\n# A\n\n```{toctree}\n:maxdepth: 3\n/blog/index\n```\n",
    # Sphinx resolves it right after it wrote an unlisted post.
    "blog/bb.md": "---\norphan: true\n---\n# B\n\n```{toctree}\n:maxdepth: 3\n/blog/index\n```\n",
    "zoo/a.md": "# Z\n\n```{toctree}\n:maxdepth: 3\n/blog/index\n```\n",
    "zoo/z.md": "# Z\n\n```{toctree}\n:maxdepth: 3\n/zoo/a\n```\n",
}
MANY = FILES | AROUND | {f"blog/p{number}.md": post(f"P{number}") for number in range(9)}


def in_toctrees(built: Built) -> list[list[str]]:
    """Return the texts of the toctrees in the documents around the blog, and in its own."""
    names = ("index", "aaa", "blog/index", "blog/bb", "zoo/a", "zoo/z")
    return [
        [link.get_text(strip=True) for link in built.html(name).select(".toctree-wrapper a")]
        for name in names
    ]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site whose other documents show what is below the blog, in one process."""
    return Site(tmp_path_factory.mktemp("clean") / "site", MANY, {"html_theme": "furo"}).build()


def test_a_toctree_over_the_blog_holds_no_post(clean: Built) -> None:
    blog = ["News", "Archive", "About"]
    assert in_toctrees(clean) == [
        ["Guide", "Step", *blog, "Z", *blog, "Z", "Z", *blog],
        blog,
        ["About"],
        blog,
        blog,
        ["Z", "News", "Archive"],
    ]


def test_worker_processes_show_the_same_places(clean: Built, site: Callable[..., Site]) -> None:
    built = site(MANY, html_theme="furo").build(jobs=4)
    assert tree(built.out) == tree(clean.out)


@pytest.mark.parametrize("jobs", [1, 4])
def test_edits_end_in_the_places_of_a_clean_build(
    clean: Built, site: Callable[..., Site], jobs: int
) -> None:
    made = site(MANY | {"blog/b.md": post("Listed")}, html_theme="furo")
    made.build(jobs=jobs)
    for name in ("blog/b.md", "zoo/z.md"):
        made.write({name: MANY[name]})
        built = made.build(jobs=jobs)
    # The page of a document that has not changed is not written again by Sphinx.
    assert built.written
    assert tree(built.out) == tree(clean.out)


#: What changes around the blog: a heading, a title, a document below it, and its own place.
EDITS: list[dict[str, str]] = [
    {"blog/index.md": MANY["blog/index.md"].replace("## Archive", "## All of it")},
    {"blog/about.md": "# Who writes\n"},
    {"blog/more.md": "# More\n", "blog/about.md": "# About\n\n```{toctree}\nmore\n```\n"},
    {"blog/index.md": MANY["blog/index.md"].replace("about", "more")},
    {"index.md": MANY["index.md"].replace("blog/index\n", ""), "zoo/a.md": "# Z\n"},
    AROUND,
]
BLOG = ("blog/p1", "blog/b", "blog/tag/x", "blog/author/ann", "blog/year")


@pytest.mark.parametrize(
    "theme",
    [
        "furo",
        *(
            pytest.param(name, marks=pytest.mark.matrix)
            for name in ("sphinx_rtd_theme", "pydata_sphinx_theme")
        ),
    ],
)
def test_a_page_follows_what_is_around_its_place(site: Callable[..., Site], theme: str) -> None:
    made = site(MANY, html_theme=theme)
    made.build()
    for number, edit in enumerate(EDITS):
        made.write(edit)
        outputs = made.build(), made.build(out=f"clean{number}", doctrees=f"clean-{number}")
        posts, clean = ({name: built.html(name) for name in BLOG} for built in outputs)
        assert posts == clean, edit


def test_a_build_that_fails_puts_everything_back(
    clean: Built, site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site(MANY, html_theme="furo")
    write, found = StandaloneHTMLBuilder.handle_page, []

    def failing(builder: StandaloneHTMLBuilder, pagename: str, *args: Any, **keys: Any) -> None:
        write(builder, pagename, *args, **keys)
        if pagename == "blog/b":
            assert "blog/b" in builder.env.toctree_includes["blog/index"]
            found.append(builder.env)
            raise RuntimeError

    monkeypatch.setattr(StandaloneHTMLBuilder, "handle_page", failing)
    with pytest.raises(RuntimeError):
        made.build()
    assert found[0].toctree_includes["blog/index"] == ["blog/about"]
    monkeypatch.undo()
    assert tree(made.build().out) == tree(clean.out)


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "json"])
def test_other_outputs_show_no_places(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    outputs = []
    for _with_and_without in range(2):
        files = tree(site(MANY).build(builder).out)
        # They hold the folder or the time.
        unlike = {"environment.pickle", "Projectnamenotset.epub"}
        outputs.append({name: data for name, data in files.items() if name not in unlike})
        monkeypatch.setattr(place, "_below", lambda *_args: nullcontext())
    assert outputs[0] == outputs[1]


def test_a_document_below_the_blog_may_go(site: Callable[..., Site]) -> None:
    made = site(MANY)
    made.build()
    made.remove("blog/about.md")
    page = made.build().html("blog/p1")
    made.write({"blog/index.md": MANY["blog/index.md"].replace("about\n", "")})
    assert page == made.build(out="clean", doctrees="clean-doctrees").html("blog/p1")


def test_a_post_that_contains_the_blog_stands_alone(site: Callable[..., Site]) -> None:
    circle = "Text.\n\n## Part\n\n```{toctree}\nindex\n```\n"
    built = site(FILES | {"blog/a.md": post("First", circle)}, html_theme="sphinx_rtd_theme")
    page = built.build(strict=True).html("blog/a")
    assert marked(page) == [BLOG_TITLE]
    assert [link["href"] for link in page.select("nav li.current li a")] == ["#", "#part"]


@pytest.mark.parametrize("index", ["blog/index.md", "blog/other.md"])
def test_nothing_changes_where_no_toctree_contains_the_blog(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, index: str
) -> None:
    outputs = []
    for _with_and_without in range(2):
        made = site(FILES | {"index.md": "# Site\n\n```{toctree}\nguide\n```\n"})
        made.remove("latest.md", "blog/index.md")
        made.write({index: "---\norphan: true\n---\n# News\n\n```{blog}\n```\n"})
        outputs.append(tree(made.build(html_theme="furo").out))
        monkeypatch.setattr(place, "_below", lambda *_args: nullcontext())
    assert outputs[0] == outputs[1]
