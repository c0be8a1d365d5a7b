"""The examples of the documentation: each is built, and shows what the page says it shows."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers import ARCHIVE, INDEX, parsed

from sphinx_openinfra_blog.frontmatter.block import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built, Site

DOCS = Path(__file__).resolve().parent.parent / "docs"
EXAMPLES = sorted(path.name for path in (DOCS / "examples").iterdir() if path.is_file())
ELSEWHERE = DOCS / "examples" / "elsewhere"
AFTER_ALL_POSTS = "1795392000"  # 2026-11-23


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch, _fixed_clock: None) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", AFTER_ALL_POSTS)


def front_matter_of_the_posts() -> dict[str, str]:
    """Return the posts of the documentation without their text."""
    files = {}
    for path in (DOCS / "blog").iterdir():
        text = path.read_text(encoding="utf-8")
        if text.startswith("---\n"):
            assert read(text) is not None
            files[f"blog/{path.name}"] = text[: text.index("\n---\n") + 5] + "Some text.\n"
    return files


def options_of_the_documentation() -> dict[str, Any]:
    values = runpy.run_path(str(DOCS / "conf.py"))
    own = ("openinfra_blog_", "html_baseurl")
    return {name: value for name, value in values.items() if name.startswith(own)}


def built_as_archive(site: Callable[..., Site], example: str) -> Built:
    """Build the documentation's blog with an example as the page of the blog."""
    text = (DOCS / "examples" / example).read_text(encoding="utf-8")
    files, options = front_matter_of_the_posts(), options_of_the_documentation()
    if example.endswith(".rst"):
        made = site({**files, "blog/index.rst": f"Blog\n====\n\n{text}"}, **options)
        made.remove("blog/index.md")
    else:
        made = site({**files, "blog/index.md": f"# Blog\n\n{text}"}, **options)
    return made.build()


def links_of(body: Any) -> list[tuple[str, str]]:
    return [(link.get_text(), link["href"]) for link in body.select("a.reference")]


def test_there_is_each_example_in_both_syntaxes() -> None:
    names = {Path(name).stem for name in EXAMPLES}
    assert names
    assert sorted(f"{name}.{suffix}" for name in names for suffix in ("md", "rst")) == EXAMPLES


def test_each_example_is_on_a_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    for name in EXAMPLES:
        assert f"{{blog-example}} {Path(name).stem}\n" in pages
    for path in ELSEWHERE.iterdir():
        assert f"{{literalinclude}} examples/elsewhere/{path.name}\n" in pages


@pytest.mark.parametrize("name", sorted({Path(name).stem for name in EXAMPLES}))
def test_an_example_shows_the_same_in_both_syntaxes(site: Callable[..., Site], name: str) -> None:
    markdown, restructured = (
        built_as_archive(site, f"{name}.{suffix}") for suffix in ("md", "rst")
    )
    assert (markdown.text, restructured.text) == ("", "")
    body = markdown.body("blog/index")
    assert links_of(body)
    assert str(restructured.body("blog/index")) == str(body)


def test_the_examples_list_what_their_page_says(site: Callable[..., Site]) -> None:
    def body(example: str) -> Any:
        return built_as_archive(site, f"{example}.md").body("blog/index")

    archive = body("archive")
    labels = [
        item["label"] for item in options_of_the_documentation()["openinfra_blog_categories"]
    ]
    headings = [item.get_text() for item in archive.select(".blog-category bdi")]
    assert headings == labels

    assert len(body("latest").select(".blog-cards > li")) == 3

    howto = archive.select(".blog-posts")[1].select(".blog-title")
    titles = body("one-category").select(".blog-titles .blog-title")
    assert [item.get_text() for item in titles] == [item.get_text() for item in howto]

    assert len(body("counts").select(".blog-count")) == len(labels)

    dates = [item["datetime"] for item in body("by-year").select("time")]
    assert dates == sorted(dates)

    months = body("by-month")
    assert len(months.select(".blog-posts > li .blog-excerpt")) == 2
    assert [item.contents[0].strip() for item in months.select(".blog-month")] == ["November 2026"]

    rows = body("table").select(".blog-table tbody > tr")
    assert [len(row.select("td")) for row in rows] == [4, 4, 4]

    pages = built_as_archive(site, "pages.md")
    assert len(pages.body("blog/index").select(".blog-posts > li")) == 2
    assert len(pages.body("blog/page/2").select(".blog-posts > li")) == 2


@pytest.mark.parametrize(
    ("conf", "page"),
    [("conf.py", "roles.md"), ("conf.py", "roles.rst"), ("conf-without.py", "links.md")],
)
def test_another_project_refers_to_the_blog_as_its_example_does(
    site: Callable[..., Site], conf: str, page: str
) -> None:
    blog = site(
        {**front_matter_of_the_posts(), "index.md": INDEX, "blog/index.md": ARCHIVE},
        **options_of_the_documentation(),
    ).build()
    settings = runpy.run_path(str(ELSEWHERE / conf))
    (name, (address, inventory)) = next(iter(settings["intersphinx_mapping"].items()))
    assert inventory is None
    text = (ELSEWHERE / page).read_text(encoding="utf-8")
    title = "Other\n=====\n\n" if page.endswith(".rst") else "# Other\n\n"
    other = site(
        {f"index{Path(page).suffix}": title + text},
        extensions=settings["extensions"],
        intersphinx_mapping={name: (address, str(blog.out / "objects.inv"))},
    )
    other.remove("blog/index.md", *(["index.md"] if page.endswith(".rst") else []))
    built = other.build()
    assert built.text == ""
    hrefs = [link["href"] for link in built.body("index").select("a.reference")]
    assert hrefs == [f"{address}blog/previews.html", f"{address}blog/category/how-tos.html"]


# A file with its name, a command, or a line about what is to be seen.
_STEP = re.compile(
    r"^(?P<fence>`{3,})(?:\{code-block\} \w+\n:caption: (?P<file>\S+)\n\n|sh\n)"
    r"(?P<text>.*?)^(?P=fence)$"
    r"|^- (?P<seen>.*?)(?=\n\S|\n\n)",
    re.MULTILINE | re.DOTALL,
)


def words_of(text: str) -> str:
    return " ".join(text.split())


def parts_of_the_tutorial() -> dict[str, str]:
    """Return its parts by their headings; files have headings too, which are none of it."""
    text = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    found, heading = {"": ""}, ""
    for piece in re.split(r"(^(`{3,}).*?^\2$)", text, flags=re.MULTILINE | re.DOTALL):
        if re.fullmatch(r"`{3,}", piece):
            continue
        if piece.startswith("```"):
            found[heading] += piece
            continue
        first, *rest = re.split(r"^## (.+)$", piece, flags=re.MULTILINE)
        found[heading] += first
        for title, words in zip(rest[::2], rest[1::2], strict=True):
            heading, found[title] = title, words
    return found


class Reader:
    """Follows the tutorial: writes its files, gives its commands, looks where it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.builds = 0
        self.seen = 0

    def follow(self, page: str) -> None:
        for step in _STEP.finditer(page):
            if step["file"]:
                path = self.folder / step["file"]
                assert path.parent.is_dir(), "the tutorial has not made the folder"
                path.write_text(step["text"], encoding="utf-8")
            elif step["seen"]:
                self.look(step["seen"])
            else:
                for command in step["text"].splitlines():
                    self.run(shlex.split(command))

    def run(self, command: list[str]) -> None:
        if command[:2] == ["mkdir", "-p"]:
            (self.folder / command[2]).mkdir(parents=True)
        elif command[0] == "sphinx-build":
            self.builds += 1
            build = subprocess.run(
                [sys.executable, "-m", "sphinx", *command[1:]],
                cwd=self.folder,
                capture_output=True,
                encoding="utf-8",
                check=False,
                env={**os.environ, "NO_COLOR": "1"},
            )
            assert (build.returncode, build.stderr) == (0, "")
            assert "\nbuild succeeded" in build.stdout
        else:  # installing is another test's
            assert command[0] in {"mkdir", "cd", "python3", ".", "python"}

    def look(self, line: str) -> None:
        """Look for what is in bold on the page that was named last."""
        shown = ""
        for page, words in re.findall(r"`(build/.+?)`|\*\*(.+?)\*\*", line, re.DOTALL):
            if page:
                shown = words_of(parsed(self.folder / page).body.get_text())
            else:
                self.seen += 1
                assert words_of(words) in shown

    def page(self, name: str) -> Any:
        return parsed(self.folder / "build" / name)

    def titles(self, name: str) -> list[str]:
        return [item.get_text() for item in self.page(name).select("article .blog-title")]


def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    parts = parts_of_the_tutorial()
    reader = Reader(tmp_path)

    reader.follow(parts["Install"])
    assert list(tmp_path.iterdir()) == []

    reader.follow(parts["A site with one post"])
    front = reader.page("html/index.html").select("article a.reference")
    assert [(link.get_text(), link["href"]) for link in front] == [("Blog", "blog/index.html")]
    assert reader.titles("html/blog/index.html") == ["Lighthouse 1.0"]
    assert reader.titles("html/blog/category/releases.html") == ["Lighthouse 1.0"]
    byline = reader.page("html/blog/version-1.html").select(
        "article p.blog-byline a, article .blog-chips a"
    )
    assert [link["href"] for link in byline] == [
        "category/releases.html",
        "author/ada.html",
        "tag/charts.html",
    ]
    for link in [*byline, {"href": "year/2024.html"}]:
        assert (tmp_path / "build/html/blog" / link["href"]).is_file()

    reader.follow(parts["More posts"])
    tides, meeting, first = "Lighthouse 1.1 knows tides", "Where we meet", "Lighthouse 1.0"
    archive = reader.page("html/blog/index.html")
    headings = [item.get_text() for item in archive.select("article .blog-category bdi")]
    assert headings == ["Community", "Releases"]
    assert reader.titles("html/blog/index.html") == [meeting, tides, first]
    newest = reader.page("html/blog/tides.html")
    assert newest.select_one("article p a.reference[href='version-1.html']").get_text() == first
    assert [link["href"] for link in newest.select(".related-pages a")] == ["meeting.html"]
    middle = reader.page("html/blog/meeting.html").select(".related-pages a")
    assert sorted(link["href"] for link in middle) == ["tides.html", "version-1.html"]

    reader.follow(parts["The order of categories, and an author"])
    archive = reader.page("html/blog/index.html")
    headings = [item.get_text() for item in archive.select("article .blog-category bdi")]
    assert headings == ["Releases", "Community"]
    names = [item.get_text() for item in archive.select("article a[href^='author/']")]
    assert names == ["Ada Lovelace"] * 3
    author = "html/blog/author/ada-lovelace.html"
    assert reader.titles(author) == [tides, meeting, first]
    website = reader.page(author).select_one("article a[href='https://ada.example/']")
    assert website.get_text() == "Website"

    reader.follow(parts["Cards on the front page"])
    assert reader.titles("html/index.html") == [tides, meeting]
    excerpts = [item.get_text() for item in reader.page("html/index.html").select(".blog-excerpt")]
    assert excerpts == [
        "Charts at high and at low water.",
        "We meet on the first Monday of every month.",
    ]

    hidden, published = parts["A draft and a preview"].split("To publish the draft")
    reader.follow(hidden)
    assert reader.titles("html/blog/index.html") == [tides, first, meeting]
    assert not (tmp_path / "build/html/blog/version-2.html").exists()
    assert reader.titles("preview/blog/index.html") == ["Lighthouse 2.0", tides, first, meeting]
    assert reader.page("preview/blog/version-2.html").select_one("article .blog-preview")
    reader.follow(published)
    assert reader.titles("html/index.html") == ["Lighthouse 2.0", tides]
    assert reader.page("html/blog/version-2.html").select_one("article .blog-preview") is None

    everything = "".join(parts.values())
    assert reader.builds == everything.count("\nsphinx-build ")
    assert reader.seen == everything.count("**") / 2
