"""What builders support, and the public URLs of their output."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import quote

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.manpage import ManualPageBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.errors import NoUri

from sphinx_openinfra_blog.model import is_web_url, with_ascii_host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.model import Picture, Post


def has_generated_pages(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Return whether the output has pages for categories and authors.

    This is true for html, dirhtml, json, pickle and builders derived from them. A single page
    contains documents only, and so do epub and the help formats (``embedded``).
    """
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and not isinstance(builder, SingleFileHTMLBuilder)
        and not builder.embedded
    )


def has_redirects(builder: Builder) -> TypeGuard[StandaloneHTMLBuilder]:
    """Return whether browsers open the output as it is, so that a page can redirect."""
    return has_generated_pages(builder) and builder.out_suffix == ".html"


def can_link_inside(builder: Builder) -> bool:
    """Return whether the output has internal links; manual pages have none."""
    return not isinstance(builder, ManualPageBuilder)


def holds_page(builder: Builder, fromdocname: str, page: str) -> bool:
    """Return whether *page* is in the output that *fromdocname* is written to.

    Output in one file contains only the documents of a toctree.
    """
    if page not in builder.env.all_docs:
        return has_generated_pages(builder)
    if isinstance(builder, SingleFileHTMLBuilder):
        return page in _inlined(builder.env, builder.config.root_doc)
    if isinstance(builder, ManualPageBuilder):
        return page in _inlined(builder.env, fromdocname)
    try:
        builder.get_relative_uri(fromdocname, page)
    except NoUri:
        return False
    return True


def _inlined(env: BuildEnvironment, docname: str) -> set[str]:
    """Return the documents in the same output file as *docname*."""
    found, waiting = {docname}, [docname]
    while waiting:
        new = set(env.toctree_includes.get(waiting.pop(), ())) - found
        found |= new
        waiting += sorted(new)
    return found


def public_url(builder: StandaloneHTMLBuilder, page: str) -> str:
    """Return the absolute URL of a document or generated page.

    :returns: an empty string if ``html_baseurl`` is not set.
    """
    root = with_ascii_host(builder.config.html_baseurl or "")
    if not root:
        return ""
    # The URIs of dirhtml are not quoted, those of html are.
    target = quote(builder.get_target_uri(page), safe="/%~!*'();:@&=+$,")
    return f"{root.rstrip('/')}/{target}"


def public_file_url(builder: StandaloneHTMLBuilder, file: str) -> str:
    """Return the absolute URL of a file in the output; ``html_baseurl`` must be set.

    :param file: relative to the output folder, with forward slashes.
    """
    root = with_ascii_host(builder.config.html_baseurl)
    return f"{root.rstrip('/')}/{quote(file)}"


def canonical_url(builder: StandaloneHTMLBuilder, blog: Blog, post: Post) -> str:
    """Return the canonical URL of a post, or an empty string if ``html_baseurl`` is not set.

    The post's own ``canonical`` key overrides the option of that name.
    """
    if post.head.canonical:
        return with_ascii_host(post.head.canonical)
    if blog.settings.canonical_source and is_web_url(post.source_url):
        return with_ascii_host(post.source_url)
    return public_url(builder, post.docname)


def image_url(builder: StandaloneHTMLBuilder, picture: Picture | None) -> str:
    """Return the absolute URL of a post's image, or an empty string if it has none."""
    if picture is None:
        return ""
    candidates = dict(picture.candidates)
    if (remote := candidates.get("?")) is not None:
        url = quote(with_ascii_host(remote), safe="/%~!*'();:@&=+$,?#[]")
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
