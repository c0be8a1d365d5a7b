"""Images of a post: their files found, or left where they are published."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .diagnostics import Subtype
from .domain import domain_of
from .report import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from .project import BlogProject

# What an image's address is while Sphinx collects images: it leaves these alone.
_UNSEEN = "data:,"
_WRITTEN = "blog_written"
#: Marks an image whose file is not there.
MISSING = "blog_missing"


@dataclass(frozen=True, slots=True)
class MediaTarget:
    """Where an address below the site root leads by the option ``media``.

    :ivar path: a file, or an address.
    """

    path: str
    is_address: bool
    exists: bool


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


class FindImages(SphinxTransform):
    """Finds the images of posts, before Sphinx's collectors (880) look for them."""

    default_priority = 862

    def apply(self, **kwargs: Any) -> None:
        """Apply the transform to a post; leave other documents alone."""
        del kwargs
        domain = domain_of(self.env)
        self.project: BlogProject = domain.project
        if self.env.docname not in self.project.posts:
            return
        self.missing: list[str] = []
        for image in list(self.document.findall(nodes.image)):
            self._find(image)
        if self.missing:
            domain.note_missing(self.env.docname, sorted(set(self.missing)))

    def _find(self, image: nodes.image) -> None:
        address = image["uri"].strip()
        if not address:
            self._show_text(image)
        elif address.startswith("//"):
            image["uri"] = f"https:{address}"
        elif not (address.startswith("data:") or "://" in address or address.endswith(".*")):
            self._find_file(image, address)

    def _show_text(self, image: nodes.image) -> None:
        warn(Subtype.IMAGE, "an image has no address; its alternative text is shown", image)
        text = image.get("alt", "")
        parent = image.parent
        replacement = [nodes.Text(text)] if text else []
        if replacement and not isinstance(parent, nodes.TextElement):
            parent.replace(image, nodes.paragraph("", "", *replacement))
        else:
            parent[parent.index(image) : parent.index(image) + 1] = replacement

    def _find_file(self, image: nodes.image, address: str) -> None:
        target = media_target(address, self.project.settings.media)
        if target is not None and target.is_address:
            image["uri"] = target.path
            return
        if target is not None:
            found = Path(target.path) if target.exists else None
            wanted = target.path
        else:
            folder = Path(self.env.srcdir)
            if not address.startswith("/"):
                folder = Path(self.env.doc2path(self.env.docname)).parent
            found = first_file(folder, address)
            wanted = os.path.normpath(folder / unquote(address).lstrip("/"))
        if found is not None:
            image["uri"] = self.project.from_source(str(found))
            return
        if not is_copied(self.project, address):
            self.missing.append(wanted)
            image[MISSING] = True
            warn(
                Subtype.IMAGE,
                f"the image '{address[:200]}' is not there; it stays at that address "
                "(add the file, or set openinfra_blog_media)",
                image,
            )
        image[_WRITTEN], image["uri"] = address, _UNSEEN


def is_copied(project: BlogProject, address: str) -> bool:
    """Tell whether Sphinx copies a file to that address anyway."""
    return address.startswith("/") and any(
        first_file(Path(path), address) for path in project.settings.copied
    )


def show_unfound_images(app: Sphinx, doctree: nodes.document) -> None:
    """Give images that were not found their addresses back (``doctree-read``, after Sphinx).

    Sphinx would look for such a file, warn of it in its own way, and read the post again on
    every build. ``?`` is its mark for images that are not on this site.
    """
    del app
    for image in doctree.findall(nodes.image):
        if _WRITTEN in image:
            image["uri"] = image.attributes.pop(_WRITTEN)
            image["candidates"] = {"?": image["uri"]}
