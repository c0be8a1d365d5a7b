"""Code on the pages outside the how-to guides: fragments, of which each must be right."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from pages import blocks_of, executed, is_post, mistakes_of, post_with, problems_of
from sphinx.cmd.build import get_parser

from sphinx_openinfra_blog.frontmatter.block import read
from sphinx_openinfra_blog.frontmatter.fields import read_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Site

ROOT = Path(__file__).resolve().parent.parent
# The tutorial and the how-to guides have tests of their own.
PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in (
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "docs/blog").iterdir()),
    )
    if path.stem != "tutorial" and blocks_of(path)
}
#: What a fragment refers to, elsewhere in the site that it is from.
SETTINGS: dict[str, object] = {"openinfra_blog_categories": ["News", "howto"]}
PARTS = {".md": "---\norphan: true\n---\n# A part\n\n", ".rst": ":orphan:\n\nA part\n======\n\n"}
SUFFIXES = {"markdown": ".md", "rst": ".rst"}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> Path:
    return PAGES[request.param]


def test_there_are_pages_of_every_kind() -> None:
    assert {"README.md", "docs/front-matter.md", "docs/blog/post-in-rst.rst"} <= PAGES.keys()


def test_every_option_has_a_value_it_can_have(page: Path, tmp_path: Path) -> None:
    (tmp_path / "static" / "img").mkdir(parents=True)
    (tmp_path / "blog-config.json").write_text(json.dumps({"categories": []}), encoding="utf-8")
    for block in blocks_of(page):
        if block.language == "python":
            assert mistakes_of(executed(block.text).items(), tmp_path) == []


def test_all_front_matter_is_read_without_a_problem(page: Path) -> None:
    texts = [post_with(block.text) for block in blocks_of(page) if block.language == "yaml"]
    texts += [block.text for block in blocks_of(page) if is_post(block.text)]
    assert [problem for text in texts for problem in problems_of(text)] == []


def test_every_build_command_is_one(page: Path) -> None:
    for block in blocks_of(page):
        for command in re.findall(
            r"\bsphinx-build .*", block.text if block.language == "sh" else ""
        ):
            given = get_parser().parse_args(shlex.split(command)[1:])
            assert given.sourcedir == "docs"
            for name, _, value in (setting.partition("=") for setting in given.define):
                assert mistakes_of([(name, value == "1" or value)], ROOT) == []


def test_every_part_of_a_page_can_be_built(site: Callable[..., Site], page: Path) -> None:
    files = {}
    for number, block in enumerate(blocks_of(page)):
        suffix = SUFFIXES.get(block.language, "")
        if suffix and is_post(block.text):
            files[f"blog/post-{number}{suffix}"] = block.text
        elif suffix:
            whole = re.match(r"# |:orphan:|\w.*\n==", block.text)
            part = block.text if whole else PARTS[suffix] + block.text
            orphan = "---\norphan: true\n---\n" if part.startswith("# ") else ":orphan:\n\n"
            needs = not re.match("---|:orphan:", part)
            files[f"part-{number}{suffix}"] = orphan * needs + part
    built = site(files, **SETTINGS).build()
    assert built.warnings == []
    for name in files:
        if name.startswith("part-"):
            assert built.path(Path(name).stem).exists()


def test_the_warning_shown_is_the_one_given() -> None:
    (shown,) = (
        block.text
        for block in blocks_of(ROOT / "docs" / "warnings.md")
        if block.language == "text"
    )
    matter = read("---\ntitle: Hello\ndate: soon\n---\n")
    assert matter is not None
    _fields, (problem,) = read_fields(matter, "blog/hello.md", ZoneInfo("UTC"))
    given = f"{problem.path}:{problem.line}: WARNING: {problem.message}"
    assert shown == f"{given} [openinfra_blog.{problem.subtype.value}]\n"


def test_the_readme_leads_to_pages_that_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    paths = re.findall(r"\]\(((?!https:)[^)#]+)\)", text) + re.findall(
        r"`(docs/[\w/-]+\.md)`", text
    )
    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).is_file()] == []
