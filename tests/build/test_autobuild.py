"""While somebody writes, one save of a post is one build."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from helpers import Site, parsed, post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.matrix


class Autobuild:
    """A site that is built whenever a file is saved."""

    def __init__(self, root: Path) -> None:
        self.site = Site(root, {"blog/a.md": post("A", author="Ann"), "blog/b.md": post("B")})
        self.site.build(out="none")  # writes conf.py
        self.log = root / "log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        command = [sys.executable, "-m", "sphinx_autobuild", "--port", port]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, str(self.site.src), str(root / "html")], stdout=log, stderr=log
            )

    def builds(self) -> int:
        """Return how many builds have ended."""
        return self.log.read_text().count("build succeeded")

    def wait(self, builds: int) -> None:
        """Wait until so many builds have ended, and for what may come after them."""
        end = time.monotonic() + 60
        while self.builds() < builds and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(3)


@pytest.fixture
def autobuild(tmp_path: Path) -> Iterator[Autobuild]:
    running = Autobuild(tmp_path / "site")
    running.wait(1)
    yield running
    running.process.terminate()
    running.process.wait(20)


def test_one_save_is_one_build_that_shows_it_everywhere(autobuild: Autobuild) -> None:
    site = autobuild.site
    assert autobuild.builds() == 1
    for number, title in enumerate(["Bee", "Bye"], start=2):
        site.write({"blog/b.md": post(title, author="Ann")})
        autobuild.wait(number)
        assert autobuild.builds() == number
        for page in ("blog/b", "blog/index", "blog/author/ann"):
            assert title in parsed(site.root / f"html/{page}.html").get_text()
