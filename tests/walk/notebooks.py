"""Some posts of the model as Jupyter notebooks, for sites with another parser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The parsers that a site may have, and what its conf.py then says.
PARSERS: dict[str, tuple[str, ...]] = {
    "": (),
    "myst_nb": ("-D", "nb_execution_mode=off"),
    "nbsphinx": ("-D", "nbsphinx_execute=never"),
}
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def file_name(name: str, parser: str) -> str:
    """Return the file name of a post, a third of which are notebooks."""
    stem, dot, suffix = name.rpartition(".")
    is_notebook = parser and suffix == "md" and crc32(stem.encode()) % 3 == 0
    return f"{stem}.ipynb" if is_notebook else f"{stem}{dot}{suffix}"


def in_site(files: Mapping[str, bytes], parser: str) -> dict[str, bytes]:
    """Return source files as a site with another parser has them."""
    found = {}
    for name, data in files.items():
        is_post = name.startswith("blog/post-") or b"templateKey" in data
        new = file_name(name, parser) if is_post else name
        found[new] = data if new == name else _notebook(data.decode()).encode()
    return found


def _notebook(text: str) -> str:
    head, closing, body = text.partition("\n---\n")
    cells = [("raw", head + closing.rstrip("\n")), ("markdown", body.strip()), ("code", "6 * 7")]
    made = [
        {"cell_type": kind, "id": f"cell{number}", "metadata": {}, "source": source}
        | ({"execution_count": 1, "outputs": []} if kind == "code" else {})
        for number, (kind, source) in enumerate(cells)
    ]
    content = {"cells": made, "metadata": {"kernelspec": _KERNEL}, "nbformat": 4}
    return json.dumps(content | {"nbformat_minor": 5}, ensure_ascii=False, indent=1)
