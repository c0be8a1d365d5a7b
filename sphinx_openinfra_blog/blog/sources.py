"""One file that is a post; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_openinfra_blog.frontmatter import Fields
    from sphinx_openinfra_blog.model import Visibility


@dataclass(frozen=True, slots=True)
class Source:
    """One file that is a post.

    :ivar path: relative to the source directory, with forward slashes.
    :ivar stem: *path* below the blog's folder, without the suffix.
    :ivar docname: what Sphinx would call the document by itself.
    """

    path: str
    stem: str
    docname: str
    fields: Fields
    visibility: Visibility
