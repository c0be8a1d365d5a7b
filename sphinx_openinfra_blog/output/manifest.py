"""The manifest of an output folder, kept for the next build of that output.

Builders share doctrees, so "since the last build" can only mean the last build *of this
output*: each has a manifest of its own, in a file below the doctree folder.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinx.util.osutil import ensuredir

from sphinx_openinfra_blog.environment import MemoryFileError, memory_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sphinx.application import Sphinx

_VERSION: Final = 6


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an output folder holds after a build.

    :ivar shown: page name -> digest of what it shows.
    :ivar files: the blog's files in the output, relative to its folder.
    :ivar feeds: those among them that are feeds -> digest of what each holds.
    :ivar others: the files of pages that other extensions made without a source.
    :ivar made: page name -> digest of its file and of what made it, for posts and generated pages.
    :ivar around: page name -> digest of what it shows of the rest of the site.
    """

    shown: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    feeds: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    made: dict[str, str] = field(default_factory=dict)
    around: dict[str, str] = field(default_factory=dict)

    def changed(self, digests: Mapping[str, str]) -> set[str]:
        """Return the pages that show something else than the output does."""
        return {name for name, digest in digests.items() if self.shown.get(name) != digest}


def load(app: Sphinx) -> Manifest:
    """Load the manifest of the output; an empty one if there is none or it is invalid."""
    try:
        data = json.loads(_path(app).read_text(encoding="utf-8"))
        if data["version"] != _VERSION:
            return Manifest()
        shown, feeds, made, around = (
            {str(name): str(digest) for name, digest in data[key].items()}
            for key in ("shown", "feeds", "made", "around")
        )
        files, others = ({str(name) for name in data[key]} for key in ("files", "others"))
        return Manifest(shown, files, feeds, others, made, around)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Manifest()


def save(app: Sphinx, manifest: Manifest) -> None:
    """Save the manifest of the output.

    :raises MemoryFileError: if that fails; the next build would trust an older manifest.
    """
    path = _path(app)
    data = {
        "version": _VERSION,
        "shown": manifest.shown,
        "files": sorted(manifest.files),
        "feeds": manifest.feeds,
        "others": sorted(manifest.others),
        "made": manifest.made,
        "around": manifest.around,
    }
    # Never half a manifest, whatever happens while it is written.
    temporary = path.with_suffix(".tmp")
    try:
        ensuredir(path.parent)
        temporary.write_text(json.dumps(data, sort_keys=True), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise MemoryFileError(path, error) from error


def write_journal(app: Sphinx, old: Manifest, new: Manifest, again: AbstractSet[str]) -> None:
    """Save, before anything is written, what is certain even if the build is killed.

    The next build then finds no digest of what this one was to change, even if all sources are
    as they were, and every file that this one may have added.

    :param new: what the output will hold.
    :param again: pages that are written again, whatever they show.
    """
    same = old.shown.items() & new.shown.items()
    shown = {name: digest for name, digest in same if name not in again}
    journal = Manifest(
        shown,
        old.files | new.files,
        dict(old.feeds.items() & new.feeds.items()),
        old.others,
        old.made,
        old.around,
    )
    if journal != old:
        save(app, journal)


def _path(app: Sphinx) -> Path:
    return memory_folder(app).with_suffix(".json")
