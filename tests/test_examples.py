"""The examples of the documentation: each is built, and shows what the page says it shows."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers import ARCHIVE, INDEX, post

from sphinx_openinfra_blog.frontmatter import read

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
    """Return the posts of the documentation without their text, and one with a tag."""
    files = {"blog/tagged.md": post("Tagged", tags="[release]", draft="false")}
    for path in (DOCS / "blog").iterdir():
        text = path.read_text(encoding="utf-8")
        if text.startswith("---\n"):
            assert read(text) is not None
            files[f"blog/{path.name}"] = text[: text.index("\n---\n") + 5] + "Some text.\n"
    return files


def options_of_the_documentation() -> dict[str, Any]:
    values = runpy.run_path(str(DOCS / "conf.py"))
    return {name: value for name, value in values.items() if name.startswith("openinfra_blog_")}


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
    headings = [item.get_text() for item in archive.select(".rubric")]
    assert headings == [*labels, "Uncategorized"]

    assert len(body("latest").select(".blog-cards > li")) == 3

    howto = archive.select(".blog-posts")[1].select(".blog-title")
    titles = body("one-category").select(".blog-titles > li")
    assert [item.get_text() for item in titles] == [item.get_text() for item in howto]

    assert len(body("counts").select(".blog-count")) == len(labels)

    dates = [item["datetime"] for item in body("by-year").select("time")]
    assert dates == sorted(dates)

    months = body("by-month")
    assert len(months.select(".blog-posts > li .blog-excerpt")) == 2
    assert [item.get_text() for item in months.select(".rubric")] == ["November 2026"]

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
