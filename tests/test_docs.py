"""What the documentation says is what the code does, as far as that can be compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from catalogue import catalogue
from test_architecture import FLOOR_OF, FLOORS, PACKAGE

from sphinx_openinfra_blog.config.settings import OPTIONS
from sphinx_openinfra_blog.environment import BlogDomain
from sphinx_openinfra_blog.frontmatter.keys import KEYS
from sphinx_openinfra_blog.listing.options import LISTING_OPTIONS
from sphinx_openinfra_blog.model.problems import Subtype

if TYPE_CHECKING:
    from sphinx_openinfra_blog.listing.options import ListingOption

ROOT = Path(__file__).resolve().parent.parent
SPHINX = (sys.executable, "-m", "sphinx", "-q")
AFTER_ALL_POSTS = "1795392000"  # 2026-11-23
OPTION_NAMES = [option.full_name for option in OPTIONS]


def commands_of_readme() -> list[str]:
    """Return the commands of README.md that come before the first heading of level two."""
    head = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```$", head, re.MULTILINE | re.DOTALL)
    return [block.strip() for block in blocks]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation, every warning being an error, and return its folder."""
    folder = tmp_path_factory.mktemp("docs")
    build = subprocess.run(
        [*SPHINX, "-n", "-W", "-d", folder / "doctrees", ROOT / "docs", folder / "html"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": AFTER_ALL_POSTS},
    )
    assert build.returncode == 0, build.stderr
    return folder / "html"


def page(site: Path, name: str) -> BeautifulSoup:
    """Return a built page, parsed."""
    return BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("name", OPTION_NAMES)
def test_every_option_has_an_entry_with_its_help(site: Path, name: str) -> None:
    entry = page(site, "options.html").find(id=f"confval-{name}")
    assert entry is not None
    definition = entry.find_next_sibling("dd")
    assert definition is not None
    assert definition.find("p") is not None


@pytest.mark.parametrize("subtype", Subtype, ids=lambda subtype: str(subtype.value))
def test_every_kind_of_warning_is_explained_with_examples(site: Path, subtype: Subtype) -> None:
    section = page(site, "warnings.html").find(id=f"warning-{subtype.value}")
    assert section is not None
    heading, explained = section.find("h3"), section.find("p")
    assert heading is not None
    assert explained is not None
    assert heading.get_text().startswith(f"openinfra_blog.{subtype.value}")
    shown = subtype.explanation.translate(
        {ord("`"): None, ord("'"): "\N{RIGHT SINGLE QUOTATION MARK}"}
    )
    assert explained.get_text().split()[:5] == shown.split()[:5]
    examples = [item for item in catalogue() if item.subtype == subtype.value]
    assert examples
    blocks = [block.get_text().strip() for block in section.select("pre")]
    for example in examples:
        assert blocks.count(example.line) == 1
        assert {text.expandtabs().strip() for text in example.files.values()} <= set(blocks)


@pytest.mark.parametrize("option", LISTING_OPTIONS, ids=lambda option: str(option.name))
def test_every_option_of_the_directive_has_an_entry(site: Path, option: ListingOption) -> None:
    names = page(site, "directive.html").select("dl dt > code:first-child")
    entry = next(name for name in names if name.text == f":{option.name}:")
    values = {code.text for code in entry.find_parent("dt").select("code")[1:]}  # type: ignore[union-attr]
    assert values == set(re.findall(r"`(.+?)`", option.values))
    explained = entry.find_next("dd")
    assert explained is not None
    assert explained.get_text().split()[:3] == option.help.replace("`", "").split()[:3]


@pytest.mark.parametrize("role", BlogDomain.roles)
def test_every_role_is_documented_in_both_syntaxes(site: Path, role: str) -> None:
    document = page(site, "roles.html")
    assert f"blog:{role}" in {code.text for code in document.select("td code")}
    shown = "".join(block.get_text() for block in document.select(".highlight"))
    assert f"{{blog:{role}}}`" in shown
    assert f":blog:{role}:`" in shown


def test_the_examples_show_what_they_make(site: Path) -> None:
    for name in ("directive.html", "roles.html"):
        results = page(site, name).select(".example-result")
        assert results
        assert all(result.select("a.reference") for result in results)


def test_the_table_of_front_matter_has_every_key_and_what_it_is_for(site: Path) -> None:
    _formats, table, *_ = page(site, "front-matter.html").select("table")
    rows = [
        (row.select("td")[0].text, [code.text for code in row.select("td code")])
        for row in table.select("tbody tr")
    ]
    by_meaning: dict[str, list[str]] = {}
    for key in KEYS:
        by_meaning.setdefault(key.meaning, []).append(key.name)
    assert [names for _, names in rows] == list(by_meaning.values())
    assert {meaning for meaning, _ in rows} == {key.meaning for key in KEYS}


def test_the_documentation_names_no_option_that_does_not_exist() -> None:
    sources = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    named = {
        name
        for source in sources
        for name in re.findall(r"openinfra_blog_[a-z_]+", source.read_text(encoding="utf-8"))
    }
    assert named
    assert named - set(OPTION_NAMES) == set()


def test_the_documentation_names_no_warning_that_does_not_exist() -> None:
    sources = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    named = {
        name
        for source in sources
        for name in re.findall(
            r"(?<!sphinx_)openinfra_blog\.([a-z_]+)", source.read_text(encoding="utf-8")
        )
    }
    assert named - {"config", "diagnostics"} - {subtype.value for subtype in Subtype} == set()


def test_the_documentation_has_a_blog_with_all_its_posts(site: Path) -> None:
    posts = [path for path in (ROOT / "docs" / "blog").iterdir() if path.stem != "index"]
    titles = {link.text for link in page(site, "blog/index.html").select("article li a")}
    expected = {
        match[1]
        for path in posts
        if (match := re.search(r"^title: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    }
    assert len(expected) == len(posts)
    assert expected <= titles


def test_the_readme_has_two_commands_of_one_line_each() -> None:
    commands = commands_of_readme()
    assert len(commands) == 2
    assert not any("\n" in command for command in commands)
    assert "sphinx-build" in commands[0]
    assert commands[1].endswith("tox")


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    quoted = re.search(r'^test_command="(.*)"$', script, re.MULTILINE)
    assert quoted is not None
    assert quoted[1] == commands_of_readme()[1]


def test_contributors_are_told_of_every_environment() -> None:
    listed = (ROOT / "tox.ini").read_text(encoding="utf-8").partition("env_list =\n")[2]
    names = re.match(r"(?: {4}\S+\n)+", listed)
    assert names is not None
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in names[0].split():
        assert f"`{name}`" in told


def rows_of_the_map() -> list[list[str]]:
    """Return the paths in each row of the table that says what to open for a change."""
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = told.partition("\n| to change | open |\n")[2].partition("\n\n")[0]
    cells = [row.strip("|").split("|") for row in table.split("\n")[1:]]
    return [re.findall(r"`([\w./-]+\.\w+)`", files) for _, files in cells]


def test_the_map_leads_to_files_that_are_there() -> None:
    rows = rows_of_the_map()
    assert len(rows) >= 15
    assert all(rows)
    assert [path for path in chain(*rows) if not is_file_of_project(path)] == []


def test_the_journey_names_every_event_and_modules_that_are_there() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    journey = told.partition("\n## The journey of a post\n")[2].partition("\n## ")[0]
    named = re.findall(r"`([\w/]+\.py)`", journey)
    assert len(named) > 20
    assert [path for path in named if not is_file_of_project(path)] == []
    events = re.findall(r'\.connect\("(.+?)"', (PACKAGE / "extension.py").read_text("utf-8"))
    assert [event for event in events if f"`{event}`" not in journey] == []


def is_file_of_project(path: str) -> bool:
    """Tell whether CONTRIBUTING.md can name a file by *path*."""
    return (PACKAGE / path).is_file() or (ROOT / path).is_file()


def test_contributors_are_told_of_every_room_and_its_floor() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = re.findall(r"^\| (\d) \| `(\w+)` \|", told, re.MULTILINE)
    assert [(FLOOR_OF[room], room) for _, room in rooms] == [
        (int(floor) - 1, room) for floor, room in rooms
    ]
    assert {room for _, room in rooms} == set(chain(*FLOORS[:8]))
