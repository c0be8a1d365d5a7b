"""Redirects of sphinx_reredirects, which take precedence over the blog's own."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_openinfra_blog.model import Message, __

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

_EXTENSION = "sphinx_reredirects"


def elsewhere_redirected(app: Sphinx) -> dict[str, Message]:
    """Return the files that sphinx_reredirects writes, and a message that says so."""
    reason = __("already used by the option 'redirects' of %s", _EXTENSION)
    return dict.fromkeys(_files(app), reason)


def overwritten(app: Sphinx, docnames: Iterable[str]) -> list[str]:
    """Return the documents whose pages sphinx_reredirects replaces."""
    replaced, builder = set(_files(app)), app.builder
    if not replaced or not isinstance(builder, StandaloneHTMLBuilder):
        return []
    return [name for name in docnames if _file(builder, name) in replaced]


def _files(app: Sphinx) -> Iterator[str]:
    """Return the files that the names in the option are of, as that extension finds them.

    A name is that of a document, perhaps with the suffix of its page or a slash at its end; one
    with wildcards stands for every document it matches.
    """
    builder = app.builder
    if _EXTENSION not in app.extensions or not isinstance(builder, StandaloneHTMLBuilder):
        return
    for source in app.config.redirects:
        names = [source]
        if any(char in source for char in "*?[]"):
            names = [name for name in app.env.found_docs if fnmatch(name, source)]
        yield from (_file(builder, name) for name in names)


def _file(builder: StandaloneHTMLBuilder, name: str) -> str:
    suffix = builder.out_suffix
    if name.endswith(suffix):
        return name
    address = builder.get_target_uri(name.rstrip("/") or name)
    path = PurePosixPath(address if address.endswith(suffix) else f"{address}/index")
    return path.with_suffix(suffix).as_posix()
