"""Pages that sphinx-sitemap must leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.environment import domain_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.blog import Blog

_OPTION = "sitemap_excludes"


def leave_out_of_sitemap(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Exclude pages that are not public from sphinx-sitemap (``env-updated``).

    It reads its option whenever a page is written, and compares it with the page's name and a
    suffix or a slash.

    :returns: no documents to write again.
    """
    if _OPTION in app.config:
        in_folders = isinstance(app.builder, DirectoryHTMLBuilder)
        end = "/" if in_folders else app.config.html_file_suffix or ".html"
        hidden = [f"{page}{end}" for page in _hidden(domain_of(env).blog)]
        app.config[_OPTION] = list(dict.fromkeys([*app.config[_OPTION], *hidden]))
    return []


def _hidden(blog: Blog) -> Iterator[str]:
    """Return the pages of posts that are not published, and of terms that only those have."""
    for post in blog.posts.values():
        if not blog.shows(post, Where.SITEMAP):
            yield post.docname
    for term in (term for terms in blog.terms.pages.values() for term in terms):
        page = blog.page_of(term)
        if not blog.is_public(term) and page not in blog.documents:
            yield page
