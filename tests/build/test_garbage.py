"""Python's garbage collector is as it was while a build runs, and does nothing at the end."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from helpers import Site, post

if TYPE_CHECKING:
    from pathlib import Path

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
