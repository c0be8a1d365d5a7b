"""Whatever was edited, an incremental build ends in the output of a clean one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from helpers import PNG, Site, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = {
    "blog/a.md": post("A", "See [b](b.md) and [c](https://o.example/blog/c).", author="Ann",
                      date="2025-01-01", category="One", seo="{url: https://o.example/blog/first}"),
    "blog/b.md": post("B", author="Bob", date="2025-01-02", category="[One, Two]",
                      seo="{url: https://o.example/blog/rival}"),
    "blog/c.md": post("C", author="Ann", date="2025-01-03", tags="[t1, t2]"),
    "blog/d.md": post("D", author="Cid", date="2025-01-04", category="Two",
                      seo="{url: https://o.example/blog/rival}"),
    "blog/e.md": post("E", author="Dan", date="2025-01-05", hidePost="true"),
    "blog/f.rst": "---\ntitle: F\ndate: 2025-01-06\nseo: {url: root-path}\n---\n\nText.\n",
    "other.md": "# Other\n\n[a](blog/a.md) {doc}`/blog/rival` {blog:post}`c` {blog:tag}`t1`\n",
    "list.md": "# List\n\n```{blog}\n:style: cards\n:group-by: year\n:paginate: 2\n```\n\n"
    "```{blog}\n:show: tags\n```\n",
    "people.yaml": "Ann: {name: Ann Lee, title: Editor}\n",
    "dot.png": "",
    "team.json": '{"categories": [{"id": "One", "text": "One"}]}',
}  # fmt: skip
INDEX = "# Site\n\n```{toctree}\nblog/index\nother\nlist\n```\n"


def keeping_time(site: Site, name: str, text: str) -> None:
    """Replace a file's content without a trace in its time."""
    status = (site.src / name).stat()
    site.write({name: text})
    os.utime(site.src / name, ns=(status.st_atime_ns, status.st_mtime_ns))


def edit_title(site: Site) -> None:
    site.write({"blog/b.md": FILES["blog/b.md"].replace("title: B", "title: Bee")})


def edit_author(site: Site) -> None:
    site.write({"blog/d.md": FILES["blog/d.md"].replace("Cid", "Ann")})


def edit_category(site: Site) -> None:
    site.write({"blog/b.md": FILES["blog/b.md"].replace("[One, Two]", "Three")})


def hide(site: Site) -> None:
    site.write({"blog/b.md": FILES["blog/b.md"].replace("title", "hidePost: true\ntitle")})


def show(site: Site) -> None:
    site.write({"blog/e.md": FILES["blog/e.md"].replace("hidePost: true\n", "")})


def withdraw(site: Site) -> None:
    site.write({"blog/a.md": FILES["blog/a.md"].replace("title", "draft: true\ntitle")})


def delete(site: Site) -> None:
    site.remove("blog/c.md")


def delete_the_rival(site: Site) -> None:
    site.remove("blog/b.md")


def rename_the_file(site: Site) -> None:
    (site.src / "blog/a.md").rename(site.src / "blog/z.md")


def move(site: Site) -> None:
    site.write({"blog/a.md": FILES["blog/a.md"].replace("blog/first", "blog/moved/here")})


def move_the_alias(site: Site) -> None:
    site.write({"blog/f.rst": FILES["blog/f.rst"].replace("root-path", "new-root")})


def swap_addresses_keeping_times(site: Site) -> None:
    a, d = FILES["blog/a.md"], FILES["blog/d.md"]
    keeping_time(site, "blog/a.md", a.replace("blog/first", "blog/fifth"))
    keeping_time(site, "blog/d.md", d.replace("blog/rival", "blog/first"))


def swap_files_keeping_times(site: Site) -> None:
    """Two posts change names: no content and no time is new."""
    one, two, aside = site.src / "blog/b.md", site.src / "blog/d.md", site.src / "blog/aside"
    one.rename(aside)
    two.rename(one)
    aside.rename(two)


def change_the_configuration(site: Site) -> None:
    text = '{"categories": [{"id": "Two", "text": "2"}, {"id": "One", "text": "Uno"}]}'
    site.write({"team.json": text})


def take_a_generated_page(site: Site) -> None:
    site.write({"blog/category/one.md": "# My own page\n"})


def take_a_page_of_a_term_from_below(site: Site) -> None:
    site.write({"blog/author/ann-lee/index.md": "---\norphan: true\n---\n\n# About Ann\n"})


def take_overviews_and_further_pages(site: Site) -> None:
    text = "---\norphan: true\n---\n\n# Ours\n"
    names = ("blog/tag.md", "blog/year/2025.md", "list/page/2.md", "blog/category/index.md")
    site.write(dict.fromkeys(names, text))


def change_options(site: Site) -> None:
    site.conf |= {
        "openinfra_blog_paginate": 1,
        "openinfra_blog_reading_time": True,
        "openinfra_blog_timezone": "Asia/Tokyo",
    }


#: The edits with a story; the random walk makes these and all others.
EDITS = [
    edit_author,
    show,
    withdraw,
    delete_the_rival,
    rename_the_file,
    move_the_alias,
    swap_addresses_keeping_times,
    swap_files_keeping_times,
    change_the_configuration,
    change_options,
]


def new_site(site: Callable[..., Site]) -> Site:
    return site(
        {**FILES, "index.md": INDEX},
        openinfra_blog_categories="team.json",
        openinfra_blog_authors="people.yaml",
        openinfra_blog_redirect_map="r.json",
        openinfra_blog_term_feeds=["atom"],
        html_baseurl="https://s.example/",
    )


def assert_clean(made: Site, builder: str, jobs: int = 1, out: str = "") -> None:
    """Compare the last output with that of a clean build of the same source."""
    made.build(
        builder, jobs=jobs, out=f"clean-{builder}-{out}", doctrees=f"clean-{builder}-{out}-d"
    )
    was, clean = tree(made.root / (out or builder)), tree(made.root / f"clean-{builder}-{out}")
    # Sphinx itself leaves the pages of deleted documents that the blog's folder does not hold.
    assert sorted(was) == sorted(clean)
    assert [name for name in was if was[name] != clean[name]] == []


matrix = pytest.mark.matrix
WAYS = [("html", 1), ("dirhtml", 2), ("html", 2), ("dirhtml", 1)]


@pytest.mark.parametrize(
    ("edit", "builder", "jobs"),
    [pytest.param(edit, *WAYS[number % 4], id=edit.__name__) for number, edit in enumerate(EDITS)],
)
def test_an_edit_ends_in_the_output_of_a_clean_build(
    site: Callable[..., Site], edit: Callable[[Site], None], builder: str, jobs: int
) -> None:
    made = new_site(site)
    made.build(builder, jobs=jobs)
    edit(made)
    made.build(builder, jobs=jobs)
    assert_clean(made, builder)


@pytest.mark.parametrize(("builder", "jobs"), [("html", 1), ("dirhtml", 2)])
def test_a_second_build_reads_and_writes_nothing(
    site: Callable[..., Site], builder: str, jobs: int
) -> None:
    made = new_site(site)
    out = made.build(builder, jobs=jobs).out
    ours = [*out.rglob("blog/**/*.html"), out / "r.json", out / "root-path/index.html"]
    times = {path: path.stat().st_mtime_ns for path in ours}
    second = made.build(builder, jobs=jobs)
    assert (second.read, second.written) == (set(), set())
    assert times == {path: path.stat().st_mtime_ns for path in ours}


def test_a_longer_text_changes_the_reading_time_in_every_listing(
    site: Callable[..., Site],
) -> None:
    files = {"blog/x.md": post("X"), "a.md": "# A\n\n```{blog}\n:style: titles\n```\n"}
    files["index.md"] = "# S\n\n```{toctree}\na\nblog/index\n```\n"
    made = site(files, openinfra_blog_reading_time=True)
    made.build()
    made.write({"blog/x.md": post("X", "word " * 900)})
    made.build()
    assert_clean(made, "html")


def test_pages_with_listings_name_the_feeds_after_the_archive(site: Callable[..., Site]) -> None:
    files = {"blog/a.md": post("A"), "list.md": "# List\n\n```{blog}\n```\n"}
    files["index.md"] = "# S\n\n```{toctree}\nlist\n```\n"
    made = site(files, html_baseurl="https://o.example/")
    made.write({"blog/index.md": "---\norphan: true\n---\n\n# News\n\n```{blog}\n```\n"})
    made.build()
    made.write({"blog/index.md": "---\norphan: true\n---\n\n# Olds\n\n```{blog}\n```\n"})
    made.build()
    assert_clean(made, "html")


def test_two_builders_share_one_doctree_folder(site: Callable[..., Site]) -> None:
    made = new_site(site)
    for edit in (None, move, delete, edit_title, hide, delete_the_rival):
        if edit is not None:
            edit(made)
        made.build("html")
        made.build("dirhtml")
    assert_clean(made, "html")
    assert_clean(made, "dirhtml")


@pytest.mark.parametrize(
    "take",
    [
        take_a_generated_page,
        take_a_page_of_a_term_from_below,
        take_overviews_and_further_pages,
    ],
)
@pytest.mark.parametrize("builder", ["html", pytest.param("dirhtml", marks=matrix)])
def test_a_page_that_a_document_took_is_given_back(
    site: Callable[..., Site], take: Callable[[Site], None], builder: str
) -> None:
    made = new_site(site)
    made.build(builder)
    before = set(made.src.rglob("*.md"))
    take(made)
    built = made.build(builder)
    for path in set(made.src.rglob("*.md")) - before:
        name = path.relative_to(made.src).with_suffix("").as_posix()
        assert built.body(name).h1.get_text() in {"My own page¶", "About Ann¶", "Ours¶"}
        path.unlink()
    now = made.build(builder)
    made.build(builder, out="clean", doctrees="clean-d")
    was, clean = tree(now.out), tree(made.root / "clean")
    assert [name for name in clean if was.get(name) != clean[name]] == []
    # Sphinx itself leaves the copy of a deleted document outside of the blog's folder.
    assert set(was) - set(clean) <= {"_sources/list/page/2.md.txt"}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_index_is_generated_when_its_document_goes(
    site: Callable[..., Site], builder: str
) -> None:
    made = new_site(site)
    archive = (made.src / "blog/index.md").read_text(encoding="utf-8")
    # Outside of the toctree: Sphinx itself would leave the old one in other pages.
    made.write({"index.md": INDEX.replace("blog/index\n", "")})
    made.write({"blog/index.md": f"---\norphan: true\n---\n\n{archive}"})
    made.build(builder)
    made.remove("blog/index.md")
    built = made.build(builder)
    assert built.body("blog/index").select("ul.blog-rows")
    assert_clean(made, builder)


@matrix
def test_two_outputs_of_one_builder_share_one_doctree_folder(site: Callable[..., Site]) -> None:
    made = new_site(site)
    made.build(out="one")
    made.build(out="two")
    move(made)
    made.build(out="one")
    made.build(out="two")
    assert_clean(made, "html", out="one")
    assert_clean(made, "html", out="two")


@pytest.mark.parametrize(
    "edit",
    [move, *(pytest.param(edit, marks=matrix) for edit in (edit_title, edit_category, withdraw))],
)
def test_a_build_of_one_file_is_right_and_so_is_the_next(
    site: Callable[..., Site], edit: Callable[[Site], None]
) -> None:
    made = new_site(site)
    made.build()
    edit(made)
    single = made.build(only=["blog/c.md"])
    page = single.path("blog/c").read_bytes()
    made.build("html", out="clean", doctrees="clean-d")
    assert page == (made.root / "clean/blog/c.html").read_bytes()
    made.build()
    assert_clean(made, "html")


def test_a_moved_post_can_be_built_by_its_file_at_once(site: Callable[..., Site]) -> None:
    made = new_site(site)
    made.build()
    move(made)
    built = made.build(only=["blog/a.md"])
    assert built.path("blog/moved/here").is_file()
    assert not built.path("blog/first").exists()


def test_a_lost_page_is_written_again(site: Callable[..., Site]) -> None:
    made = new_site(site)
    built = made.build()
    for name in ("blog/category/two.html", "blog/rival.html", "root-path/index.html"):
        (built.out / name).unlink()
    made.build()
    assert_clean(made, "html")


def test_nothing_of_others_is_removed(site: Callable[..., Site]) -> None:
    made = new_site(site)
    built = made.build(html_extra_path=["extra"])
    mine = built.out / "blog/first/mine.txt"
    mine.write_text("mine")
    made.write({"extra/root-path/index.html": "theirs"})
    move(made)
    move_the_alias(made)
    built = made.build(html_extra_path=["extra"])
    assert mine.read_text() == "mine"
    assert (built.out / "root-path/index.html").read_text() == "theirs"
    assert not (built.out / "blog/first/index.html").exists()


@matrix
@pytest.mark.parametrize("content", ["", "[]", '{"version": 1, "shown": 3}', '{"version": 99}'])
def test_a_damaged_memory_is_no_memory(site: Callable[..., Site], content: str) -> None:
    made = new_site(site)
    made.build()
    for path in (made.root / "doctrees/openinfra_blog").glob("*.*"):
        path.write_text(content)
    edit_title(made)
    made.build()
    assert_clean(made, "html")


def test_a_file_without_a_page_can_be_asked_for(site: Callable[..., Site]) -> None:
    made = new_site(site)
    made.build()
    made.write({"blog/a.md": FILES["blog/a.md"].replace("title", "draft: true\ntitle")})
    assert "is not a valid document" in made.build(only=["blog/a.md"]).text
    made.build()
    assert_clean(made, "html")


@matrix
@pytest.mark.parametrize(
    "conf",
    [
        {"html_theme": "alabaster"},
        {"html_title": "Other"},
        {"templates_path": ["templates"]},
    ],
    ids=lambda conf: next(iter(conf)),
)
def test_generated_pages_change_when_all_pages_do(
    site: Callable[..., Site], conf: dict[str, object]
) -> None:
    made = new_site(site)
    made.write({"blog/g.md": post("G", author="Ann", date="2025-02-01T23:00:00Z")})
    made.write(
        {"templates/layout.html": "{% extends '!layout.html' %}{% block footer %}F{% endblock %}"}
    )
    made.build()
    made.conf |= conf
    made.build()
    assert_clean(made, "html")


@matrix
def test_an_image_that_appears_reaches_every_builders_output(site: Callable[..., Site]) -> None:
    made = new_site(site)
    made.write({"blog/g.md": post("G", "![i](/img/new.gif)")})
    made.build("html")
    made.build("dirhtml")
    made.write({"img/new.gif": "GIF89a"})
    made.build("dirhtml")
    made.build("html")
    assert_clean(made, "html")
    assert_clean(made, "dirhtml")


@matrix
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_links_by_file_follow_a_post_that_goes_and_comes(
    site: Callable[..., Site], suffix: str
) -> None:
    text = "---\ntitle: G\ndate: 2025-01-01\n---\n\nText.\n"
    made = new_site(site)
    made.write({"other.md": f"# Other\n\n[file](blog/g.{suffix})\n"})
    for state in (text, text.replace("title", "draft: true\ntitle"), text, None, text):
        if state is None:
            made.remove(f"blog/g.{suffix}")
        else:
            made.write({f"blog/g.{suffix}": state})
        made.build("dirhtml")
        made.build("html")
        assert_clean(made, "html")
    made.write({f"blog/g.{suffix}": text.replace("title", "draft: true\ntitle")})
    made.build()
    made.remove(f"blog/g.{suffix}")
    made.build()
    assert_clean(made, "html")


@matrix
def test_a_post_that_becomes_an_ordinary_page_keeps_its_copy(site: Callable[..., Site]) -> None:
    made = new_site(site)
    made.write({"blog/g.md": post("G")})
    made.build()
    made.write({"blog/g.md": "---\norphan: true\n---\n\n# G\n"})
    built = made.build()
    assert (built.out / "_sources/blog/g.md.txt").is_file()
    assert_clean(made, "html")


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(post("G", draft="true"), id="a draft"),
        pytest.param("---\ntitle: [\n---\n", id="broken", marks=matrix),
        pytest.param(post("G", permalink="/blog/elsewhere"), id="elsewhere", marks=matrix),
        pytest.param(None, id="gone"),
    ],
)
def test_an_ordinary_page_of_the_blogs_folder_does_not_stay_where_it_is_none_any_more(
    site: Callable[..., Site], after: str | None
) -> None:
    made = new_site(site)
    offers = "![A dot](secret.png) {download}`/files/one.txt`"
    made.write({"blog/g.md": f"---\norphan: true\n---\n\n# Too early\n\n{offers}\n"})
    made.write({"files/one.txt": "1"})
    (made.src / "blog/secret.png").write_bytes(PNG)
    assert (made.build().out / "blog/g.html").is_file()
    if after is None:
        made.remove("blog/g.md")
    else:
        made.write({"blog/g.md": after})
    built = made.build()
    assert not (built.out / "blog/g.html").exists()
    assert not any(b"Too early" in data for data in tree(built.out).values())
    assert_clean(made, "html")


@matrix
def test_a_withdrawn_post_is_no_longer_offered_for_download(site: Callable[..., Site]) -> None:
    made = new_site(site)
    made.write({"blog/g.md": post("G"), "other.md": "# O\n\n{download}`blog/g.md`\n"})
    assert list(made.build().out.glob("_downloads/*/g.md"))
    made.write({"blog/g.md": post("G", draft="true")})
    assert not list(made.build().out.glob("_downloads/*/g.md"))
    assert_clean(made, "html")


def test_what_a_withdrawn_post_offered_for_download_is_gone_unless_another_page_does_too(
    site: Callable[..., Site],
) -> None:
    made = new_site(site)
    made.write({"files/one.txt": "1", "files/two.txt": "2"})
    offers = "{download}`/files/one.txt` {download}`/files/two.txt`"
    made.write({"blog/g.md": post("G", offers)})
    made.write({"other.md": "# O\n\n{download}`/files/two.txt`\n"})
    made.build()
    made.write({"blog/g.md": post("G", draft="true")})
    built = made.build()
    assert [path.name for path in built.out.glob("_downloads/*/*")] == ["two.txt"]
    assert_clean(made, "html")


def test_a_card_shows_its_picture_by_the_name_that_another_builder_gave_it(
    site: Callable[..., Site],
) -> None:
    """Two pictures of one name are numbered as they come, and the number can change."""
    made = site(
        {
            "blog/a.md": post("A", body="![a](/one/p.png)"),
            "blog/b.md": post("B", author="Bea", body="![b](/two/p.png)"),
            "other.md": "---\norphan: true\n---\n# Other\n",
        }
    )
    for folder in ("one", "two"):
        (made.src / folder).mkdir()
        (made.src / folder / "p.png").write_bytes(PNG)
    made.build("dirhtml")
    made.write({"blog/a.md": post("A")})
    made.build("html")
    made.write({"blog/b.md": post("B", author="Bea", body="![b](/two/p.png)\n\n% A comment.")})
    made.build("html")
    built = made.build("dirhtml")
    page = built.path("blog/author/bea")
    images = built.html("blog/author/bea").select(".blog-picture img")
    assert [(page.parent / image["src"]).is_file() for image in images] == [True]
    assert built.html("blog/b").select_one("p img")["src"] == "../../_images/p.png"
    assert images[0]["src"] == "../../../_images/p.png"


def test_cards_show_days_of_the_time_zone_that_another_builder_was_told(
    site: Callable[..., Site],
) -> None:
    made = site(
        {
            "blog/a.md": post("A", author="Ann", date="2026-01-02T03:00:00Z"),
            "other.md": "---\norphan: true\n---\n# Other\n",
        }
    )
    made.build("html")
    made.build("dirhtml", openinfra_blog_timezone="America/Los_Angeles")
    built = made.build("html", openinfra_blog_timezone="America/Los_Angeles")
    assert "January 1, 2026" in built.html("blog/author/ann").get_text()
    made.build("dirhtml", openinfra_blog_date_format="d.M.y")
    built = made.build("html", openinfra_blog_date_format="d.M.y")
    assert "2.1.2026" in built.html("blog/author/ann").get_text()


def test_an_authors_picture_stays_when_the_post_that_showed_it_too_does_not(
    site: Callable[..., Site],
) -> None:
    made = site(
        {
            "blog/a.md": post("A", author="Ann"),
            "blog/b.md": post("B", body="![b](/img/p.png)"),
            "other.md": "---\norphan: true\n---\n# Other\n",
        },
        openinfra_blog_authors={"ann": {"name": "Ann", "picture": "/img/p.png"}},
    )
    (made.src / "img").mkdir()
    (made.src / "img" / "p.png").write_bytes(PNG)
    made.build()
    made.write({"blog/b.md": post("B", body="![b](/img/p.png)", draft="true")})
    built = made.build()
    image = built.html("blog/author/ann").select_one(".blog-profile img")
    assert (built.path("blog/author/ann").parent / image["src"]).is_file()
