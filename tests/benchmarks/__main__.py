"""The command line of the benchmark: ``tox -e bench -- --help``."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from . import __doc__ as about
from .builds import KINDS, Build, Task
from .figures import Figures, report_of, with_new
from .sites import SERIAL, SITES, write_site

if TYPE_CHECKING:
    from collections.abc import Iterator


def versions() -> dict[str, str]:
    """Return the versions of all that matters to the figures."""
    found = {"Python": platform.python_version(), "machine": platform.machine()}
    names = ("Sphinx", "docutils", "myst-parser", "furo", "ablog", "PyStemmer")
    for name in (*names, "sphinx-openinfra-blog"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="tox -e bench --",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--posts", type=int, nargs="+", default=[1000], help="how many (1000)")
    parser.add_argument("--runs", type=int, default=5, help="how often each is built (5)")
    parser.add_argument("--themes", nargs="+", default=["alabaster"], help="(alabaster)")
    parser.add_argument("--sites", nargs="+", default=[*SITES], choices=[*SITES], help="(all)")
    parser.add_argument("--builder", default="html", choices=("html", "dirhtml"))
    parser.add_argument("--conf", default="", metavar="CODE", help="what each conf.py begins with")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1], help="Sphinx's -j (1)")
    parser.add_argument(
        "--results",
        type=Path,
        metavar="FOLDER",
        help="write figures.json, figures.md and plot.svg there; what figures.json has of"
        " other themes, builders and numbers of posts stays in it",
    )
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> Iterator[list[Build]]:
    """Build the sites in turn, and give the builds of each turn."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        for theme, posts in product(options.themes, options.posts):
            sites = [Path(folder, f"{theme}-{posts}", name) for name in options.sites]
            for site in sites:
                write_site(site, posts=posts, theme=theme, conf=options.conf)
            tasks = [
                Task(site, theme, options.builder, posts, jobs)
                for site in sites
                for jobs in options.jobs
                if jobs == 1 or site.name not in SERIAL
            ]
            for number in range(options.runs):
                yield _one_run(tasks, number)


def _one_run(tasks: list[Task], number: int) -> list[Build]:
    builds: list[Build] = []
    # What comes first warms the disk's cache for the others: take turns.
    for task in tasks[:: -1 if number % 2 else 1]:
        builds += task.measure(number)
        cpu = ", ".join(f"{build.kind} {build.cpu:.2f}" for build in builds[-len(KINDS) :])
        name = f"{task.folder.name}, {task.posts} posts, {task.theme}, -j {task.jobs}"
        sys.stderr.write(f"run {number + 1}: {name}: {cpu}\n")
    return builds


def keep(builds: list[Build], found: dict[str, str], folder: Path) -> list[Build]:
    """Write the results, and return all that are known now."""
    from .plot import draw

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "figures.json"
    known = json.loads(file.read_text(encoding="utf-8"))["builds"] if file.exists() else []
    builds = with_new((Build(**item) for item in known), builds)
    values = {"versions": found, "builds": [asdict(item) for item in builds]}
    file.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    figures = Figures(builds)
    (folder / "figures.md").write_text(report_of(figures), encoding="utf-8")
    draw(figures, figures.settings[0].theme, folder / "plot.svg")
    return builds


def main(arguments: list[str] | None = None) -> int:
    """Measure and report."""
    options = parse(arguments)
    found = versions()
    builds: list[Build] = []
    shown = builds
    for turn in run(options):
        builds += turn
        if options.results:  # After each turn: hours of measuring survive an interruption.
            shown = keep(builds, found, options.results)
    sys.stdout.write(", ".join(f"{name} {number}" for name, number in found.items()) + "\n\n")
    sys.stdout.write(report_of(Figures(shown)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
