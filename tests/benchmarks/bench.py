"""What the blog costs over the same pages in plain Sphinx.

Run it from the project's folder, in an environment that has the package::

    python tests/benchmarks/bench.py
    python tests/benchmarks/bench.py --posts 4000 --runs 3 --builder dirhtml --jobs 4
    python tests/benchmarks/bench.py --json figures.json --limit 1.15

It writes two sites with the same posts, the same theme and the same ordinary pages.
The posts are shaped like a content system's, their text is made up and always the same.

*plain*
    is the floor: Sphinx and MyST-Parser alone, the posts as pages outside of every toctree.
*blog*
    is the same folder with ``sphinx_openinfra_blog`` and a page holding the archive;
    it also makes every post's byline, and the pages of the categories and authors.

Each run builds both in turn: *cold* without anything of an earlier build, *no-op* right after it,
and *one edit* after a sentence was added to one post.
Each build is a process of its own, and the time is the CPU time of that process and its children,
so another program on the machine disturbs it less than it would disturb a clock;
the runs alternate, so what still disturbs them disturbs both.
The ratios compare medians of all runs.  The project promises at most 1.15 for the cold build.

*read* counts the documents read, *written* the HTML files that changed in the output folder,
*peak* is the memory of the largest single process, and *pickle* the size of the environment that
Sphinx keeps between builds and passes between the processes of a parallel one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import struct
import sys
import tempfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The latest ``date`` of any post; the builds believe that it is a year later.
NEWEST = datetime(2025, 12, 1, 9, 30, tzinfo=UTC)
EPOCH = str(int((NEWEST + timedelta(days=365)).timestamp()))

CATEGORIES = (
    ("News & Announcements", "category-Qw1"),
    ("Community", "category-Er2"),
    ("Deep Dives", "category-Ty3"),
    ("Release Notes", "category-Ui4"),
    ("Case Studies", "category-Op5"),
)

AUTHORS = tuple(
    f"{first} {last}"
    for first in ("Ada", "Björn", "Chloé", "Dewi", "Emeka", "Farah")
    for last in ("Quill", "O’Hara", "van Dijk", "Ngata", "Ito")
)

WORDS = """
    about across after archive author backup before bridge build change cloud cluster code
    community compute config contributor core cycle data deploy design disk document driver
    edge event feature fix gate guide hardware host image interface kernel latency library
    machine maintainer memory metric migration module network node open operator package
    patch performance platform plugin policy project proposal queue recipe region release
    replica repository resource review roadmap router schedule security server service
    session snapshot software stack storage summit system team tenant test tool topic
    upgrade user vendor version volume workload zone
""".split()

LINKING = "the and for with from into over under between without because while".split()

SYLLABLES = "ba den dro fi gal hep jor ka lin mo nur pel qua ri sto tev ul vin wex zo".split()

SNIPPET = """
```python
def {name}(nodes: list[str]) -> dict[str, int]:
    # count what every node holds
    return {{node: len(node) for node in nodes}}
```
"""

CONF = """
project = "Benchmark"
extensions = ["{extension}"]
html_theme = "{theme}"
suppress_warnings = ["toc.not_included", "myst", "openinfra_blog"]
"""

BLOG_CONF = """
openinfra_blog_categories = "blog-config.json"
openinfra_blog_media = {"/img/": "img"}
"""


@dataclass(frozen=True, slots=True)
class Build:
    """What one run of Sphinx took and did."""

    #: ``plain`` or ``blog``.
    site: str
    #: ``cold``, ``no-op`` or ``one edit``.
    kind: str
    #: CPU seconds of the process and its children, user and system.
    cpu: float
    #: Documents read.
    read: int
    #: HTML files written.
    written: int
    #: Resident memory of the largest process at its peak, in MiB.
    peak: float
    #: Size of the pickled environment, in MiB.
    pickle: float


class Text:
    """Words, sentences and posts, the same in every run."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing here is secret)

    def words(self, low: int, high: int) -> str:
        """Return between *low* and *high* words."""
        return " ".join(self.word() for _ in range(self.random.randint(low, high)))

    def word(self) -> str:
        """Return a word; some are rare, since the search index stems each of those anew."""
        dice = self.random.random()
        if dice < 0.12:
            rank = int(8000 * self.random.random() ** 3)
            return "".join(SYLLABLES[rank // 20**place % 20] for place in range(3))
        return self.random.choice(LINKING if dice < 0.45 else WORDS)

    def sentence(self) -> str:
        """Return one sentence, some with markup."""
        words = self.words(6, 20)
        dice = self.random.random()
        if dice < 0.08:
            words += f" **{self.words(1, 3)}**"
        elif dice < 0.12:
            words += f" `{self.random.choice(WORDS)}_{self.random.choice(WORDS)}`"
        elif dice < 0.34:
            address = "/".join(self.words(2, 3).split())
            words += f" [{self.words(2, 5)}](https://example.org/{address}/)"
        return words[0].upper() + words[1:] + "."

    def paragraph(self) -> str:
        """Return two to six sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 6)))

    def section(self, number: int, posts: int) -> str:
        """Return a heading and what stands below it in a post like number *number*."""
        level = self.random.choice(("##", "##", "###"))
        parts = [f"{level} {self.words(2, 6).capitalize()}", self.paragraph()]
        dice = self.random.random()
        if dice < 0.3:
            parts.append("\n".join(f"* {self.sentence()}" for _ in range(4)))
        elif dice < 0.4:
            parts.append("\n".join(f"{at}. {self.sentence()}" for at in range(1, 4)))
        elif dice < 0.5:
            parts.append(SNIPPET.format(name=self.random.choice(WORDS)).strip())
        elif dice < 0.6:
            parts.append(f"> {self.sentence()}")
        elif dice < 0.7:
            name = f"picture-{self.random.randrange(8)}.png"
            parts.append(f"![{self.words(2, 5)}](/img/{name})")
        elif dice < 0.8:
            other = address(self.random.randrange(posts))
            parts.append(f"More of it in [{self.words(2, 5)}]({other}).")
        parts.append(self.paragraph())
        return "\n\n".join(parts)

    def post(self, number: int, posts: int) -> str:
        """Return post number *number* of *posts* as a content system writes it."""
        title = f"{self.words(3, 9).capitalize()}: part {number}"
        when = NEWEST - timedelta(hours=19 * number, milliseconds=number * 37 % 1000)
        chosen = self.random.sample(CATEGORIES, self.random.choice((1, 1, 1, 2)))
        category = "\n".join(f"  - value: {value}\n    label: {label}" for label, value in chosen)
        sections = "\n\n".join(
            self.section(number, posts) for _ in range(self.random.randint(2, 6))
        )
        return (
            "---\n"
            "templateKey: blog-post\n"
            f'title: "{title}"\n'
            f"author: {self.random.choice(AUTHORS)}\n"
            f"date: {when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03}Z\n"
            f"category:\n{category}\n"
            f"hidePost: {str(number % 40 == 7).lower()}\n"
            "seo:\n"
            f'  title: "{title}"\n'
            f"  description: {self.words(12, 30).capitalize()}\n"
            f"  url: {address(number)}\n"
            '  twitterUsername: "@example"\n'
            "---\n"
            f"{self.paragraph()}\n\n{sections}\n"
        )


def address(number: int) -> str:
    """Return the old address of post number *number*."""
    host = ("blog.example.org", "example.com")[number % 2]
    return f"https://{host}/blog/{WORDS[number % len(WORDS)]}-{number}"


def picture(shade: int) -> bytes:
    """Return a small PNG image."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = b"".join(b"\0" + bytes([shade]) * 48 for _ in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def write_site(folder: Path, *, blog: bool, posts: int, theme: str) -> None:
    """Write a site with *posts* posts, with the extension or as plain pages."""
    (folder / "blog").mkdir(parents=True)
    (folder / "img").mkdir()
    for shade in range(8):
        (folder / "img" / f"picture-{shade}.png").write_bytes(picture(shade * 30))
    extension = "sphinx_openinfra_blog" if blog else "myst_parser"
    conf = CONF.format(extension=extension, theme=theme) + (BLOG_CONF if blog else "")
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    toctree = "```{toctree}\nblog/index\n```\n"
    (folder / "index.md").write_text(f"# Benchmark\n\n{toctree}", encoding="utf-8")
    archive = "# Blog\n\n" + ("```{blog}\n```\n" if blog else "The posts are not listed.\n")
    (folder / "blog" / "index.md").write_text(archive, encoding="utf-8")
    categories = [{"text": label, "id": value} for label, value in CATEGORIES]
    settings = json.dumps({"categories": categories})
    (folder / "blog-config.json").write_text(settings, encoding="utf-8")
    text = Text(seed=1)
    for number in range(posts):
        name = f"{number:05}-as-the-form-named-it.md"
        (folder / "blog" / name).write_text(text.post(number, posts), encoding="utf-8")


def stamps(folder: Path, pattern: str) -> dict[str, int]:
    """Return when each file of *folder* that matches *pattern* was last changed."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob(pattern)}


def changed(before: dict[str, int], after: dict[str, int]) -> int:
    """Count the files that are new or were written again."""
    return sum(before.get(name) != when for name, when in after.items())


def build(site: Path, kind: str, *, builder: str, jobs: str) -> Build:
    """Build *site* in a process of its own and return what it took."""
    out, trees = site / "_build" / builder, site / "_build" / "doctrees"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-j", jobs]
    command += ["-d", str(trees), str(site), str(out)]
    pages, read = stamps(out, "*.html"), stamps(trees, "*.doctree")
    child = os.posix_spawn(sys.executable, command, {**os.environ, "SOURCE_DATE_EPOCH": EPOCH})
    _, status, usage = os.wait4(child, 0)
    if status:
        msg = f"Sphinx failed with exit code {os.waitstatus_to_exitcode(status)}"
        raise SystemExit(msg)
    mebibyte = 1024 * (1024 if sys.platform == "darwin" else 1)
    return Build(
        site=site.name,
        kind=kind,
        cpu=usage.ru_utime + usage.ru_stime,
        read=changed(read, stamps(trees, "*.doctree")),
        written=changed(pages, stamps(out, "*.html")),
        peak=usage.ru_maxrss / mebibyte,
        pickle=(trees / "environment.pickle").stat().st_size / 1024**2,
    )


@contextmanager
def edited(post: Path) -> Iterator[None]:
    """Add a sentence to *post*, and take it away again afterwards."""
    text = post.read_text(encoding="utf-8")
    post.write_text(f"{text}\nOne more sentence.\n", encoding="utf-8")
    yield
    post.write_text(text, encoding="utf-8")


def measure(site: Path, *, builder: str, jobs: str) -> list[Build]:
    """Build *site* from nothing, without a change, and with one."""
    shutil.rmtree(site / "_build", ignore_errors=True)
    builds = [build(site, kind, builder=builder, jobs=jobs) for kind in ("cold", "no-op")]
    posts = sorted((site / "blog").glob("0*.md"))
    with edited(posts[len(posts) // 2]):
        builds.append(build(site, "one edit", builder=builder, jobs=jobs))
    return builds


def summarise(builds: list[Build]) -> dict[str, dict[str, float]]:
    """Return the figures of each kind of build of each site, and their ratios."""
    summary: dict[str, dict[str, float]] = {}
    for kind in ("cold", "no-op", "one edit"):
        for site in ("plain", "blog"):
            those = [b for b in builds if (b.site, b.kind) == (site, kind)]
            times = [b.cpu for b in those]
            summary[f"{site} {kind}"] = {
                "cpu": median(times),
                "cpu_min": min(times),
                "cpu_max": max(times),
                "read": median(b.read for b in those),
                "written": median(b.written for b in those),
                "peak": max(b.peak for b in those),
                "pickle": max(b.pickle for b in those),
            }
        plain, blog = summary[f"plain {kind}"], summary[f"blog {kind}"]
        summary[f"ratio {kind}"] = {
            figure: blog[figure] / plain[figure] for figure in ("cpu", "peak", "pickle")
        }
    return summary


def table(summary: dict[str, dict[str, float]]) -> str:
    """Return the summary as text."""
    head = f"{'':16}{'CPU s':>9}{'min':>9}{'max':>9}{'read':>7}{'written':>9}"
    lines = [f"{head}{'peak MiB':>10}{'pickle MiB':>12}"]
    for name, row in summary.items():
        if name.startswith("ratio"):
            values = "".join(f"  {figure} {value:.3f}" for figure, value in row.items())
            lines += [f"{name:16}{values}", ""]
            continue
        times = f"{row['cpu']:9.2f}{row['cpu_min']:9.2f}{row['cpu_max']:9.2f}"
        counts = f"{row['read']:7.0f}{row['written']:9.0f}"
        lines.append(f"{name:16}{times}{counts}{row['peak']:10.1f}{row['pickle']:12.2f}")
    return "\n".join(lines)


def versions() -> dict[str, str]:
    """Return the versions of all that matters to the figures."""
    found = {"Python": platform.python_version()}
    for name in ("Sphinx", "docutils", "myst-parser", "PyStemmer", "sphinx-openinfra-blog"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=1000, help="how many posts (1000)")
    parser.add_argument("--runs", type=int, default=5, help="how often each is built (5)")
    parser.add_argument("--theme", default="alabaster", help="the HTML theme (alabaster)")
    parser.add_argument("--builder", default="html", choices=("html", "dirhtml"))
    parser.add_argument("--jobs", default="1", help="Sphinx's -j: a number or auto (1)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE")
    parser.add_argument(
        "--limit", type=float, metavar="RATIO", help="fail if the cold build's ratio is above it"
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Measure, report, and return the exit code."""
    options = parse(arguments)
    found = versions()
    say = sys.stdout.write
    say(", ".join(f"{name} {number}" for name, number in found.items()) + "\n")
    say(f"{options.posts} posts, {options.builder}, {options.theme}, -j {options.jobs}\n")
    builds: list[Build] = []
    with tempfile.TemporaryDirectory(prefix="blog-benchmark-") as folder:
        sites = [Path(folder) / "plain", Path(folder) / "blog"]
        for site in sites:
            blog = site.name == "blog"
            write_site(site, blog=blog, posts=options.posts, theme=options.theme)
        for run in range(options.runs):
            # The first of a pair warms the disk's cache for the second: take turns.
            for site in sites[:: -1 if run % 2 else 1]:
                builds += measure(site, builder=options.builder, jobs=options.jobs)
            cold = {b.site: b.cpu for b in builds[-6:] if b.kind == "cold"}
            say(f"run {run + 1}: cold {cold['plain']:.2f} s plain, {cold['blog']:.2f} s blog\n")
            sys.stdout.flush()
    summary = summarise(builds)
    ratio = summary["ratio cold"]["cpu"]
    say(f"\n{table(summary)}")
    say(f"The blog's cold build takes {ratio:.3f} times the CPU of plain Sphinx.\n")
    if options.json:
        settings = {key: str(value) for key, value in vars(options).items()}
        report = {"versions": found, "options": settings, "summary": summary}
        every = {"builds": [asdict(b) for b in builds]}
        options.json.write_text(json.dumps(report | every, indent=2) + "\n", encoding="utf-8")
    if options.limit is not None and ratio > options.limit:
        say(f"That is more than {options.limit}.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
