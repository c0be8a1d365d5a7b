"""Locate the files that image and download URLs refer to."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from sphinx_openinfra_blog.model import __

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_openinfra_blog.environment import BlogProject
    from sphinx_openinfra_blog.model import Message, Post


@dataclass(frozen=True, slots=True)
class FileTarget:
    """Where the URL of an image or a download leads.

    Without URL and file it stays as written: nothing is there, or Sphinx copies the file anyway.

    :ivar url: its URL, if it is not a file of the source.
    :ivar file: its file, relative to the source directory.
    :ivar missing: the file that was expected.
    :ivar message: the warning, if any.
    """

    url: str = ""
    file: str = ""
    missing: str = ""
    message: Message | None = None


class _Found(NamedTuple):
    """What is at a URL.

    :ivar path: a URL, a file, or a file that is not there.
    """

    path: str
    is_url: bool
    exists: bool


def file_of_image(project: BlogProject, path: str, url: str) -> FileTarget:
    """Return where an image in the text of a post is.

    :param path: the file of the post, relative to the source directory.
    :param url: of the image, as written.
    """
    if not url:
        return FileTarget(message=__("missing image URL; showing the alternative text"))
    if url.startswith("//"):
        return FileTarget(url=f"https:{url}")
    if url.startswith("data:") or "://" in url or url.endswith(".*"):
        return FileTarget(url=url)
    found = _find(project, url, path)
    if found.is_url:
        return FileTarget(url=found.path)
    if found.exists:
        return FileTarget(file=project.from_source(found.path)[1:])
    if _is_copied(project, url):
        return FileTarget()
    return FileTarget(
        missing=found.path,
        message=__(
            "image file not found: '%s'; keeping the URL "
            "(add the file, or set openinfra_blog_media)",
            url[:200],
        ),
    )


def file_of_path(project: BlogProject, target: str) -> FileTarget | None:
    """Return where a path of the old site leads by the option ``media``, if anywhere.

    :param target: beginning with ``/``.
    """
    path, _, fragment = target.partition("#")
    found = media_target(path, project.blog.settings.media)
    if found is None or not found.exists:
        return None
    if found.is_url:
        return FileTarget(url=found.path + (f"#{fragment}" if fragment else ""))
    return FileTarget(file=project.from_source(found.path)[1:])


def file_of_picture(project: BlogProject, post: Post) -> FileTarget | None:
    """Return where the picture is that the front matter of a post names, if any."""
    written = post.head.image
    if not written:
        return None
    url = f"https:{written}" if written.startswith("//") else written
    if url.startswith(("https://", "http://")):
        return FileTarget(url=url)
    found = _find(project, url, post.path)
    if found.is_url:
        return FileTarget(url=found.path)
    may_be_shown = _may_be_shown(project, found.path)
    if found.exists and may_be_shown:
        return FileTarget(file=project.from_source(found.path)[1:])
    if _is_copied(project, url):
        return FileTarget(url=url)
    if may_be_shown:
        message = __(
            "image file not found: '%s' (add the file, or set openinfra_blog_media)",
            written[:200],
        )
        return FileTarget(missing=found.path, message=message)
    # It is not missing: the post would be the same with the file.
    message = __(
        "image '%s' is outside the source directory and openinfra_blog_media", written[:200]
    )
    return FileTarget(message=message)


def file_at(project: BlogProject, url: str) -> str:
    """Return the file or URL of a picture outside of documents, or an empty string.

    :param url: for the option ``media``, or a file below the source directory.
    """
    if ".." in PurePosixPath(unquote(url)).parts:
        return ""
    found = _find(project, url)
    return found.path if found.exists else ""


def _find(project: BlogProject, url: str, path: str = "") -> _Found:
    """Find a URL by the option ``media`` or below the source directory.

    :param path: the file that holds a relative URL; by default one in the source directory.
    """
    if (found := media_target(url, project.blog.settings.media)) is not None:
        return found
    folder = Path(project.srcdir)
    return _file_in(
        folder if url.startswith("/") else Path(folder, PurePosixPath(path).parent), url
    )


def media_target(url: str, media: Iterable[tuple[str, str]]) -> _Found | None:
    """Return where *url* leads by the option ``media``, or ``None`` if that does not name it.

    :param media: prefix -> folder or URL, the longest prefix first.
    """
    for prefix, target in media:
        if not url.startswith(prefix):
            continue
        rest = url[len(prefix) :]
        if urlsplit(target).scheme in {"http", "https"}:
            return _Found(target.rstrip("/") + "/" + rest, is_url=True, exists=True)
        return _file_in(Path(target), rest)
    return None


def _file_in(folder: Path, url: str) -> _Found:
    file = _first_file(folder, url)
    expected = os.path.normpath(folder / unquote(url).lstrip("/"))
    return _Found(str(file or expected), is_url=False, exists=file is not None)


def _may_be_shown(project: BlogProject, path: str) -> bool:
    """Tell whether a file is where posts may take pictures from; a stranger wrote its name."""
    folders = [str(project.srcdir), *(target for _prefix, target in project.blog.settings.media)]
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _is_copied(project: BlogProject, url: str) -> bool:
    """Tell whether Sphinx copies a file to that URL anyway."""
    return url.startswith("/") and any(
        _first_file(Path(path), url) for path in project.blog.settings.copied
    )


def _first_file(folder: Path, url: str) -> Path | None:
    """Return the file that *url* names, seen from *folder*."""
    for name in dict.fromkeys(_spellings(url)):
        path = Path(os.path.normpath(folder / name.lstrip("/")))
        # Path.is_file() raises an error for a name that is too long.
        if "\0" not in name and os.path.isfile(path):  # noqa: PTH113
            return path
    return None


def _spellings(url: str) -> Iterator[str]:
    """Return the file names that *url* may mean, likeliest first."""
    for text in (url, unquote(url), unquote(url.split("?", maxsplit=1)[0])):
        yield text
        yield unicodedata.normalize("NFC", text)
        yield unicodedata.normalize("NFD", text)
