"""Figures -> a plot of what builds cost against how many posts there are."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from pathlib import Path

    from .figures import Figures, Setting

_STYLES: Final = {
    "plain": ("plain Sphinx", "#555555", "o", "-"),
    "blog": ("everything on", "#da1a32", "s", "-"),
    "ablog": ("ABlog", "#1f77b4", "^", "--"),
}
_KINDS: Final = ("cold", "one edit")


def draw(figures: Figures, theme: str, file: Path) -> None:
    """Write a plot as SVG, the same bytes for the same figures.

    :param theme: the HTML theme whose serial builds are shown.
    """
    mpl.rcParams["svg.hashsalt"] = "benchmark"
    picture = Figure(figsize=(8, 3.4), layout="constrained")
    settings = [item for item in figures.settings if (item.theme, item.jobs) == (theme, 1)]
    for number, kind in enumerate(_KINDS, start=1):
        axes = picture.add_subplot(1, len(_KINDS), number)
        for site, (name, colour, marker, line) in _STYLES.items():
            points = [(item.posts, _cpu(figures, item, site, kind)) for item in settings]
            known = [(posts, cpu) for posts, cpu in points if cpu]
            axes.plot(*zip(*known, strict=True), line, marker=marker, color=colour, label=name)
        axes.set(xlabel="posts", ylabel="CPU seconds", title=f"{kind} build")
        axes.set_xlim(left=0)
        axes.set_ylim(bottom=0)
        sizes = [item.posts for item in settings]
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axes.grid(visible=True, alpha=0.3)
        axes.legend(frameon=False)
    picture.savefig(file, metadata={"Date": None, "Creator": None})


def _cpu(figures: Figures, setting: Setting, site: str, kind: str) -> float:
    found = figures.of(setting, site, kind)
    return median(item.cpu for item in found) if found else 0.0
