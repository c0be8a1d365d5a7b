"""Python's garbage collector works less while a build runs, and not at all at the end."""

from __future__ import annotations

import gc
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from helpers import Site, post

from sphinx_openinfra_blog import garbage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sphinx.application import Sphinx

EXTENSIONS = ("sphinx_openinfra_blog",)
CONF = """
import atexit, gc

extensions = ["sphinx_openinfra_blog"]
html_theme = "basic"

# Python 3.12 begins with a few hundred that are never looked at.
before = gc.get_freeze_count()
# The first to be registered is the last to run.
atexit.register(lambda: print(gc.get_freeze_count() - before > 1000))


def setup(app):
    told = lambda app, error: print(gc.isenabled(), gc.get_freeze_count() - before)
    app.connect("build-finished", told, priority=999)
"""


@pytest.mark.skipif(not hasattr(sys, "getrefcount"), reason="only CPython has such a collector")
def test_nothing_is_collected_while_the_process_ends_and_nothing_is_changed_before(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path, {"blog/a.md": post("A"), "conf.py": CONF})
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", str(site.src), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["True 0", "True"]


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the file in which another extension notes which thresholds it finds, and when."""
    before, notes = gc.get_threshold(), tmp_path / "notes"
    watching: Any = ModuleType("watching")

    def note(event: str) -> Callable[..., tuple[()]]:
        def seen_in(*_of_the_event: object) -> tuple[()]:
            with notes.open("a") as lines:  # workers have their own memory, but the same files
                lines.write(f"{event} {gc.get_threshold()[0]}\n")
            return ()

        return seen_in

    def setup(app: Sphinx) -> dict[str, bool]:
        for event in ("source-read", "env-check-consistency", "html-collect-pages"):
            app.connect(event, note(event), priority=999)
        return {"parallel_read_safe": True, "parallel_write_safe": True}

    watching.setup = setup
    monkeypatch.setitem(sys.modules, "watching", watching)
    yield notes
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("before", "jobs", "reading", "read", "written"),
    [
        pytest.param(700, 1, 5000, 5000, 5000, id="CPython's"),
        pytest.param(700, 2, 5000, 700, 700, id="CPython's, with workers"),
        pytest.param(9000, 1, 9000, 9000, 9000, id="a site's own"),
        pytest.param(9000, 2, 9000, 9000, 9000, id="a site's own, with workers"),
        pytest.param(0, 1, 0, 0, 0, id="never"),
    ],
)
def test_young_objects_are_looked_at_less_often_until_the_build_is_finished(
    tmp_path: Path, seen: Path, before: int, jobs: int, reading: int, read: int, written: int
) -> None:
    gc.set_threshold(before)
    files = {f"blog/{number}.md": post(f"Number {number}") for number in range(12)}

    Site(tmp_path, files).build(jobs=jobs, extensions=[*EXTENSIONS, "watching"])

    assert set(seen.read_text().splitlines()) == {
        f"source-read {reading}",
        f"env-check-consistency {read}",
        f"html-collect-pages {written}",
    }
    assert gc.get_threshold()[0] == before


def test_the_nodes_of_a_tree_that_was_taken_apart_leave_no_garbage() -> None:
    gc.collect()
    gc.disable()
    try:
        tree = nodes.section("", nodes.title("", "A title"), nodes.paragraph("", "Text"))
        garbage.take_apart(tree)
        del tree
        assert gc.collect() == 0
    finally:
        gc.enable()
