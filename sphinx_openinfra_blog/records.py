"""What is remembered of a document from one build to the next: values only."""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """What a post was read from."""

    #: Its file, relative to the source directory.
    path: str
    #: When that file was changed, in nanoseconds since the epoch.
    mtime_ns: int
    #: Its size in bytes.
    size: int
    #: :meth:`sphinx_openinfra_blog.model.Post.digest` of its resolved front matter.
    digest: str


class Picture(NamedTuple):
    """An image of a post, as Sphinx knows it."""

    #: Relative to the source directory, or an address.
    uri: str
    #: Image type -> the same for that type; ``*`` and ``?`` as Sphinx has them.
    candidates: tuple[tuple[str, str], ...]
    #: The alternative text.
    alt: str


class Summary(NamedTuple):
    """What listings show of a post that only reading it can tell."""

    excerpt: str
    picture: Picture | None
    #: How long it takes to read.
    minutes: int
    #: How many words the body has.
    words: int
