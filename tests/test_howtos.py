"""The how-to pages show files; here they are laid out, checked and built as they stand there."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path, PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from helpers import PNG, Site
from packaging.requirements import Requirement
from pages import blocks, executed, is_post, mistakes_of, post_with, problems_of
from sphinx.cmd.build import get_parser

from sphinx_openinfra_blog.__main__ import main
from sphinx_openinfra_blog.environment.project import project_of
from sphinx_openinfra_blog.frontmatter.keys import KNOWN_KEYS, TEMPLATE_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

FOLDER = Path(__file__).parent.parent / "docs" / "howto"
PAGES = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != "index")
# What a page must have besides the lines of a fragment.
PART = ":orphan:\n\nA part of a page\n================\n\n"

_COMMAND = re.compile(r"(?:- |run: |commands = |\w+=\S+ )*(sphinx-build .*)")


class Page:
    """A how-to page, and what it shows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        self.blocks = list(blocks(self.text))
        self.files: dict[str, str] = {}
        for block in self.blocks:
            if block.path:
                # conf.py grows from section to section; every other file is shown once.
                known = self.files.get(block.path, "")
                assert not known or block.path.endswith("/conf.py"), f"{block.path}: twice"
                self.files[block.path] = known + block.text
        (self.conf_path,) = (path for path in self.files if path.endswith("/conf.py"))
        self.source = str(PurePosixPath(self.conf_path).parent)

    @property
    def pictures(self) -> list[str]:
        """The pictures among the files that the page lists."""
        listed = (line for block in self.blocks for line in block.text.split("\n"))
        return [line for line in listed if re.fullmatch(r"\S+/\S+\.png", line)]

    @property
    def parts_of_pages(self) -> list[str]:
        """The fragments that are reStructuredText."""
        return [block.text for block in self.blocks if block.language == "rst" and not block.path]

    def lay_out(self, folder: Path) -> None:
        """Create the files of the page in a repository."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for number, text in enumerate(self.parts_of_pages):
            (folder / self.source / f"part-{number}.rst").write_text(PART + text, encoding="utf-8")
        for name in self.pictures:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(PNG)

    def conf(self) -> dict[str, Any]:
        """Return the settings of all its conf.py."""
        return executed(self.files[self.conf_path])

    def variants(self) -> list[str]:
        """Return the suffix that files with a twin in the other format have in each build."""
        names = {str(PurePosixPath(path).with_suffix("")) for path in self.files}
        twins = [n for n in names if {f"{n}.md", f"{n}.rst"} <= self.files.keys()]
        return [".md", ".rst"] if twins else [""]

    def build(self, folder: Path, suffix: str, **conf: object) -> Built:
        """Build the site of the page.

        :param suffix: of the files to take where the page shows both formats.
        """
        self.lay_out(folder)
        other = {".md": ".rst", ".rst": ".md"}.get(suffix, "")
        shown = folder / self.source
        for path in [*shown.rglob(f"*{other}")] if other else []:
            if path.with_suffix(suffix).exists():
                path.unlink()
        site = Site(folder / "built", {}, self.conf())
        for name in ("index.md", "blog/index.md"):
            site.remove(name)
        (site.src / "blog").rmdir()
        site.src.rmdir()
        shown.rename(site.src)
        return site.build(**conf)  # type: ignore[arg-type]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param)


def test_the_index_lists_every_page() -> None:
    listed = (FOLDER / "index.md").read_text(encoding="utf-8").partition("{toctree}")[2]
    assert sorted(re.findall(r"^[a-z-]+$", listed, re.MULTILINE)) == PAGES


def test_every_option_on_a_page_has_a_value_it_can_have(page: Page, tmp_path: Path) -> None:
    page.lay_out(tmp_path)
    values = [
        (name, value)
        for block in page.blocks
        if block.language == "python"
        for name, value in executed(block.text).items()
    ]
    assert mistakes_of(values, tmp_path / page.source) == []


def test_every_post_on_a_page_is_read_without_a_problem(page: Page) -> None:
    texts = [b.text for b in page.blocks if is_post(b.text)]
    texts += [post_with(b.text) for b in page.blocks if b.language == "yaml" and not b.path]
    assert texts
    assert [problem for text in texts for problem in problems_of(text)] == []


def test_every_file_on_a_page_can_be_parsed(page: Page) -> None:
    for block in page.blocks:
        match block.language:
            case "yaml":
                assert isinstance(yaml.safe_load(block.text), dict | list)
            case "json":
                json.loads(block.text)
            case "ini":
                parser = configparser.ConfigParser(interpolation=None)
                parser.read_string(block.text)
                assert parser.sections()
            case "python":
                executed(block.text)
        if block.path.endswith("requirements.txt"):
            lines = [line for line in block.text.splitlines() if not line.startswith("#")]
            assert [Requirement(line) for line in lines]


def test_every_build_command_on_a_page_is_one_for_its_files(page: Page) -> None:
    commands = [
        match[1]
        for block in page.blocks
        for line in block.text.splitlines()
        if (match := _COMMAND.fullmatch(line.strip()))
    ]
    assert len(commands) == sum(block.text.count("sphinx-build ") for block in page.blocks)
    for command in commands:
        given = get_parser().parse_args(shlex.split(command)[1:])
        assert given.sourcedir == page.source, command
        for setting in given.define:
            name, _, value = setting.partition("=")
            assert mistakes_of([(name, value == "1" or value)], FOLDER) == [], setting


#: What each page says that there is, when its files are built.
PROMISED = {
    "existing-site": ["blog/hello", "blog/second", "blog/why-we-moved", "blog/why-we-moved/index"],
    "latest-posts": ["blog/survey", "blog/category/releases", "blog/tag/design"],
    "sidebars": ["blog/hello", "blog/tag/news"],
    "item-templates": ["blog/hello", "blog/author/ada-lovelace"],
    "scheduled-posts": ["blog/autumn"],
    "openstackdocs": ["blog/hello", "blog/contributing", "blog/category/how-tos"],
    "translations": ["blog/hello", "blog/second"],
    "content-system": ["blog/new-in-openstack/index", "blog/category/open-stack", "admin/index"],
    "several-authors": ["blog/author/ada", "blog/author/charles-babbage"],
    "parity": ["blog/hello", "blog/hello/index", "blog/survey", "blog/tag/design"],
    "check": ["blog/hello", "blog/plans"],
    "fast-builds": ["blog/first-post", "blog/author/ada-lovelace"],
    "feeds": ["blog/version-2", "blog/category/notes"],
    "redirects": ["blog/version-2", "blog/version-2/index", "news/2026/version-2/index", "v2"],
}


def test_every_schedule_on_a_page_has_five_fields() -> None:
    schedules = re.findall(r"[`\"]([\d*/,-]+(?: [\d*/,-]+)+)[`\"]", Page("scheduled-posts").text)
    assert [len(schedule.split()) for schedule in schedules] == [5, 5]


def test_editors_fill_in_keys_that_the_blog_reads() -> None:
    page = Page("content-system")
    system = yaml.safe_load(page.files["docs/extra/admin/config.yml"])
    (collection,) = system["collections"]
    names = {entry["name"] for entry in collection["fields"]}
    assert names - KNOWN_KEYS == {"body"}
    assert {"templateKey", "title", "date"} <= names
    (kind,) = (entry for entry in collection["fields"] if entry["name"] == "templateKey")
    assert kind["default"] == collection["filter"]["value"] == TEMPLATE_KEY
    (categories,) = (entry for entry in collection["fields"] if entry["name"] == "category")
    known = json.loads(page.files["docs/blog-config.json"])["categories"]
    assert categories["options"] == [category["text"] for category in known]
    assert (
        collection["folder"] == f"{page.source}/{page.conf().get('openinfra_blog_path', 'blog')}"
    )
    folder = page.conf()["openinfra_blog_media"][system["public_folder"] + "/"]
    assert system["media_folder"] == f"{page.source}/{folder}"


def test_a_list_of_files_is_that_of_the_files_on_the_page(page: Page) -> None:
    for block in page.blocks:
        is_list = block.language == "text" and " " not in block.text
        if is_list and block.text.startswith(f"{page.source}/"):
            assert set(block.text.split()) == page.files.keys() | set(page.pictures)


#: What a page says on the command line.
BUILT_WITH = {"translations": {"language": "de"}}


@pytest.mark.parametrize(
    ("name", "suffix"), [(name, suffix) for name in PAGES for suffix in Page(name).variants()]
)
def test_the_files_of_a_page_are_a_site_without_warnings(
    name: str, suffix: str, tmp_path: Path
) -> None:
    built = Page(name).build(tmp_path, suffix, **BUILT_WITH.get(name, {}))
    assert built.warnings == []
    assert [page for page in PROMISED[name] if not (built.out / f"{page}.html").exists()] == []
    if name in LOOKED_AT:
        LOOKED_AT[name](built)


def _old_links_lead_to_the_new_pages(built: Built) -> None:
    links = [link["href"] for link in built.body("blog/why-we-moved").select("p a")]
    assert "hello.html" in links


def _three_posts_are_on_the_landing_page(built: Built) -> None:
    index, releases, notes = (built.body(name) for name in ("index", "releases", "notes"))
    titles = [title.get_text() for title in index.select(".blog-cards .blog-title")]
    assert titles == ["Take part in the survey", "Version 2", "Version 1"]
    excerpts = [excerpt.get_text() for excerpt in index.select(".blog-excerpt")]
    assert excerpts[0].startswith("It takes five minutes")
    assert excerpts[1:] == ["The first lines are on the card."] * 2
    assert [item.get_text() for item in releases.select(".blog-titles .blog-title")] == titles[1:]
    assert [title.get_text() for title in notes.select(".blog-title")] == titles[2:]


def _posts_of_the_content_system_are_complete(built: Built) -> None:
    body = built.body("blog/new-in-openstack")
    assert body.img["src"] == "../_images/team.png"
    (link,) = (link for link in body.select("p a") if link.get_text() == "more about Ada")
    assert link["href"] == "author/ada-lovelace.html"
    for page in ("blog/category", "blog/index"):
        headings = [term.get_text() for term in built.body(page).select(".blog-terms bdi")]
        assert headings == ["News & Announcements", "OpenStack"]
    (title,) = built.body("blog/index").select(".blog-rows .blog-title")
    assert title.get_text() == "What is new in OpenStack"
    assert built.body("blog/author/ada-lovelace").select_one(".blog-role") is not None
    assert not (built.out / "authors").exists()


def _authors_have_pages_that_say_who_they_are(built: Built) -> None:
    ada = built.body("blog/author/ada")
    assert [title.get_text() for title in ada.select(".blog-title")] == [
        "A letter",
        "Notes on the engine",
    ]
    assert ada.select_one(".blog-role").get_text() == "Analyst, Analytical Engines Ltd"
    names = [link.get_text() for link in ada.select(".blog-links a")]
    assert names == ["Website", "Email", "GitHub", "X", "Fediverse"]
    assert ada.img["src"] == "https://example.org/img/ada.jpg"
    counts = [item.get_text() for item in built.body("index").select(".blog-terms li")]
    assert counts == ["Ada Lovelace 2", "Charles Babbage 2"]


def _a_post_waits_for_its_date(built: Built) -> None:
    assert project_of(built.app).blog.scheduled == (("blog/winter.rst", "2099-12-21T08:00:00Z"),)
    assert not built.path("blog/winter").exists()
    assert "winter" not in built.body("index").get_text()
    schedule = (built.out / "schedule.json").read_text(encoding="utf-8").strip()
    assert schedule == _block("scheduled-posts", "json").strip()


def _translations_are_in_texts_and_listings(built: Built) -> None:
    post, index = built.body("blog/hello"), built.body("index")
    assert "Ada Lovelace\xa0· 5. November 2026" in post.get_text()
    assert [item.get_text() for item in index.select(".blog-excerpt")] == [
        "What the card says.",
        "Der Text des Beitrags.",
    ]
    assert index.select(".blog-title")[1].get_text() == "Hallo, Welt"


def _the_check_for_a_move_says_what_the_page_shows(built: Built) -> None:
    text = Page("parity").text
    runs = re.findall(
        r"```sh\npython -m sphinx_openinfra_blog (.*)\n```\n\n```text\n((?:.*\n)+?)```", text
    )
    assert len(runs) == 2
    for command, shown in runs:
        here = command.replace("docs/_build/html", str(built.out))
        here = here.replace(" old/", f" {built.out.parents[1]}/old/")
        out = StringIO()
        with redirect_stdout(out):
            status = main(shlex.split(here))
        assert out.getvalue() == shown
        assert status == (0 if shown.endswith("none lost\n") else 1)


def _feeds_are_where_the_page_says(built: Built) -> None:
    channel = ET.fromstring((built.out / "rss.xml").read_bytes())[0]  # noqa: S314
    assert channel.findtext("item/guid") == "https://www.example.org/blog/version-2"
    assert channel.findtext("lastBuildDate") == "Fri, 06 Nov 2026 00:00:00 +0000"
    content = channel.findtext("item/{*}encoded") or ""
    assert 'href="https://docs.example.org/index.html"' in content
    files = ("blog/atom.xml", "blog/feed.json", "blog/category/releases/atom.xml")
    assert all((built.out / name).is_file() for name in (*files, "blog/category/notes/atom.xml"))


def _the_map_holds_the_lines_of_the_page(built: Built) -> None:
    lines = (built.out / "_redirects").read_text(encoding="utf-8").splitlines()
    assert set(_block("redirects", "text").splitlines()) <= set(lines)


def _block(name: str, language: str) -> str:
    (block,) = (item for item in Page(name).blocks if item.language == language)
    return dedent(block.text)


def _the_check_says_what_the_page_shows(built: Built) -> None:
    page = Page("check")
    folder = built.out.parents[1]
    edits = {
        "hello": ("2025-11-05", "2026-02-30"),
        "plans": ("https://openstack.org", "openstack.org"),
    }
    page.lay_out(folder)
    for name, edit in edits.items():
        path = folder / f"docs/blog/{name}.md"
        path.write_text(path.read_text(encoding="utf-8").replace(*edit), encoding="utf-8")
    shown = [block.text for block in page.blocks if block.language == "text" and not block.path]
    (document,) = (json.loads(block.text) for block in page.blocks if block.language == "json")
    commands = [block.text for block in page.blocks if block.language == "sh"]
    run = [shlex.split(text)[3:] for text in commands if " check" in text]
    assert len(run) == 5
    with chdir(folder):
        assert [_said(run[0]), _said(run[1])] == [(1, text) for text in shown]
        assert _said([*run[0], "--fail-on", "never"])[0] == 0
        assert _said(run[2])[0] == 2  # There is no folder for each year here.
        assert _said(run[3]) == _said(run[3]) == (1, shown[1])
        assert _said(run[4])[0] == 1
        said = json.loads(_said(["check", "docs/blog/hello.md", "--format", "json"])[1])
    assert said["problems"] == document["problems"]
    assert said.keys() == document.keys()
    assert said["version"] == document["version"]


def _said(arguments: list[str]) -> tuple[int, str]:
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(StringIO()):
        status = main(arguments)
    return status, out.getvalue()


def _posts_are_in_the_sidebar_and_below_each_page(built: Built) -> None:
    index, page = built.html("index"), built.html("blog/hello")
    assert [link["href"] for link in index.select(".blog-sidebar-recent li a")] == [
        "blog/hello.html"
    ]
    assert len(index.select(".blog-sidebar-feeds li")) == 3
    assert "Ada Lovelace" in page.select_one(".blog-sidebar-author").get_text()
    for shown in (index, page):
        items = [item for item in shown.find_all("li") if not item.time]
        (entry,) = (item for item in items if "November 5" in item.get_text())
        assert "Hello" in entry.get_text()


def _posts_are_what_the_template_makes_of_them(built: Built) -> None:
    for page, link in (
        ("blog/index", "hello.html"),
        ("blog/author/ada-lovelace", "../hello.html"),
    ):
        (teaser,) = built.html(page).select("li > article.teaser")
        assert (teaser.a["href"], teaser.a.get_text()) == (link, "Hello")
        assert teaser.select_one(".blog-excerpt").get_text() == "The first post."
    (teaser,) = built.html("blog/index").select("h3 + p")
    assert teaser.get_text() == "November 5, 2026, Ada Lovelace"


#: What else a page says of its site.
LOOKED_AT: dict[str, Callable[[Built], None]] = {
    "existing-site": _old_links_lead_to_the_new_pages,
    "translations": _translations_are_in_texts_and_listings,
    "scheduled-posts": _a_post_waits_for_its_date,
    "content-system": _posts_of_the_content_system_are_complete,
    "check": _the_check_says_what_the_page_shows,
    "feeds": _feeds_are_where_the_page_says,
    "redirects": _the_map_holds_the_lines_of_the_page,
    "parity": _the_check_for_a_move_says_what_the_page_shows,
    "several-authors": _authors_have_pages_that_say_who_they_are,
    "latest-posts": _three_posts_are_on_the_landing_page,
    "item-templates": _posts_are_what_the_template_makes_of_them,
    "sidebars": _posts_are_in_the_sidebar_and_below_each_page,
}
