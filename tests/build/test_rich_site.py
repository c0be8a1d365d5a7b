"""What is true of a whole site that has something of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from helpers import parsed, tree
from rich_site import rich_site

if TYPE_CHECKING:
    from pathlib import Path

    from helpers import Built

#: Where the site warns, but of categories and authors that are unknown.
WARNINGS = {
    ("blog/a.md", 6, "openinfra_blog.category"),
    ("blog/early.md", 5, "openinfra_blog.alias"),
    ("blog/for-others.md", 1, "myst.topmatter"),
    ("blog/late.md", 5, "openinfra_blog.alias"),
    ("blog/moved1.md", 5, "openinfra_blog.address"),
    ("blog/moved5.md", 5, "openinfra_blog.address"),
    ("blog/named.md", 7, "openinfra_blog.tag"),
    ("blog/no-canonical.md", 5, "openinfra_blog.value"),
    ("blog/no-handle.md", 5, "openinfra_blog.handle"),
    ("blog/outside1.md", 5, "openinfra_blog.image"),
    ("blog/outside2.md", 5, "openinfra_blog.image"),
    ("blog/outside3.md", 5, "openinfra_blog.image"),
    ("blog/same.md", 5, "openinfra_blog.category"),
    ("blog/undated.md", 4, "openinfra_blog.date"),
    ("blog/unflagged.md", 6, "openinfra_blog.visibility"),
    ("blog/twin1.md", 5, "openinfra_blog.category"),
    ("blog/twin2.md", 6, "openinfra_blog.author"),
    *(("mistakes.md", line, "openinfra_blog.role") for line in range(3, 15, 2)),
}


def test_each_mistake_is_warned_of_in_its_place_and_nothing_else_is(rich_either: Built) -> None:
    unknown = {"openinfra_blog.unknown_category", "openinfra_blog.unknown_author"}
    found = [item for item in rich_either.warnings if item.type not in unknown]
    # MyST-Parser 4 takes the path of a file for its docname.
    places = {(item.file.replace(".md.rst", ".md"), item.line, item.type) for item in found}
    assert places == WARNINGS
    assert len(found) == len(WARNINGS)


def test_every_link_of_the_blog_leads_to_a_file(rich_either: Built) -> None:
    for name in rich_either.pages():
        page = rich_either.out / name
        if page.suffix != ".html" or b'http-equiv="refresh"' in page.read_bytes():
            continue
        soup = parsed(page)
        for link in soup.select("div.body a[href], div.related a[href]"):
            target = unquote(link["href"].partition("#")[0])
            assert (page.parent / target).resolve().exists(), (name, target)


@pytest.mark.parametrize("jobs", [2, pytest.param(4, marks=pytest.mark.matrix)])
def test_worker_processes_write_the_same_site(
    rich_either: Built, tmp_path: Path, jobs: int
) -> None:
    builder = rich_either.app.builder.name
    parallel = rich_site(tmp_path / "site").build(builder, jobs=jobs)
    assert tree(parallel.out) == tree(rich_either.out)
    assert sorted(parallel.warnings) == sorted(rich_either.warnings)
