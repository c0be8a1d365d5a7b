"""What the blog adds to an output without a source file: which pages and redirects there are."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from html import escape
from string import Template
from typing import TYPE_CHECKING, Final

from sphinx.util.osutil import relative_uri

from .diagnostics import Problem, Subtype
from .metadata import breadcrumbs
from .model import digest_of
from .permalinks import term_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.builders.html import StandaloneHTMLBuilder

    from .model import Post
    from .project import BlogProject

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
class GeneratedPage:
    """A page without a source file.

    :ivar name: what Sphinx calls its page name, like a docname.
    """

    name: str
    title: str
    posts: tuple[Post, ...]

    def digest(self, project: BlogProject, builder: StandaloneHTMLBuilder) -> str:
        """Return a digest of everything a reader can see on it."""
        rows = [project.digests[post.docname] for post in self.posts]
        return digest_of([self.title, rows, breadcrumbs(builder, project, self.name)])


@dataclass(frozen=True, slots=True)
class Redirect:
    """A page that leads to another at once.

    :ivar file: relative to the output folder.
    :ivar post: where it leads.
    """

    file: str
    post: Post


def generated_pages(project: BlogProject) -> Iterator[GeneratedPage]:
    """Return a page for every category and every author; a document's name takes precedence."""
    blog = project.settings.rules.blog
    pages = []
    for category in project.resolved.categories:
        posts = [post for post in project.listed if category in post.categories]
        name = term_page(blog, "category", category.slug)
        pages.append(GeneratedPage(name, category.label, tuple(posts)))
    for slug, author in project.resolved.authors.items():
        posts = [post for post in project.listed if slug in {item.slug for item in post.authors}]
        pages.append(GeneratedPage(term_page(blog, "author", slug), author, tuple(posts)))
    return (page for page in pages if page.name not in project.docnames)


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
            owner = taken.setdefault(file.casefold(), post.path)
            if owner == post.path:
                found.append(Redirect(file, post))
            elif line:
                what = f"'{owner}' has it" if owner else "another page is there"
                message = f"no redirect can stand at '/{file}': {what}"
                problems.append(Problem(Subtype.ALIAS, message, post.path, line))
    return found, problems


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
        url=escape(relative_uri(redirect.file, target)),
        canonical=canonical,
    )
