"""Serial and parallel, themes, builders, parsers: the blog is the same."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from helpers import Site, post

from sphinx_openinfra_blog.blog.files import judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx_openinfra_blog.blog.files import Verdict

CHANGING = """
from pathlib import Path

extensions = ["sphinx_openinfra_blog"]
html_theme = "basic"


def change(app):
    path = Path(app.srcdir, "blog/one.md")
    path.write_text(path.read_text().replace("slug: other\\n", ""))


def setup(app):
    app.connect("builder-inited", change, priority=999)
"""


def many() -> dict[str, str]:
    posts = {
        f"blog/p{number}.md": post(
            f"Post {number}",
            f"See [next](p{(number + 1) % 24}.md) and ![i](/img/none{number}.png).",
            author=f"Author {number % 5}",
            category=f"[Cat {number % 3}, Cat {number % 4}]",
            date=f"2025-01-{number + 1:02}",
        )
        for number in range(24)
    }
    return posts | {"blog/r.rst": "---\ntitle: R\ndate: 2025-03-01\n---\n\nR\n=\n\nText.\n"}


@pytest.mark.parametrize("theme", ["furo", "alabaster", "openstackdocs", "classic"])
def test_every_theme_shows_posts_listings_and_terms(site: Callable[..., Site], theme: str) -> None:
    files = {"blog/a.md": post("A", author="Ann", category="One"), "blog/b.md": post("B")}
    built = site(files, html_theme=theme).build("dirhtml")
    for page, title in (("blog/a", "A"), ("blog/category/one", "One"), ("blog/author/ann", "Ann")):
        soup = built.html(page)
        own = [head.get_text()[:-1] for head in soup.select("section > h1")]
        assert own == [title]
        assert title in soup.title.get_text()
    assert built.html("blog/b").select('[href="../a/"]')
    assert built.html("blog/author/ann").select('[href="../../a/"]')
    assert built.text == ""


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_quotes_in_titles_stay_wherever_they_are_shown(
    site: Callable[..., Site], builder: str
) -> None:
    title = "It's \"so\" -- 'here'..."
    quoted = "'" + title.replace("'", "''") + "'"
    files = {
        "blog/a.md": post(quoted, author='"O\'Neil"', category='"Q\'s"', date="2025-01-01"),
        "blog/b.md": post("B", date="2025-01-02"),
    }
    built = site(files, html_theme="furo").build(builder)
    for page in ("blog/a", "blog/b", "blog/index", "blog/category/q-s", "blog/author/o-neil"):
        text = built.html(page).get_text()
        assert "’" not in text.replace("Furo’s", "")
        assert "“" not in text
    assert title in built.html("blog/b").get_text()


def test_a_title_is_exact_in_the_head_and_in_the_contents_of_its_page(
    site: Callable[..., Site],
) -> None:
    titles = ["it's", "a -- b", "a...", "a. . .", "``a``", r"a \" b", "-a", "a.b", "a & b; c"]
    files = {
        f"blog/p{number}.md": post("'" + title.replace("'", "''") + "'", "# Inner\n\nText.")
        for number, title in enumerate(titles)
    }
    # With it docutils curls the quotes of every title that Sphinx renders by itself.
    files["docutils.conf"] = "[general]\nsmart_quotes: yes\n"
    built = site(files, html_theme="alabaster", html_sidebars={"**": ["localtoc.html"]}).build()
    for number, title in enumerate(titles):
        page = built.html(f"blog/p{number}")
        assert page.title.get_text().startswith(f"{title} — ")
        assert page.select_one(".sphinxsidebar a[href='#']").get_text() == title


def test_generated_pages_show_what_is_written_where_docutils_curls_quotes(
    site: Callable[..., Site],
) -> None:
    title, author, summary = 'it\'s -- "a"...', 'O\'Neil "Al"', 'He said "it\'s"...'
    written = {"title": title, "author": author, "summary": summary, "category": "'One'"}
    quoted = {key: "'" + value.replace("'", "''") + "'" for key, value in written.items()}
    built = site(
        {
            "blog/a.md": post(quoted.pop("title"), date="2025-01-01", **quoted),
            "docutils.conf": "[general]\nsmart_quotes: yes\n",
        }
    ).build()

    for page in ("blog/category/one", "blog/author/o-neil-al", "blog/year/2025"):
        item = built.html(page).select_one(".blog-rows > li")
        assert item.select_one(".blog-title").get_text() == title
        # On their own page authors are not named again.
        byline = item.select_one(".blog-byline").get_text()
        assert (author in byline) == (page != "blog/author/o-neil-al")
        assert item.select_one(".blog-excerpt").get_text() == summary
    assert "'One'" in built.html("blog/category").select_one(".blog-terms").get_text()


def test_posts_keep_their_files_docnames_if_asked(site: Callable[..., Site]) -> None:
    files = {"blog/deep/a.md": post("A", seo="{url: 'https://o.example/blog/other'}")}
    built = site(files, openinfra_blog_permalink="file").build()
    assert built.path("blog/deep/a").is_file()
    assert "url=../deep/a.html" in (built.out / "blog/other/index.html").read_text()


def test_addresses_can_hold_the_date(site: Callable[..., Site]) -> None:
    files = {"blog/a.md": post("A", slug="my-slug", date="2025-12-31T23:30:00Z")}
    built = site(
        files,
        openinfra_blog_permalink="{year}/{month}/{slug}",
        openinfra_blog_timezone="Europe/Berlin",
    ).build("dirhtml")
    assert (built.out / "blog/2026/01/my-slug/index.html").is_file()


@pytest.mark.parametrize("files", [[], ["blog/one.md"]], ids=["all", "one file"])
def test_a_post_that_another_extension_writes_at_the_last_moment_is_read_as_it_is_then(
    tmp_path: Path, files: list[str]
) -> None:
    site = Site(tmp_path, {"blog/one.md": post("One", slug="other"), "conf.py": CHANGING})
    given = [str(site.src / file) for file in files]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", str(site.src), str(tmp_path / "out"), *given],
        capture_output=True,
        text=True,
        check=True,
    )
    # Of single files Sphinx says that the search index is incomplete.
    assert done.stderr.count("WARNING") == len(files)
    assert (tmp_path / "out/blog/one.html").is_file()
    assert not (tmp_path / "out/blog/other.html").exists()


def test_each_file_is_scanned_once_in_a_build(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned: list[str] = []
    original = judge

    def spy(path: str, *given: Any) -> Verdict:
        scanned.append(path)
        return original(path, *given)

    monkeypatch.setattr("sphinx_openinfra_blog.environment.scan.judge", spy)
    made = site(many())
    for _build in range(2):
        scanned.clear()
        made.build()
        assert sorted(scanned) == sorted(["blog/index.md", *many()])
