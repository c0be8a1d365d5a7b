"""What files said when they were scanned, remembered from one build to the next.

It saves time and decides nothing: a file is read again unless it is, to the last bit that the
file system can tell, the one that was read. It is kept beside the environment, not in it, because
every worker process sends the whole environment back.
"""

from __future__ import annotations

import contextlib
import os
import pickle
from dataclasses import fields, is_dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util.osutil import ensuredir

from .model import digest_of
from .scan import Scanned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from .scan import Scanner

# The standard library's types that the values are made of.
_PLAIN: Final = frozenset(
    {
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("zoneinfo", "ZoneInfo._unpickle"),
    }
)

_FILES_IN_PART: Final = 200


class _Reader(pickle.Unpickler):
    """Makes values of this package, and calls nothing else whatever the file says."""

    def find_class(self, module: str, name: str) -> Any:
        own = module.startswith(f"{__package__}.") and "." not in name
        if (module, name) in _PLAIN or own:
            found = super().find_class(module, name)
            if not own or (isinstance(found, type) and found.__module__ == module):
                return found
        message = f"{module}.{name} is no value of the blog"
        raise pickle.UnpicklingError(message)


class _Writer(pickle.Pickler):
    """Writes dataclasses as calls of their classes: that is read five times as fast."""

    def reducer_override(self, value: Any) -> Any:
        if not is_dataclass(value) or isinstance(value, type):
            return NotImplemented
        return type(value), tuple(getattr(value, item.name) for item in fields(value))


def recall(app: Sphinx, scanner: Scanner) -> None:
    """Tell the scanner what files said; nothing if Sphinx itself reads everything again."""
    if not app.env.all_docs:
        return
    try:
        with _path(app).open("rb") as file:
            state, parts = _Reader(file).load()
            if state != _state(scanner):
                return
            known = dict(chain.from_iterable(_Reader(file).load() for _ in range(parts)))
        if all(isinstance(said, Scanned) for said in known.values()):
            scanner.known = known
    except Exception:  # noqa: BLE001 (a file that is no pickle of ours can raise anything)
        return


def remember(app: Sphinx, scanner: Scanner, before: Mapping[str, Scanned]) -> None:
    """Keep what files said.

    :param before: what was recalled.
    """
    if scanner.known == before:
        return
    path = _path(app)
    # Two builds can share a doctree folder, and none may leave half a file.
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        ensuredir(path.parent)
        with temporary.open("wb") as file:
            for value in _parts(scanner):
                _Writer(file, pickle.HIGHEST_PROTOCOL).dump(value)
        temporary.replace(path)


def _parts(scanner: Scanner) -> Iterator[Any]:
    """Return what is to be written: a writer remembers all that it wrote, so none writes all."""
    known = list(scanner.known.items())
    begins = range(0, len(known), _FILES_IN_PART)
    yield _state(scanner), len(begins)
    for begin in begins:
        yield known[begin : begin + _FILES_IN_PART]


def _state(scanner: Scanner) -> str:
    """Return a digest of what decides, besides a file itself, about what it says."""
    # A version under development changes without its number.
    own = [path.stat().st_mtime_ns for path in sorted(Path(__file__).parent.glob("*.py"))]
    return digest_of((scanner.manner, own))


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir, "openinfra_blog", "front-matter.pickle")
