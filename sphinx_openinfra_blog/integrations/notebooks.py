"""The copies of notebooks that MyST-NB and nbsphinx make outside Sphinx's own files."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

#: MyST-NB's folder for executed notebooks and the pictures in them, beside the output folder.
_EXECUTED: Final = "jupyter_execute"


def notebook_copies(app: Sphinx, docnames: Iterable[str]) -> Iterator[str]:
    """Yield the files that exist because some documents are notebooks.

    :returns: paths relative to the output folder, which may begin with ``..``.
    """
    # Neither extension tells: nbsphinx has these in the environment, MyST-NB names files after
    # documents, and pictures after their content.
    env: Any = app.env
    copied: dict[str, str] = getattr(env, "nbsphinx_notebooks", {})
    linked: dict[str, Iterable[str]] = getattr(env, "nbsphinx_files", {})
    executed = "myst_nb" in app.extensions
    folder = Path(app.outdir).parent / _EXECUTED
    chosen = set(docnames)
    for docname in chosen:
        if docname in copied:
            yield copied[docname]
        yield from (PurePath(file).as_posix() for file in linked.get(docname, ()))
        if executed:
            yield from (f"../{_EXECUTED}/{docname}{end}" for end in (".ipynb", ".glue.json"))
    for source, (users, _name) in app.env.images.items() if executed else ():
        path = Path(os.path.normpath(Path(app.srcdir, source)))
        if users & chosen and path.is_relative_to(folder):
            yield f"../{path.relative_to(folder.parent).as_posix()}"
