"""The image that social sites show with a page that has none of its own."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from sphinx.util.images import get_image_size

from sphinx_openinfra_blog.environment import (
    domain_of,
    has_generated_pages,
    public_file_url,
    write_output,
)
from sphinx_openinfra_blog.model import digest_of, is_remote

from .meta_tags import HeadImage

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


class SiteImages(NamedTuple):
    """What stands for pages without an image of their own.

    :ivar shared: the image that the option ``image`` names.
    :ivar logo: the site's logo, if social sites can show it.
    """

    shared: HeadImage | None = None
    logo: HeadImage | None = None


def site_images(builder: StandaloneHTMLBuilder) -> SiteImages:
    """Return the images of a site."""
    named = domain_of(builder.env).blog.settings.image
    return SiteImages(_image(builder, named, share_copy(builder)), _logo(builder))


def share_copy(builder: StandaloneHTMLBuilder) -> str:
    """Return the output file that holds the image of the option, or an empty string."""
    named = domain_of(builder.env).blog.settings.image
    if not named or is_remote(named):
        return ""
    path = Path(named)
    # None that Sphinx gives to the images of documents.
    return f"{builder.imagedir}/{path.stem}-{digest_of(path.name)[:8]}{path.suffix}"


def copy_share_image(app: Sphinx) -> None:
    """Copy the image of the option to the output."""
    if has_generated_pages(app.builder) and (file := share_copy(app.builder)):
        write_output(app, file, Path(domain_of(app.env).blog.settings.image).read_bytes())


def _logo(builder: StandaloneHTMLBuilder) -> HeadImage | None:
    """Return the site's logo, which Sphinx copies; social sites show no SVG."""
    logo = builder.config.html_logo or ""
    if PurePosixPath(urlsplit(logo).path).suffix.lower() in {".svg", ".svgz"}:
        return None
    if is_remote(logo):
        return _image(builder, logo, "")
    path = Path(builder.confdir, logo)
    return _image(builder, str(path), f"_static/{path.name}") if path.is_file() else None


def _image(builder: StandaloneHTMLBuilder, place: str, copy: str) -> HeadImage | None:
    """Return an image with the site's name as its alternative text.

    :param place: its absolute path or URL, or an empty string.
    :param copy: the output file that holds it.
    """
    name = builder.config.project
    if is_remote(place):
        return HeadImage(place, name)
    if not place or not builder.config.html_baseurl:
        return None
    width, height = get_image_size(place) or (0, 0)
    return HeadImage(public_file_url(builder, copy), name, max(width, 0), max(height, 0))
