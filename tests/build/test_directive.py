"""The options of the directive, as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers import PNG, Site, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

POSTS = {
    f"blog/p{number}.md": post(
        f"Post {number}",
        f"The text of {number}.",
        date=f"2025-0{number}-01",
        author="Ann",
        category="News" if number < 4 else "Other",
        tags="[one]",
    )
    for number in range(1, 6)
}
ROWS = "ul.blog-posts > li"


def fenced(options: str) -> str:
    return f"# Page\n\n```{{blog}}\n{options}```\n"


def titles(scope: Any) -> list[str]:
    return [item.get_text() for item in scope.select(f"{ROWS} .blog-title")]


#: Options -> the parts of the first item.
STYLES = {
    "": ["blog-title", "blog-byline"],
    ":style: titles\n": ["dt-published", "blog-title"],
    ":style: rows\n:group-by: none\n": [
        "blog-chips",
        "blog-title",
        "blog-excerpt",
        "blog-byline",
    ],
    ":excerpts: on\n": ["blog-title", "blog-byline", "blog-excerpt"],
    ":style: cards\n:excerpts: off\n": ["blog-title", "blog-byline"],
    ":style: cards\n:group-by: none\n:limit: 2\n": [
        "blog-chips",
        "blog-title",
        "blog-excerpt",
        "blog-byline",
    ],
}
#: What to group by -> the headings of the groups and their links.
GROUPS = {
    "tag": [("one", "tag/one.html")],
    "year": [("2025", "year/2025.html")],
    "month": [(f"{name} 2025", None) for name in ("Mai", "April", "März", "Februar", "Januar")],
}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a page for each style and each kind of group."""
    pages = {f"style{number}": fenced(options) for number, options in enumerate(STYLES)}
    pages |= {name: fenced(f":group-by: {name}\n") for name in GROUPS}
    files = {
        f"blog/{name}.md": f"---\norphan: true\n---\n\n{text}" for name, text in pages.items()
    }
    files["blog/index.md"] = fenced(":show: categories\n")
    conf = {"openinfra_blog_categories": ["Empty"], "language": "de"}
    built = Site(tmp_path_factory.mktemp("listed") / "site", POSTS | files, conf).build()
    assert set(built.types()) == {"openinfra_blog.unknown_category"}
    return built


@pytest.mark.parametrize("options", STYLES)
def test_each_style_shows_its_parts(listed: Built, options: str) -> None:
    item = listed.body(f"blog/style{[*STYLES].index(options)}").select_one(ROWS)
    article = item.select_one("article.h-entry")
    assert [part["class"][0] for part in article.find_all(recursive=False)] == STYLES[options]


def test_cards_have_the_excerpts_of_their_posts(listed: Built) -> None:
    cards = listed.body(f"blog/style{len(STYLES) - 1}").select("ul.blog-cards > li")
    excerpts = [card.select_one(".blog-excerpt").get_text() for card in cards]
    assert excerpts == ["The text of 5.", "The text of 4."]


def test_feeds_are_listed_wherever_there_are_any(site: Callable[..., Site]) -> None:
    text = fenced(":show: feeds\n")
    files = {**POSTS, "blog/index.md": text, "blog/p6.md": post("P", text), "feeds.md": text}
    files["index.md"] = "# S\n\n```{toctree}\nfeeds\nblog/index\n```\n"
    made = site(files, html_baseurl="https://s.example/")
    for builder in ("html", "dirhtml"):
        built = made.build(builder, strict=True)
        for page in ("feeds", "blog/index", "blog/p6"):
            (line,) = built.body(page).select(".blog-archive > .blog-feeds")
            assert [link.get_text() for link in line("a")] == ["Atom", "RSS", "JSON Feed"]
            folder = built.path(page).parent
            assert all((folder / link["href"]).is_file() for link in line("a"))
        # The blog's own page has them once.
        assert len(built.body("blog/index").select(".blog-feeds")) == 1
    for builder in ("text", "latex", "singlehtml", "json"):
        made.build(builder, out=builder, strict=True)
    assert "There are" not in (made.root / "text/feeds.txt").read_text(encoding="utf-8")


def test_feeds_of_terms_are_listed_by_the_filters(site: Callable[..., Site]) -> None:
    text = fenced(":show: feeds\n:categories: Other, News\n:authors: Bo & <b>\n")
    files = {**POSTS, "blog/p6.md": post("P", author="Bo & <b>", hidePost="true")}
    files["list.md"] = text + "\n" + fenced(":show: feeds\n:tags: nix\n")[8:]
    files["index.md"] = "# S\n\n```{toctree}\nlist\nblog/index\n```\n"
    conf = {"openinfra_blog_term_feeds": ["atom", "rss"]}
    made = site(files, html_baseurl="https://s.example/", **conf)
    built = made.build()
    assert [item.text for item in built.warnings] == ["unknown tag 'nix'"]
    # The author of an unlisted post has no feeds that anybody should know.
    first, second = built.body("list").select(".blog-archive > .blog-feeds")
    assert first.get_text() == "Subscribe: News (Atom · RSS)"
    folder = built.path("list").parent
    assert [link["href"] for link in second("a")] == [
        "blog/category/other.html",
        *(f"blog/category/other/{file}" for file in ("atom.xml", "rss.xml")),
    ]
    assert all((folder / link["href"]).is_file() for link in [*first("a"), *second("a")])
    made.write({"blog/p6.md": post("P", author="Bo & <b>")})
    again = made.build()
    assert "Bo & <b>" in again.body("list").select(".blog-feeds")[-1].get_text()


ROSTER = {
    "ann": {
        "name": "Ann",
        "role": "<Editor>",
        "bio": "Writes.",
        "picture": "ann.png",
        "links": {"Website": "https://ann.example/"},
    }
}


def test_authors_are_listed_with_what_the_roster_says(site: Callable[..., Site]) -> None:
    text = "# P\n\n```{blog}\n:show: profiles\n```\n"
    files = {
        "blog/p1.md": post("One", author="[ann, Bo]"),
        "blog/p2.md": post("Two", author="Cy", hidePost="true"),
        "all.md": text,
        "one.rst": "P\n=\n\n.. blog::\n   :show: profiles\n   :authors: ann\n",
        "index.md": "# S\n\n```{toctree}\nall\none\nblog/index\n```\n",
    }
    made = site(files, openinfra_blog_authors=ROSTER)
    (made.src / "ann.png").write_bytes(PNG)
    built = made.build(strict=True)
    ann, bo = built.body("all").select(".blog-archive > .blog-profile")
    assert str(built.body("one").select_one(".blog-profile")) == str(ann)
    assert [part["class"][0] for part in ann.find_all(recursive=False)] == [
        *("blog-avatar", "blog-name", "blog-role", "blog-about", "blog-chips"),
    ]
    assert (built.path("all").parent / ann.img["src"]).is_file()
    assert (ann.select_one(".blog-role").get_text(), bo.get_text().strip()) == ("<Editor>", "Bo")
    assert [it["href"] for it in ann("a")] == ["blog/author/ann.html", "https://ann.example/"]
    for builder in ("text", "latex", "man", "texinfo", "epub", "xml", "singlehtml", "json"):
        made.build(builder, out=builder, strict=True)
    plain = (made.root / "text/all.txt").read_text(encoding="utf-8").split()
    assert plain == ["P", "*", "Ann", "<Editor>", "Writes.", "Website", "Bo"]
    (tex,) = (made.root / "latex").glob("*.tex")
    assert r"href{https://ann.example/}{Website}" in tex.read_text(encoding="utf-8")
    changed = {"ann": ROSTER["ann"] | {"bio": "Draws."}}
    again = made.build(openinfra_blog_authors=changed)
    assert "Draws." in again.body("all").get_text()
    assert again.read == set()


TABLE = {
    "blog/p5.md": post(
        '"Post <5>"',
        "Text of it.",
        date="2025-05-01",
        updated="2025-06-02",
        author="[Ann, Bob]",
        category="News",
        tags="[one, two]",
    ),
    "blog/p1.md": post("Post 1", "Other text.", date="2025-01-01", author="Ann"),
}
FIELDS = "title, date, updated, authors, categories, tags, reading-time, excerpt"


def cells(table: Any) -> list[list[str]]:
    return [[cell.get_text().strip() for cell in row.select("th, td")] for row in table("tr")]


def test_a_table_has_a_row_for_each_post(site: Callable[..., Site]) -> None:
    text = fenced(f":style: table\n:fields: {FIELDS}\n:group-by: none\n")
    made = site({**TABLE, "blog/index.md": text}, language="de")
    built = made.build(strict=True)
    (region,) = built.body("blog/index").select(".blog-scroll[role=region][tabindex='0']")
    assert region["aria-label"] == "Beiträge"
    assert cells(region.table) == [
        [
            "Titel", "Datum", "Aktualisiert", "Autorinnen und Autoren", "Kategorien",
            "Schlagwörter", "Lesezeit", "Zusammenfassung",
        ],
        [
            "Post <5>", "01.05.2025", "02.06.2025", "Ann und Bob", "News", "one, two",
            "1 Min. Lesezeit", "Text of it.",
        ],
        ["Post 1", "01.01.2025", "", "Ann", "", "", "1 Min. Lesezeit", "Other text."],
    ]  # fmt: skip
    row = region.select("tr.h-entry")[0]
    assert row.select_one("a.u-url")["href"] == "p5.html"
    links = [link["href"] for link in row.select("td:not(.blog-field-title) a")]
    assert links == [f"{it}.html" for it in ("author/ann", "author/bob", "category/news",
                                             "tag/one", "tag/two")]  # fmt: skip
    for builder in ("text", "latex", "man", "texinfo", "epub", "xml", "singlehtml"):
        made.build(builder, out=builder, strict=True)
    plain = (made.root / "text/blog/index.txt").read_text(encoding="utf-8")
    lines = [[part.strip() for part in line.split("|")[1:-1]] for line in plain.splitlines()]
    assert ["Post 1", "01.01.2025", "", "Ann"] in [line[:4] for line in lines]


def test_a_table_has_pictures_where_there_are_some(site: Callable[..., Site]) -> None:
    text = "# T\n\n```{blog}\n:style: table\n:fields: picture, title\n:group-by: none\n```\n"
    only = "# O\n\n```{blog}\n:style: table\n:fields: picture\n```\n"
    files = {**TABLE, "table.md": text, "only.md": only}
    files["index.md"] = "# S\n\n```{toctree}\ntable\nonly\nblog/index\n```\n"
    files["blog/p5.md"] = TABLE["blog/p5.md"].replace("author", "image: p.png\nauthor")
    made = site(files)
    for name in ("p.png", "q.png"):
        (made.src / "blog" / name).write_bytes(PNG)
    built = made.build(strict=True)
    first, second = built.body("table").select("td.blog-field-picture")
    assert (built.path("table").parent / first.select_one(".blog-picture img")["src"]).is_file()
    assert not second.get_text()
    assert cells(built.body("table"))[0] == ["Picture", "Title"]
    for builder in ("text", "latex", "man", "texinfo", "epub", "singlehtml"):
        made.build(builder, out=builder, strict=True)
    plain = (made.root / "text/table.txt").read_text(encoding="utf-8")
    assert "Picture" not in plain
    assert "Post <5>" in (made.root / "text/only.txt").read_text(encoding="utf-8")
    made.write({"blog/p5.md": files["blog/p5.md"].replace("p.png", "q.png")})
    again = made.build()
    assert again.body("table").select_one("td img")["src"] == "_images/q.png"


def test_each_group_has_a_table_of_its_own(site: Callable[..., Site]) -> None:
    text = fenced(":style: table\n:paginate: 1\n") + "\nMore.\n"
    files = {**TABLE, "blog/index.md": text, "blog/p6.md": post("In one", text, category="News")}
    built = site(files).build()
    (first,) = built.body("blog/index").select("section > .blog-scroll")
    assert (first["aria-label"], len(first("tr"))) == ("News", 2)
    (second,) = built.body("blog/page/3").select("section > .blog-scroll")
    assert (second["aria-label"], cells(second.table)[0]) == (
        "Uncategorized",
        ["Date", "Title", "Authors"],
    )
    # A post that holds a listing has no region around the region.
    assert len(built.body("blog/p6").select(".blog-scroll")) == 1


def test_a_table_changes_with_what_it_shows(site: Callable[..., Site]) -> None:
    text = "# T\n\n```{blog}\n:style: table\n:fields: title, updated, tags\n```\n"
    made = site({**TABLE, "table.md": text, "index.md": "# S\n\n```{toctree}\ntable\n```\n"})
    made.build()
    made.write({"blog/p1.md": TABLE["blog/p1.md"].replace("author", "tags: [x]\nauthor")})
    built = made.build()
    assert "table" in built.written
    assert built.body("table").select_one("td.blog-field-tags a").get_text() == "one"
    assert "x" in [row[2] for row in cells(built.body("table"))]
    made.write(
        {"blog/p1.md": TABLE["blog/p1.md"].replace("author", "updated: 2025-07-08\nauthor")}
    )
    assert "Jul 8, 2025" in made.build().body("table").get_text()


def test_terms_are_listed_with_counts_and_links(listed: Built) -> None:
    items = listed.body("blog/index").select("ul.blog-terms > li")
    assert [item.get_text().strip() for item in items] == ["Empty 0", "News 3", "Other 2"]
    assert items[1].a["href"] == "category/news.html"


@pytest.mark.parametrize("group_by", GROUPS)
def test_groups_have_headings_that_link_to_their_terms(listed: Built, group_by: str) -> None:
    headings = listed.body(f"blog/{group_by}").select(f"section > h2.blog-{group_by}")
    links = [item.select_one("a:not(.headerlink)") for item in headings]
    found = [item.contents[0].get_text().strip() for item in headings]
    targets = [link and link["href"] for link in links]
    assert [*zip(found, targets, strict=True)] == GROUPS[group_by]


def test_class_name_and_empty_work_as_in_other_directives(site: Callable[..., Site]) -> None:
    options = ":class: mine Yours\n:name: My list\n:years: 1999\n:empty: Nothing <yet>\n"
    files = {**POSTS, "blog/index.md": fenced(options) + "\n{ref}`to it <my list>`\n"}
    built = site(files).build()
    block = built.body("blog/index").select_one("div.blog-archive")
    assert {"mine", "yours"} <= set(block["class"])
    assert block["id"] == built.body("blog/index").select_one("p > a")["href"][1:]
    assert block.select_one(".blog-empty").get_text() == "Nothing <yet>"
    assert built.types() == ["openinfra_blog.directive"]


def test_further_pages_hold_the_rest(site: Callable[..., Site]) -> None:
    files = {**POSTS, "deep/myindex.md": fenced(":paginate: 2\n:group-by: none\n")}
    files["blog/index.md"] = fenced(":paginate: 3\n:style: titles\n")
    made = site(files)
    built = made.build()
    assert titles(built.body("blog/index")) == ["Post 3", "Post 2", "Post 1"]
    assert titles(built.body("blog/page/2")) == ["Post 5", "Post 4"]
    assert built.body("blog/page/2").h1.get_text() == "Page, page 2¶"
    found = [
        name for n in ("", "/page/2", "/page/3") for name in titles(built.body(f"deep/myindex{n}"))
    ]
    assert found == [f"Post {number}" for number in (5, 4, 3, 2, 1)]
    middle = built.html("deep/myindex/page/2")
    pager = middle.select_one(".blog-pager")
    assert (pager.name, pager["aria-label"]) == ("nav", "Pages")
    assert pager.get_text().split() == ["‹", "1", "2", "3", "›"]
    assert pager.select_one("[aria-current=page]").get_text() == "2"
    before, after = "../../myindex.html", "3.html"
    assert [link["href"] for link in pager.select("a")] == [before, before, after, after]
    assert [link["title"] for link in pager.select("a:has([aria-hidden])")] == [
        "Page 1 of 3",
        "Page 3 of 3",
    ]
    links = [middle.find_all("link", rel=rel) for rel in ("prev", "next")]
    assert [[link["href"] for link in found] for found in links] == [[before], [after]]
    whole = made.build("text", out="text")
    assert "Post 1" in (whole.out / "deep/myindex.txt").read_text(encoding="utf-8")


def test_themes_show_a_document_its_neighbours_and_do_not_repeat_the_pager(
    site: Callable[..., Site],
) -> None:
    files = {name: fenced(":paginate: 3\n:group-by: none\n") for name in ("q.md", "z.md")}
    files["index.md"] = "# Site\n\n```{toctree}\nq\nz\n```\n"
    built = site(files | POSTS, html_sidebars={"**": ["relations.html"]}).build()
    expected = {
        "q": {"prev": ["index.html"], "next": ["z.html"]},
        "q/page/2": {"prev": ["../../q.html"], "next": []},
        # It has no next one in the toctree.
        "z": {"prev": ["q.html"], "next": ["z/page/2.html"]},
    }
    for name, links in expected.items():
        found = {rel: built.html(name).find_all("link", rel=rel) for rel in links}
        assert {rel: [link["href"] for link in tags] for rel, tags in found.items()} == links
    shown = {name: built.html(name).select(".sphinxsidebar h4 + p a") for name in expected}
    assert {name: [link["href"] for link in links] for name, links in shown.items()} == {
        "q": ["index.html", "z.html"],
        "q/page/2": [],
        "z": ["q.html"],
    }


def test_further_pages_go_when_the_list_gets_shorter(site: Callable[..., Site]) -> None:
    made = site({**POSTS, "blog/index.md": fenced(":paginate: 4\n")})
    assert made.build().path("blog/page/2").is_file()
    made.remove("blog/p1.md")
    built = made.build()
    assert not built.path("blog/page/2").exists()
    assert built.body("blog/index").select_one(".blog-pager") is None


def test_one_listing_of_a_page_has_further_pages(site: Callable[..., Site]) -> None:
    text = fenced(":paginate: 1\n:limit: 2\n") + "\n```{blog}\n:paginate: 1\n```\n"
    built = site({**POSTS, "blog/index.md": text}).build()
    assert [(item.type, item.line) for item in built.warnings] == [("openinfra_blog.directive", 8)]
    assert len(built.body("blog/index").select(ROWS)) == 1 + 5
    assert titles(built.body("blog/page/2")) == ["Post 4"]


def test_a_listing_that_some_builders_drop_has_no_further_pages(
    site: Callable[..., Site],
) -> None:
    text = "P\n=\n\n.. only:: latex\n\n   .. blog::\n      :paginate: 2\n\n"
    text += ".. blog::\n   :paginate: 3\n   :group-by: none\n"
    made = site({**POSTS, "blog/index.rst": text})
    made.remove("blog/index.md")
    built = made.build()
    assert [(item.file, item.line) for item in built.warnings] == [("blog/index.rst", 6)]
    assert len(titles(built.body("blog/index"))) == 3
    assert len(titles(built.body("blog/page/2"))) == 2
    assert not built.path("blog/page/3").exists()


def test_no_post_is_lost_where_two_documents_have_one_address(
    site: Callable[..., Site],
) -> None:
    text = "---\norphan: true\n---\n\n" + fenced(":paginate: 3\n:group-by: none\n")
    built = site({**POSTS, "q.md": text, "q/index.md": text.replace("3", "2")}).build()
    for first, others in (("q", ["q/page/2"]), ("q/index", ["q/index/page/2", "q/index/page/3"])):
        pages = [first, *others]
        assert [name for page in pages for name in titles(built.body(page))] == [
            f"Post {number}" for number in (5, 4, 3, 2, 1)
        ]
        second = built.html(others[0])
        assert built.path(others[0]).parent.joinpath(
            second.find("link", rel="prev")["href"]
        ).resolve() == built.path(first)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_links_lead_to_a_document_in_the_place_of_a_further_page(
    site: Callable[..., Site], builder: str
) -> None:
    text = "---\norphan: true\n---\n\n" + fenced(":paginate: 2\n:group-by: none\n")
    made = site({**POSTS, "q.md": text})
    assert titles(made.build(builder).body("q/page/2")) == ["Post 3", "Post 2"]
    made.write({"q/page/2/index.md": "---\norphan: true\n---\n\n# Ours\n"})
    built = made.build(builder)
    ours = built.path("q/page/2/index")
    for page, rel in (("q", "next"), ("q/page/3", "prev")):
        soup = built.html(page)
        for links in (soup.find_all("link", rel=rel), soup.select(".blog-pager a")):
            targets = [built.path(page).parent.joinpath(link["href"]) for link in links]
            files = {target.resolve() for target in targets}
            assert ours in files | {file / "index.html" for file in files}


MISTAKES = [":limit: none", ":tags: one, nix", ":colour: red", ":show: posts", ":excerpts: on"]


#: Documents with the same mistakes, and the line that is named.
WRONG = {
    "md.md": ("# P\n\n```{blog}\n" + "\n".join(MISTAKES) + "\n```\n", 3),
    "yaml.md": (
        "# P\n\n```{blog}\n---\n" + "\n".join(item[1:] for item in MISTAKES) + "\n---\n```\n",
        3,
    ),
    "colon.md": ("# P\n\n:::{blog}\n" + "\n".join(MISTAKES) + "\n:::\n", 3),
    "quote.md": ("# P\n\n> ```{blog}\n> " + "\n> ".join(MISTAKES) + "\n> ```\n", 3),
    "r.rst": ("P\n=\n\nText.\n\n.. blog::\n   " + "\n   ".join(MISTAKES) + "\n", 6),
}
#: Documents that say something within the directive, or behind its name.
FILLED = {
    "filled.md": "# P\n\n```{blog} news\n:limit: 1\n\nText.\n```\n",
    "filled-rst.rst": "P\n=\n\n.. blog:: news\n\n   Text.\n",
}


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with a page for each of them."""
    files = {name: text for name, (text, _line) in WRONG.items()} | FILLED
    names = "\n".join(name.partition(".")[0] for name in files)
    files["index.md"] = f"# S\n\n```{{toctree}}\n{names}\nblog/index\n```\n"
    conf = {"myst_enable_extensions": ["colon_fence"]}
    return Site(tmp_path_factory.mktemp("mistaken") / "site", POSTS | files, conf).build()


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_warned_of_at_the_directive_and_the_listing_stays(
    mistaken: Built, name: str
) -> None:
    found = [(item.line, item.type) for item in mistaken.warnings if item.file == name]
    assert found == [(WRONG[name][1], "openinfra_blog.directive")] * 3
    assert titles(mistaken.body(name.partition(".")[0]))[0] == "Post 3"


@pytest.mark.parametrize("name", FILLED)
def test_content_is_of_no_use_and_loses_nothing(mistaken: Built, name: str) -> None:
    found = {item.type for item in mistaken.warnings if item.file == name}
    assert "openinfra_blog.directive" in found
    assert titles(mistaken.body(name.partition(".")[0]))


def test_a_listing_may_stand_where_there_is_no_file(site: Callable[..., Site]) -> None:
    epilog = "\n.. blog::\n   :tags: one, nix\n   :limit: 1\n"
    text = "P\n=\n\n.. include:: /old.txt\n   :encoding: latin-1\n\n"
    text += ".. automodule:: mod\n   :members:\n"
    made = site(
        {**POSTS, "blog/index.rst": text, "mod.py": f'def f():\n    """Do.\n{epilog}"""\n'},
        rst_epilog=epilog,
        extensions=["sphinx_openinfra_blog", "sphinx.ext.autodoc"],
    )
    made.remove("blog/index.md")
    (made.src / "old.txt").write_bytes(b"Caf\xe9\n" + epilog.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(made.src))
        built = made.build()
    assert built.types() == ["openinfra_blog.directive"] * 3
    assert titles(built.body("blog/index")) == ["Post 5"] * 3


def test_a_mistake_in_an_included_file_is_that_files(site: Callable[..., Site]) -> None:
    part = "\n.. blog::\n   :limit: 0\n   :authors: nix\n"
    files = {**POSTS, "blog/index.rst": "P\n=\n\n.. include:: /part.txt\n", "part.txt": part}
    made = site(files)
    made.remove("blog/index.md")
    found = sorted((item.file, item.line) for item in made.build().warnings)
    assert found == [("part.txt", 2)] * 2


@pytest.mark.parametrize("theme", ["furo", "sphinx_rtd_theme", "alabaster"])
def test_the_groups_of_a_listing_are_in_the_contents_of_its_page_only(
    site: Callable[..., Site], theme: str
) -> None:
    files = {**POSTS, "blog/index.md": fenced(":group-by: category\n"), "other.md": "# Other\n"}
    files["index.md"] = "# Site\n\n```{toctree}\nblog/index\nother\n```\n"
    built = site(files, html_theme=theme).build(jobs=2)
    targets = {link["href"] for link in built.html("blog/index").select("a:not(.headerlink)")}
    assert {"#category-news", "#category-other"} <= targets
    for page in ("other", "index", "blog/p1"):
        assert "category-news" not in str(built.html(page))
