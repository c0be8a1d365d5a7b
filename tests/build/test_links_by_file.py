"""Links to posts by their files, and to what the site has besides documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import Site, post, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

#: A link in ``blog/from.md`` -> where it leads to, under dirhtml.
BY_FILE = {
    "[x](../two/)": "../two/",
    "[x](two/index.md)": "../two/",
    "[x](./two/index.html)": "../two/",
    "[x](c#part)": "../elsewhere/#part",
    "[x](c.md#part)": "../elsewhere/#part",
    "[](three)": "../drei/",
    "[x](three.html)": "../drei/",
    "[x](three/#part)": "../drei/#part",
    "[x](/blog/three)": "../drei/",
    "[x](https://docs.example.org/blog/three/)": "../drei/",
    "{doc}`three`": "../drei/",
    "{doc}`x </blog/three>`": "../drei/",
}
TARGETS = {
    "blog/two/index.md": post("Two"),
    "blog/c.md": post("C", "## Part", permalink="/blog/elsewhere/"),
    "blog/three.md": post("Three", "## Part", permalink="/blog/drei/"),
}


@pytest.fixture(scope="module")
def by_file(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a site with these links, in a post, in another bundle and in an ordinary page."""
    files = TARGETS | {
        "blog/from.md": post("From", "\n\n".join(BY_FILE)),
        "blog/one/index.md": post("One", "[x](../two/) and [y](../three.md)"),
        "blog/rest.rst": post("R", ":doc:`three` and `y <three.html>`_"),
        "page.md": "# Page\n\n{doc}`blog/three` [x](blog/three) [y](blog/three.html)\n\n"
        "```{toctree}\nblog/three\nText <blog/c.md>\nblog/two/index\n```\n",
        "index.md": "# Site\n\n```{toctree}\nblog/index\npage\n```\n",
    }
    conf = {"html_baseurl": "https://docs.example.org/"}
    return Site(tmp_path_factory.mktemp("by_file") / "site", files, conf).build("dirhtml")


def hrefs(built: Built, page: str) -> list[str]:
    return [link["href"] for link in built.body(page).select(".blog-content > p a")]


def test_links_by_file_or_folder_lead_to_the_post(by_file: Built) -> None:
    assert hrefs(by_file, "blog/from") == list(BY_FILE.values())
    assert hrefs(by_file, "blog/one") == ["../two/", "../drei/"]
    assert hrefs(by_file, "blog/rest") == ["../drei/", "../drei/"]
    assert by_file.warnings == []


def test_other_documents_find_posts_by_their_files_too(by_file: Built) -> None:
    links = by_file.body("page").select("section > p a")
    assert [link["href"] for link in links] == ["../blog/drei/"] * 3
    entries = by_file.body("page").select(".toctree-l1 > a")
    assert [(item["href"], item.get_text()) for item in entries] == [
        ("../blog/drei/", "Three"),
        ("../blog/elsewhere/", "Text"),
        ("../blog/two/", "Two"),
    ]


def test_a_link_without_words_has_the_title_also_in_excerpts(by_file: Built) -> None:
    assert by_file.body("blog/from").find("a", href="../drei/").get_text() == "Three"
    assert "Three" in by_file.body("blog/index").get_text()


def test_a_label_or_document_of_that_name_comes_first(site: Callable[..., Site]) -> None:
    label = "---\norphan: true\n---\n(three)=\n# Label\n"
    files = TARGETS | {"blog/from.md": post("From", "[](three)"), "label.md": label}
    assert hrefs(site(files).build(), "blog/from") == ["../label.html#three"]


def test_a_post_that_moves_takes_the_links_to_its_file_along(site: Callable[..., Site]) -> None:
    body = "[x](three) [y](three/) {doc}`three`\n\n```{toctree}\nthree\n```\n"
    made = site(TARGETS | {"blog/from.md": post("From", body)})
    made.build()
    made.write({"blog/three.md": post("Vier", permalink="/blog/vier/")})
    edited, clean = made.build(), made.build(out="clean", doctrees="clean-doctrees")
    assert hrefs(edited, "blog/from") == ["vier.html"] * 3
    assert tree(edited.out) == tree(clean.out)


@pytest.mark.parametrize("target", ["other.md#part", "setup.py#L10", "other.md", "lib/x.rs?raw=1"])
def test_a_file_that_is_not_there_is_no_host(site: Callable[..., Site], target: str) -> None:
    built = site({"blog/x.md": post(body=f"[x]({target})")}).build()
    assert hrefs(built, "blog/x") == [target]
    (warning,) = built.warnings
    assert warning.text.startswith(f"no such file: '{target}'")
    assert (warning.file, warning.type) == ("blog/x.md", "openinfra_blog.link")


def test_a_file_that_comes_later_is_found(site: Callable[..., Site]) -> None:
    made = site({"blog/x.md": post(body="[x](later.md#part)")})
    assert made.build().types() == ["openinfra_blog.link"]
    made.write({"blog/later.md": post("Later", "# Part")})
    edited, clean = made.build(), made.build(out="clean", doctrees="clean-doctrees")
    assert hrefs(edited, "blog/x") == ["later.html#part"]
    assert edited.warnings == []
    assert tree(edited.out) == tree(clean.out)


#: What the site has -> where that is under html and under dirhtml, seen from a post.
OF_SITE = {
    "/blog/rss.xml": ("rss.xml", "../rss.xml"),
    "https://docs.example.org/blog/atom.xml": ("atom.xml", "../atom.xml"),
    "/blog/category/news/atom.xml": ("category/news/atom.xml", "../category/news/atom.xml"),
    "/search.html?q=x#y": ("../search.html?q=x#y", "../../search/?q=x#y"),
    "/genindex.html": ("../genindex.html", "../../genindex/"),
    "/guide/": ("../guide/index.html", "../../guide/"),
    "/blog/extra.pdf": ("extra.pdf", "../extra.pdf"),
    "/robots.txt": ("../robots.txt", "../../robots.txt"),
    "/api/": ("../api/", "../../api/"),
    "/_static/doc.pdf": ("../_static/doc.pdf", "../../_static/doc.pdf"),
    "/blog/page/2/": ("page/2.html", "../page/2/"),
    "/objects.inv": ("../objects.inv", "../../objects.inv"),
}
SITE_FILES = {
    "extra/blog/extra.pdf": "x",
    "extra/robots.txt": "x",
    "extra/api/index.html": "x",
    "static/doc.pdf": "x",
    "guide/index.md": "---\norphan: true\n---\n# Guide\n",
    "blog/x.md": post(body="\n\n".join(f"[x]({url})" for url in OF_SITE), category="News"),
    "blog/y.md": post("Y"),
}
CONF = {
    "html_baseurl": "https://docs.example.org/",
    "html_extra_path": ["extra"],
    "html_static_path": ["static"],
    "exclude_patterns": ["extra"],
    "openinfra_blog_paginate": 1,
}


@pytest.mark.parametrize(("builder", "number"), [("html", 0), ("dirhtml", 1)])
def test_links_to_what_the_site_has_work(
    site: Callable[..., Site], builder: str, number: int
) -> None:
    made = site(SITE_FILES, **CONF)
    (made.src / "blog/index.md").unlink()
    made.write({"index.md": "# Site\n"})
    built = made.build(builder)
    assert hrefs(built, "blog/x") == [places[number] for places in OF_SITE.values()]
    assert built.warnings == []


def test_other_builders_link_to_the_site_without_a_warning(site: Callable[..., Site]) -> None:
    urls = [url for url in OF_SITE if "page/2" not in url and "objects" not in url]
    body = "\n\n".join(f"[x]({url})" for url in urls)
    files = SITE_FILES | {"blog/x.md": post(body=body, category="News")}
    assert site(files, **CONF).build("text").warnings == []


def test_a_file_that_the_site_no_longer_has_is_told_of(site: Callable[..., Site]) -> None:
    files = {"extra/a.pdf": "x", "blog/x.md": post(body="[x](/a.pdf)")}
    made = site(files, html_extra_path=["extra"])
    assert made.build().warnings == []
    made.remove("extra/a.pdf")
    edited, clean = made.build(), made.build(out="clean", doctrees="clean-doctrees")
    assert edited.types() == ["openinfra_blog.link"]
    assert (edited.out / "blog/x.html").read_bytes() == (clean.out / "blog/x.html").read_bytes()


MANY = {
    f"blog/p{number}.md": post(
        f"P{number}",
        f"[x](/members/{number}/)",
        seo=f"{{url: https://old.example/blog/p{number}}}",
    )
    for number in range(6)
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_links_to_the_old_site_are_told_of_once(site: Callable[..., Site], jobs: int) -> None:
    made = site(MANY)
    first = made.build(jobs=jobs)
    (warning,) = first.warnings
    assert warning.text.startswith("6 links lead to paths that this site does not have, such as")
    assert "'/members/0/' (blog/p0.md:8), '/members/1/' (blog/p1.md:8)" in warning.text
    assert "'https://old.example/'" in warning.text
    assert "html_extra_path" in warning.text
    # Of the whole site, whatever is written.
    made.write({"blog/p5.md": post("P5", "No link.")})
    (warning,) = made.build(jobs=jobs).warnings
    assert warning.text.startswith("5 links")
    assert [item.text for item in made.build(jobs=jobs).warnings] == [warning.text]


def test_few_are_told_of_at_their_lines(site: Callable[..., Site]) -> None:
    built = site(dict(list(MANY.items())[:3])).build()
    assert [(item.file, item.line) for item in built.warnings] == [
        (f"blog/p{number}.md", 8) for number in range(3)
    ]


def test_a_path_beside_the_folder_of_the_site_is_no_mistake(site: Callable[..., Site]) -> None:
    url = "https://docs.example.org/members/"
    made = site({"blog/x.md": post(body="[x](/members/)")})
    built = made.build(html_baseurl="https://docs.example.org/project/")
    assert (hrefs(built, "blog/x"), built.warnings) == ([url], [])


def test_a_file_that_media_should_have_is_named_with_its_place(site: Callable[..., Site]) -> None:
    files = {"static/a.txt": "x", "blog/x.md": post(body="[x](/img/b.pdf)")}
    made = site(files, openinfra_blog_media={"/img/": "static"})
    (warning,) = made.build().warnings
    assert "openinfra_blog_media leads to 'static/b.pdf'" in warning.text
    made.write({"static/b.pdf": "x"})
    built = made.build()
    assert built.warnings == []
    assert hrefs(built, "blog/x")[0].startswith("../_downloads/")


@pytest.mark.parametrize("entries", ["p1\np*", "p*\np1", "p1\nq\np*"])
def test_only_posts_that_a_pattern_matches_are_counted(
    site: Callable[..., Site], entries: str
) -> None:
    files = {f"blog/p{number}.md": post(f"P{number}") for number in range(4)}
    files |= {
        "blog/q.md": post("Q", permalink="/blog/moved/"),
        "blog/toc.md": f"# Toc\n\n```{{toctree}}\n:glob:\n{entries}\n```\n",
        "index.md": "# Site\n\n```{toctree}\nblog/index\nblog/toc\n```\n",
    }
    found = [item.text for item in site(files).build().warnings if "openinfra" in item.type]
    assert len(found) == 1
    assert found[0].startswith("toctree glob pattern matches 3 blog posts (")
