"""Pages of an output that are kept although the times of files say that they are old.

After a fresh checkout, and with themes that were just installed, every source and template is
newer than a page that was kept from an earlier build, and Sphinx would write all of them again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.environment import (
    content_of,
    domain_of,
    has_generated_pages,
    in_sphinx,
    project_of,
)
from sphinx_openinfra_blog.model import digest_of

#: Of templates, style sheets and scripts, and of such that are templates themselves.
_LOOKS: Final = frozenset(".html .xml .conf .toml .css .js .css_t .js_t .jinja".split())

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment


def keep_pages(app: Sphinx, made: dict[str, str]) -> dict[str, int]:
    """Return the posts whose pages need not be written because of the times of files.

    :param made: docname -> :func:`made_of` of its page when it was written.
    :returns: docname -> the time, in nanoseconds, that its page must have.
    """
    builder, project = app.builder, project_of(app)
    # Each page tells the day on which it was written.
    is_dated = app.config.html_last_updated_fmt is not None
    if not has_generated_pages(builder) or is_dated or not _is_whole(builder):
        return {}
    newest = int(builder.templates.newest_template_mtime() * 10**9) if builder.templates else 0
    times = {
        docname: max(project.stamps[post.path].mtime_ns, newest)
        for docname, post in project.blog.posts.items()
        if in_sphinx(project.stamps[post.path].mtime_ns) <= app.env.all_docs.get(docname, 0)
    }
    old = {name: moment for name, moment in times.items() if _made_at(builder, name) < moment}
    if not old:
        return {}
    mark, incomplete = made_with(app), _incomplete(builder)
    return {
        docname: moment
        for docname, moment in old.items()
        if docname not in incomplete and made.get(docname) == made_of(app, docname, mark)
    }


def _made_at(builder: StandaloneHTMLBuilder, docname: str) -> int:
    try:
        return Path(builder.get_outfilename(docname)).stat().st_mtime_ns
    except OSError:
        return 0


def _incomplete(builder: StandaloneHTMLBuilder) -> set[str]:
    """Return the documents of which an image or a download is lost."""
    copies = [(f"{builder.imagedir}/{name}", users) for users, name in builder.env.images.values()]
    copies += [(f"_downloads/{name}", users) for users, name in builder.env.dlfiles.values()]
    lost = (users for file, users in copies if not Path(builder.outdir, file).is_file())
    return {docname for users in lost for docname in users}


def date_pages(app: Sphinx, kept: dict[str, int]) -> None:
    """Give kept pages times with which Sphinx does not write them."""
    assert has_generated_pages(app.builder)
    for docname, moment in kept.items():
        # Sphinx compares whole microseconds.
        rounded = in_sphinx(moment) * 1000
        os.utime(app.builder.get_outfilename(docname), ns=(rounded, rounded))


def _is_whole(builder: StandaloneHTMLBuilder) -> bool:
    """Tell whether the output has what Sphinx only adds to: without it, it writes everything."""
    files = ".buildinfo", builder.searchindex_filename
    return all(Path(builder.outdir, name).is_file() for name in files)


def made_of(app: Sphinx, name: str, mark: str) -> str:
    """Return a digest of a page as it is in the output, and of what made it.

    :param mark: from :func:`made_with`.
    """
    assert has_generated_pages(app.builder)
    return digest_of((content_of(Path(app.builder.get_outfilename(name))), mark))


def made_with(app: Sphinx) -> str:
    """Return a digest of what makes pages of documents: programs, and the looks of the site.

    Of looks these are templates, and the style sheets and scripts whose checksums pages tell.
    """
    config, theme = app.config, getattr(app.builder, "theme", None)
    folders = [Path(app.confdir, name) for name in config.templates_path + config.html_static_path]
    folders += theme.get_theme_dirs() if theme else ()
    files = sorted({path for folder in folders for path in Path(folder).rglob("*")})
    looks = [(str(path), content_of(path)) for path in files if path.suffix in _LOOKS]
    return digest_of((project_of(app).toolchain, looks))


def navigation(env: BuildEnvironment) -> str:
    """Return a digest of what pages show of the whole site: what toctrees hold, by its titles."""
    posts = domain_of(env).blog.posts
    tocs = [(name, str(toc)) for name, toc in sorted(env.tocs.items()) if name not in posts]
    return digest_of((sorted(env.toctree_includes.items()), tocs))
