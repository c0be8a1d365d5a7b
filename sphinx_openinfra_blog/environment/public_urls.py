"""The URLs of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx_openinfra_blog.model import is_web_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.model import Picture, Post


def public_url(builder: StandaloneHTMLBuilder, page: str) -> str:
    """Return the absolute URL of a document or generated page.

    :returns: an empty string if ``html_baseurl`` is not set.
    """
    root = builder.config.html_baseurl
    if not root:
        return ""
    # The URIs of dirhtml are not quoted, those of html are.
    target = quote(builder.get_target_uri(page), safe="/%~!*'();:@&=+$,")
    return f"{root.rstrip('/')}/{target}"


def public_file_url(builder: StandaloneHTMLBuilder, file: str) -> str:
    """Return the absolute URL of a file in the output; ``html_baseurl`` must be set.

    :param file: relative to the output folder, with forward slashes.
    """
    return f"{builder.config.html_baseurl.rstrip('/')}/{quote(file)}"


def canonical_url(builder: StandaloneHTMLBuilder, blog: Blog, post: Post) -> str:
    """Return the canonical URL of a post, or an empty string if ``html_baseurl`` is not set.

    The post's own ``canonical`` key overrides the option of that name.
    """
    if post.head.canonical:
        return post.head.canonical
    if blog.settings.canonical_source and is_web_url(post.source_url):
        return post.source_url
    return public_url(builder, post.docname)


def image_url(builder: StandaloneHTMLBuilder, picture: Picture | None) -> str:
    """Return the absolute URL of a post's image, or an empty string if it has none."""
    if picture is None:
        return ""
    candidates = dict(picture.candidates)
    if (remote := candidates.get("?")) is not None:
        url = quote(remote, safe="/%~!*'();:@&=+$,?#[]")
        return url if is_web_url(url) else ""
    path = picture_file(builder, candidates)
    if path is None or not builder.config.html_baseurl:
        return ""
    return public_file_url(builder, f"{builder.imagedir}/{builder.env.images[path][1]}")


def picture_file(builder: StandaloneHTMLBuilder, candidates: Mapping[str, str]) -> str | None:
    """Return the file that the builder copies for an image, relative to the source directory."""
    kinds = ("*", *builder.supported_image_types)
    path = next((candidates[kind] for kind in kinds if kind in candidates), None)
    return path if path in builder.env.images else None
