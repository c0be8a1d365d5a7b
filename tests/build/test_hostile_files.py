"""Files that are called like posts and are none, or were written to do harm."""

from __future__ import annotations

import os
import resource
import signal
import socket
from typing import TYPE_CHECKING

import pytest
from helpers import post, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from helpers import Site

OTHERS = {"blog/y.md": post("Y", author="Ann"), "blog/z.rst": post("Z")}
TEXTS = {
    "object": "---\ntitle: !!python/object/apply:os.system ['touch x']\ndate: 2026-01-01\n---\n",
    "bomb": "---\ndate: 2026-01-01\na0: &a0 ['', '']\n"
    + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 99))
    + "---\n",
    "deep": "---\ndate: 2026-01-01\nx: " + "[" * 10_000 + "\n---\n",
    "large": "---\ndate: 2026-01-01\nx: " + "x" * 50_000_000 + "\n---\n",
    "unclosed": "---\ndate: 2026-01-01\ntitle: x\n\nText\n",
    "nul": "---\ndate: 2026-01-01\ntitle: a\x00b\n---\n",
    "latin": "---\ndate: 2026-01-01\ntitle: \udce9\n---\n",
    "year 0": post(date="0000-01-01"),
    "year 99999": post(date="99999-01-01"),
    "not a number": post(date=".nan"),
}
#: Where each is wrong.
LINES = {
    "object": 2, "bomb": 14, "deep": 3, "large": 1, "unclosed": 1, "nul": 3, "latin": 3,
    "year 0": 4, "year 99999": 4, "not a number": 4, "fifo": 1, "socket": 1, "endless": 1,
    "dangling": 1, "loop": 1, "unreadable": 1,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """Stop a build that waits for ever or takes all memory."""

    def stop(*_args: object) -> None:
        raise TimeoutError

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4 * 1024**3, before[1]))
    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(120)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)
        resource.setrlimit(resource.RLIMIT_AS, before)


def lay_traps(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put everything into the blog's folder that is called like a post and is no file."""
    os.mkfifo(folder / "fifo.md")
    (folder / "endless.md").symlink_to("/dev/zero")
    (folder / "dangling.md").symlink_to("nowhere.md")
    (folder / "loop.md").symlink_to("loop.md")
    # A file on which nobody's reading succeeds, not even that of the machine's owner.
    (folder / "unreadable.md").symlink_to("/proc/self/mem")
    (folder / "folder.md").mkdir()
    (folder / "line\n::error::break.md").write_text(post("Never found"), encoding="utf-8")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")  # whose path is too long to be named in full


def test_each_is_named_at_its_line_and_harms_no_other_page(
    site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = site(OTHERS).build()
    made = site(OTHERS)
    lay_traps(made.src / "blog", monkeypatch)
    for name, text in TEXTS.items():
        (made.src / f"blog/{name}.md").write_bytes(text.encode("utf-8", "surrogateescape"))
    files = {path for path in made.root.parent.rglob("*") if made.root not in path.parents}
    for jobs in (1, 2):
        built = made.build(jobs=jobs, out=f"out{jobs}", doctrees=f"doctrees{jobs}")
        typed = [item for item in built.warnings if item.type]
        assert {item.file: item.line for item in typed} == {
            f"blog/{name}.md": line for name, line in LINES.items()
        }
        assert {item.type for item in typed} == {
            "openinfra_blog.front_matter",
            "openinfra_blog.date",
        }
        # Sphinx looks once by itself.
        others = {item.text for item in built.warnings if not item.type}
        assert others <= {
            f"Ignored unreadable document 'blog/{name}.md'." for name in ("dangling", "loop")
        }
        assert tree(built.out) == tree(clean.out)
    assert files == {path for path in made.root.parent.rglob("*") if made.root not in path.parents}


def test_a_post_comes_when_its_file_can_be_read(site: Callable[..., Site]) -> None:
    made = site(OTHERS)
    (made.src / "blog/x.md").symlink_to("../later.txt")
    assert made.build().types()[-1:] == ["openinfra_blog.front_matter"]
    made.write({"later.txt": post("X")})
    built = made.build()
    assert built.body("blog/x").h1.get_text() == "X¶"
    assert built.text == ""


def test_names_that_no_page_can_have_are_mended_or_refused(site: Callable[..., Site]) -> None:
    """On Linux a name may hold any byte but two."""
    made = site(OTHERS)
    folder = os.fsencode(made.src / "blog")
    names = [b"x\xff", b"y" * 240 + b"\xfe", "u\u2028v".encode(), b"<b>", b"{{7}}", b"a\x1b[31m"]
    for number, name in enumerate(names):
        with open(folder + b"/" + name + b".md", "wb") as file:  # noqa: PTH123
            file.write(post(f"P{number}").encode())
    built = made.build()
    assert [(item.line, item.type, item.text[:28]) for item in built.warnings] == [
        (1, "openinfra_blog.front_matter", "file name is not valid UTF-8")
    ] * 2
    titles = [link.get_text() for link in built.body("blog/index").select(".blog-title a")]
    assert sorted(titles) == ["P2", "P3", "P4", "P5", "Y", "Z"]
    assert all(name.isprintable() for name in built.pages())
    assert not [name for name in built.pages() if set(name) & set("<>*[]\\")]


def test_of_two_spellings_of_one_name_one_is_read(site: Callable[..., Site]) -> None:
    """A composed and a decomposed letter are two names on Linux, and one in Sphinx."""
    files = {"blog/caf\u00e9.md": post("Composed"), "blog/cafe\u0301.md": post("Decomposed")}
    built = site(OTHERS | files).build()
    titles = [link.get_text() for link in built.body("blog/index").select(".blog-title a")]
    assert sorted(titles) == ["Composed", "Y", "Z"]
    assert built.body("blog/caf\u00e9").h1.get_text() == "Composed¶"
    assert [item.text[:23] for item in built.warnings] == ["multiple files found fo"]
