"""Whatever is wrong around a build, it ends in the right output or says what to do."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
import warnings
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from edited import CONF, EDITS, FILES
from helpers import tree

from sphinx_openinfra_blog.environment import output_files
from sphinx_openinfra_blog.feeds import files as feed_files
from sphinx_openinfra_blog.output import build as outputs
from sphinx_openinfra_blog.output import manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers import Site


@pytest.fixture
def clean(site: Callable[..., Site]) -> Callable[[dict[str, str]], dict[str, bytes]]:
    """Return a function that builds files for the first time."""
    return lambda files: tree(site(files, **CONF).build().out)


def spoil(path: Path, data: bytes | None) -> None:
    """Put other bytes in the place of a file, or a folder."""
    path.unlink()
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "[1]",
        "null",
        '{"version": 99, "shown": {}}',
        '{"version": 4, "shown": [], "feeds": {}, "texts": {}, "files": 3, "others": null}',
        "\udcff",
    ],
)
def test_a_memory_that_is_not_ours_is_none(tmp_path: Path, text: str) -> None:
    app: Any = SimpleNamespace(
        outdir=tmp_path / "out", doctreedir=tmp_path, builder=SimpleNamespace(name="html")
    )
    manifest.save(app, manifest.Manifest({"a": "b"}, {"c"}))
    assert manifest.load(app) == manifest.Manifest({"a": "b"}, {"c"})
    path = output_files.memory_folder(app).with_suffix(".json")
    spoil(path, text.encode("utf-8", "surrogateescape"))
    assert manifest.load(app) == manifest.Manifest()
    spoil(path, None)
    assert manifest.load(app) == manifest.Manifest()
    with pytest.raises(output_files.MemoryFileError, match=r"Is a directory .*and build again"):
        manifest.save(app, manifest.Manifest())


def test_an_environment_that_is_not_ours_is_made_anew(
    site: Callable[..., Site], clean: Callable[..., dict[str, bytes]]
) -> None:
    made = site(FILES, **CONF)
    built = made.build()
    path = made.root / "doctrees/environment.pickle"
    memory = output_files.memory_folder(built.app).with_suffix(".json")
    whole = path.read_bytes()
    for data in (whole[:2000], b"garbage", pickle.dumps({"a": 1})):
        made.write({"blog/c.md": FILES["blog/c.md"].replace("title: C", f"title: {len(data)}")})
        spoil(path, data)
        spoil(memory, data)
        made.build()
    made.write(FILES)
    assert tree(made.build().out) == clean(FILES)


def no_space(*_args: object, **_keys: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_made_good(
    site: Callable[..., Site],
    clean: Callable[..., dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = site(FILES, **CONF)
    made.build()
    made.write(EDITS)
    with monkeypatch.context() as context:
        for module in (feed_files, outputs):
            context.setattr(module, "write_output", no_space)
        built = made.build()
    assert {item.type for item in built.warnings} == {"openinfra_blog.output"}
    named = "atom.xml rss.xml feed.json other/index.html n/index.html map.json".split()
    assert all(any(name in item.text for item in built.warnings) for name in named)
    assert tree(made.build().out) == clean(FILES | EDITS)


@pytest.mark.parametrize("fault", ["memory", "body"])
def test_what_the_next_build_needs_stops_this_one(site: Callable[..., Site], fault: str) -> None:
    made = site(FILES, **(CONF | {"openinfra_blog_feed_content": "full"}))
    built = made.build()
    new = {"blog/n.md": EDITS["blog/n.md"]}
    made.write(new)
    there = output_files.memory_folder(built.app)
    spoiled = there.with_suffix(".json") if fault == "memory" else there
    if fault == "body":
        shutil.rmtree(there)
        there.write_text("")
    else:
        spoil(spoiled, None)
    with pytest.raises(
        output_files.MemoryFileError, match=r"cannot write .*: (Is a dir|Not a dir|File exists)"
    ):
        made.build()
    if fault == "body":
        there.unlink()
    else:
        spoiled.rmdir()
    with_bodies = site(FILES | new, **(CONF | {"openinfra_blog_feed_content": "full"}))
    assert tree(made.build().out) == tree(with_bodies.build().out)


@pytest.mark.parametrize("data", [b"", b"<p>\xff"])
def test_content_for_feeds_that_cannot_be_read_is_made_anew(
    site: Callable[..., Site], data: bytes
) -> None:
    conf = CONF | {"openinfra_blog_feed_content": "full"}
    made = site(FILES, **conf)
    built = made.build()
    for path in output_files.memory_folder(built.app).iterdir():
        spoil(path, data)
    made.write({"blog/c.md": FILES["blog/c.md"] + "More.\n"})
    assert made.build().text == ""
    made.write({"blog/c.md": FILES["blog/c.md"]})
    assert tree(made.build().out) == tree(site(FILES, **conf).build().out)


def test_a_clock_that_was_set_back_hides_no_edit(
    site: Callable[..., Site],
    clean: Callable[..., dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = site(FILES, **CONF)
    made.build()
    made.write(EDITS)
    for name in EDITS:
        os.utime(made.src / name, (0, 0))
    assert tree(made.build().out) == clean(FILES | EDITS)
    # What was published is not published yet.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735783200")  # 2025-01-02T02:00:00Z
    built = made.build()
    assert set(built.app.project.blog.posts) == {"blog/first", "blog/b"}  # type: ignore[attr-defined]
    assert tree(built.out) == clean(FILES | EDITS)


def test_two_builds_at_once_are_two_builds(
    site: Callable[..., Site], clean: Callable[..., dict[str, bytes]]
) -> None:
    made = site(FILES | EDITS, **CONF)
    made.build(out="none", doctrees="none")  # writes conf.py
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        processes = []
        for name in ("one", "two"):
            if not (process := os.fork()):
                try:
                    made.build(out=name, doctrees=f"{name}-doctrees")
                    os._exit(0)
                finally:
                    os._exit(1)
            processes.append(process)
    assert [os.waitpid(process, 0)[1] for process in processes] == [0, 0]
    expected = clean(FILES | EDITS)
    assert tree(made.root / "one") == tree(made.root / "two") == expected


def test_nothing_is_written_into_the_source(site: Callable[..., Site]) -> None:
    made = site(FILES | EDITS, **CONF)
    made.build("text")  # writes conf.py

    def state() -> set[tuple[str, int, int]]:
        found = {path: path.stat() for path in (made.src, *made.src.rglob("*"))}
        return {(str(path), item.st_mtime_ns, item.st_ino) for path, item in found.items()}

    before = state()
    made.build()
    made.build("dirhtml", jobs=2)
    assert state() == before
