"""Pages that sphinx-sitemap must leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.environment import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

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
        blog = domain_of(env).blog
        hidden = [
            post.docname for post in blog.posts.values() if not blog.shows(post, Where.SITEMAP)
        ]
        # The pages of terms that only such posts have.
        terms = [term for terms in blog.terms.pages.values() for term in terms]
        pages = [blog.page_of(term) for term in terms if not blog.is_public(term)]
        hidden += [page for page in pages if page not in blog.documents]
        names = [f"{page}{end}" for page in hidden]
        app.config[_OPTION] = list(dict.fromkeys([*app.config[_OPTION], *names]))
    return []
