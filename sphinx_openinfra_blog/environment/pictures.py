"""The files of pictures: what pages say of them, and smaller copies for lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import imagesize
from sphinx.util.osutil import ensuredir

from sphinx_openinfra_blog.model import digest_of

from .output_files import MemoryFileError
from .scan import content_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: For rows and faces, and for cards; each also for screens with two pixels for every one.
_WIDTHS: Final = (200, 400, 640)
#: Pixels. More take too long to decode, and a small file may hold billions.
_LARGEST: Final = 50_000_000


class PictureState(NamedTuple):
    """What pages say of a picture.

    :ivar size: width and height as browsers show it; ``None`` if they are unknown.
    :ivar copies: the names and widths of smaller copies, the smallest first.
    """

    size: tuple[int, int] | None = None
    copies: tuple[tuple[str, int], ...] = ()


class Pictures:
    """The pictures on the pages of an output, in one build.

    :ivar copies: name -> file of each copy that pages were said to have.
    """

    def __init__(
        self, srcdir: Path, kinds: Iterable[str] = (), folder: Path | None = None
    ) -> None:
        """Begin.

        :param kinds: the MIME types of images that the builder supports.
        :param folder: where to keep copies for the next build; ``None`` to make none.
        """
        self.copies: dict[str, Path] = {}
        self._srcdir, self._kinds, self._folder = srcdir, ("*", *kinds), folder
        self._states: dict[tuple[str, bool], PictureState] = {}
        self._used: set[Path] = set()

    def file(self, candidates: Mapping[str, str]) -> str:
        """Return which file the builder shows, or an empty string.

        :param candidates: MIME type -> file, relative to the source directory, as Sphinx has them.
        """
        return next((candidates[kind] for kind in self._kinds if kind in candidates), "")

    def state(self, candidates: Mapping[str, str], *, in_list: bool) -> PictureState:
        """Return what pages say of a picture; nothing of one on another site.

        :param in_list: whether to make copies.
        :raises MemoryFileError: if they cannot be kept.
        """
        key = file, _in_list = self.file(candidates), in_list
        if key not in self._states:
            path = self._srcdir / file
            found = imagesize.get(path) if file else (-1, -1)
            # HTML knows whole pixels only; drawings may be larger by half a one.
            width, height = map(int, found)
            is_whole = found == (width, height) and min(found) > 0
            size = (width, height) if is_whole else None
            copies = self._copies(path, size) if size and in_list else ()
            self._states[key] = PictureState(size, copies)
        return self._states[key]

    def _copies(self, path: Path, size: tuple[int, int]) -> tuple[tuple[str, int], ...]:
        is_fit = size[0] > _WIDTHS[0] and size[0] * size[1] <= _LARGEST
        if self._folder is None or not is_fit:
            return ()
        # Pillow is an extra, and slow to load.
        from .thumbnails import MADE_BY, encoded_copies  # noqa: PLC0415

        widths = sorted({min(size[0], width) for width in _WIDTHS})
        key = digest_of((content_of(path), MADE_BY))[:16]
        files = {self._folder / f"{key}-{width}.webp": width for width in widths}
        if not all(file.is_file() for file in files):
            # Empty files say that there are none.
            made = encoded_copies(path, widths) or [b""] * len(widths)
            for file, data in zip(files, made, strict=True):
                _write(file, data)
        self._used |= files.keys()
        found = {file: width for file, width in files.items() if file.stat().st_size}
        self.copies |= {file.name: file for file in found}
        return tuple((file.name, width) for file, width in found.items())

    def forget_others(self) -> None:
        """Remove the copies of earlier builds that this one did not ask for."""
        if self._folder is not None and self._folder.is_dir():
            for file in set(self._folder.iterdir()) - self._used:
                file.unlink()


def _write(file: Path, data: bytes) -> None:
    # Never half a file, whatever happens while it is written.
    temporary = file.with_suffix(".tmp")
    try:
        ensuredir(file.parent)
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError as error:
        raise MemoryFileError(file, error) from error
