"""Files below the blog's folder that may not be meant for the public have no page."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from helpers import Site

from sphinx_openinfra_blog.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers import Built

YAML = "---\ntitle: T\ndate: 2024-01-05\n{}\n---\n"
#: What its tool, or its author, keeps back without a mistake.
SILENT = {
    "draft.md": "---\ntitle: T\ndraft: true\n---\n",
    "orphan.md": "---\norphan: true\ntitle: T\ndraft: true\n---\n",
    "toml.md": '+++\ntitle = "T"\ndate = 2024-01-05\ndraft = true\n+++\n',
    "toml-undated.md": "+++\ndraft = true\n+++\n",
    "json.md": '{\n  "title": "T",\n  "date": "2024-01-05",\n  "draft": true\n}\n',
    "one-line.md": '{"title": "T", "draft": true}\n',
    "dots.md": "---\ntitle: T\ndraft: true\n...\n",
    "pelican.md": "Title: T\nDate: 2024-01-05 10:20\nStatus: draft\n\n",
    "pelican-case.md": "title: T\ndate: 2024-01-05\nSTATUS: Draft\n\n",
    "pelican.rst": "T\n#\n\n:date: 2024-01-05\n:status: draft\n\n",
    "fields.rst": ":title: T\n:date: 2024-01-05\n:draft: true\n\n",
    "nikola.rst": ".. title: T\n.. date: 2024-01-05 19:52:05 UTC\n.. status: draft\n\n",
    "nikola.md": "<!--\n.. title: T\n.. date: 2024-01-05\n.. status: private\n-->\n\n",
    "yaml.rst": "---\ntitle: T\ndate: 2024-01-05\ndraft: true\n---\n\n",
    "2024-01-05-named.md": "---\ndraft: true\n---\n",
    "published.md": YAML.format("published: false"),
    "publish.md": YAML.format("publish: false"),
    "status.md": YAML.format("status: draft"),
    "pending.md": YAML.format("status: Pending Review"),
    "list.md": YAML.format("status: [draft]"),
    "later.md": YAML.format("publishDate: 2099-01-01"),
    "later-toml.md": '+++\ntitle = "T"\ndate = 2024-01-05\npublishDate = 2099-01-01 10:00:00\n+++',
    "at.md": YAML.format("published_at: 2099-01-01 10:00 PM"),
    "published-on.md": YAML.format("published: 2099-01-01"),
    "in-date.md": "---\ntitle: T\ndate: {published: 2099-01-01}\n---\n",
    "future.md": "---\ntitle: T\ndate: Jan 5, 2099\n---\n",
    "2099-01-05-future.md": "---\ntitle: T\n---\n",
    "expired.md": YAML.format("unpublishDate: 2025-01-01"),
    "private.md": YAML.format("private: true"),
    "is-draft.md": YAML.format("isDraft: true"),
    "permalink.md": YAML.format("permalink: false"),
    "render.md": YAML.format("build: {render: never}"),
    "headless.md": YAML.format("headless: true"),
    "routable.md": YAML.format("routable: false"),
    "password.md": YAML.format("password: hello"),
    "visibility.md": YAML.format("visibility: private"),
    ".trash/old.md": "---\ntitle: T\n---\n",
    ".ipynb_checkpoints/a-checkpoint.md": YAML.format(""),
    "_drafts/x.md": "---\ntitle: T\n---\n",
    "_drafts/dated.md": YAML.format(""),
    "Drafts/y.md": "No front matter.\n",
    "drafts/deep/z.rst": "Title\n=====\n",
    "_scheduled/2024-01-05-x.md": "Text.\n",
    "unpublished/u.md": YAML.format(""),
    "x.draft.md": YAML.format(""),
    "zero.md": "---\ntitle: T\npublished: 0\n---\n",
    "wordy.md": "---\ntitle: T\nstatus: Draft, needs review\n---\n",
    "members.md": YAML.format("visibility: members"),
    "state.md": YAML.format("state: draft"),
    "layout.md": YAML.format("layout: draft"),
    "tagged.md": YAML.format("tags: [x, Draft]"),
    "not-public.md": YAML.format("public: false"),
    "embargo.md": YAML.format("embargoUntil: 2099-01-01"),
    "set-for.md": YAML.format("scheduled: 2099-01-01"),
    "_notes.md": YAML.format(""),
}
#: What cannot be understood, with the line to mend.
HELD = {
    "blank.md": ("\n---\ntitle: T\ndraft: true\n---\n", 2),
    "space.md": (" ---\ntitle: T\ndraft: true\n---\n", 1),
    "comment.md": ("<!-- c\nd -->\n---\ntitle: T\ndraft: true\n---\n", 3),
    "bom.md": ("\ufeff\ufeff---\ntitle: T\ndraft: true\n---\n", 1),
    "unseen.md": ("\u200b---\ntitle: T\ndraft: true\n---\n", 1),
    "named.md": ("---yaml\ntitle: T\ndraft: true\n---\n", 1),
    "dash.md": ("—\ntitle: T\ndraft: true\n—\n", 1),
    "fenced.md": ("```yaml\ntitle: T\ndraft: true\n```\n", 1),
    "heading.md": ("# T\n\n---\ntitle: T\ndraft: true\n---\n", 3),
    "open.md": ("---\n# comment\ntitle: T\ndraft: true\n\n", 1),
    "open-toml.md": ('+++\ntitle = "T"\ndraft = true\n\n', 1),
    "unopened.md": ("title: T\ndraft: true\n---\n", 3),
    "alone.md": ("draft: true\n\n", 1),
    "alone-field.rst": (":status: draft\n\n", 1),
    "begins.md": ("<<<<<<< HEAD\n---\ntitle: T\n=======\n>>>>>>> x\n---\n", 1),
    "conflict.md": (YAML.format("<<<<<<< HEAD\ndraft: true\n=======\n>>>>>>> x"), 4),
    "invalid.md": ("---\ntitle: a: b\ndraft: true\n---\n", 2),
    "broken-toml.md": ('+++\ntitle = "T"\ndraft = tru\n+++\n', 3),
    "broken-json.md": ('{\n  "title": "T",\n  draft: true\n}\n', 3),
    "odd.md": ("Title: T\nDate: 2024-01-05\nand so on\n\n", 3),
    "twice.md": ("---\n---\n---\ntitle: T\ndraft: true\n---\n", 5),
    "second.md": (YAML.format("layout: x") + "\n---\npublished: false\n---\n", 8),
    "swallowed.md": ("---\ndate: 2024-01-05\ntitle: T\n  draft:true\n---\n", 4),
    "nested.md": (YAML.format("params:\n  draft: true"), 5),
    "in-table.md": ('+++\ntitle = "T"\ndate = 2024-01-05\n[extra]\ndraft = true\n+++\n', 5),
    "in-comment.md": ("<!--\ntitle: T\ndraft: true\n-->\n", 3),
    "one-comment.md": ("<!-- draft: true -->\n", 1),
    "slashes.md": ("/*\ntitle: T\ndraft: true\n*/\n", 3),
    "reference.md": ("[//]: # (draft: true)\n\n", 1),
    "stars.md": ("***\ntitle: T\ndraft: true\n***\n", 1),
    "escaped.md": ("\\---\ntitle: T\ndraft: true\n---\n", 1),
    "json-named.md": ('---json\n{"draft": true}\n---\n', 1),
    "empty-first.md": ("---\n---\ntitle: T\ndraft: true\n---\n", 4),
    "percent.md": ("% draft: true\n\n# T\n", 1),
    "json5.md": ("{\n  title: 'T',\n  draft: true,\n}\n", 3),
    "no-lines-toml.md": ('title = "T"\ndraft = true\n', 2),
    "exported.md": ("export const meta = {\n  draft: true,\n}\n", 2),
    "misspelt.md": (YAML.format("drafts: true"), 4),
    "unknown.md": (YAML.format("status: stable"), 4),
    "maybe.md": (YAML.format("draft: maybe"), 4),
    "template.md": ("---\ntitle: T\ndate: {{ date }}\n---\n", 3),
    "tomorrow.md": ("---\ntitle: T\ndate: tomorrow\n---\n", 3),
    "zone.md": ("---\ntitle: T\ndate: May 28, 2026 10:00 PM CEST\n---\n", 3),
    "american.md": ("---\ntitle: T\ndate: 1/5/2024\n---\n", 3),
    "release.md": (YAML.format("publishDate: soon"), 4),
}
#: Spellings of a switch that are taken for it, with a warning.
TAKEN = {
    "case.md": (YAML.format("Draft: true"), 4),
    "underscore.md": (YAML.format("is-draft: true"), 4),
    "nbsp.md": (YAML.format("\u00a0draft: true"), 4),
}
PAGES = {
    "overline.rst": "-----\nTitle\n-----\n\n",
    "overlined-key.rst": "-----------\nTitle: more\n-----------\n\n",
    "note.rst": "Note: this is no front matter.\n\n",
    "rule.rst": "Title\n=====\n\n----\n\n",
    "about.md": "# About\n\nAuthor: Ann\nDate: 2024\n\n",
    "how-to.md": "# How to\n\n```yaml\ntitle: T\ndraft: true\n```\n\n",
    "bold.md": "**Author:** Ann\n**Date:** today\n\n",
    "role.md": "{sub}`x` begins this.\n\n",
    "titled.md": "---\ntitle: T\n---\n\n",
    "stable.md": "---\nstatus: stable\n---\n\n",
    "publisher.md": "---\npublisher: false\n---\n\n",
    "commented.md": "<!-- Author: Ann\nTitle: Page -->\n\n",
    "off.md": "---\n# draft: true\norphan: true\n---\n",
    "docinfo.rst": ":Version: 3\n\n",
    "meta.rst": ".. meta::\n   :description: a page\n   :author: Ann\n\n",
}


#: A part of these is not shown, or they speak of drafts, but they are for the public.
PUBLIC = {
    "cover.md": YAML.format("cover:\n  image: x.png\n  hidden: true"),
    "toc.md": YAML.format("hide: [toc]\nsidebar:\n  visible: false"),
    "switched-on.md": YAML.format("draft: false\npublished: true\nstatus: published"),
    "landing.md": YAML.format("layout: post\ntype: news\nstate: Texas\nurl: /x/"),
    "2024-01-05-index.md": "---\ntitle: An index\n---\n",
    "new.md": YAML.format("status: new"),
    "two-dates.md": YAML.format("publishDate: 2024-01-06\nexpires: 2099-01-01"),
    "spoken.md": YAML.format("description: how to set draft to true"),
}


def word(name: str) -> str:
    return f"secret{sorted([*SILENT, *HELD, *TAKEN, *PAGES, *PUBLIC]).index(name):03}word"


def files_of(texts: dict[str, str]) -> dict[str, str]:
    """Return files with a word in the body that is in no other file."""
    return {f"blog/{name}": f"{text}\n{word(name)}\n" for name, text in texts.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    texts = {name: text for name, (text, _line) in (HELD | TAKEN).items()}
    others = {"blog/ok.md": "---\ntitle: T\ndate: 2024-01-05\n---\nPublicword\n"}
    files = files_of(SILENT | texts | PAGES | PUBLIC) | others
    return Site(tmp_path_factory.mktemp("held") / "site", files)


@pytest.fixture(scope="module")
def built(made: Site) -> Built:
    return made.build("dirhtml")


def texts_in(built: Built) -> str:
    return "\n".join(
        f"{path}\n{path.read_text(encoding='utf-8', errors='replace')}"
        for path in built.out.rglob("*")
        if path.is_file()
    )


def test_nothing_of_them_is_in_the_output(built: Built) -> None:
    found = texts_in(built)
    assert "Publicword" in found
    shown = [name for name in [*SILENT, *HELD, *TAKEN] if word(name) in found]
    assert shown == []


def test_ordinary_pages_and_posts_for_the_public_stay(built: Built) -> None:
    found = texts_in(built)
    assert [name for name in [*PAGES, *PUBLIC] if word(name) not in found] == []


def in_groups(built: Built) -> list[tuple[str, int, list[str]]]:
    """Return each message about many files, with their number and the places it names."""
    found = (re.search(r"\((\d+) files, such as (.*)\)", item.text) for item in built.warnings)
    return [(match.string, int(match[1]), match[2].split(", ")) for match in found if match]


def test_each_is_named_once_with_the_line_to_mend(built: Built) -> None:
    expected = {f"blog/{name}": line for name, (_text, line) in (HELD | TAKEN).items()}
    alone = [(item.file, item.line) for item in built.warnings if item.file in expected]
    places = [place for _text, _number, places in in_groups(built) for place in places]
    named = [*alone, *((file, int(line)) for file, _, line in (p.partition(":") for p in places))]
    assert len({file for file, _line in named}) == len(named)
    assert {file: line for file, line in named if expected[file] != line} == {}
    # Of each group all but three are counted only.
    assert len(alone) + sum(number for _text, number, _places in in_groups(built)) == len(expected)


def test_what_its_tool_keeps_back_is_no_mistake(built: Built) -> None:
    assert [item for item in built.warnings if item.file.removeprefix("blog/") in SILENT] == []


def test_many_of_one_kind_are_one_message(built: Built) -> None:
    (found,) = [item for item in in_groups(built) if "must begin with '---'" in item[0]]
    assert found[1] > 10
    assert len(found[2]) == 3


def test_pages_that_look_like_posts_are_named(built: Built) -> None:
    (line,) = [line for line in built.status if "no date" in line]
    assert line == (
        "one file below the blog's folder is a page and no post, because it has no date"
        " (blog/titled.md)"
    )


def run_check(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    with redirect_stdout(out):
        status = main(["check", *arguments])
    return status, out.getvalue()


@pytest.mark.usefixtures("built")
def test_the_check_says_the_same(made: Site) -> None:
    status, said = run_check(str(made.src), "--format", "json")
    problems = json.loads(said)["problems"]
    named = {(item["path"].partition("/blog/")[2], item["line"]) for item in problems}
    assert status == 1
    assert {(name, line) for name, (_text, line) in (HELD | TAKEN).items()} <= named


def test_the_check_of_a_folder_without_posts_says_what_is_there(
    site: Callable[..., Site],
) -> None:
    pages = {f"blog/p{number}.md": f"---\ntitle: {number}\n---\n" for number in range(135)}
    made = site(pages)
    made.build()
    status, said = run_check(str(made.src))
    assert status == 0
    assert said.splitlines()[:3] == [
        "No post found.",
        "Ordinary pages below the blog's folder: 136",
        "135 files below the blog's folder are pages and no posts, because they have no date"
        " (such as blog/p0.md, blog/p1.md, blog/p10.md)",
    ]


def test_a_blog_that_is_kept_back_has_no_index(site: Callable[..., Site]) -> None:
    built = site({"blog/index.md": "---\ndraft: true\n---\nSECRETWORD\n"}).build()
    assert "SECRETWORD" not in texts_in(built)
