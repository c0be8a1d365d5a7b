"""Pages that sphinx-sitemap must leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from .domain import domain_of
from .model import Visibility
from .permalinks import term_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .project import BlogProject

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
        hidden = [f"{page}{end}" for page in _hidden(domain_of(env).project)]
        app.config[_OPTION] = list(dict.fromkeys([*app.config[_OPTION], *hidden]))
    return []


def _hidden(project: BlogProject) -> Iterator[str]:
    """Return the pages of posts that are not published, and of terms that only those have."""
    for post in project.posts.values():
        if post.visibility is not Visibility.PUBLISHED:
            yield post.docname
    for term in (term for terms in project.terms.pages.values() for term in terms):
        page = term_page(project.settings.blog, term.taxonomy, term.slug)
        if not project.is_public(term) and project.page(page) not in project.docnames:
            yield page
