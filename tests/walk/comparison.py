"""An incremental output beside that of a clean build."""

from __future__ import annotations

import difflib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from walk.causes import LeftBehind, normalised

if TYPE_CHECKING:
    from pathlib import Path

    from walk.causes import Files

#: How much of a difference is shown.
_LINES, _WIDTH = 16, 300


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as in a clean build."""

    name: str
    text: str


def read(folder: Path) -> Files:
    """Return every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def file_of(docname: str, builder: str) -> str:
    """Return the file of a document in the output."""
    if builder == "html" or docname.rpartition("/")[2] == "index":
        return f"{docname}.html"
    return f"{docname}/index.html"


class Comparison:
    """One output folder, from one comparison to the next."""

    def __init__(self, builder: str) -> None:
        self.builder = builder
        self.left = LeftBehind()

    def compare(self, out: Files, clean: Files, ordinary: set[str]) -> list[Difference]:
        """Return what differs for another reason than a cause of Sphinx's own.

        :param ordinary: the docnames of the documents that are no posts.
        """
        one, two = normalised(self.left.without(out, clean)), normalised(clean)
        one = self.left.without(one, two)
        names = sorted(one.keys() | two.keys())
        differences = [
            Difference(name, _shown(name, one.get(name), two.get(name)))
            for name in names
            if one.get(name) != two.get(name)
        ]
        pages = {file_of(name, self.builder) for name in ordinary} & clean.keys()
        copies = {f"_sources/{name}.{suffix}.txt" for name in ordinary for suffix in ("md", "rst")}
        self.left.remember(out, pages | copies)
        return differences


def _shown(name: str, out: bytes | None, clean: bytes | None) -> str:
    if out is None:
        return "is missing"
    if clean is None:
        return "should not be there"
    one, two = (_text(name, data).splitlines() for data in (clean, out))
    lines = difflib.unified_diff(one, two, "clean", "incremental", n=0, lineterm="")
    return "\n".join([line[:_WIDTH] for line in lines][:_LINES])


def _text(name: str, data: bytes) -> str:
    if name == "objects.inv":
        head, packed = data.rpartition(b"zlib.\n")[::2]
        data = head + zlib.decompress(packed)
    return data.decode("utf-8", "replace")
