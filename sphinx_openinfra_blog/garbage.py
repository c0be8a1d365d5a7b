"""Python's garbage collector, kept out of work that leaves it nothing to collect."""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

#: How many objects more than before there must be for a collection of young ones: about as many
#: as a post needs while it is read. CPython's 700 are looked at several times for each post.
_YOUNG: Final = 5000


def collect_rarely(app: Sphinx) -> None:
    """Look for garbage less often until the build is finished (``builder-inited``).

    Most of what a build makes is freed without a collection; what is left lives long, and is
    looked at again and again. That is a tenth of a cold build, and half of it can be spared with
    a few MiB. Whoever set thresholds of their own keeps them.

    With worker processes, only the process that reads a document, and until pages are written:
    the main one takes over what all have read, makes trees of it by the hundred and hands them
    on, and has to find soon that nobody needs them any more.
    """
    before = gc.get_threshold()
    if not gc.isenabled() or not 0 < before[0] < _YOUNG:
        return

    def collect_as_before(*_of_the_event: object) -> None:
        if gc.get_threshold()[0] == _YOUNG:
            gc.set_threshold(*before)

    if app.parallel > 1:
        app.connect("source-read", lambda *_of_the_event: _raise_threshold())
        app.connect("write-started", collect_as_before)
    else:
        _raise_threshold()
    app.connect("build-finished", collect_as_before)


def _raise_threshold() -> None:
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


@contextmanager
def kept() -> Iterator[None]:
    """Let no collection begin.

    Making many values at once starts full collections, each of which looks at every object of
    Sphinx's environment: a third of what a build without changes cost the blog. Values that
    refer to no one in a circle are freed without it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def take_apart(tree: nodes.Element) -> None:
    """Free the nodes of a tree that nobody needs any more.

    A node refers to its parent and that to its children: left alone, the tree of every page stays
    in memory until a full collection finds it, and makes for such a collection earlier.
    """
    for node in list(tree.findall()):
        node.parent = None
        if isinstance(node, nodes.Element):
            node.children = []


@cache
def none_at_exit() -> None:
    """Let Python end without a last collection.

    All memory is given back anyway, and to look through the whole site for circles first costs a
    fifth of a build without changes. Until the process ends nothing is different. Objects in
    circles lose their ``__del__`` then, which Python never promised (Language Reference, 3.3.1).
    """
    if hasattr(gc, "freeze"):  # CPython
        atexit.register(gc.freeze)
