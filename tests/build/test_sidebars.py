"""Pieces for the theme's sidebars, and templates of the site that show the blog."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from browsing import MORE_THEMES
from helpers import Site, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

PIECES = [
    f"blog-{name}.html" for name in ("recent", "categories", "tags", "archive", "feeds", "author")
]
AUTHORS = {
    "ann": {
        "name": "Ann",
        "role": "Editor",
        "bio": "Writes.",
        "links": {"Home": "https://ann.example/"},
    }
}
HOSTILE = '<b>Q</b> & "A"'
FILES = {
    "index.md": "# Site\n\n```{toctree}\nguide\nblog/index\n```\n",
    "guide.md": "# Guide\n",
    "blog/a.md": post("First", date="2024-05-06", author="ann", category="Cats", tags="[x, y]"),
    "blog/b.md": post("Unlisted", hidePost="true", author="ann", tags="[secret]"),
    "blog/c.md": post(f"'{HOSTILE}'", tags="[x]"),
    "blog/d.md": post("Draft", draft="true"),
}
CONF: dict[str, object] = {
    "html_theme": "alabaster",
    "html_baseurl": "https://s.example/",
    "html_sidebars": {"**": PIECES},
    "openinfra_blog_authors": AUTHORS,
}


def links(page: Any, piece: str) -> list[str]:
    """Return the texts of the links of a piece below its heading."""
    return [
        link.get_text(strip=True) for link in page.select(f".blog-sidebar-{piece} > :not(h2) a")
    ]


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site with all pieces on all pages."""
    made = Site(tmp_path_factory.mktemp("sidebars") / "site", FILES, CONF)
    return made.build(request.param, strict=True)


@pytest.mark.parametrize("name", ["guide", "blog/c", "blog/tag/x", "search", "genindex"])
def test_each_page_shows_the_pieces(shown: Built, name: str) -> None:
    page = shown.html(name)
    assert links(page, "recent") == [HOSTILE, "First"]
    assert links(page, "categories") == ["Cats"]
    assert links(page, "tags") == ["x", "y"]
    assert links(page, "archive") == ["2026", "2024"]
    assert links(page, "feeds") == ["Atom", "RSS", "JSON Feed"]
    assert [text.strip() for text in page.select_one(".blog-sidebar-tags").stripped_strings][
        1:3
    ] == [
        "x",
        "(2)",
    ]
    assert [time["datetime"] for time in page.select(".blog-sidebar-recent time")] == [
        "2026-01-02T03:04:05.678Z",
        "2024-05-06T00:00:00Z",
    ]
    assert not page.select(".blog-sidebar-author")


@pytest.mark.parametrize("name", ["guide", "blog/a", "blog/tag/x"])
def test_every_link_leads_somewhere(shown: Built, name: str) -> None:
    folder = shown.path(name).parent
    for link in shown.html(name).select("[class^=blog-sidebar] a"):
        if not link["href"].startswith(("https:", "#")):
            target = (folder / unquote(link["href"]).partition("#")[0]).resolve()
            assert (target / "index.html" if target.is_dir() else target).is_file(), link


def test_the_authors_are_those_of_the_page(shown: Built) -> None:
    block = shown.html("blog/a").select_one(".blog-sidebar-author")
    assert list(block.stripped_strings) == ["Authors", "Ann", "Editor", "Writes.", "Home"]
    assert list(shown.html("blog/b").select_one(".blog-sidebar-author").stripped_strings)[1:] == [
        "Ann",
        "Editor",
        "Writes.",
        "Home",
    ]


DOCS = Path(__file__).parents[2] / "docs"
#: Theme -> its list of parts, as the documentation says.
LISTS = dict(
    re.findall(
        r"^\| `(\w+)` \| `(\[.*\])` \|$",
        (DOCS / "howto/sidebars.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
@pytest.mark.parametrize(
    "theme",
    # Only the environment of the browser tests has all themes.
    [pytest.param(it, marks=pytest.mark.browser if it in MORE_THEMES else ()) for it in LISTS],
)
def test_the_list_of_a_theme_shows_the_piece_and_all_that_was_there(
    site: Callable[..., Site], theme: str
) -> None:
    own = {"html_theme": theme, "html_sidebars": {"**": ast.literal_eval(LISTS[theme])}}
    built = site(FILES, **CONF | own).build(strict=True)
    for page in ("guide", "blog/a"):
        assert links(built.html(page), "recent") == [HOSTILE, "First"]


def test_a_template_shows_pieces_where_a_theme_has_no_list(site: Callable[..., Site]) -> None:
    text = (DOCS / "howto/sidebars.md").read_text(encoding="utf-8")
    (template,) = re.findall(r"^```jinja\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    conf = CONF | {"html_theme": "sphinx_rtd_theme", "templates_path": ["_templates"]}
    made = site({**FILES, "_templates/layout.html": template}, **conf)
    page = edited(made, made.build(strict=True), NEW, strict=True).html("guide")
    assert links(page.select_one(".wy-menu"), "recent")[0] == "New"


def test_furo_shows_a_template_below_each_page(site: Callable[..., Site]) -> None:
    template = (
        '{% extends "furo/page.html" %}{% block footer %}'
        "{% for post in blog.posts[:3] %}<i>{{ post.title }}</i>{% endfor %}{{ super() }}"
        "{% endblock %}"
    )
    conf = CONF | {"html_theme": "furo", "templates_path": ["t"], "html_sidebars": {}}
    page = site({**FILES, "t/page.html": template}, **conf).build(strict=True).html("guide")
    assert [item.get_text() for item in page.select("footer i, .content i")] == [HOSTILE, "First"]


def edited(made: Site, built: Built, edit: dict[str, str], jobs: int = 1, **conf: Any) -> Built:
    """Edit a site and build it again, and compare the output with that of a clean build."""
    made.write(edit)
    again = made.build(jobs=jobs, **conf)
    clean = made.build(out="clean", doctrees=f"clean{len(list(made.root.iterdir()))}", **conf)
    assert tree(again.out) == tree(clean.out)
    assert built.out == again.out
    return again


NEW = {"blog/n.md": post("New", category="Cats", date="2026-03-04")}


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_new_post_is_on_all_pages_at_once(site: Callable[..., Site], jobs: int) -> None:
    made = site(FILES, **CONF)
    built = edited(made, made.build(jobs=jobs), NEW, jobs)
    assert {"guide", "index", "blog/a"} <= built.written
    for name in ("guide", "index", "blog/a", "blog/tag/x"):
        assert links(built.html(name), "recent")[0] == "New"
    again = edited(made, built, {"blog/a.md": FILES["blog/a.md"] + "\nMore.\n"}, jobs)
    assert "guide" not in again.written


def test_pages_with_a_piece_have_the_style_sheet(site: Callable[..., Site]) -> None:
    def has_style(page: Any) -> bool:
        return bool(page.select("link[href*='openinfra-blog.css']"))

    made = site(FILES, **CONF | {"html_sidebars": {"guide": ["blog-recent.html"]}})
    built = made.build(jobs=4)
    assert [has_style(built.html(name)) for name in ("guide", "index", "search")] == [
        *(True, False, False),
    ]
    built = made.build(openinfra_blog_css=False)
    assert not has_style(built.html("guide"))
    text = '{% block footer %}{% include "blog-tags.html" %}{% endblock %}'
    made.write({"own/layout.html": '{% extends "!layout.html" %}' + text})
    built = made.build(html_sidebars={}, templates_path=["own"])
    assert has_style(built.html("search"))


def test_only_pages_with_a_piece_are_written_again(site: Callable[..., Site]) -> None:
    made = site(FILES, **CONF | {"html_sidebars": {"guide": ["blog-recent.html"]}})
    built = edited(made, made.build(), NEW)
    assert "guide" in built.written
    assert "blog/b" not in built.written
    made = site(FILES, **CONF | {"html_sidebars": {"blog/tag/*": ["blog-recent.html"]}})
    built = edited(made, made.build(), NEW)
    assert links(built.html("blog/tag/y"), "recent")[0] == "New"
    assert "guide" not in built.written
    made = site(FILES, **CONF | {"html_sidebars": {}})
    assert "guide" not in edited(made, made.build(), NEW).written


def test_a_template_of_the_site_follows_what_it_shows(site: Callable[..., Site]) -> None:
    template = (
        '{% extends "!layout.html" %}{% block footer %}{% for term in blog.categories %}'
        '<i>{{ term.label }} {{ term.count }}</i>{% endfor %}{% include "blog-tags.html" %}'
        "{% endblock %}"
    )
    conf = CONF | {"html_sidebars": {}, "templates_path": ["own"]}
    # One that nothing renders, and one whose filter an extension may add later.
    unused = {"own/broken.html": "{% blog", "own/later.html": "{{ 1|unheard_of }}"}
    made = site(FILES | {"own/layout.html": template} | unused, **conf)
    first = made.build()
    built = edited(made, first, {"blog/a.md": FILES["blog/a.md"].replace("First", "Other")})
    assert "guide" not in built.written
    built = edited(made, built, NEW)
    assert "guide" in built.written
    page = built.html("guide")
    assert [item.get_text() for item in page.select("i")] == ["Cats 2"]
    assert links(page, "tags") == ["x", "y"]


def test_a_template_may_use_the_value_as_a_whole(site: Callable[..., Site]) -> None:
    template = (
        '{% extends "!layout.html" %}{% block footer %}{{ blog["posts"]|length }}{% endblock %}'
    )
    conf = CONF | {"html_sidebars": {}, "templates_path": ["own"]}
    made = site(FILES | {"own/layout.html": template}, **conf)
    assert "guide" in edited(made, made.build(), NEW).written


def test_theme_options_name_pieces_too(site: Callable[..., Site]) -> None:
    options = {"secondary_sidebar_items": ["page-toc", "blog-recent"]}
    conf = {"html_theme": "pydata_sphinx_theme", "html_theme_options": options}
    made = site(FILES, **CONF | conf | {"html_sidebars": {}})
    assert links(edited(made, made.build(), NEW).html("guide"), "recent")[0] == "New"


@pytest.mark.parametrize("builder", ["json", "pickle", "singlehtml", "epub"])
def test_other_outputs_are_built_without_the_value(
    site: Callable[..., Site], builder: str
) -> None:
    made = site(FILES, **CONF)
    for edit in ({}, NEW):
        made.write(edit)
        assert "blog" not in made.build(builder).text


def test_a_value_of_the_site_is_kept(site: Callable[..., Site]) -> None:
    files = FILES | {"own/layout.html": "<p>{{ blog }}</p>"}
    conf = CONF | {"templates_path": ["own"], "html_context": {"blog": "Mine"}}
    assert site(files, **conf).build().html("guide").p.get_text() == "Mine"
