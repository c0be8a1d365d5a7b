"""What a build is going to make of an output folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from .generated import GeneratedPage
    from .redirects import Redirect


class Text(NamedTuple):
    """What a file is to hold.

    :ivar digest: of everything that decides about it.
    :ivar make: makes it, which is needed only if the digest changed or the file is lost.
    """

    digest: str
    make: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What this build makes of the output.

    :ivar documents: docname -> digest of what the document shows of the blog.
    :ivar generated: the generated pages with their digests.
    :ivar files: the blog's files in the output, relative to its folder.
    :ivar feeds: the feeds with their digests.
    :ivar texts: redirects and other files, with what they hold.
    :ivar redirects: those among them that are redirects.
    :ivar copies: those among them that Sphinx makes: images, downloads, and the ordinary
        documents in the blog's folder.
    """

    documents: dict[str, str] = field(default_factory=dict)
    generated: list[tuple[GeneratedPage, str]] = field(default_factory=list)
    feeds: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    copies: set[str] = field(default_factory=set)
    redirects: dict[str, Redirect] = field(default_factory=dict)
