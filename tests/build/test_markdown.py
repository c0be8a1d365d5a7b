"""Posts in Markdown as content systems write it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from helpers import Site, post, tree
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

#: Markdown -> the texts of its links and where they lead.
LINKS: dict[str, list[tuple[str, str]]] = {
    "See https://a.example/x.": [("https://a.example/x", "https://a.example/x")],
    "(http://a.example/x_(y))": [("http://a.example/x_(y)", "http://a.example/x_(y)")],
    "https://a.example/_x_*y*?a=b": [
        ("https://a.example/_x_*y*?a=b", "https://a.example/_x_*y*?a=b")
    ],
    "**https://a.example**": [("https://a.example", "https://a.example")],
    "https://a.example/a--b": [("https://a.example/a--b", "https://a.example/a--b")],
    "At www.a.example/x, too": [("www.a.example/x", "http://www.a.example/x")],
    "ann@example.org": [("ann@example.org", "mailto:ann@example.org")],
    "https://site.example/blog/other": [("https://site.example/blog/other", "other.html")],
    "<https://a.example>": [("https://a.example", "https://a.example")],
    "[https://a.example](https://b.example)": [("https://a.example", "https://b.example")],
    "`https://a.example`": [],
    "main.py README.md example.org //example.org/x www. www awww.example.org": [],
}
#: Markdown -> the HTML of its paragraph.
STRUCK = {
    "~~gone~~ and *~~both~~*": "<p><del>gone</del> and <em><del>both</del></em></p>",
    "~~a *b* `c`~~": '<p><del>a <em>b</em> <code class="docutils literal notranslate">'
    '<span class="pre">c</span></code></del></p>',
    "`~~code~~` \\~~text\\~~ ~one~ a ~~ b": '<p><code class="docutils literal notranslate">'
    '<span class="pre">~~code~~</span></code> ~~text~~ ~one~ a ~~ b</p>',
}
TASKS = "- [ ] to do\n- [x] done ~~soon~~\n- [X] too\n- \\[ ] text\n- [ ]\n- [y] no\n- plain\n"
CONF = {"html_baseurl": "https://site.example/", "suppress_warnings": ["toc.not_included"]}
MYST = ["sphinx_openinfra_blog"]
MYST_NB = ["myst_nb", "sphinx_openinfra_blog"]


@pytest.fixture(scope="module", params=[MYST, MYST_NB], ids=["MyST-Parser", "MyST-NB"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site with a post for each text."""
    texts = [*LINKS, *STRUCK, TASKS]
    files = {f"blog/{number}.md": post(str(number), text) for number, text in enumerate(texts)}
    files["blog/other.md"] = post("Other")
    root = tmp_path_factory.mktemp("markdown")
    result = Site(root / "site", files, CONF).build(extensions=request.param)
    assert result.types() == []
    return result


def _section(built: Built, markdown: str) -> Any:
    number = [*LINKS, *STRUCK, TASKS].index(markdown)
    section = built.body(f"blog/{number}").section
    section.select_one(".blog-byline").decompose()
    return section


@pytest.mark.parametrize(("markdown", "expected"), LINKS.items(), ids=LINKS)
def test_whole_addresses_are_links(
    built: Built, markdown: str, expected: list[tuple[str, str]]
) -> None:
    links = _section(built, markdown).select("p a:not(.blog-foot a)")
    found = [(link.get_text(), link["href"].replace("%40", "@")) for link in links]
    assert found == expected


@pytest.mark.parametrize(("markdown", "html"), STRUCK.items(), ids=STRUCK)
def test_text_between_two_tildes_is_struck_out(built: Built, markdown: str, html: str) -> None:
    assert str(_section(built, markdown).p) == html


def test_tasks_have_a_sign(built: Built) -> None:
    items = [item.p.decode_contents() for item in _section(built, TASKS).select("li")]
    assert items == [
        '<span class="blog-task">☐</span> to do',
        '<span class="blog-task">☑</span> done <del>soon</del>',
        '<span class="blog-task">☑</span> too',
        "[ ] text",
        "[ ]",
        "[y] no",
        "plain",
    ]


BODY = "Bare https://a.example, ~~gone~~.\n\n" + TASKS
PLAIN = "Bare https://a.example, ~~gone~~."


def test_by_the_sites_own_settings_posts_are_read_as_other_pages(
    site: Callable[..., Site],
) -> None:
    made = site({"blog/a.md": post("A", BODY), "guide.md": f"# Guide\n\n{BODY}"}, **CONF)
    built = made.build()
    assert built.body("blog/a").find("del")
    guide = built.path("guide").read_bytes()
    built = made.build(openinfra_blog_markdown="site")
    assert built.read >= {"blog/a"}
    body = built.body("blog/a")
    assert body.select_one(".blog-content p").get_text() == PLAIN
    assert not body.select(".blog-content p a, del, .blog-task")
    assert built.path("guide").read_bytes() == guide
    assert made.build().body("blog/a").find("del")


def test_what_is_no_post_in_markdown_is_as_ever(site: Callable[..., Site]) -> None:
    rst = f"---\ntitle: R\ndate: 2025-01-01\n---\n\n{PLAIN}\n\n- [ ] task\n"
    made = site({"guide.md": f"# Guide\n\n{BODY}", "blog/r.rst": rst}, **CONF)
    built = made.build(extensions=["myst_parser", "sphinx_openinfra_blog"])
    assert not built.body("blog/r").select("del, .blog-task")
    without = made.build(
        out="without", doctrees="without", extensions=["myst_parser"], exclude_patterns=["blog"]
    )
    assert str(built.body("guide")) == str(without.body("guide"))


def test_the_syntax_of_a_site_and_of_a_post_comes_in_addition(site: Callable[..., Site]) -> None:
    text = "~~gone~~ https://a.example\n\nterm\n: meaning\n\n$x$ {abbr}`A (b)`"
    own = "{enable_extensions: [deflist, dollarmath]}"
    files = {"blog/a.md": post("A", text, myst=own), "blog/b.md": post("B", text)}
    made = site(files, **CONF)
    built = made.build(myst_enable_extensions=["deflist"])
    for page in ("a", "b"):
        body = built.body(f"blog/{page}")
        assert all(body.find(name) for name in ("del", "dd", "abbr"))
        assert body.select("p > a[href='https://a.example']")
    assert built.body("blog/a").select(".math")
    assert not built.body("blog/b").select(".math")


def test_a_site_that_enables_some_of_it_keeps_its_own_form(site: Callable[..., Site]) -> None:
    made = site({"blog/a.md": post("A", f"a.com {BODY}")}, **CONF)
    body = made.build(myst_enable_extensions=["linkify", "strikethrough", "tasklist"]).body(
        "blog/a"
    )
    assert body.select("p > a[href='http://a.com']")
    assert len(body.select("del")) == 2
    assert len(body.select("input.task-list-item-checkbox")) == 3
    assert not body.select(".blog-task")


def test_translations_are_read_like_the_text(site: Callable[..., Site]) -> None:
    catalog = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog += f'msgid "{PLAIN}"\nmsgstr "Bloß https://a.example, ~~weg~~."\n\n'
    catalog += 'msgid "[ ] to do"\nmsgstr "[ ] zu tun"\n'
    files = {"blog/a.md": post("A", BODY), "locales/de/LC_MESSAGES/blog.po": catalog}
    built = site(files, locale_dirs=["locales"], **CONF).build(language="de")
    assert built.types() == []
    body = built.body("blog/a")
    assert body.find("del").get_text() == "weg"
    assert body.select("p > a[href='https://a.example']")
    assert body.select_one("li").get_text() == "☐ zu tun"


@pytest.mark.parametrize("extensions", [MYST, MYST_NB], ids=["MyST-Parser", "MyST-NB"])
def test_included_markdown_is_read_like_the_post(
    site: Callable[..., Site], extensions: list[str]
) -> None:
    files = {"blog/a.md": post("A", "```{include} part.txt\n```\n"), "blog/part.txt": BODY}
    body = site(files, **CONF).build(extensions=extensions).body("blog/a")
    assert [*map(str, body.select("del"))] == ["<del>gone</del>", "<del>soon</del>"]
    assert len(body.select(".blog-task")) == 3


def test_cells_of_notebooks_are_read_like_text(site: Callable[..., Site]) -> None:
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": BODY}
    raw = {"cell_type": "raw", "id": "b", "metadata": {}, "source": post("A", "").strip()}
    book = {"cells": [raw, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    files = {"blog/a.ipynb": json.dumps(book)}
    body = site(files, **CONF).build(extensions=MYST_NB).body("blog/a")
    assert [*map(str, body.select("del"))] == ["<del>gone</del>", "<del>soon</del>"]
    assert len(body.select(".blog-task")) == 3
    assert body.select_one("p > a[href='https://a.example']")


INDEX = "# Site\n\n```{toctree}\nblog/index\nblog/a\n```\n"


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub", "gettext", "xml"])
def test_every_builder_shows_the_words(site: Callable[..., Site], builder: str) -> None:
    made = site({"blog/a.md": post("A", BODY), "index.md": INDEX}, **CONF)
    built = made.build(builder, version="1", copyright="x")
    assert built.types() == []
    if builder == "text":
        text = (built.out / "blog/a.txt").read_text(encoding="utf-8")
        assert "Bare https://a.example, gone." in text
        assert "* [ ] to do\n\n* [x] done soon" in text
    if builder == "gettext":
        text = (built.out / "blog.pot").read_text(encoding="utf-8")
        assert f'msgid "{PLAIN}"' in text
        assert 'msgid "[x] done ~~soon~~"' in text


def test_excerpts_have_the_words_and_feeds_have_all(site: Callable[..., Site]) -> None:
    built = site({"blog/a.md": post("A", BODY)}, **CONF).build()
    [item] = json.loads((built.out / "blog/feed.json").read_text(encoding="utf-8"))["items"]
    assert item["summary"] == "Bare https://a.example, gone."
    assert "<del>gone</del>" in item["content_html"]
    assert "☑</span> done" in item["content_html"]
    assert "<input" not in item["content_html"]


def test_several_processes_read_the_same(site: Callable[..., Site]) -> None:
    files = {f"blog/{name}.md": post(name, BODY) for name in "abcdefgh"}
    made = site(files | {"guide.md": f"# Guide\n\n{BODY}"}, **CONF)
    one = tree(made.build().out)
    assert tree(made.build(out="two", doctrees="other", jobs=2).out) == one


def test_a_wrong_kind_of_markdown_is_an_error(site: Callable[..., Site]) -> None:
    with pytest.raises(ConfigError, match="openinfra_blog_markdown"):
        site({}).build(openinfra_blog_markdown="commonmark")
