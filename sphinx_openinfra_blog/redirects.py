"""Redirect pages: which there are, and their HTML."""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import dataclass
from html import escape
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath
from string import Template
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sphinx.util.osutil import relative_uri

from .builders import public_address
from .diagnostics import Problem, Subtype
from .heads import canonical_address
from .lookup import page_of
from .model import Taxonomy, Visibility
from .permalinks import PathError, checked, slug_of, term_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx.builders.html import StandaloneHTMLBuilder

    from .model import Post, Term
    from .project import BlogProject

# The types that Python knows by itself, whatever the machine says.
_FILE_TYPES: Final = MimeTypes(filenames=())
_REDIRECT: Final = Template(
    """\
<!DOCTYPE html>
<html lang="$language">
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
    :ivar page: where it leads: a docname or the name of a generated page.
    :ivar title: of that page.
    :ivar public: whether the world may be told of it.
    """

    file: str
    page: str
    title: str
    public: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    """A redirect that somebody asks for.

    :ivar path: the source file that does, or an empty string where nobody needs to know if
        there is no place.
    """

    redirect: Redirect
    path: str = ""
    line: int = 0


def redirects(
    project: BlogProject, file_of: Callable[[str], str], occupied: Mapping[str, str]
) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects that addresses leave behind, and those that have no place.

    :param file_of: page name -> its file, relative to the output folder.
    :param occupied: the files of the output that are not ours to replace -> what has each.
    """
    taken = {file.casefold(): owner for file, owner in occupied.items()}
    found: list[Redirect] = []
    problems: list[Problem] = []
    for wish in _wishes(project):
        item = wish.redirect
        if item.file == file_of(item.page):
            continue
        if not (reason := obstacle(item.file, taken, project.settings.copied)):
            taken[item.file.casefold()] = f"'{wish.path or item.page}' has it"
            found.append(item)
        elif wish.path:
            message = f"no redirect can stand at '/{item.file}': {reason}"
            problems.append(Problem(Subtype.ALIAS, message, wish.path, wish.line))
    return found, problems


def _wishes(project: BlogProject) -> Iterator[_Wish]:
    """Return the redirects that are asked for, what the front matter names before the rest.

    Under html a post whose address was published is at ``x.html``; ``x/`` leads to it. Other
    addresses are those of the old site, if there was one.
    """
    posts = sorted(project.listed_or_unlisted(), key=_precedence)
    for post in posts:
        if post.published:
            yield _Wish(_of_post(post, posixpath.join(post.docname, "index.html")))
    for post in posts:
        for alias, line in post.aliases:
            yield _Wish(_of_post(post, _redirect_file(alias)), post.path, line)
    if any(post.published for post in posts):
        for taxonomy in (Taxonomy.CATEGORY, Taxonomy.AUTHOR):
            for term in project.terms.pages[taxonomy]:
                yield from _of_term(project, term)
    if project.settings.author_files:
        yield from _of_author_files(project)


def _precedence(post: Post) -> tuple[bool, bool, float, str]:
    """Order rivals for an alias as for an address: the visible before the unlisted, by date."""
    instant = 0.0 if post.date is None else post.date.instant.timestamp()
    return post.visibility is not Visibility.PUBLISHED, post.date is None, instant, post.path


def _of_post(post: Post, file: str) -> Redirect:
    public = post.visibility is Visibility.PUBLISHED
    return Redirect(file, post.docname, post.title, public)


def _of_term(project: BlogProject, term: Term) -> Iterator[_Wish]:
    """Return where the old site had the page of a category or author (contract points 9, 10)."""
    for slug in dict.fromkeys((term.slug, slug_of(term.label, "kebab"))):
        path = term_page(project.settings.rules.blog, term.taxonomy, slug)
        yield _Wish(_to_term(project, term, path))


def _to_term(project: BlogProject, term: Term, path: str) -> Redirect:
    file = posixpath.join(path, "index.html")
    return Redirect(file, page_of(project, term), term.label, project.is_public(term))


def _of_author_files(project: BlogProject) -> Iterator[_Wish]:
    """Return the pages that the content system made by accident of its author files."""
    for name in sorted(project.settings.rules.roster):
        authors = project.terms.find(Taxonomy.AUTHOR, name)
        try:
            path = checked(f"author/{unicodedata.normalize('NFC', name)}")
        except PathError:
            continue
        if len(authors) == 1:
            yield _Wish(_to_term(project, authors[0], path))


def obstacle(file: str, taken: Mapping[str, str], copied: Iterable[str]) -> str:
    """Return why nothing can be written to *file*, or an empty string.

    :param taken: the files of the output, in lower case -> what has each.
    :param copied: the folders whose content Sphinx copies into the output.
    """
    path = PurePosixPath(file)
    for part in (path, *path.parents[:-1]):
        if (owner := taken.get(str(part).casefold())) is not None:
            return owner
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


def redirect_text(builder: StandaloneHTMLBuilder, project: BlogProject, redirect: Redirect) -> str:
    """Return the HTML of a redirect page."""
    target = builder.get_target_uri(redirect.page)
    post = project.posts.get(redirect.page)
    address = (
        canonical_address(builder, project, post)
        if post is not None
        else public_address(builder, redirect.page)
    )
    canonical = f'\n    <link rel="canonical" href="{escape(address)}" />' if address else ""
    return _REDIRECT.substitute(
        language=escape(builder.config.language.replace("_", "-")),
        title=escape(redirect.title),
        url=escape(relative_uri(quote(redirect.file), target)),
        canonical=canonical,
    )
