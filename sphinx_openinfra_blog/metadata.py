"""The page context of posts: neighbours, breadcrumbs, the source's name, robots."""

from __future__ import annotations

from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import _ as in_sphinx

from .domain import domain_of
from .messages import _
from .model import Visibility
from .source_links import source_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .archive import Neighbours
    from .model import Post
    from .project import BlogProject

_NOINDEX = '\n<meta name="robots" content="noindex" />\n'


def add_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a post's page its neighbours and breadcrumbs (``html-page-context``).

    Runs in worker processes too: it changes nothing but the context, and puts only strings,
    numbers and lists into it, which every builder can write.
    """
    del templatename, doctree
    project = domain_of(app.env).project
    builder = app.builder
    post = project.posts.get(pagename)
    if post is None or not isinstance(builder, StandaloneHTMLBuilder):
        return
    around = project.neighbours.get(pagename)
    title_of = domain_of(app.env).title_of
    context["prev"] = _link(builder, pagename, around.older if around else None, title_of)
    context["next"] = _link(builder, pagename, around.newer if around else None, title_of)
    # The bar of themes derived from "basic" shows these; a post outside of every toctree has none.
    context["rellinks"] = [*context.get("rellinks", ()), *_relations(around, title_of)]
    context["parents"] = breadcrumbs(builder, project, pagename)
    context["sourcename"] = source_name(app.config, post)
    context["page_source_suffix"] = source_suffix(builder, post)
    if post.visibility is not Visibility.PUBLISHED:
        context["metatags"] = context.get("metatags", "") + _NOINDEX


def _relations(
    around: Neighbours | None, title_of: Callable[[Post], str]
) -> list[tuple[str, str, str, str]]:
    """Return neighbours as Sphinx does: page, title, access key, and what it is."""
    if around is None:
        return []
    pairs = ((around.newer, "N", in_sphinx("next")), (around.older, "P", in_sphinx("previous")))
    return [
        (post.docname, escape(title_of(post), quote=False), key, word)
        for post, key, word in pairs
        if post is not None
    ]


def breadcrumbs(
    builder: StandaloneHTMLBuilder,
    project: BlogProject,
    pagename: str,
    above: Iterable[tuple[str, str]] | None = None,
) -> list[dict[str, str]]:
    """Return the links to the pages above a post or a generated page.

    :param above: their names and titles from the top; without it the blog's own page.
    """
    pages = ((project.index, index_title(project)),) if above is None else above
    links = []
    for name, own_title in pages:
        document = project.page(name)
        known = builder.env.titles.get(document)
        title = own_title if known is None else known.astext()
        if document != pagename:
            link = builder.get_relative_uri(pagename, document)
            links.append({"link": link, "title": escape(title, quote=False)})
    return links


def index_title(project: BlogProject) -> str:
    """Return the title of the blog's own page, where the source has none."""
    return project.settings.title or _("Blog")


def source_name(config: Config, post: Post) -> str:
    """Return the name of a post's copy below ``_sources``, or nothing if there is none.

    Sphinx would cut the file's path at the docname's length, as if one began with the other.
    """
    if not config.html_copy_source:
        return ""
    suffix = PurePath(post.path).suffix
    name = post.docname + suffix
    return (
        name if suffix == config.html_sourcelink_suffix else name + config.html_sourcelink_suffix
    )


def _link(
    builder: StandaloneHTMLBuilder,
    pagename: str,
    post: Post | None,
    title_of: Callable[[Post], str],
) -> dict[str, str] | None:
    if post is None:
        return None
    # Themes take the title for HTML.
    return {
        "link": builder.get_relative_uri(pagename, post.docname),
        "title": escape(title_of(post), quote=False),
    }
