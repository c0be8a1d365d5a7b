"""Addresses of images and downloads -> the files that are meant, or what is to be said."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Post
    from .project import BlogProject


@dataclass(frozen=True, slots=True)
class MediaTarget:
    """Where an address below the site root leads by the option ``media``.

    :ivar path: a file, or an address.
    """

    path: str
    is_address: bool
    exists: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an image or a download is.

    An image that is nowhere, and one that Sphinx copies anyway, stays as written.

    :ivar uri: its address, if it is not a file of the source.
    :ivar file: its file, relative to the source directory.
    :ivar missing: the file that should be there, and is not.
    :ivar message: what its author should know, or an empty string.
    """

    uri: str = ""
    file: str = ""
    missing: str = ""
    message: str = ""


def place_of_image(project: BlogProject, path: str, address: str) -> Place:
    """Return where an image is that the text of a post shows.

    :param path: the file of the post, relative to the source directory.
    :param address: of the image, as written.
    """
    if not address:
        return Place(message="an image has no address; its alternative text is shown")
    if address.startswith("//"):
        return Place(uri=f"https:{address}")
    if address.startswith("data:") or "://" in address or address.endswith(".*"):
        return Place(uri=address)
    target = media_target(address, project.settings.media)
    if target is not None and target.is_address:
        return Place(uri=target.path)
    if target is not None:
        found = Path(target.path) if target.exists else None
        wanted = target.path
    else:
        folder = Path(project.srcdir)
        if not address.startswith("/"):
            folder = Path(folder, path).parent
        found = first_file(folder, address)
        wanted = os.path.normpath(folder / unquote(address).lstrip("/"))
    if found is not None:
        return Place(file=project.from_source(str(found))[1:])
    if is_copied(project, address):
        return Place()
    return Place(
        missing=wanted,
        message=f"the image '{address[:200]}' is not there; it stays at that address "
        "(add the file, or set openinfra_blog_media)",
    )


def place_of_path(project: BlogProject, target: str) -> Place | None:
    """Return where a path of the old site leads by the option ``media``, if it leads anywhere.

    :param target: beginning with ``/``.
    """
    path, _, fragment = target.partition("#")
    found = media_target(path, project.settings.media)
    if found is None or not found.exists:
        return None
    if found.is_address:
        return Place(uri=found.path + (f"#{fragment}" if fragment else ""))
    return Place(file=project.from_source(found.path)[1:])


def alternative_message(address: str) -> str:
    """Return what is to be said of an image without an alternative text."""
    return f"the image '{address[:80]}' has no alternative text: say in a few words what it shows"


def place_of_picture(project: BlogProject, post: Post) -> Place | None:
    """Return where the picture is that the front matter of a post names, if it names any."""
    written = post.head.image
    address = f"https:{written}" if written.startswith("//") else written
    target = media_target(address, project.settings.media)
    if target is not None and target.is_address:
        address = target.path
    if not address:
        return None
    if address.startswith(("https://", "http://")):
        return Place(uri=address)
    folder = Path(project.srcdir)
    if target is None and not address.startswith("/"):
        folder = Path(folder, post.path).parent
    wanted = os.path.normpath(
        target.path if target is not None else folder / unquote(address).lstrip("/")
    )
    found = wanted if target is not None and target.exists else first_file(folder, address)
    if found is not None and _may_be_shown(project, str(found)):
        return Place(file=project.from_source(str(found))[1:])
    if is_copied(project, address):
        return Place(uri=address)
    return Place(
        missing=wanted,
        message=f"the image '{written[:200]}' is not there "
        "(add the file, or set openinfra_blog_media)",
    )


def _may_be_shown(project: BlogProject, path: str) -> bool:
    """Tell whether a file is where posts may take pictures from; a stranger wrote its name."""
    folders = [str(project.srcdir), *(target for _prefix, target in project.settings.media)]
    return any(Path(path).is_relative_to(folder) for folder in folders)


def media_target(address: str, media: Iterable[tuple[str, str]]) -> MediaTarget | None:
    """Return where *address* leads, or ``None`` if the option says nothing of it.

    :param address: beginning with ``/``.
    :param media: prefix -> folder or address, the longest prefix first.
    """
    for prefix, target in media:
        if not address.startswith(prefix):
            continue
        rest = address[len(prefix) :]
        if urlsplit(target).scheme in {"http", "https"}:
            return MediaTarget(target.rstrip("/") + "/" + rest, is_address=True, exists=True)
        found = first_file(Path(target), rest)
        return MediaTarget(
            str(found or Path(target, unquote(rest))), is_address=False, exists=found is not None
        )
    return None


def _spellings(address: str) -> Iterator[str]:
    """Return what a file may be called that is written as *address*, likeliest first."""
    for text in (address, unquote(address), unquote(address.split("?", maxsplit=1)[0])):
        yield text
        yield unicodedata.normalize("NFC", text)
        yield unicodedata.normalize("NFD", text)


def first_file(folder: Path, address: str) -> Path | None:
    """Return the file that *address* names, seen from *folder*."""
    for name in dict.fromkeys(_spellings(address)):
        path = Path(os.path.normpath(folder / name.lstrip("/")))
        # A file system may refuse to look for some names at all.
        if "\0" not in name and os.path.isfile(path):  # noqa: PTH113
            return path
    return None


def file_at(project: BlogProject, address: str) -> str:
    """Return the file or address that a picture outside of documents has.

    :param address: for the option ``media``, or a file below the source directory.
    :returns: an empty string if there is none.
    """
    if ".." in PurePosixPath(unquote(address)).parts:
        return ""
    target = media_target(address, project.settings.media)
    if target is not None:
        return target.path if target.exists else ""
    return str(first_file(Path(project.srcdir), address) or "")


def is_copied(project: BlogProject, address: str) -> bool:
    """Tell whether Sphinx copies a file to that address anyway."""
    return address.startswith("/") and any(
        first_file(Path(path), address) for path in project.settings.copied
    )
