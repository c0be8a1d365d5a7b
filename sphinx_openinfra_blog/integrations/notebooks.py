"""The copies of notebooks that MyST-NB and nbsphinx make outside Sphinx's own files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

#: MyST-NB's folder for executed notebooks and the pictures in them, beside the output folder.
_EXECUTED: Final = "jupyter_execute"


def notebook_copies(app: Sphinx, docnames: Iterable[str]) -> Iterator[str]:
    """Yield the files that exist because some documents are notebooks.

    :returns: paths relative to the output folder, which may begin with ``..``.
    """
    # Neither extension tells. nbsphinx copies a notebook to the name of its document; MyST-NB
    # names what it executed after documents, and the pictures in it after their content.
    chosen, folder = set(docnames), Path(app.outdir).parent / _EXECUTED
    if "nbsphinx" in app.extensions:
        paths = ((name, app.project.doc2path(name, absolute=False)) for name in chosen)
        yield from (f"{name}.ipynb" for name, path in paths if path.suffix == ".ipynb")
    if "myst_nb" not in app.extensions:
        return
    for docname in chosen:
        yield from (f"../{_EXECUTED}/{docname}{end}" for end in (".ipynb", ".glue.json"))
    for source, (users, _name) in app.env.images.items():
        path = Path(os.path.normpath(Path(app.srcdir, source)))
        if users & chosen and path.is_relative_to(folder):
            yield f"../{path.relative_to(folder.parent).as_posix()}"
