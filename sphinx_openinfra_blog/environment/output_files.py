"""Files in an output folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError
from sphinx.util.osutil import ensuredir

from sphinx_openinfra_blog.model import Message, __

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


class MemoryFileError(SphinxError):
    """Raised when what the next build relies on cannot be written."""

    category = "Blog"

    def __init__(self, path: Path, error: OSError) -> None:
        """Make an error about the file *path*."""
        super().__init__(
            f"cannot write '{path}': {error.strerror} (make room for it, or remove "
            "'openinfra_blog' from the doctree directory, and build again)"
        )


def page_file(builder: StandaloneHTMLBuilder, pagename: str) -> str:
    """Return the file of a page, relative to the output folder, with forward slashes."""
    path = str(builder.get_outfilename(pagename)).removeprefix(str(builder.outdir))
    return path.replace(os.sep, "/").lstrip("/")


def has_output(app: Sphinx, file: str) -> bool:
    """Tell whether the output has a file.

    :param file: relative to the output folder.
    """
    return Path(app.outdir, file).is_file()


def write_output(app: Sphinx, file: str, data: bytes) -> None:
    """Write a file of the output, unless it has this content already.

    :param file: relative to the output folder.
    :raises OSError: if it cannot be written.
    """
    path = Path(app.outdir, file)
    if not path.is_file() or path.read_bytes() != data:
        ensuredir(path.parent)
        path.write_bytes(data)


def remove_outputs(app: Sphinx, files: Iterable[str]) -> None:
    """Remove files from the output, and directories that become empty.

    :param files: relative to the output folder; those from ``html_extra_path`` stay.
    """
    outdir = Path(app.outdir)
    extra = [Path(app.confdir, entry) for entry in app.config.html_extra_path]
    for name in files:
        path = outdir / name
        if any((folder / name).is_file() for folder in extra):
            continue
        with contextlib.suppress(OSError):
            path.unlink()
        # Removing a folder fails where something is left in it.
        with contextlib.suppress(OSError):
            for folder in path.parents:
                if folder == outdir:
                    break
                folder.rmdir()


def memory_folder(app: Sphinx) -> Path:
    """Return the directory below the doctrees for what is stored about an output."""
    where = hashlib.sha256(str(app.outdir).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Path(app.doctreedir, "openinfra_blog", f"{app.builder.name}-{where}")


def obstacle(file: str, taken: Mapping[str, Message], copied: Iterable[str]) -> Message | None:
    """Return why *file* cannot be written, or ``None``.

    :param taken: the files of the output, in lower case -> what has each.
    :param copied: the folders whose content Sphinx copies into the output.
    """
    above = folders_above(file)
    for part in (file, *above):
        if (owner := taken.get(part.casefold())) is not None:
            return owner
    for folder in copied:
        there = Path(folder)
        if (
            (there / file).exists()
            or any((there / part).is_file() for part in above)
            or (there.is_file() and there.name == file.partition("/")[0])
        ):
            return __("already used by html_extra_path")
    return None


def folders_above(file: str) -> list[str]:
    """Return the folders that a file is in; there are thousands of files to ask this of."""
    return [file[:at] for at, char in enumerate(file) if char == "/"]
