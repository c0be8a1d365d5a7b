"""What other extensions may rely on; see :doc:`the reference page <api>` for the promise.

>>> from sphinx_openinfra_blog.api import blogs
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blog import Blog, Listing, Neighbours, Where
from .environment import project_of
from .model import Post, Profile, Taxonomy, Term, Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

__all__ = [
    "Blog",
    "Listing",
    "Neighbours",
    "Post",
    "Profile",
    "Taxonomy",
    "Term",
    "Visibility",
    "Where",
    "blogs",
]


def blogs(app: Sphinx) -> Mapping[str, Blog]:
    """Return the blogs of a site by their paths; there is one blog per site.

    It is complete from ``env-before-read-docs`` on, in worker processes too.

    :param app: an application with this extension, after ``builder-inited``.
    """
    blog = project_of(app).blog
    return {blog.path: blog}
