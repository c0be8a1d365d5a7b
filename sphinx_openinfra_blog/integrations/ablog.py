"""The pages and feeds of ABlog, which stay where both extensions write to one folder."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from sphinx_openinfra_blog.model import Message, __

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def likely_owner(app: Sphinx) -> str:
    """Return the extension that is likely to have made pages below the blog's path."""
    return "ablog" if "ablog" in app.extensions else "the last one in 'extensions'"


def feeds_of_ablog(app: Sphinx) -> dict[str, Message]:
    """Return the feed that ABlog writes, and a message that says so."""
    config: Any = app.config
    if "ablog" not in app.extensions or not config.blog_baseurl:
        return {}
    return {posixpath.join(config.blog_path, "atom.xml"): __("already used by ablog")}
