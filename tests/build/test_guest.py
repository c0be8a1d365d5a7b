"""Nothing outside the blog's folder changes because the blog is in the site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from helpers import post, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Site

BLOG = "sphinx_openinfra_blog"
RST = {
    "index.rst": "Site\n====\n\n.. toctree::\n\n   guide\n   blog/index\n   d/more\n",
    "guide.rst": (
        'Guide\n=====\n\nMath :math:`x^2` and :ref:`more <more>`, "quoted".\n\n'
        ".. index:: thing\n\n.. math:: y = x\n\nPart\n----\n\n.. code-block:: python\n\n   x = 1\n"
    ),
    "d/more.rst": (
        ".. _more:\n\nMore\n====\n\n.. glossary::\n\n   news\n      A term.\n\n:term:`news`\n"
    ),
    # Nobody asked for these.
    "README.md": "# Read me\n",
    "notes/2026.md": "---\ntitle: x\ndate: 2026-01-02\n---\n\n# Notes\n",
}
MYST = {
    "index.md": "# Site\n\n```{toctree}\nguide\nblog/index\nd/more\n```\n",
    "guide.md": "# Guide\n\nSee [more](d/more.md), $x^2$.\n\n## Part\n\n```python\nx = 1\n```\n",
    "d/more.md": (
        "---\nauthor: Ann\ndraft: true\nhtml_meta:\n  description: d\n---\n\n# More\n\n> x\n"
    ),
}
CELLS = [
    {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A notebook\n\nText."},
    {"cell_type": "code", "id": "b", "metadata": {}, "source": "1 + 1", "outputs": []}
    | {"execution_count": 1},
]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
NOTEBOOK = json.dumps({"cells": CELLS, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5})
#: What is in the blog's folder, whatever else the site has.
POSTS = {
    "blog/a.md": post("A post", "Text.", author="Ann", category="News", tags="x"),
    "blog/b.rst": (
        "---\ntitle: B\ndate: 2026-01-03\nhidePost: true\n---\n\n.. index:: hidden\n\nText.\n"
    ),
    "authors/ann.md": "---\ntemplateKey: author-page\nauthorName: Ann\ntitle: Engineer\n---\n",
}
#: They list every document there is, or when the build was.
NOT_COMPARED = {"searchindex.js", "objects.inv", "genindex.html", "genindex/index.html"} | {
    "sitemap.xml",
    "_static/openinfra-blog.css",
    "_static/openinfra-blog-feed.css",
}


class Guested(NamedTuple):
    """A site that the blog comes to."""

    theme: str
    extensions: list[str]
    files: dict[str, str]
    conf: dict[str, Any] = {}  # noqa: RUF012
    builder: str = "html"


SITES = {
    "reST": Guested("alabaster", [], RST),
    "reST, a book": Guested("sphinx_rtd_theme", ["sphinx.ext.autosectionlabel"], RST),
    "reST, OpenStack": Guested("openstackdocs", ["openstackdocstheme"], RST),
    "MyST": Guested("furo", ["myst_parser"], MYST, {"myst_enable_extensions": ["dollarmath"]}),
    "MyST, others": Guested(
        "pydata_sphinx_theme",
        ["myst_parser", "sphinx_design", "sphinx_copybutton", "sphinxext.opengraph"],
        MYST,
        {
            "ogp_site_url": "https://docs.example.org/",
            "ogp_social_cards": {"enable": False},
        },
        "dirhtml",
    ),
    "MyST, sitemap": Guested(
        "sphinx_book_theme",
        ["myst_parser", "sphinx_sitemap", "notfound.extension"],
        MYST,
        {"sitemap_url_scheme": "{link}"},
    ),
    "MyST-NB": Guested(
        "classic", ["myst_nb"], MYST | {"d/n.ipynb": NOTEBOOK}, {"nb_execution_mode": "off"}
    ),
    "nbsphinx": Guested(
        "alabaster",
        ["nbsphinx"],
        RST | {"d/n.ipynb": NOTEBOOK, "d/as.md": "# Markdown as a notebook\n"},
        {
            "nbsphinx_execute": "never",
            "nbsphinx_custom_formats": {".md": ["a_parser.as_notebook", {}]},
        },
    ),
}

pytestmark = [
    pytest.mark.usefixtures("with_pandoc"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning"),
]


def outside(folder: Path) -> dict[str, bytes]:
    return {
        name: data
        for name, data in tree(folder).items()
        if not name.removeprefix("_sources/").startswith("blog/") and name not in NOT_COMPARED
    }


@pytest.mark.parametrize("name", SITES)
def test_nothing_changes_outside_the_blog(site: Callable[..., Site], name: str) -> None:
    guested = SITES[name]
    made = site(
        guested.files | POSTS,
        html_theme=guested.theme,
        html_baseurl="https://docs.example.org/",
        html_copy_source=True,
        **guested.conf,
    )
    if "index.rst" in guested.files:
        made.remove("index.md")
    # The blog's own page has one title in both builds, and the sidebar shows it.
    made.remove("blog/index.md")
    made.write({"blog/index.rst": "News\n====\n"})
    excluded = ["authors", "blog/a.md", "blog/b.rst"]
    plain = made.build(
        guested.builder,
        out="plain",
        doctrees="plain-doctrees",
        extensions=guested.extensions,
        exclude_patterns=excluded,
    )
    made.write({"blog/index.rst": "News\n====\n\n.. blog::\n"})
    built = made.build(
        guested.builder,
        extensions=[*guested.extensions, BLOG],
        openinfra_blog_authors="authors",
    )
    assert "A post" in built.html("blog/index").text
    assert outside(built.out) == outside(plain.out)


def test_markdown_is_read_everywhere_if_the_root_document_is(site: Callable[..., Site]) -> None:
    built = site({"notes.md": "# Notes\n", "blog/a.md": post()}).build()
    assert (built.out / "notes.html").is_file()


def test_no_blog_where_there_is_neither_post_nor_page(site: Callable[..., Site]) -> None:
    made = site({"index.md": "# Site\n"}, openinfra_blog_categories=["News"])
    made.remove("blog/index.md")
    built = made.build(html_baseurl="https://docs.example.org/")
    assert not (built.out / "blog").exists()
    made.write({"blog/index.md": "# A folder of pages\n", "blog/page.md": "# A page\n"})
    built = made.build(html_baseurl="https://docs.example.org/")
    assert built.pages() == {"blog/index.html", "blog/page.html"}
    made.write({"blog/index.md": "# News\n\n```{blog}\n```\n"})
    assert (made.build().out / "blog/category/news.html").is_file()


def test_files_of_authors_are_no_pages_and_redirect_nothing(site: Callable[..., Site]) -> None:
    pages = {"authors/index.md": "---\norphan: true\n---\n# Who we are\n"}
    made = site(POSTS | pages, openinfra_blog_authors="authors")
    built = made.build()
    assert [path.name for path in (built.out / "authors").iterdir()] == ["index.html"]
    assert not (built.out / "author").exists()
    assert built.warnings == []


def test_pages_of_ablog_in_the_same_folder_stay(site: Callable[..., Site]) -> None:
    own = "# Theirs\n\n```{post} 2024-01-05\n:category: News\n:author: Bob\n```\n\nABlog.\n"
    conf = {"blog_baseurl": "https://docs.example.org", "blog_title": "T", "blog_authors": {}}
    first = ".. post:: 2024-01-06\n   :tags: a\n   :category: News\n\nAt the top\n==========\n"
    files = {"theirs.md": own, "blog/top.rst": first, "blog/a.md": POSTS["blog/a.md"]}
    made = site(files, extensions=["ablog", BLOG], html_theme="alabaster", **conf)
    made.conf["html_baseurl"] = "https://docs.example.org/"
    alone = made.build(extensions=["ablog", "myst_parser"], out="alone", doctrees="a")
    built = made.build()
    of_ablog = [
        name for name in tree(alone.out) if name.startswith(("blog/category", "blog/2024"))
    ]
    assert of_ablog
    for name in of_ablog:
        assert "Theirs" in (built.out / name).read_text(encoding="utf-8")
    assert (built.out / "blog/top.html").is_file()
    assert "A post" not in (built.out / "blog/category/news.html").read_text(encoding="utf-8")
    said = [item.text for item in built.warnings if item.type == "openinfra_blog.output"]
    assert any("ablog" in text and "openinfra_blog_path" in text for text in said)


def test_posts_of_ablog_are_posts_where_ablog_is_gone(site: Callable[..., Site]) -> None:
    files = {
        "blog/a.rst": "Old one\n=======\n\n.. post:: Jan 5, 2024\n   :tags: t\n"
        "   :redirect: blog/2014/old\n\nText.\n",
        "blog/b.md": "# Other one\n\n```{post} 2024-01-06\n:author: Ada, Bob\n```\n\nText.\n",
        "blog/draft.rst": ".. post::\n   :tags: t\n\nSecret\n======\n",
    }
    built = site(files).build()
    assert built.body("blog/a").select_one("h1.p-name").get_text().startswith("Old one")
    assert "post" not in built.body("blog/b").select_one(".blog-content").get_text()
    assert [item.get_text() for item in built.body("blog/b").select(".p-author")] == ["Ada", "Bob"]
    for old in ("blog/2014/old.html", "blog/2014/old/index.html"):
        assert "a.html" in (built.out / old).read_text(encoding="utf-8")
    assert "blog/draft.html" not in tree(built.out)
    assert built.warnings == []
