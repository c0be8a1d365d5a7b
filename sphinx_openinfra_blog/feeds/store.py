"""Stores what feeds hold of posts' pages from one build to the next: a file for each post."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx.util.osutil import ensuredir

from sphinx_openinfra_blog.model import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class FeedStore:
    """The contents of posts, by docname, in a folder that holds nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, docname: str, content: str) -> None:
        """Store a content, in whichever process: as a whole or not at all.

        :raises OSError: if it cannot be written.
        """
        path = self._path(docname)
        temporary = path.with_suffix(f".{os.getpid()}")
        ensuredir(self.folder)
        temporary.write_bytes(content.encode())
        temporary.replace(path)

    def load(self, docname: str) -> str:
        """Return a content, or an empty string if it is missing or broken."""
        try:
            return self._path(docname).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return ""

    def remove_others(self, docnames: Iterable[str]) -> None:
        """Remove all but some contents, and what killed builds left.

        :raises OSError: if that fails.
        """
        wanted = {self._path(docname) for docname in docnames}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path not in wanted:
                path.unlink()

    def _path(self, docname: str) -> Path:
        return self.folder / f"{digest_of(docname)}.html"
