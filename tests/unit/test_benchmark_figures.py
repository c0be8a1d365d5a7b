"""The benchmark's figures compare builds of one run only."""

from __future__ import annotations

import pytest
from benchmarks.builds import Build
from benchmarks.figures import Figures, Setting, report_of, with_new

SERIAL = Setting("alabaster", "html", 100, 1)


def _build(site: str, run: int, cpu: float, *, posts: int = 100, jobs: int = 1) -> Build:
    return Build(
        site=site,
        theme="alabaster",
        builder="html",
        posts=posts,
        jobs=jobs,
        run=run,
        kind="cold",
        cpu=cpu,
        wall=cpu,
        read=posts,
        written=posts,
        feeds=0,
        peak=1.0,
        pickle=1.0,
        output=1.0,
    )


def test_a_ratio_compares_two_builds_of_one_run_and_leaves_out_a_run_of_one_site() -> None:
    builds = [_build("plain", 0, 10), _build("plain", 1, 40)]
    builds += [_build("blog", 0, 11), _build("blog", 1, 42), _build("blog", 2, 1000)]

    assert Figures(builds).ratios(SERIAL, "blog", "cold") == pytest.approx([1.1, 1.05])


def test_a_parallel_build_is_compared_with_the_serial_one_of_its_run() -> None:
    builds = [_build("plain", run, cpu) for run, cpu in enumerate((10, 20, 40))]
    builds += [_build("plain", run, cpu, jobs=2) for run, cpu in enumerate((12, 26, 44))]
    figures = Figures(builds)

    assert figures.parallel(SERIAL._replace(jobs=2), "plain") == pytest.approx(1.2)
    assert figures.parallel(SERIAL, "plain") is None
    assert figures.parallel(SERIAL._replace(jobs=2), "blog") is None


def test_builds_of_two_days_are_not_compared() -> None:
    known = [_build(site, 0, 10, jobs=jobs) for site in ("plain", "ablog") for jobs in (1, 2)]
    known += [_build("plain", 0, 10, posts=400)]
    new = [_build("plain", 0, 20), _build("blog", 0, 22)]

    assert with_new(known, new) == [known[-1], *new]


def test_growth_is_the_power_by_which_more_posts_take_longer() -> None:
    builds = [_build("plain", 0, 10), _build("plain", 0, 80, posts=400)]

    assert Figures(builds).exponent(SERIAL._replace(posts=400), "plain") == pytest.approx(1.5)


def test_the_report_holds_a_table_for_each_setting_and_the_lines_below_them() -> None:
    builds = [_build("plain", 0, 10), _build("blog", 0, 11), _build("blog", 0, 22, jobs=2)]
    lines = report_of(Figures(builds)).splitlines()

    assert [line for line in lines if line.startswith("**")] == [
        "**100 posts, alabaster, html**",
        "**100 posts, alabaster, html, -j 2**",
    ]
    assert "| cold | everything on | 1 | 11.00 | 1.100 | 1.10 – 1.10 |" in lines[5]
    assert lines[-1].endswith("-j 2, cold, over serial: everything on 2.000")
