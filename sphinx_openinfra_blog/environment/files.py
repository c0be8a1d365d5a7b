"""Locate the files that image and download URLs refer to."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from sphinx_openinfra_blog.model import __

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_openinfra_blog.model import Message, Post

    from .project import BlogProject


@dataclass(frozen=True, slots=True)
class FileTarget:
    """Where the URL of an image or a download leads.

    Without URL and file it stays as written: nothing is there, or Sphinx copies the file anyway.

    :ivar url: its URL, if it is not a file of the source.
    :ivar file: its file, relative to the source directory.
    :ivar missing: the absolute path at which a file was expected.
    :ivar message: the warning, if any.
    """

    url: str = ""
    file: str = ""
    missing: str = ""
    message: Message | None = None


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
    if not found.missing:
        return found
    if _is_copied(project, url):
        return FileTarget()
    message = __(
        "image file not found: '%s'; keeping the URL (%s)", url[:200], _remedy(project, url)
    )
    return replace(found, message=message)


def is_unmapped(project: BlogProject, url: str) -> bool:
    """Tell whether the option ``media`` could name a URL, and does not."""
    return url.startswith("/") and by_media(project, url) is None


def _remedy(project: BlogProject, url: str) -> Message:
    """Return what to do about an image that is not there."""
    if (found := by_media(project, url)) is not None:
        path = project.from_source(found.missing)[1:]
        return __("add '%s', to which openinfra_blog_media leads", path[:200])
    if not project.blog.settings.media:
        return __("add the file, or set openinfra_blog_media")
    if url.startswith("/"):
        return __("add the file, or a prefix of the URL to openinfra_blog_media")
    return __("add the file")


def file_of_path(project: BlogProject, target: str) -> FileTarget | None:
    """Return where a path of the old site leads by the option ``media``, if anywhere.

    :param target: beginning with ``/``.
    """
    path, mark, fragment = target.partition("#")
    found = by_media(project, path)
    if found is None or found.missing:
        return None
    return replace(found, url=found.url + mark + fragment) if found.url and fragment else found


def file_of_link(project: BlogProject, path: str, url: str) -> FileTarget:
    """Return where a link without a host leads, if to a file.

    :param path: the file of the post, relative to the source directory.
    """
    return _find(project, url.partition("#")[0], path)


def file_of_picture(project: BlogProject, post: Post) -> FileTarget | None:
    """Return where the picture is that the front matter of a post names, if any."""
    written = post.head.image
    if not written:
        return None
    url = f"https:{written}" if written.startswith("//") else written
    if url.startswith(("https://", "http://")):
        return FileTarget(url=url)
    found = _find(project, url, post.path)
    may_be_shown = bool(found.url) or _may_be_shown(project, found.file or found.missing)
    if may_be_shown and not found.missing:
        return found
    if _is_copied(project, url):
        return FileTarget(url=url)
    if may_be_shown:
        message = __("image file not found: '%s' (%s)", written[:200], _remedy(project, url))
        return replace(found, message=message)
    # It is not missing: the post would be the same with the file.
    message = __(
        "image '%s' is outside the source directory and openinfra_blog_media", written[:200]
    )
    return FileTarget(message=message)


def file_at(project: BlogProject, url: str) -> str:
    """Return the file or URL of a picture outside of documents, or an empty string.

    :param url: for the option ``media``, or a file below the source directory.
    :returns: a file relative to the source directory.
    """
    if ".." in PurePosixPath(unquote(url)).parts:
        return ""
    found = _find(project, url)
    return found.url or found.file


def _find(project: BlogProject, url: str, path: str = "") -> FileTarget:
    """Find a URL by the option ``media`` or below the source directory.

    :param path: the file that holds a relative URL; by default one in the source directory.
    """
    if (found := by_media(project, url)) is not None:
        return found
    folder = Path(project.srcdir)
    if not url.startswith("/"):
        folder /= PurePosixPath(path).parent
    return _file_in(project, folder, url)


def by_media(project: BlogProject, url: str) -> FileTarget | None:
    """Return where *url* leads by the option ``media``, or ``None`` if that does not name it."""
    # The longest prefix comes first.
    for prefix, target in project.blog.settings.media:
        if url.startswith(prefix):
            rest = url[len(prefix) :]
            if urlsplit(target).scheme in {"http", "https"}:
                return FileTarget(url=target.rstrip("/") + "/" + rest)
            return _file_in(project, Path(target), rest)
    return None


def _file_in(project: BlogProject, folder: Path, url: str) -> FileTarget:
    if file := _first_file(folder, url):
        return FileTarget(file=project.from_source(str(file))[1:])
    return FileTarget(missing=os.path.normpath(folder / unquote(url).lstrip("/")))


def _may_be_shown(project: BlogProject, file: str) -> bool:
    """Tell whether a file is where posts may take pictures from; a stranger wrote its name."""
    path = os.path.normpath(Path(project.srcdir, file))
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
