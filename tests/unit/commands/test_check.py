"""The command ``check``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from helpers import post

from sphinx_openinfra_blog.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WRONG = post("W", authr="x")


class Repository:
    """A working folder, and what the check says in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))

    def check(self, *arguments: str) -> tuple[int, str, str]:
        status = main(["check", *arguments])
        out, err = self.capsys.readouterr()
        return status, out, err

    def problems(self, *arguments: str) -> list[Any]:
        _status, out, _err = self.check("--format", "json", *arguments)
        found: list[Any] = json.loads(out)["problems"]
        return found

    def types(self, *arguments: str) -> list[str]:
        return [item["type"].partition(".")[2] for item in self.problems(*arguments)]


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Repository:
    """Return a working folder, in which there is nothing."""
    monkeypatch.chdir(tmp_path)
    return Repository(tmp_path, capsys)


def test_problems_are_named_at_their_file_as_seen_from_here(repository: Repository) -> None:
    repository.write({"docs/conf.py": "", "docs/blog/l.md": WRONG})
    status, out, err = repository.check()
    lines = out.splitlines()
    assert re.fullmatch(r"docs/blog/l\.md:5: WARNING: .* \[openinfra_blog\.key\]", lines[0])
    assert lines[1:] == ["1 post checked: 1 warning", "Not checked: the text of posts (--bodies)"]
    assert (status, err) == (1, "")


def test_a_post_without_a_page_is_an_error(repository: Repository) -> None:
    files = {"conf.py": "", "blog/l.md": WRONG, "blog/d.md": post("D", date="2026-02-30")}
    repository.write(files)
    kinds = [(item["type"], item["severity"]) for item in repository.problems()]
    assert kinds == [("openinfra_blog.date", "error"), ("openinfra_blog.key", "warning")]
    assert [repository.check("--fail-on", on)[0] for on in ("never", "error", "warning")] == [
        0, 1, 1,
    ]  # fmt: skip
    (repository.folder / "blog/d.md").unlink()
    assert [repository.check("--fail-on", on)[0] for on in ("never", "error", "warning")] == [
        0, 0, 1,
    ]  # fmt: skip


def test_a_misspelt_option_is_named_at_its_line_of_conf_py(repository: Repository) -> None:
    conf = "project = 'P'\nopeninfra_blog_titel = 'T'\n"
    repository.write({"docs/conf.py": conf, "docs/blog/d.md": post("D")})
    message = "unknown option 'openinfra_blog_titel'; did you mean 'openinfra_blog_title'?"
    kind = "openinfra_blog.option"
    _status, text, _err = repository.check()
    assert text.splitlines()[0] == f"docs/conf.py:2: WARNING: {message} [{kind}]"
    (problem,) = repository.problems()
    assert (problem["path"], problem["line"], problem["message"]) == ("docs/conf.py", 2, message)
    _status, github, _err = repository.check("--format", "github")
    place = f"file=docs/conf.py,line=2,title={kind}"
    assert github.splitlines()[0] == f"::warning {place}::{message}"
    assert repository.check("--no-config", "docs")[0] == 0


def test_of_named_files_the_rivals_are_seen_too(repository: Repository) -> None:
    early, late = (post("A", date=f"2026-01-0{n}", seo="{url: /blog/a}") for n in (1, 2))
    repository.write(
        {
            "docs/conf.py": "",
            "docs/blog/early.md": early,
            "docs/blog/late.md": late,
            "docs/blog/l.md": WRONG,
            "README.md": "# Not of the blog",
        }
    )
    (of_late,) = repository.problems("README.md", "docs/blog/late.md")
    assert of_late["path"] == "docs/blog/late.md"
    # It is the earlier one that takes the address away.
    assert repository.problems("docs/blog/early.md") == [of_late]
    assert repository.types("docs/blog/l.md") == ["key"]
    status, out, _err = repository.check("README.md")
    assert (status, out.splitlines()[0]) == (0, "No post found.")


def test_what_conf_py_says_counts(repository: Repository) -> None:
    conf = """\
        import os
        from pathlib import Path
        assert Path("here").is_file() and not tags.has("x") and "x" not in tags
        print("not a part of the result")
        openinfra_blog_path = os.path.join("news")
        exclude_patterns = ["news/left*"]
        source_suffix = {".rst": "restructuredtext", ".txt": "markdown"}
        source_encoding = "latin-1"
        suppress_warnings = ["openinfra_blog.key"]
        extensions = ["not_installed", "nbsphinx"]
    """
    repository.write(
        {
            "docs/conf.py": re.sub(r"(?m)^ +", "", conf),
            "docs/here": "",
            "docs/news/left.md": post(date="2026-02-30"),
            "docs/news/a.txt": post("\udcff", authr="x", seo="{url: /news/b}"),
            "docs/news/b.ipynb": "{}",
        }
    )
    assert repository.types() == ["duplicate"]
    assert "not a part of the result" in repository.check("--format", "json")[2]


def test_options_go_before_conf_py(repository: Repository) -> None:
    repository.write({"conf.py": "openinfra_blog_path = 'news'", "blog/w.md": WRONG})
    assert repository.types("--option", "path=blog") == ["key"]
    options = ("--option", "openinfra_blog_path='blog'", "--option", "preview=1")
    assert repository.types(*options, "--option", "suppress_warnings=['openinfra_blog']") == []


def test_without_conf_py_there_are_the_defaults(repository: Repository) -> None:
    # It would say 2 if it were executed.
    repository.write({"docs/conf.py": "1 / 0", "docs/blog/l.md": WRONG, "x/blog/l.md": WRONG})
    assert repository.types("x") == repository.types("docs", "--no-config") == ["key"]


CONFS = {
    "module": ("\nimport not_installed_here\n", r"conf\.py:2: cannot be executed: .*No module"),
    "syntax": ("a = 1\nb = = 2\n", r"conf\.py:2: cannot be executed: SyntaxError"),
    "exit": ("raise SystemExit\n", r"called sys\.exit"),
    "option": ("openinfra_blog_path = '..'\nopeninfra_blog_slugs = 1\n", r"_path .*\n.*_slugs"),
    "suffix": ("source_suffix = 1\n", "invalid value of one of Sphinx's options"),
    "encoding": ("source_encoding = 'no'\n", "invalid value of one of Sphinx's options"),
    "escapes": ("raise ValueError('\\x1b[2J\\u202e')\n", r"\\x1b\[2J\\u202e"),
}


@pytest.mark.parametrize("case", CONFS)
def test_a_conf_py_that_cannot_be_used_is_named(repository: Repository, case: str) -> None:
    text, message = CONFS[case]
    repository.write({"conf.py": text, "blog/l.md": WRONG})
    status, out, err = repository.check()
    assert (status, out) == (2, "")
    assert re.search(message, err)
    assert all(char.isprintable() or char == "\n" for char in err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--option", "pth=x"], "unknown option.*did you mean 'path'"),
        (["--option", "feeds"], "expected NAME=VALUE"),
        (["--option", "future=later"], "openinfra_blog_future must be one of"),
        (["--option", "path=none"], "none: no such folder"),
        (["--config", "blog"], "neither a conf.py nor a folder with one"),
        (["nowhere"], "no such file or folder"),
        (["--cache", "cache"], "not allowed without --bodies"),
    ],
)
def test_a_mistake_on_the_command_line_is_named(
    repository: Repository, arguments: list[str], message: str
) -> None:
    repository.write({"conf.py": "", "blog/l.md": WRONG})
    status, out, err = repository.check(*arguments)
    assert (status, out) == (2, "")
    assert re.search(message, err)


HOSTILE = {
    "controls": post("'\\e[2J'", image="\u202e.png"),
    "runner": post("'x'", authr="'##[add-mask]x'", image="'::error::x.png'"),
    "nul": post("T", image="a\\0b.png", seo="{url: /blog/%00}"),
    "long": post("T", image="a" * 5000 + ".png"),
    "host": post("T", seo="{url: 'http://[x'}"),
    "bytes": "---\ntitle: T\ndate: 2026-01-01\n---\n\udcff\n",
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_hostile_post_does_no_harm(repository: Repository, case: str, form: str) -> None:
    repository.write({"conf.py": "", "blog/x\x1b\u202e.md": HOSTILE[case]})
    status, out, err = repository.check("--format", form)
    assert status in {0, 1}
    assert all(char.isprintable() or char == "\n" for char in out + err)
    if form != "json":
        assert not re.search(r"(?m)^::(?!warning |error )|^[^:]*##\w*\[", out)
