"""Redirect pages: which there are, and their HTML."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from html import escape
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath
from string import Template
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx.util.osutil import relative_uri

from .diagnostics import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.builders.html import StandaloneHTMLBuilder

    from .model import Post
    from .project import BlogProject

# The types that Python knows by itself, whatever the machine says.
_FILE_TYPES: Final = MimeTypes(filenames=())
_REDIRECT: Final = Template(
    """\
<!DOCTYPE html>
<html>
  <head>
    <meta charset="utf-8" />
    <title>$title</title>
    <meta http-equiv="refresh" content="0; url=$url" />
    <meta name="robots" content="noindex" />$canonical
  </head>
  <body>
    <p><a href="$url">$title</a></p>
  </body>
</html>
"""
)


@dataclass(frozen=True, slots=True)
class Redirect:
    """A page that leads to another at once.

    :ivar file: relative to the output folder.
    :ivar post: where it leads.
    """

    file: str
    post: Post


def redirects(
    project: BlogProject, file_of: Callable[[str], str], occupied: Iterable[str]
) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects that addresses leave behind, and those that have no place.

    Under html a post whose address was published is at ``x.html``; ``x/`` leads to it.

    :param file_of: page name -> its file, relative to the output folder.
    :param occupied: the files of the output that are not ours to replace.
    """
    taken = {file.casefold(): "" for file in occupied}
    found: list[Redirect] = []
    problems: list[Problem] = []
    for post in project.listed_or_unlisted():
        own = posixpath.join(post.docname, "index.html") if post.published else ""
        wanted = [(own, 0)] if own else []
        wanted += [(_redirect_file(alias), line) for alias, line in post.aliases]
        for file, line in wanted:
            if file == file_of(post.docname):
                continue
            if not (reason := _obstacle(file, taken, project.settings.copied)):
                taken[file.casefold()] = post.path
                found.append(Redirect(file, post))
            elif line:
                message = f"no redirect can stand at '/{file}': {reason}"
                problems.append(Problem(Subtype.ALIAS, message, post.path, line))
    return found, problems


def _obstacle(file: str, taken: Mapping[str, str], copied: Iterable[str]) -> str:
    """Return why no redirect can be written to *file*, or an empty string."""
    path = PurePosixPath(file)
    for part in (path, *path.parents[:-1]):
        if (owner := taken.get(str(part).casefold())) is not None:
            return f"'{owner}' has it" if owner else "another page is there"
    for folder in copied:
        there = [Path(folder, path), *(Path(folder, part) for part in path.parents[:-1])]
        if there[0].exists() or any(part.is_file() for part in there[1:]):
            return "html_extra_path puts a file there"
        if Path(folder).is_file() and Path(folder).name == path.parts[0]:
            return "html_extra_path puts a file there"
    folder_name = path.parent.name
    if folder_name.endswith(".inv") or _FILE_TYPES.guess_type(folder_name)[0] is not None:
        return f"'{folder_name}' is the name of a file"
    return ""


def _redirect_file(alias: str) -> str:
    if alias.casefold().endswith((".html", ".htm")):
        return alias
    return posixpath.join(alias, "index.html")


def redirect_text(builder: StandaloneHTMLBuilder, redirect: Redirect) -> str:
    """Return the HTML of a redirect page."""
    target = builder.get_target_uri(redirect.post.docname)
    base = builder.config.html_baseurl
    canonical = ""
    if base:
        address = escape(posixpath.join(base, target))
        canonical = f'\n    <link rel="canonical" href="{address}" />'
    return _REDIRECT.substitute(
        title=escape(redirect.post.title),
        url=escape(relative_uri(quote(redirect.file), target)),
        canonical=canonical,
    )
