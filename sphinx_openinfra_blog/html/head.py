"""What posts and documents with listings say of themselves in their heads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.images import get_image_size

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.environment import (
    blog_block,
    canonical_url,
    domain_of,
    image_url,
    picture_file,
    public_url,
    shown_excerpt,
)
from sphinx_openinfra_blog.model import excerpt_of

from .meta_tags import Article, HeadImage, PageHead, keys_in

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config

    from sphinx_openinfra_blog.model import Picture, Post


def post_head(builder: StandaloneHTMLBuilder, post: Post) -> PageHead:
    """Return what a post's page says of itself."""
    domain = domain_of(builder.env)
    summary = domain.summaries.get(post.docname)
    robots = post.head.robots
    if not domain.blog.shows(post, Where.ENGINES) and not post.head.noindex:
        robots = "noindex"
    article = Article(
        published=post.date.text if post.date else "",
        updated=post.updated.text if post.updated else "",
        authors=tuple(
            (
                author.label,
                public_url(builder, domain.blog.page_of(author)) if author.slug else "",
            )
            for author in post.authors
        ),
        sections=tuple(term.label for term in post.categories),
        tags=tuple(term.label for term in post.tags),
        creator=post.head.twitter,
        words=summary.words if summary else 0,
    )
    return PageHead(
        title=post.head.title or domain.title_of(post),
        description=post.head.description or shown_excerpt(domain, post),
        url=canonical_url(builder, domain.blog, post),
        image=_image(builder, summary.picture if summary else None),
        article=article,
        robots=robots,
    )


def listing_head(
    builder: StandaloneHTMLBuilder, docname: str, context: dict[str, Any], doctree: nodes.document
) -> PageHead:
    """Return what a document with a listing says of itself."""
    title = builder.env.titles[docname].astext()
    written = (context.get("meta") or {}).get("description")
    return PageHead(
        title=title,
        description=written if isinstance(written, str) else _opening(doctree, title),
        url=public_url(builder, docname),
    )


def _opening(doctree: nodes.document, title: str) -> str:
    """Return the first words of a document, listings aside."""
    for paragraph in doctree.findall(nodes.paragraph):
        parent: nodes.Node | None = paragraph.parent
        while parent is not None and not isinstance(parent, blog_block):
            parent = parent.parent
        if parent is None and (text := paragraph.astext().strip()):
            return excerpt_of(text)
    return title


def known_keys(config: Config, context: dict[str, Any]) -> frozenset[str]:
    """Return the keys of the tags that the author of a page, or the site's options, provide."""
    known = keys_in(context["metatags"])
    meta = context.get("meta") or {}
    if "ogp_site_name" in config and "ogp_disable" not in meta:
        known |= {key for key in meta if key.startswith("og:")}
        if config.ogp_site_name is not None:
            known.add("og:site_name")
    if "og:image" in known:
        # What belongs to an image goes with its URL.
        known |= {"og:image:alt", "og:image:width", "og:image:height"}
    return frozenset(known)


def tell_opengraph(config: Config, context: dict[str, Any], head: PageHead) -> None:
    """Keep sphinxext-opengraph from drawing a card for a page that has an image.

    It reads a document's metadata, and gets a copy because it also removes what it has read.
    """
    if "ogp_site_name" in config and head.image is not None:
        meta = context.get("meta") or {}
        context["meta"] = {"og:image": head.image.url, "og:image:alt": head.image.alt} | meta


def _image(builder: StandaloneHTMLBuilder, picture: Picture | None) -> HeadImage | None:
    """Return a post's image with its URL and, for a file, its size."""
    if picture is None or not (url := image_url(builder, picture)):
        return None
    path = picture_file(builder, dict(picture.candidates))
    size = None if path is None else get_image_size(str(Path(builder.srcdir, path)))
    width, height = size or (0, 0)
    return HeadImage(url, picture.alt, max(width, 0), max(height, 0))
