"""Images of posts, and the one picture that stands for a post."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinx_openinfra_blog.blog import grouped
from sphinx_openinfra_blog.environment import (
    blog_attribute,
    copy_faces,
    domain_of,
    file_of_image,
    file_of_picture,
    has_generated_pages,
    is_cell_output,
    is_unmapped,
    project_of,
    warn,
    warn_of,
)
from sphinx_openinfra_blog.model import Picture, Problem, Subtype, __, clean

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

    from sphinx_openinfra_blog.environment import BlogDomain, BlogProject
    from sphinx_openinfra_blog.model import Post


# ImageCollector leaves URLs with a scheme alone, and so do images that were not found get one
# while it runs: it would warn, and read the post again on every build.
_MISSING: Final = "blog-missing://"
_COPIED: Final = "blog-copied://"


def locate_image(project: BlogProject, post: Post, image: nodes.image) -> str:
    """Point an image at its file or URL, before Sphinx collects images.

    :returns: the file that is missing, or an empty string.
    """
    url = image["uri"].strip()
    target = file_of_image(project, post.path, url)
    if target.message and not (target.missing and is_unmapped(project, url)):
        warn(Subtype.IMAGE, target.message, image)
    if not url:
        _replace_by_text(image)
        return ""
    if not _has_alternative(image) and not is_cell_output(image):
        message = __("missing alternative text for the image '%s' (say what it shows)", url[:80])
        warn(Subtype.ALT_TEXT, message, image)
    if target.url or target.file:
        image["uri"] = target.url or f"/{target.file}"
    else:
        image["uri"] = (_MISSING if target.missing else _COPIED) + url
    return target.missing


def _replace_by_text(image: nodes.image) -> None:
    text = image.get("alt", "")
    new: list[nodes.Node] = [nodes.Text(text)] if text else []
    if new and not isinstance(image.parent, nodes.TextElement):
        new = [nodes.paragraph("", "", *new)]
    image.parent.replace(image, new)


def _has_alternative(image: nodes.image) -> bool:
    """Tell whether an image has an alternative text, a caption, or explicitly none.

    The latter is an empty text given to a directive; Markdown's own images have one in any case.
    """
    if image.get("alt", "").strip():
        return True
    if isinstance(image.parent, nodes.figure):
        return "alt" in image or any(isinstance(item, nodes.caption) for item in image.parent)
    return "alt" in image and not isinstance(image.parent, nodes.TextElement)


def picture_of(
    env: BuildEnvironment, post: Post, elements: Iterable[nodes.Element]
) -> Picture | None:
    """Return the picture of a post, for its head and for cards, after Sphinx collected images.

    It is the one that the front matter names, else an image of the body: that with the number
    in the front matter, else the first. Not one that is missing, nor a ``data:`` URL, which would
    be repeated on every page that lists the post.
    """
    domain = domain_of(env)
    found = (_picture_of(node) for node in elements if isinstance(node, nodes.image))
    pictures = [picture for picture in found if picture is not None]
    if own := _own_picture(env, domain, post):
        return own
    number = max(post.head.image_number, 1)
    if 1 < number > len(pictures):
        message = __("image number %s not found (the body has %s images)", number, len(pictures))
        warn(Subtype.IMAGE, message, f"{env.srcdir / post.path}:{post.head.image_line}")
    return next(iter(pictures[number - 1 :] or pictures), None)


def _picture_of(node: nodes.image) -> Picture | None:
    is_missing = _restore_url(node)
    if is_missing or node["uri"].startswith("data:"):
        return None
    if isinstance(node.parent, blog_attribute) and node.parent["name"].lower() != "src":
        return None  # the same picture in another size, or that of a video
    candidates: tuple[tuple[str, str], ...] = tuple(sorted(node.get("candidates", {}).items()))
    return Picture(node["uri"], candidates, clean(node.get("alt", ""))) if candidates else None


def _restore_url(image: nodes.image) -> bool:
    """Restore the URL of an image that Sphinx should not look for.

    :returns: whether its file is missing.
    """
    scheme = next((item for item in (_MISSING, _COPIED) if image["uri"].startswith(item)), "")
    if scheme:
        image["uri"] = image["uri"].removeprefix(scheme)
        image["candidates"] = {"?": image["uri"]}  # Sphinx's mark for images of other sites
    return scheme == _MISSING


def _own_picture(env: BuildEnvironment, domain: BlogDomain, post: Post) -> Picture | None:
    """Return the picture that the front matter names, if it is there."""
    target = file_of_picture(domain.project, post)
    if target is None:
        return None
    if target.file:
        env.note_dependency(target.file)
        env.images.add_file(post.docname, target.file)
        return Picture(target.file, (("*", target.file),), post.head.image_alt)
    if target.url:
        return Picture(target.url, (("?", target.url),), post.head.image_alt)
    if target.missing:
        known = domain.missing.get(post.docname, ())
        domain.note_missing(post.docname, {*known, target.missing})
    return None


def picture_problems(project: BlogProject) -> Iterator[Problem]:
    """Find the pictures that front matter names and that are not there."""
    many = __(
        "%s pictures of posts are not found, such as %s (add the files, or set"
        " openinfra_blog_media)"
    )
    for post in project.blog.posts.values():
        target = file_of_picture(project, post)
        if target is not None and target.message:
            yield Problem(
                Subtype.IMAGE,
                target.message,
                post.path,
                post.head.image_line,
                many=many if target.missing else None,
                example=post.head.image[:200],
            )


def warn_of_pictures(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of the images that are not there (``env-check-consistency``)."""
    for problem in grouped([*picture_problems(project_of(app)), *_image_problems(env)]):
        warn_of(problem, Path(app.srcdir))


def _image_problems(env: BuildEnvironment) -> Iterator[Problem]:
    """Find the images of texts that are not there, and that one option could map to a folder."""
    domain = domain_of(env)
    many = __(
        "%s images are not found, such as %s; keeping their URLs (add the files, or name their"
        " folders in openinfra_blog_media)"
    )
    for docname, images in sorted(domain.unmapped.items()):
        post = domain.blog.posts[docname]
        for image in images:
            target = file_of_image(domain.project, post.path, image.written)
            if target.message:
                yield Problem(
                    Subtype.IMAGE,
                    target.message,
                    image.path,
                    image.line,
                    many=many,
                    example=image.written,
                )


def copy_pictures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make the builder copy the pictures of a post and of authors (``doctree-resolved``).

    The body may not contain them.
    """
    if not has_generated_pages(app.builder):
        return
    copy_faces(app.builder, doctree)
    summary = domain_of(app.env).summaries.get(docname)
    picture = summary.picture if summary else None
    for kind, path in picture.candidates if picture else ():
        if kind == "*" and path in app.env.images:
            app.builder.images[path] = app.env.images[path][1]


def pictures_in(builder: StandaloneHTMLBuilder, docnames: Container[str]) -> set[str]:
    """Return the files of the output that hold the images of some documents."""
    return {
        f"{builder.imagedir}/{name}"
        for users, name in builder.env.images.values()
        if any(docname in docnames for docname in users)
    }
