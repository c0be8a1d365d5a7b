"""What files said is remembered from build to build, and never believed blindly."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from helpers import Site, post

from sphinx_openinfra_blog import scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the files whose front matter is parsed."""
    found: list[str] = []
    original = scan.Scanner._fields

    def spy(scanner: scan.Scanner, path: str, *rest: Any) -> scan.Scanned:
        found.append(path)
        return original(scanner, path, *rest)

    monkeypatch.setattr(scan.Scanner, "_fields", spy)
    return found


@pytest.fixture
def built(site: Callable[..., Site], parsed: list[str]) -> Site:
    made = site({"blog/one.md": post("One"), "blog/two.md": post("Two", date="soon")})
    made.build()
    parsed.clear()
    return made


def memory(site: Site) -> Path:
    return site.root / "doctrees" / "openinfra_blog" / "front-matter.pickle"


def test_an_unchanged_file_is_not_parsed_again_and_warned_of_again(
    built: Site, parsed: list[str]
) -> None:
    assert "openinfra_blog.date" in built.build().types()
    assert parsed == []


def test_only_a_changed_file_is_parsed_again(built: Site, parsed: list[str]) -> None:
    built.write({"blog/one.md": post("Another")})
    assert built.build().html("blog/one").h1.get_text().startswith("Another")
    assert parsed == ["blog/one.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell when a file was changed")
def test_a_file_that_only_seems_unchanged_is_parsed_again(built: Site) -> None:
    path = built.src / "blog/one.md"
    before = path.stat()
    built.write({"blog/one.md": post("Eno")})
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert built.build().html("blog/one").h1.get_text().startswith("Eno")


def test_another_time_zone_lets_everything_be_parsed_again(built: Site, parsed: list[str]) -> None:
    built.build(openinfra_blog_timezone="Asia/Tokyo")
    assert {"blog/one.md", "blog/two.md"} <= set(parsed)


def test_nothing_is_believed_where_sphinx_itself_begins_anew(
    built: Site, parsed: list[str]
) -> None:
    (built.root / "doctrees" / "environment.pickle").unlink()
    built.build()
    assert "blog/one.md" in parsed


class _Spell:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("cast",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no pickle",
        pickle.dumps(_Spell()),
        pickle.dumps(["something", "else", 3]),
        pickle.dumps(("another state", {})),
    ],
    ids=["empty", "garbage", "code", "other values", "other options"],
)
def test_a_memory_that_is_not_ours_is_not_used(
    content: bytes,
    built: Site,
    parsed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    memory(built).write_bytes(content)
    assert built.build().html("blog/one").h1.get_text().startswith("One")
    assert "blog/one.md" in parsed
    assert not (tmp_path / "cast").exists()


def test_a_memory_that_cannot_be_kept_harms_nothing(built: Site) -> None:
    memory(built).unlink()
    memory(built).mkdir()
    assert built.build().html("blog/one").h1.get_text().startswith("One")


def test_a_file_that_changes_between_looking_and_reading_is_what_it_says_last(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path, {"blog/one.md": post("One", slug="other"), "conf.py": CHANGING})
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", str(site.src), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    assert (tmp_path / "out/blog/one.html").is_file()
    assert not (tmp_path / "out/blog/other.html").exists()
