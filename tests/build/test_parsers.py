"""Posts that MyST-NB and nbsphinx read are like any other."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from helpers import post

from sphinx_openinfra_blog.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Site

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
LANGUAGE = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
DRAFT = "---\ntitle: D\ndraft: true\n---\n"
#: A pixel, as the output of a cell.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def notebook(*cells: tuple[str, str], **metadata: Any) -> str:
    """Return a notebook; each cell is its type and its text, which code prints too."""
    made = []
    for number, (kind, source) in enumerate(cells):
        cell: dict[str, Any] = {
            "cell_type": kind,
            "id": f"cell{number}",
            "metadata": {},
            "source": source.splitlines(keepends=True),
        }
        if kind == "code":
            printed = {"output_type": "stream", "name": "stdout", "text": f"printed {source}"}
            shown = {"output_type": "display_data", "metadata": {}, "data": {"image/png": PIXEL}}
            cell |= {"execution_count": 1, "outputs": [printed, shown]}
        made.append(cell)
    content = {"cells": made, "metadata": KERNEL | LANGUAGE | metadata, "nbformat": 4}
    return json.dumps(content | {"nbformat_minor": 5})


RAW = notebook(
    ("raw", "---\ntitle: From *raw*\ndate: 2024-02-05\nauthor: Bob\nslug: raw-cell\n---"),
    ("markdown", "Text of *the* notebook.\n\n### Deep"),
    ("code", "print(1)"),
)
FILES = {
    "blog/a.md": post("In Markdown", "Text **in** Markdown.\n\n#### Deep\n", date="2024-01-05"),
    "blog/raw.ipynb": RAW,
    "blog/meta.ipynb": notebook(
        ("markdown", "# From metadata\n\nIntro."), date="2024-03-05", author="Ann"
    ),
    "blog/2024-04-05-named.ipynb": notebook(("markdown", "# A *heading*\n\nIntro of it.")),
    "blog/r.rst": "---\ntitle: In reST\ndate: 2024-01-01\n---\n\nText in reST.\n",
    "blog/draft.md": f"{DRAFT}SECRETWORD\n",
    "blog/raw-draft.ipynb": notebook(("raw", DRAFT), ("code", "SECRETWORD")),
    "blog/in-one.ipynb": notebook(("markdown", f"{DRAFT}SECRETWORD")),
    "blog/metadata.ipynb": notebook(("code", "SECRETWORD"), draft=True, title="D"),
    "blog/broken.ipynb": '{"cells": [SECRETWORD',
    "blog/conflict.ipynb": notebook(("raw", "---\ntitle: a: b\n---"), ("code", "SECRETWORD")),
    "blog/.ipynb_checkpoints/x-checkpoint.ipynb": RAW.replace("notebook", "SECRETWORD"),
}
TITLES = ["A heading", "From metadata", "From *raw*", "In Markdown", "In reST"]
BLOG = "sphinx_openinfra_blog"
PARSERS = {
    "myst_nb before": ["myst_nb", BLOG],
    "myst_nb after": [BLOG, "myst_nb"],
    "nbsphinx before": ["nbsphinx", BLOG],
    "nbsphinx after": ["myst_parser", BLOG, "nbsphinx"],
}
CONF = {"nb_execution_mode": "off", "nbsphinx_execute": "never"}

#: Both extensions still use what Sphinx will remove.
pytestmark = [
    pytest.mark.usefixtures("with_pandoc"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning"),
]


@pytest.fixture(params=PARSERS)
def made(request: pytest.FixtureRequest, site: Callable[..., Site]) -> Site:
    return site(
        FILES,
        extensions=PARSERS[request.param],
        html_theme="alabaster",
        html_baseurl="https://docs.example.org/",
        openinfra_blog_feeds=["atom"],
        # MyST-NB adds to Sphinx's own default, for all later builds.
        exclude_patterns=[],
        **CONF,
    )


def files_with(folder: Path, word: str) -> list[str]:
    """Return the files below a folder that hold a word, or have it in their names."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and (word in path.name or word.encode() in path.read_bytes())
    )


def test_posts_of_every_parser_are_listed_in_order(made: Site) -> None:
    built = made.build()
    links = [item.text for item in built.body("blog/index").select("a.reference")]
    assert [text for text in links if text in TITLES] == TITLES
    assert files_with(built.out, "SECRETWORD") == []
    assert built.types() == ["openinfra_blog.front_matter"] * 2


def test_a_notebook_has_title_byline_permalink_excerpt_and_feed(made: Site) -> None:
    built = made.build()
    body = built.body("blog/raw-cell")
    assert body.h1.text.startswith("From *raw*")
    assert [level.name for level in body.select("h1, h2, h3")] == ["h1", "h2"]
    assert "Bob" in body.select_one(".blog-byline").text
    assert "title:" not in body.text
    assert "printed print(1)" in body.text
    feed = (built.out / "blog/atom.xml").read_text(encoding="utf-8")
    assert "Text of &lt;em&gt;the&lt;/em&gt; notebook." in feed
    assert "Text of the notebook." in feed


def test_a_heading_that_is_the_title_is_there_once(made: Site) -> None:
    built = made.build()
    body = built.body("blog/named")
    assert [heading.text.rstrip("¶") for heading in body.select("h1, h2")] == ["A heading"]


def test_a_withdrawn_notebook_leaves_nothing(made: Site) -> None:
    made.build()
    made.write({"blog/raw.ipynb": RAW.replace("slug:", "draft: true\\nslug:", 1)})
    built = made.build()
    shown = [files_with(made.root, word) for word in ("raw-cell", "print(1)")]
    left = [
        name for found in shown for name in found if not name.startswith(("src/", "doctrees/"))
    ]
    assert left == []
    assert "raw-cell" not in (built.out / "searchindex.js").read_text(encoding="utf-8")
    assert list((made.root / "jupyter_execute").rglob("*.png")) == []


def test_parallel_and_incremental_are_as_serial_and_clean(made: Site) -> None:
    serial = made.build().out
    parallel = made.build(jobs=2, out="parallel", doctrees="other").out
    names = {path.relative_to(serial) for path in serial.rglob("*.html")}
    assert names == {path.relative_to(parallel) for path in parallel.rglob("*.html")}
    for name in names:
        assert (serial / name).read_bytes() == (parallel / name).read_bytes()
    assert made.build().read == set()


def test_the_check_knows_the_parsers(made: Site) -> None:
    built = made.build()
    out = StringIO()
    with redirect_stdout(out):
        status = main(["check", str(made.src), "--format", "json"])
    report = json.loads(out.getvalue())
    assert status == 1
    found = sorted((item["line"], item["message"]) for item in report["problems"])
    assert found == sorted((item.line, item.text) for item in built.warnings)
    assert (report["posts"], report["pages"]) == (12, 1)


def test_a_text_notebook_is_one(site: Callable[..., Site]) -> None:
    keys = {"file_format": "mystnb", "kernelspec": "{name: python3}", "mystnb": "{x: y}"}
    text = post("Cells", "```{code-cell} ipython3\nprint(6 * 7)\n```\n", **keys)
    made = site({"blog/cells.md": text}, extensions=["myst_nb", BLOG], nb_execution_mode="force")
    body = made.build().body("blog/cells")
    assert body.select_one("div.cell_output").text.strip() == "42"


def test_nbsphinx_may_read_markdown_too(site: Callable[..., Site]) -> None:
    formats = {".md": ["a_parser.as_notebook", {}]}
    conf = CONF | {"nbsphinx_custom_formats": formats}
    files = {
        "index.rst": "Site\n====\n\n.. toctree::\n   blog/index\n",
        "blog/index.rst": "News\n====\n\n.. blog::\n",
        "blog/draft.md": f"{DRAFT}SECRETWORD\n",
        "blog/a.md": post("A post", "Text *of* it."),
    }
    made = site(files, extensions=[BLOG, "nbsphinx"], **conf)
    made.remove("index.md", "blog/index.md")
    built = made.build()
    assert files_with(built.out, "SECRETWORD") == []
    body = built.body("blog/a")
    assert body.h1.text.startswith("A post")
    assert body.em.text == "of"
    assert "A post" in built.body("blog/index").text
