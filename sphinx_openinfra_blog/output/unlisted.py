"""Keep unlisted posts out of what other programs read, at the end of a build."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.environment import (
    domain_of,
    has_generated_pages,
    has_redirects,
    page_file,
    remove_outputs,
    warn,
    write_output,
)
from sphinx_openinfra_blog.model import Subtype, __

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_INVENTORY: Final = "objects.inv"
_HEADER_LINES: Final = 4
#: As Sphinx reads a line: name, type, priority, location and title.
_LINE: Final = re.compile(rb"(.+?)\s+(\S+)\s+(-?\d+)\s+?(\S*)\s+(.*)")
_NOINDEX: Final = re.compile(r"""<meta\s[^>]*\bname=["']?robots["']?[^>]*\bnoindex\b""")


def leave_out_of_inventory(app: Sphinx) -> None:
    """Remove the objects of all domains in posts that ``objects.inv`` must not have.

    Sphinx has written it. A site without such posts keeps its bytes.
    """
    blog, builder = domain_of(app.env).blog, app.builder
    if not has_generated_pages(builder):
        return
    file = Path(app.outdir, _INVENTORY)
    hidden = {
        builder.get_target_uri(post.docname).encode()
        for post in blog.posts.values()
        if not blog.shows(post, Where.INVENTORY)
    }
    if not hidden or not file.is_file():
        return
    *header, packed = file.read_bytes().split(b"\n", _HEADER_LINES)
    lines = zlib.decompress(packed).splitlines(keepends=True)
    kept = [line for line in lines if _page_of(line) not in hidden]
    if len(kept) < len(lines):
        data = b"\n".join([*header, zlib.compress(b"".join(kept), 9)])
        write_output(app, _INVENTORY, data)


def _page_of(line: bytes) -> bytes:
    """Return the page of an object in the inventory, whose name a dollar sign stands for."""
    if (match := _LINE.match(line.rstrip())) is None:
        return b""
    name, location = match[1], match[4]
    location = location[:-1] + name if location.endswith(b"$") else location
    return location.partition(b"#")[0]


def remove_indexed(app: Sphinx) -> None:
    """Remove pages of posts that ask no search engine to leave them alone although they must."""
    builder, blog = app.builder, domain_of(app.env).blog
    if not has_redirects(builder):
        return
    for post in blog.posts.values():
        if blog.shows(post, Where.INVENTORY):
            continue
        file = page_file(builder, post.docname)
        path = Path(app.outdir, file)
        if path.is_file() and not _NOINDEX.search(path.read_text(encoding="utf-8")):
            remove_outputs(app, [file])
            message = __(
                "the theme '%s' does not print 'noindex' in the head of a post that is not listed;"
                " its page was removed (use another theme, or list the post)",
                builder.theme.name,
            )
            warn(Subtype.OUTPUT, message, post.docname)
