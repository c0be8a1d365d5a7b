"""The source folder that a walk goes over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: How a post's file gets its time: now, as it was, set back to long ago.
TIMES = {"now": 7, "kept": 2, "set back": 1}
_LONG_AGO = 1_000_000_000


class Sources:
    """Files on disk that follow the model."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: dict[str, bytes] = {}
        self.touched = 0

    def follow(self, files: Mapping[str, bytes], times: str) -> bool:
        """Write what changed, delete what is gone, and say whether anything did.

        :param times: one of ``TIMES``; other files than posts always get the present one,
            because Sphinx itself takes an older file for an unchanged one.
        """
        gone = sorted(self.written.keys() - files.keys())
        for name in gone:
            (self.folder / name).unlink()
            del self.written[name]
        changed = [name for name, data in files.items() if self.written.get(name) != data]
        for name in changed:
            self._write(name, files[name], times)
        return bool(gone or changed)

    def _write(self, name: str, data: bytes, times: str) -> None:
        path, before = self.folder / name, self.written.get(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = path.stat().st_mtime_ns if before is not None else None
        path.write_bytes(data)
        self.written[name] = data
        if b"templateKey: blog-post" not in data:
            return
        if times == "kept" and kept and len(before or b"") != len(data):
            os.utime(path, ns=(kept, kept))
        elif times == "set back":
            self.touched += 1
            os.utime(path, (_LONG_AGO + self.touched, _LONG_AGO + self.touched))

    def check_out(self) -> None:
        """Give every file a new time, as a fresh checkout does."""
        for path in self.folder.rglob("*"):
            os.utime(path)
