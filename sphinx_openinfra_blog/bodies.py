"""What the pages of posts were rendered to, kept for feeds: many texts in one file.

A file for each would be as many new files as there are posts in feeds, and to make one takes the
system longer than to make what it holds.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Final

from sphinx.util.osutil import ensuredir

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

# A record is a line of JSON, the name and the text, and has an empty line before it: what a
# process that was killed left half written is a line of its own.
_BEGIN: Final = b'["'
_END: Final = b'"]\n'


class NoBodyError(LookupError):
    """Nothing is kept under a name."""


class BrokenBodyError(ValueError):
    """What is kept under a name cannot be read."""


class Bodies:
    """The texts in a folder, by name.

    A process writes to the end of a file. Workers have files of their own, since what several
    processes add to one file may get mixed up; :meth:`gather` takes these over.
    """

    def __init__(self, folder: Path) -> None:
        """Remember where they are, and which process is the main one.

        :param folder: for nothing else.
        """
        self.folder = folder
        self._file = folder / "bodies.jsonl"
        self._process = os.getpid()
        self._size = -1
        self._records = 0
        self._places: dict[str, tuple[int, int]] = {}

    def add(self, name: str, text: str) -> None:
        """Keep a text, in whichever process.

        :param name: ASCII letters and digits.
        :raises OSError: if it cannot be written.
        """
        process = os.getpid()
        own = process == self._process
        record = json.dumps([name, text], ensure_ascii=False).encode()
        file = self._file if own else self.folder / f"bodies-{process}.jsonl"
        _append(file, b"\n" + record + b"\n")

    def names(self) -> set[str]:
        """Return the names of all texts that were gathered."""
        return set(self._index())

    def text_of(self, name: str) -> str:
        """Return a text.

        :raises NoBodyError: if there is none.
        :raises BrokenBodyError: if it cannot be read.
        """
        place = self._index().get(name)
        if place is None:
            raise NoBodyError(name)
        begin, length = place
        with self._file.open("rb") as file:
            file.seek(begin)
            try:
                _name, text = json.loads(file.read(length))
            except ValueError as error:
                raise BrokenBodyError(name) from error
        return str(text)

    def gather(self) -> None:
        """Take over what workers have kept, those of a killed build too.

        :raises OSError: if it cannot be written.
        """
        others = [file for file in self._files() if file != self._file]
        for file in sorted(others, key=lambda file: file.stat().st_mtime_ns):
            if file.suffix == self._file.suffix:
                _append(self._file, b"\n" + file.read_bytes())
            file.unlink()

    def keep(self, names: AbstractSet[str]) -> None:
        """Forget all but some texts.

        :raises OSError: if that cannot be written.
        """
        places = self._index()
        if places.keys() <= names and self._records <= 2 * len(places):
            return
        temporary = self._file.with_suffix(".tmp")
        with self._file.open("rb") as file, temporary.open("wb") as kept:
            for name in sorted(places.keys() & names):
                begin, length = places[name]
                file.seek(begin)
                kept.write(file.read(length))
        temporary.replace(self._file)
        self._size = -1

    def clear(self) -> None:
        """Forget all texts."""
        for file in self._files():
            with contextlib.suppress(OSError):
                file.unlink()

    def _files(self) -> list[Path]:
        try:
            return list(self.folder.iterdir())
        except OSError:
            return []

    def _index(self) -> dict[str, tuple[int, int]]:
        """Return where each text is: where its line begins, and how long that is, in bytes."""
        size = self._file.stat().st_size if self._file.is_file() else 0
        if size != self._size:
            self._size, self._records, begin = size, 0, 0
            self._places.clear()
            if not size:
                return self._places
            with self._file.open("rb") as lines:
                for line in lines:
                    if line.startswith(_BEGIN) and line.endswith(_END):
                        name = line[len(_BEGIN) :].partition(b'"')[0].decode("ascii", "replace")
                        self._places[name] = begin, len(line)
                        self._records += 1
                    begin += len(line)
        return self._places


def _append(file: Path, data: bytes) -> None:
    try:
        stream = file.open("ab", buffering=0)
    except FileNotFoundError:
        ensuredir(file.parent)
        stream = file.open("ab", buffering=0)
    with stream:
        while data:
            data = data[stream.write(data) :]
