"""Names on the command line -> the folder of a site, its conf.py, and what to report about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .untrusted import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONF: Final = "conf.py"
#: Where people have their documentation, seen from the top of a repository.
_FOLDERS: Final = (".", "docs", "doc", "docs/source", "doc/source", "source")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is.

    :ivar srcdir: the folder of its documents.
    :ivar conf_py: its conf.py, if it has one.
    :ivar only: the files and folders to report about; none for all.
    """

    srcdir: Path
    conf_py: Path | None
    only: tuple[Path, ...] = ()

    def is_meant(self, path: str) -> bool:
        """Tell whether to report about a file, relative to the folder of the documents."""
        if not self.only:
            return True
        file = self.srcdir / path
        return any(file == item or item in file.parents for item in self.only)


def find_site(named: Iterable[Path], config: Path | None, *, with_config: bool = True) -> Place:
    """Find a site.

    A conf.py is executed, so it is looked for only where its owner wants it to be found: in and
    below what is named, and above that up to the working folder.

    :param named: the folder of the site or of its repository, or files and folders of posts.
    :param config: its conf.py or the folder of that, where it is named.
    :param with_config: whether to look for a conf.py.
    :raises InputError: if something is not there, or the files belong to several sites.
    """
    here = Path.cwd().resolve()
    paths = tuple(_there(path) for path in named)
    folder = next(iter(paths), here) if len(paths) < 2 else None
    if folder is not None and not folder.is_dir():
        folder = None
    if config is not None:
        return _with_conf(_conf_py(config), paths, folder)
    if not with_config:
        return Place(folder, None) if folder else Place(here, None, paths)
    if folder is not None and (found := _below(folder)) is not None:
        return Place(found.parent, found)
    above = {found for path in paths if (found := _above(path, here)) is not None}
    if len(above) > 1:
        names = " and ".join(sorted(str(item) for item in above))
        raise InputError(f"what is named belongs to several sites: {names}", "DOCS")
    if above:
        (found,) = above
        return Place(found.parent, found, paths)
    if folder is not None:
        return Place(folder, None)
    # Files of the repository, none of which belongs to its documentation.
    if all(path.is_relative_to(here) for path in paths) and (found := _below(here)) is not None:
        return Place(found.parent, found, paths)
    message = "no conf.py is above it (name one with --config, or use --no-config)"
    raise InputError(message, str(paths[0]))


def _there(path: Path) -> Path:
    """Return the absolute name of a file or folder; a post that is a link keeps its own name."""
    try:
        if path.is_dir():
            return path.resolve()
        if path.exists() or path.is_symlink():
            return path.parent.resolve() / path.name
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(str(error), str(path)) from error
    raise InputError("it is not there", str(path))


def _conf_py(config: Path) -> Path:
    found = _there(config)
    found = found / _CONF if found.is_dir() else found
    if found.name != _CONF or not found.is_file():
        raise InputError(f"it is neither a {_CONF} nor a folder with one", str(config))
    return found


def _with_conf(conf_py: Path, paths: tuple[Path, ...], folder: Path | None) -> Place:
    """Return the site of a conf.py that is named; its documents may be in another folder."""
    confdir = conf_py.parent
    if not paths or (folder is not None and confdir.is_relative_to(folder)):
        return Place(confdir, conf_py)
    if folder is not None and not folder.is_relative_to(confdir):
        return Place(folder, conf_py)
    return Place(confdir, conf_py, paths)


def _below(folder: Path) -> Path | None:
    found = (folder / name / _CONF for name in _FOLDERS)
    return next((path.resolve() for path in found if path.is_file()), None)


def _above(path: Path, last: Path) -> Path | None:
    folders = [item for item in (path, *path.parents) if item.is_relative_to(last)]
    return next((item / _CONF for item in folders if (item / _CONF).is_file()), None)
