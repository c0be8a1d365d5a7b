"""Posts that sphinx-llms-txt must leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.environment import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_OPTION = "llms_txt_exclude"


def leave_out_of_llms_txt(app: Sphinx, _exception: Exception | None) -> None:
    """Exclude posts that are not public from sphinx-llms-txt (``build-finished``, before it).

    It compares the patterns of its option with documents and with files of ``_sources``. The
    option is stored with the environment, so a change before that would read everything again.
    """
    if _OPTION in app.config:
        blog = domain_of(app.env).blog
        hidden = [post for post in blog.posts.values() if not blog.shows(post, Where.SITEMAP)]
        names = {post.docname for post in hidden}
        # A file may be called like another document.
        names |= {post.path.rpartition(".")[0] for post in hidden} - blog.documents
        app.config[_OPTION] = [*app.config[_OPTION], *sorted(names)]
