"""The style sheets of the blog: on its pages only, and only if it is wanted, and on feeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.builders.html import StandaloneHTMLBuilder

from .domain import domain_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

#: What the context of a generated page has.
GENERATED: Final = "openinfra_blog_generated"

_FILE: Final = "openinfra-blog.css"


def find_stylesheet(app: Sphinx, builder: Builder) -> None:
    """Tell Sphinx where the style sheets are (``write-started``).

    Not before: the configuration is pickled with the environment, and the next build would find
    that it has changed.
    """
    options = ("openinfra_blog_css", "openinfra_blog_feeds", "openinfra_blog_term_feeds")
    wanted = any(app.config[name] for name in options)
    if wanted and isinstance(builder, StandaloneHTMLBuilder):
        app.config.html_static_path.append(str(Path(__file__).parent / "static"))


def add_stylesheet(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load the style sheet on a page of the blog (``html-page-context``)."""
    del templatename, doctree
    domain = domain_of(app.env)
    concerned = pagename in domain.project.posts or pagename in domain.listings
    if app.config.openinfra_blog_css and (concerned or context.get(GENERATED)):
        app.add_css_file(_FILE)
