"""What is kept for feeds is there until nobody needs it, whoever was killed meanwhile."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_openinfra_blog.bodies import Bodies, BrokenBodyError, NoBodyError

if TYPE_CHECKING:
    from pathlib import Path

FILE = "bodies.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "not there yet"


def texts(bodies: Bodies) -> dict[str, str]:
    return {name: bodies.text_of(name) for name in bodies.names()}


@given(texts_added=st.lists(st.tuples(st.sampled_from("abc"), st.text())))
def test_the_latest_text_of_each_name_is_there(
    tmp_path_factory: pytest.TempPathFactory, texts_added: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    bodies = Bodies(folder)
    for name, text in texts_added:
        bodies.add(name, text)

    assert texts(bodies) == dict(texts_added)
    assert texts(Bodies(folder)) == dict(texts_added)


def test_of_a_name_without_a_text_it_is_said_so(folder: Path) -> None:
    bodies = Bodies(folder)

    assert bodies.names() == set()
    with pytest.raises(NoBodyError):
        bodies.text_of("a")


def add_in_a_worker(bodies: Bodies, name: str, text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pytest-xdist has threads
        process = os.fork()
    if not process:
        try:
            bodies.add(name, text)
        finally:
            os._exit(0)
    os.waitpid(process, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Sphinx has no workers there")
def test_what_workers_keep_is_gathered_and_goes_before_what_was_there(folder: Path) -> None:
    bodies = Bodies(folder)
    bodies.add("a", "old")
    bodies.add("b", "b")
    add_in_a_worker(bodies, "a", "new")
    add_in_a_worker(bodies, "c", "c")
    assert texts(bodies) == {"a": "old", "b": "b"}

    bodies.gather()

    assert texts(bodies) == {"a": "new", "b": "b", "c": "c"}
    assert [path.name for path in folder.iterdir()] == [FILE]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Sphinx has no workers there")
def test_what_workers_of_a_killed_build_kept_goes_before_nothing_newer(folder: Path) -> None:
    add_in_a_worker(Bodies(folder), "a", "of the killed build")
    bodies = Bodies(folder)
    bodies.gather()
    bodies.add("a", "new")
    bodies.gather()

    assert texts(bodies) == {"a": "new"}


@pytest.mark.parametrize("length", [1, 5, 12, 15])
def test_a_half_written_text_is_none_and_harms_no_other(folder: Path, length: int) -> None:
    bodies = Bodies(folder)
    bodies.add("a", "old")
    whole = (folder / FILE).stat().st_size
    bodies.add("b", "killed")
    os.truncate(folder / FILE, whole + length)

    after = Bodies(folder)
    assert texts(after) == {"a": "old"}
    after.add("c", "new")
    assert texts(after) == {"a": "old", "c": "new"}


def test_a_text_that_cannot_be_read_is_told_from_none(folder: Path) -> None:
    bodies = Bodies(folder)
    bodies.add("a", "text")
    file = folder / FILE
    file.write_bytes(file.read_bytes().replace(b"x", b"\xff"))

    with pytest.raises(BrokenBodyError):
        bodies.text_of("a")
    bodies.clear()
    assert bodies.names() == set()


def test_what_is_not_kept_is_forgotten(folder: Path) -> None:
    bodies = Bodies(folder)
    for name in "abc":
        bodies.add(name, name * 3)

    bodies.keep({"a", "c", "d"})

    assert texts(bodies) == texts(Bodies(folder)) == {"a": "aaa", "c": "ccc"}
    assert b"bbb" not in (folder / FILE).read_bytes()


def test_the_file_does_not_grow_with_every_build(folder: Path) -> None:
    bodies = Bodies(folder)
    sizes = []
    for build in range(20):
        bodies.add("a", f"{build:02}")
        bodies.keep({"a"})
        sizes.append((folder / FILE).stat().st_size)

    assert texts(bodies) == {"a": "19"}
    assert max(sizes) == 2 * sizes[0]


def test_keeping_what_is_there_writes_nothing(folder: Path) -> None:
    bodies = Bodies(folder)
    bodies.add("a", "a")
    os.utime(folder / FILE, (0, 0))

    bodies.keep({"a", "b"})

    assert (folder / FILE).stat().st_mtime == 0
