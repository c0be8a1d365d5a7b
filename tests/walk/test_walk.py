"""Whatever is edited, and in whatever order, an incremental build ends in a clean one's output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from walk import address_edits, post_edits, site_edits
from walk.model import Model
from walk.registry import EDITS, draw
from walk.walk import configuration

TESTS = Path(__file__).parents[1]


def walk(folder: Path, *words: str) -> None:
    """Walk in a process that has no threads, because builds are forked from it."""
    path = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    ended = subprocess.run(
        [sys.executable, "-m", "walk", *words],
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.walk
def test_twenty_edits(tmp_path: Path) -> None:
    walk(tmp_path, "--seeds", "101", "--steps", "20")


@pytest.mark.walk
@pytest.mark.matrix
def test_two_hundred_edits(tmp_path: Path) -> None:
    walk(tmp_path, "--seeds", "102", "--steps", "200")


@pytest.mark.walk
@pytest.mark.matrix
@pytest.mark.parametrize(
    "way",
    ["--jobs=2", "--theme=furo", "--builder=dirhtml", "--parser=myst_nb", "--parser=nbsphinx"],
)
def test_twenty_edits_in_another_way(tmp_path: Path, way: str) -> None:
    walk(tmp_path, "--seeds", "103", "--steps", "20", way)


def drawn(seed: int, count: int) -> tuple[list[str], Model]:
    model = Model(Random(seed), configuration("basic"))  # noqa: S311
    return [draw(model) for _edit in range(count)], model


def test_a_seed_always_gives_the_same_walk() -> None:
    (one, first), (two, second) = drawn(1, 300), drawn(1, 300)
    assert one == two
    assert first.files() == second.files()
    assert drawn(2, 300)[0] != one


def test_every_edit_finds_something_to_do() -> None:
    done = {said.partition(":")[0] for seed in range(3) for said in drawn(seed, 600)[0]}
    assert done - {""} == {edit.name for edit in EDITS}


def test_every_edit_is_registered() -> None:
    modules = (post_edits, address_edits, site_edits)
    names = {edit.change.__module__ for edit in EDITS}
    assert names == {module.__name__ for module in modules}
