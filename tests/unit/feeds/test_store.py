"""What feeds hold of posts is there until nothing needs it, whatever was killed meanwhile."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from sphinx_openinfra_blog.feeds.files import FeedStore


@pytest.fixture
def store(tmp_path: Path) -> FeedStore:
    return FeedStore(tmp_path / "not/there")


def test_what_is_saved_is_there_in_another_build(store: FeedStore) -> None:
    texts = {"blog/a": "<p>a\u2028\n\u00e4</p>", "blog/" + "long/" * 200: "b", "blog/a.html": "c"}
    for docname, text in texts.items():
        store.save(docname, "older")
        store.save(docname, text)
    assert {docname: FeedStore(store.folder).load(docname) for docname in texts} == texts


def test_workers_save_for_all(store: FeedStore) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pytest-xdist has threads
        process = os.fork()
    if not process:
        try:
            store.save("a", "b")
        finally:
            os._exit(0)
    os.waitpid(process, 0)
    assert store.load("a") == "b"


@pytest.mark.parametrize("data", [b"<p>\xff", b"", None])
def test_what_is_missing_or_broken_is_empty(store: FeedStore, data: bytes | None) -> None:
    assert store.load("a") == ""
    store.save("a", "b")
    (path,) = store.folder.iterdir()
    path.unlink() if data is None else path.write_bytes(data)
    assert store.load("a") == ""
    store.save("a", "c")
    assert store.load("a") == "c"


def test_a_killed_build_leaves_the_older_text(
    store: FeedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save("a", "old")
    write = Path.write_bytes

    def half(path: Path, data: bytes) -> int:
        write(path, data[: len(data) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        with pytest.raises(KeyboardInterrupt):
            store.save("a", "new")
    assert store.load("a") == "old"
    store.remove_others({"a"})
    assert len(list(store.folder.iterdir())) == 1


def test_what_nothing_needs_is_removed(store: FeedStore) -> None:
    store.remove_others({"a"})
    for docname in "abc":
        store.save(docname, docname)
    store.remove_others({"a", "c", "d"})
    assert [store.load(docname) for docname in "abcd"] == ["a", "", "c", ""]
