"""Builds in processes of their own, forked from one that has everything imported."""

from __future__ import annotations

import gc
import logging
import os
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import myst_parser.sphinx_ext.main
import pypandoc  # type: ignore[import-untyped]
import sphinx.builders.dirhtml
import sphinx.cmd.build
from walk.notebooks import PARSERS

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What a build needs and Sphinx imports late.
WARM = (myst_parser.sphinx_ext.main, sphinx.builders.dirhtml)

POST = "---\ntitle: Warm\ndate: 2021-02-03\nauthor: Ann\ncategory: One\n---\n\n## Warm\n\ntext\n"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a build reads and writes."""

    source: Path
    out: Path
    doctrees: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended."""

    code: int
    log: str

    @property
    def failed(self) -> bool:
        """Whether it did not end as it should."""
        return self.code != 0 or "Traceback" in self.log


def options(parser: str) -> tuple[str, ...]:
    """Return what the command line of a build begins with.

    Beside the extension under test there is one that saves time.
    """
    names = ",".join(filter(None, [parser, "sphinx_openinfra_blog", "walk.templates"]))
    return ("-D", f"extensions={names}", *PARSERS[parser])


def warm(theme: str = "basic", parser: str = "") -> None:
    """Build a page in this process, so that those forked from it find everything in place."""
    if parser == "nbsphinx":
        # It runs this program, which a package brings.
        folder = os.path.dirname(pypandoc.get_pandoc_path())  # noqa: PTH120
        os.environ["PATH"] = os.pathsep.join([folder, os.environ["PATH"]])
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "src")
        (source / "blog").mkdir(parents=True)
        conf = f"extensions = ['sphinx_openinfra_blog']\nhtml_theme = {theme!r}\n"
        files = {"conf.py": conf, "index.rst": "Warm\n====\n\ntext\n", "blog/post.md": POST}
        for file, text in files.items():
            (source / file).write_text(text, encoding="utf-8")
        sphinx.cmd.build.main(["-Q", *options(parser), str(source), str(Path(name, "out"))])


def build(
    folders: Folders,
    builder: str,
    *,
    now: int,
    jobs: int = 1,
    files: Sequence[Path] = (),
    parser: str = "",
) -> Outcome:
    """Build a site, as ``sphinx-build`` does.

    :param now: the moment at which it is built, in seconds.
    :param files: what is to be built, as on the command line.
    :param parser: another extension that reads posts.
    """
    log = folders.doctrees.with_suffix(".log")
    words = ["-q", "-T", "--no-color", *options(parser), "-b", builder, f"-j{jobs}"]
    paths = (folders.doctrees, folders.source, folders.out, *files)
    words += ["-d", *(str(path) for path in paths)]
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _run(words, log, now)
    _pid, status = os.waitpid(child, 0)
    text = log.read_text(encoding="utf-8", errors="replace")
    return Outcome(os.waitstatus_to_exitcode(status), text)


def _run(words: list[str], log: Path, now: int) -> None:
    """Be the build, and never come back."""
    code = 99
    try:
        # Most of what lives was there before the fork, and the process ends soon.
        gc.disable()
        # Nobody reads less than warnings, and Sphinx says much.
        logging.disable(logging.INFO)
        os.environ["SOURCE_DATE_EPOCH"] = str(now)
        with log.open("wb") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        code = sphinx.cmd.build.main(words)
    except BaseException:  # noqa: BLE001 -- whatever it is, it must not run the parent's code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
