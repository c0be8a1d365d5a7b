"""Templates of the site for the posts of listings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from helpers import PNG, Site, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

HOSTILE = '<script>alert(1)</script> & "A" {{ 1 }}'
ITEM = "_templates/openinfra_blog/item.html"
CARDS = "_templates/openinfra_blog/item-cards.html"
FILES = {
    ITEM: """\
<div class="own" data-url="{{ url }}" data-level="{{ level }}" title="{{ post.title }}">
<b>{{ post.title }}</b> {{ post.excerpt }} <i>{{ post.date }}</i>
{% for term in post.tags %}<a class="tag" href="{{ pathto(term.page) }}">{{ term.label }}</a>
{% endfor %}<small>{{ parts.byline }}</small>{{ parts.excerpt }}</div>
""",
    CARDS: """\
{% macro shown(item) %}{{ item.title }}{% endmacro %}
<section class="card {{ style }}">{{ parts.picture }}{{ shown(post) }}</section>
""",
    "index.md": "# Site\n\n```{toctree}\nlist\nguide\nblog/index\n```\n",
    "guide.md": "# Guide\n",
    "list.md": "# List\n\n```{blog}\n:group-by: none\n```\n",
    "blog/index.md": "# Blog\n\n```{blog}\n:style: cards\n:group-by: none\n```\n",
    "blog/a.md": post("First", "Text.", author="Ann", tags="[x]", date="2025-01-02"),
    "blog/b.md": post(f"'{HOSTILE}'", "Text.", tags=f"['{HOSTILE}']", image="/p.png"),
}
CONF: dict[str, object] = {"templates_path": ["_templates"], "openinfra_blog_media": {"/": "."}}


def new(site: Callable[..., Site], **files: str) -> Site:
    made = site({**FILES, **files}, **CONF)
    (made.src / "p.png").write_bytes(PNG)
    return made


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    made = Site(tmp_path_factory.mktemp("items") / "site", FILES, CONF)
    (made.src / "p.png").write_bytes(PNG)
    return made.build(request.param, strict=True)


@pytest.mark.parametrize(
    ("page", "level"), [("list", "2"), ("blog/tag/x", "2"), ("blog/year/2025", "2")]
)
def test_an_item_is_what_its_template_makes_of_the_post(
    shown: Built, page: str, level: str
) -> None:
    item = shown.body(page).select(".blog-posts > li > div.own")[-1]
    assert (item["title"], item["data-level"]) == ("First", level)
    assert item.i.get_text() == "January 2, 2025"
    folder = shown.path(page).parent
    for url, name in ((item["data-url"], "blog/a"), (item.a["href"], "blog/tag/x")):
        target = (folder / url).resolve() if url != "#" else shown.path(page)
        assert (target / "index.html" if target.is_dir() else target) == shown.path(name)


def test_built_in_parts_have_the_links_of_the_page(shown: Built) -> None:
    item = shown.body("list").select("div.own")[-1]
    links = [link["href"] for link in item.select("small .blog-byline a")]
    assert [(shown.path("list").parent / link).resolve() for link in links] == [
        shown.path("blog/author/ann").parent
        if shown.path("x").name == "index.html"
        else shown.path("blog/author/ann")
    ]
    assert not item.select(".blog-excerpt")


def test_a_style_has_a_template_of_its_own(shown: Built) -> None:
    first, second = shown.body("blog/index").select("section.card.cards")
    assert shown.path("blog/index").parent.joinpath(first.img["src"]).resolve().is_file()
    assert second.get_text() == "First"


def test_texts_of_posts_cannot_break_out(shown: Built) -> None:
    for page in ("list", "blog/index", "blog/year/2026"):
        assert not [tag for tag in shown.body(page)("script") if "alert" in tag.get_text()]
    item = shown.body("list").select("div.own")[0]
    assert (item["title"], item.b.get_text()) == (HOSTILE, HOSTILE)


def test_other_builders_show_posts_as_usual(site: Callable[..., Site]) -> None:
    made = new(site)
    for builder in ("text", "singlehtml", "json", "latex"):
        built = made.build(builder, out=builder, strict=True)
        assert "<b>" not in "".join(
            path.read_text(encoding="utf-8")
            for path in built.out.rglob("list.*")
            if path.suffix in {".txt", ".fjson", ".tex"}
        )


OF_POSTS = "title, page, date, datetime, excerpt, authors, categories, tags"
OF_TERMS = "label, page, count, role, description, links"
MACRO = "_templates/macros.html"
#: The template, the file and line of the mistake, and the end of the message.
WRONG = {
    "syntax": ("<p>\n{% if %}\n", ITEM, 2, "Expected an expression, got 'end of statement block'"),
    "name": (
        "<p>\n\n{{ titel }}\n",
        *(ITEM, 3, "unknown name 'titel' (there are post, url, pathto, style, level, parts)"),
    ),
    "of-post": ("<p>\n{{ post.titel }}", ITEM, 2, f"unknown name 'titel' (there are {OF_POSTS})"),
    "of-term": (
        "\n{% for tag in post.tags %}\n{{ tag['name'] }}{% endfor %}",
        *(ITEM, 3, f"unknown name 'name' (there are {OF_TERMS})"),
    ),
    "of-parts": (
        "{{ parts.tags }}",
        *(ITEM, 1, "unknown name 'tags' (there are title, byline, excerpt, picture,"),
    ),
    "in-macro": (
        "\n{% from 'macros.html' import shown %}{{ shown(post) }}",
        *(MACRO, 2, f"unknown name 'slug' (there are {OF_POSTS})"),
    ),
    "value": ("{{ post.title }}\n{{ 1 // 0 }}\n", ITEM, 2, "integer division or modulo by zero"),
    "page": (
        "{{ pathto(post.tags) }}",
        *(ITEM, 1, "pathto() needs the name of a page, such as post.page"),
    ),
    "of-pathto": ("{{ pathto(post.url) }}", ITEM, 1, "unknown name 'url'"),
    "nothing": (
        "{% include 'nowhere.html' %}\n",
        *(ITEM, 1, "template 'nowhere.html' not found (see 'templates_path')"),
    ),
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", WRONG)
def test_a_broken_template_is_named_once_with_its_line(
    site: Callable[..., Site], name: str, jobs: int
) -> None:
    text, file, line, reason = WRONG[name]
    macro = "{% macro shown(post) %}\n{{ post.slug }}{% endmacro %}"
    built = new(site, **{ITEM: text, MACRO: macro}).build(jobs=jobs)
    assert [(item.file, item.line, item.type) for item in built.warnings] == [
        (file, line, "openinfra_blog.template")
    ]
    prefix = "cannot use the template, so that posts look as usual: "
    assert built.warnings[0].text.startswith(prefix + reason)
    assert "sphinx_openinfra_blog" not in built.warnings[0].text
    assert len(built.body("list").select("article.h-entry > .blog-title")) == 2
    assert built.body("blog/index").select("section.card")


def rebuilt(made: Site, jobs: int) -> Built:
    """Build again, and compare with a clean build."""
    again = made.build(jobs=jobs)
    number = len(list(made.root.iterdir()))
    clean = made.build(out=f"clean{number}", doctrees=f"clean{number}d")
    assert tree(again.out) == tree(clean.out)
    return again


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_are_written_again_when_a_template_or_a_post_changes(
    site: Callable[..., Site], jobs: int
) -> None:
    made = new(site)
    made.build(jobs=jobs)
    path = made.src / ITEM
    # An edit that keeps the file's time.
    stat = path.stat()
    path.write_text(FILES[ITEM].replace("own", "own new"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    built = rebuilt(made, jobs)
    assert {"list", "blog/index"} <= built.written
    assert "guide" not in built.written
    for page in ("list", "blog/tag/x"):
        assert built.body(page).select("div.own.new")
    # Tags are not in the usual markup of this listing.
    made.write({"blog/a.md": FILES["blog/a.md"].replace("[x]", "[x, y]")})
    assert len(rebuilt(made, jobs).body("list").select("a.tag")) == 3
    made.remove(ITEM)
    assert not rebuilt(made, jobs).body("list").select("div.own")
    made.write({ITEM: FILES[ITEM]})
    assert rebuilt(made, jobs).body("blog/author/ann").select("div.own")


def test_without_templates_nothing_of_them_is_in_the_page(site: Callable[..., Site]) -> None:
    made: Any = new(site)
    made.remove(ITEM, CARDS)
    body = made.build(strict=True).body("list")
    assert [item.name for item in body.select(".blog-posts > li > *")] == ["article", "article"]
