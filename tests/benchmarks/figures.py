"""Builds -> medians, ratios and tables."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from .builds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .builds import Build

#: The site that the others are compared with.
FLOOR: Final = "plain"
_NAMES: Final = {
    "plain": "plain Sphinx",
    "pages": "pages and head alone",
    "blog": "everything on",
    "ablog": "ABlog",
}


class Setting(NamedTuple):
    """What builds must have in common to be compared."""

    theme: str
    builder: str
    posts: int
    jobs: int

    def title(self) -> str:
        """Return it in words."""
        jobs = f", -j {self.jobs}" if self.jobs > 1 else ""
        return f"{self.posts:,} posts, {self.theme}, {self.builder}{jobs}"


class Figures:
    """The builds of one or several runs of the benchmark."""

    def __init__(self, builds: Sequence[Build]) -> None:
        self.builds = builds
        self.settings = sorted(
            {Setting(item.theme, item.builder, item.posts, item.jobs) for item in builds}
        )

    def of(self, setting: Setting, site: str, kind: str) -> list[Build]:
        """Return the builds of one kind, one of each run."""
        return [
            item
            for item in self.builds
            if (item.theme, item.builder, item.posts, item.jobs, item.site, item.kind)
            == (*setting, site, kind)
        ]

    def ratios(self, setting: Setting, site: str, kind: str, other: str = FLOOR) -> list[float]:
        """Return how much more CPU each run took than the other site's of the same run."""
        floor = {item.run: item.cpu for item in self.of(setting, other, kind)}
        found = self.of(setting, site, kind)
        return [item.cpu / floor[item.run] for item in found if item.run in floor]

    def exponent(self, setting: Setting, site: str) -> float | None:
        """Return by which power of the number of posts the cold build grows, up to *setting*."""
        sizes = sorted(
            other.posts
            for other in self.settings
            if other._replace(posts=0) == setting._replace(posts=0)
            and self.of(other, site, "cold")
            and other.posts < setting.posts
        )
        if not sizes or not self.of(setting, site, "cold"):
            return None
        small = setting._replace(posts=sizes[0])
        first, last = (
            median(item.cpu for item in self.of(which, site, "cold")) for which in (small, setting)
        )
        return math.log(last / first) / math.log(setting.posts / sizes[0])

    def parallel(self, setting: Setting, site: str) -> float | None:
        """Return how much more CPU a cold parallel build took than the serial one of its run."""
        if setting.jobs == 1:
            return None
        return _median_ratio(
            self.of(setting, site, "cold"), self.of(setting._replace(jobs=1), site, "cold")
        )

    def checkout(self, setting: Setting, site: str) -> float | None:
        """Return how much more CPU a build of a fresh checkout took than one without a change."""
        return _median_ratio(self.of(setting, site, "checkout"), self.of(setting, site, "no-op"))


def _median_ratio(builds: Iterable[Build], others: Iterable[Build]) -> float | None:
    """Return how much more CPU builds took than others of the same runs."""
    known = {item.run: item.cpu for item in others}
    ratios = [item.cpu / known[item.run] for item in builds if item.run in known]
    return median(ratios) if ratios else None


def with_new(known: Iterable[Build], new: Sequence[Build]) -> list[Build]:
    """Return all builds, without known ones that would be compared with new ones.

    Builds of different days are not comparable, however many of them there are.
    """
    anew = {(item.theme, item.builder, item.posts) for item in new}
    others = [item for item in known if (item.theme, item.builder, item.posts) not in anew]
    return [*others, *new]


def report_of(figures: Figures) -> str:
    """Return everything as Markdown."""
    return f"{tables(figures)}\n{growth(figures)}{checkout(figures)}{parallel(figures)}"


def tables(figures: Figures) -> str:
    """Return a table for each setting, as Markdown."""
    parts = []
    for setting in figures.settings:
        rows = [row for kind in KINDS for row in _rows(figures, setting, kind)]
        parts.append(f"**{setting.title()}**\n\n" + _table(_HEAD, rows))
    return "\n\n".join(parts) + "\n"


_HEAD: Final = (
    "build",
    "site",
    "runs",
    "CPU s",
    "times plain",
    "from – to",
    "read",
    "pages",
    "feeds",
    "peak MiB",
    "pickle MiB",
    "output MiB",
)


def _rows(figures: Figures, setting: Setting, kind: str) -> Iterable[list[str]]:
    for site, name in _NAMES.items():
        if not (found := figures.of(setting, site, kind)):
            continue
        ratios = figures.ratios(setting, site, kind)
        spread = f"{min(ratios):.2f} – {max(ratios):.2f}" if ratios and site != FLOOR else ""
        yield [
            kind,
            name,
            str(len(found)),
            f"{median(item.cpu for item in found):.2f}",
            f"{median(ratios):.3f}" if ratios else "",
            spread,
            f"{median(item.read for item in found):.0f}",
            f"{median(item.written for item in found):.0f}",
            f"{median(item.feeds for item in found):.0f}",
            f"{median(item.peak for item in found):.0f}",
            f"{median(item.pickle for item in found):.2f}",
            f"{median(item.output for item in found):.1f}",
        ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---" if number < 2 else "---:" for number in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def growth(figures: Figures) -> str:
    """Return by which power of the number of posts builds grow, as lines of text."""
    return _lines(figures, "up to {}", figures.exponent)


def checkout(figures: Figures) -> str:
    """Return how much more CPU fresh checkouts take than builds without a change, as lines."""
    return _lines(figures, "{}, checkout, over no-op", figures.checkout)


def parallel(figures: Figures) -> str:
    """Return how much more CPU cold parallel builds take than serial ones, as lines of text."""
    return _lines(figures, "{}, cold, over serial", figures.parallel)


def _lines(figures: Figures, title: str, figure: Callable[[Setting, str], float | None]) -> str:
    lines = []
    for setting in figures.settings:
        known = {site: figure(setting, site) for site in _NAMES}
        lines += _line(title.format(setting.title()), known)
    return "".join(lines)


def _line(name: str, known: dict[str, float | None]) -> list[str]:
    words = [f"{_NAMES[site]} {value:.3f}" for site, value in known.items() if value]
    return [f"* {name}: {', '.join(words)}\n"] if words else []
