"""What plain Sphinx, MyST-NB and nbsphinx do inexactly, without any blog.

An incremental build of Sphinx differs from a clean one for these causes, and for no other that a
walk meets.  Each is a token that is brought into one form on both sides; what is left is compared.
``test_causes.py`` reproduces each on a site without the extension, so that a cause that Sphinx
has mended does not stay here.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that plain Sphinx does inexactly.

    :ivar normalise: returns the files of an output with the token in one form.
    """

    name: str
    normalise: Callable[[Files], Files]


_IMAGE = re.compile(rb"_images/([^\"'<>?#&\s\\)]+)")


def _named_by_content(files: Files) -> Files:
    """Call each image after what it shows, in its name and wherever it is named."""

    def name_of(match: re.Match[bytes]) -> bytes:
        name = unquote(match[1].decode())
        data = files.get(f"_images/{name}")
        shown = hashlib.sha256(data).hexdigest()[:12] if data is not None else f"no {name}"
        return f"_images/{shown}".encode()

    return {
        _IMAGE.sub(name_of, name.encode()).decode(): (
            data if name.startswith("_images/") else _IMAGE.sub(name_of, data)
        )
        for name, data in files.items()
    }


def _without_dead_words(files: Files) -> Files:
    """Leave words and titles out of the search index that no page has, and sort the others."""
    data = files.get("searchindex.js")
    if data is None:
        return files
    index = json.loads(data.removeprefix(b"Search.setIndex(").removesuffix(b")"))
    for part in ("terms", "titleterms", "alltitles"):
        index[part] = {word: pages for word, pages in index[part].items() if pages != []}
    return files | {"searchindex.js": json.dumps(index, indent=0, sort_keys=True).encode()}


_OF_MYST_NB = re.compile(rb"(/mystnb\.[0-9a-f]{64}\.css)\?v=[0-9a-f]{8}")


def _without_checksums(files: Files) -> Files:
    return {name: _OF_MYST_NB.sub(rb"\1", data) for name, data in files.items()}


def _without_notebooks(files: Files) -> Files:
    return {name: data for name, data in files.items() if not name.endswith(".ipynb")}


IMAGE_NUMBERS = Cause("images of one name are numbered as they came", _named_by_content)
DEAD_WORDS = Cause("the search index keeps words that no page has", _without_dead_words)
CHECKSUMS = Cause(
    "MyST-NB writes a style sheet after the pages that tell its checksum", _without_checksums
)
NOTEBOOKS = Cause("nbsphinx copies only notebooks read in this build", _without_notebooks)
CAUSES = (IMAGE_NUMBERS, DEAD_WORDS, CHECKSUMS, NOTEBOOKS)


def normalised(files: Files) -> Files:
    """Return the files of an output with the token of each cause in one form."""
    for cause in CAUSES:
        files = cause.normalise(files)
    return files


class LeftBehind:
    """What Sphinx leaves in one output of ordinary documents that are gone.

    Their pages, the copies of their sources and their images stay, as does the record of the
    configuration before.  That is a cause only for what stood there at the last comparison,
    and as long as it is as it was.
    """

    def __init__(self) -> None:
        self.may_stay: dict[str, set[bytes]] = {}

    def without(self, files: Files, clean: Files) -> Files:
        """Return the files without those that Sphinx left behind.

        To be asked before the other causes are taken out, for pages are left as they are, and
        once more after that, for an image is known by what it shows.
        """
        return {
            name: data
            for name, data in files.items()
            if name in clean or data not in self.may_stay.get(name, ())
        }

    def remember(self, files: Files, pages: set[str]) -> None:
        """Note what may stay from now on.

        :param files: an output as it is.
        :param pages: the files of ordinary documents in it, and the copies of their sources.
        """
        by_content = normalised(files)
        stays = {name: {files[name]} for name in pages & files.keys()}
        shown = {
            f"_images/{found.decode()}"
            for name in stays
            for found in _IMAGE.findall(by_content[name])
        }
        stays |= {name: {by_content[name]} for name in shown & by_content.keys()}
        stays[".buildinfo.bak"] = {files[".buildinfo"]}
        there = by_content | files
        for name, contents in self.may_stay.items():
            if name in there and name not in pages:
                stays.setdefault(name, set()).update(contents & {there[name]})
        self.may_stay = stays
