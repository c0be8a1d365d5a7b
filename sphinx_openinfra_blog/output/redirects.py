"""Redirect pages, the map of them that servers read, and the schedule for CI."""

from __future__ import annotations

import json
import posixpath
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from html import escape
from mimetypes import MimeTypes
from string import Template
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from sphinx.util.osutil import relative_uri

from sphinx_openinfra_blog.blog import Where, by_precedence, old_paths_of_term
from sphinx_openinfra_blog.environment import (
    canonical_url,
    domain_of,
    folders_above,
    obstacle,
    public_url,
)
from sphinx_openinfra_blog.model import (
    Message,
    PathError,
    Problem,
    Subtype,
    Taxonomy,
    __,
    checked,
    is_below,
    slug_of,
    term_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.model import Post, Term

# The types that Python knows by itself, whatever the machine says.
_FILE_TYPES: Final = MimeTypes(filenames=())
_OF_FEEDS: Final = (".xml", ".json")
# What GitHub Pages, Netlify and Cloudflare read of a site, and that has no suffix to know it by.
_OF_SERVERS: Final = frozenset({"cname", "_headers", "_redirects"})
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
    """A page that redirects to another.

    :ivar file: relative to the output folder.
    :ivar page: the target: a docname or the name of a generated page.
    :ivar title: of that page.
    :ivar public: whether it may be in the redirect map.
    :ivar path: the source file that asks for it, or an empty string.
    :ivar line: in that file.
    :ivar is_asked_for: whether there is a warning if it is left out.
    :ivar query: of the URL, which only a server can look at: then it is no page.
    """

    file: str
    page: str
    title: str
    public: bool
    path: str = ""
    line: int = 0
    is_asked_for: bool = False
    query: str = ""

    def problem(self, reason: Message) -> Problem:
        """Return the problem of a redirect that cannot be made."""
        url = f"{self.file}?{self.query}" if self.query else self.file
        message = __("cannot redirect from '/%s': %s", url, reason)
        return Problem(Subtype.ALIAS, message, self.path, self.line)


def redirects(
    blog: Blog, file_of: Callable[[str], str], occupied: Mapping[str, Message]
) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirects from old URLs, and the problems of those that cannot be made.

    :param file_of: page name -> its file, relative to the output folder.
    :param occupied: the files of the output that are not ours to replace -> what has each.
    """
    taken = {file.casefold(): owner for file, owner in occupied.items()}
    settings = blog.settings
    for file in filter(None, (settings.redirect_map, settings.schedule)):
        taken.setdefault(file.casefold(), __("already used by an option"))
    names = (*blog.documents, "genindex", "search")
    pages = {file_of(name).casefold() for name in names}
    folders = {folder for file in taken for folder in folders_above(file)}
    found: dict[str, Redirect] = {}
    problems: list[Problem] = []
    for item in _candidates(blog):
        key = f"{item.file}?{item.query}" if item.query else item.file.casefold()
        there = found.get(key)
        if key == file_of(item.page).casefold() or (there and there.page == item.page):
            continue
        reason = (
            taken.get(key)
            if item.query
            else (
                _rival(blog, item)
                or obstacle(item.file, taken, settings.copied)
                or _beside_page(item, file_of, pages)
                or _looks_like_a_file(item, settings.blog)
                or (__("a directory has this name") if key in folders else None)
            )
        )
        if not reason:
            taken[key] = __("already used by '%s'", item.path or item.page)
            found[key] = item
        elif item.is_asked_for:
            problems.append(item.problem(reason))
    return list(found.values()), problems


def _candidates(blog: Blog) -> Iterator[Redirect]:
    """Return all redirects that may be made, those named in front matter first.

    Under html a post that keeps its URL is at ``x.html``, and ``x/`` redirects to it. The other
    URLs are those of the old site, if there was one.
    """
    posts = by_precedence(post for post in blog.posts.values() if blog.shows(post, Where.REDIRECT))
    for post in posts:
        if post.keeps_url:
            yield _of_post(blog, post, posixpath.join(post.docname, "index.html"))
    for post in posts:
        for alias, line in post.aliases:
            path, _, query = alias.partition("?")
            file = path if query else _file_of(path)
            redirect = _of_post(blog, post, file)
            yield replace(redirect, path=post.path, line=line, is_asked_for=True, query=query)
    yield from _of_patterns(blog)
    if any(post.keeps_url for post in posts):
        for taxonomy in (Taxonomy.CATEGORY, Taxonomy.AUTHOR):
            for term in blog.terms.pages[taxonomy]:
                yield from _of_term(blog, term)
        if blog.settings.author_files:
            yield from _of_author_files(blog)


def _of_post(blog: Blog, post: Post, file: str) -> Redirect:
    return Redirect(file, post.docname, post.title, blog.shows(post, Where.INVENTORY))


def _of_patterns(blog: Blog) -> Iterator[Redirect]:
    """Return the redirects to terms' pages that the option ``old_addresses`` asks for."""
    for term in (term for terms in blog.terms.pages.values() for term in terms):
        for path in old_paths_of_term(term, blog.settings):
            page, public = blog.page_of(term), blog.is_public(term)
            yield Redirect(_file_of(path), page, term.label, public, is_asked_for=True)


def _of_term(blog: Blog, term: Term) -> Iterator[Redirect]:
    """Return the redirects from the old site's page of a category or author."""
    for slug in dict.fromkeys((term.slug, slug_of(term.label, "kebab"))):
        path = term_page(blog.path, term.taxonomy, slug)
        yield _to_term(blog, term, path)


def _to_term(blog: Blog, term: Term, path: str) -> Redirect:
    file = posixpath.join(path, "index.html")
    return Redirect(file, blog.page_of(term), term.label, blog.is_public(term))


def _of_author_files(blog: Blog) -> Iterator[Redirect]:
    """Return the redirects from the pages that the content system made of author files."""
    settings = blog.settings
    authors = {author.key: author for author in blog.terms.pages[Taxonomy.AUTHOR]}
    for name, person in sorted(settings.roster.items()):
        author = authors.get(slug_of(person.slug or person.name, settings.slugs))
        try:
            path = checked(f"author/{unicodedata.normalize('NFC', name)}")
        except PathError:
            continue
        if author is not None:
            yield _to_term(blog, author, path)


def _rival(blog: Blog, redirect: Redirect) -> Message | None:
    """Return why the URL belongs to another page, which under html is beside the directory."""
    path = redirect.file.removesuffix("/index.html").removesuffix(".html")
    page = blog.paths.find_page(path)
    if page is None or blog.page(page) == redirect.page:
        return None
    return __("'/%s' is the URL of '%s'", path, blog.page(page))


def _beside_page(
    redirect: Redirect, file_of: Callable[[str], str], pages: Container[str]
) -> Message | None:
    """Return why an alias is the URL of a page of the site, such as the search page.

    Under html that is beside the directory, and servers may show either at the URL.
    """
    folder, name = posixpath.split(redirect.file)
    if not redirect.is_asked_for or not folder or name != "index.html":
        return None
    beside = file_of(folder).casefold()
    own = {redirect.file.casefold(), file_of(redirect.page).casefold()}
    if beside not in pages or beside in own:
        return None
    return __("'/%s' is the URL of another page", folder)


def _looks_like_a_file(redirect: Redirect, blog: str) -> Message | None:
    """Return why the directory of a redirect may be in the way of a file.

    Other extensions write theirs later: ``sitemap.xml``, ``robots.txt``. Below the blog's path
    there can be feeds. The folder of a page's own address is that of the page under dirhtml.
    """
    folder = posixpath.dirname(redirect.file)
    name = posixpath.basename(folder)
    of_server = folder.casefold() in _OF_SERVERS
    if folder == redirect.page or not (of_server or _FILE_TYPES.guess_type(name)[0]):
        return None
    if is_below(folder, blog) and not name.casefold().endswith(_OF_FEEDS):
        return None
    return __("'%s' is the name of a file", name)


def _file_of(alias: str) -> str:
    if alias.casefold().endswith((".html", ".htm")):
        return alias
    return posixpath.join(alias, "index.html")


def redirect_text(builder: StandaloneHTMLBuilder, redirect: Redirect) -> str:
    """Return the HTML of a redirect page."""
    target = builder.get_target_uri(redirect.page)
    domain = domain_of(builder.env)
    title, address = redirect.title, public_url(builder, redirect.page)
    if (post := domain.blog.posts.get(redirect.page)) is not None:
        title = domain.title_of(post)
        address = canonical_url(builder, domain.blog, post)
    canonical = f'\n    <link rel="canonical" href="{escape(address)}" />' if address else ""
    return _REDIRECT.substitute(
        language=escape(builder.config.language.replace("_", "-")),
        title=escape(title),
        url=escape(relative_uri(quote(redirect.file), target)),
        canonical=canonical,
    )


def redirect_map(builder: StandaloneHTMLBuilder, redirects: Iterable[Redirect], file: str) -> str:
    """Return a map of redirects, as JSON or as lines that Netlify and others read.

    Paths begin at the root of the host, and one without a trailing slash means both spellings.
    Redirects that are not public are left out; from the lines also those that only add
    ``.html``: these servers answer both, Cloudflare by a redirect from the longer to the
    shorter, which would be a loop.

    :param file: its name, which decides the format.
    """
    root = urlsplit(builder.config.html_baseurl or "").path.rstrip("/")
    found = {
        (f"{root}/{quote(item.file.removesuffix('/index.html'))}", item.query): (
            f"{root}/{quote(builder.get_target_uri(item.page), safe='/%')}"
        )
        for item in redirects
        if item.public
    }
    if file.casefold().endswith(".json"):
        urls = {f"{old}?{query}" if query else old: new for (old, query), new in found.items()}
        return json.dumps(dict(sorted(urls.items())), indent=1) + "\n"
    # The first line that fits counts, and one without a query fits all queries.
    in_order = sorted(found.items(), key=lambda item: (item[0][0], not item[0][1], item))
    lines = (
        " ".join([old, *filter(None, query.split("&")), new, "301\n"])
        for (old, query), new in in_order
        if query or new != f"{old}.html"
    )
    return "".join(lines)


def schedule(blog: Blog) -> str:
    """Return when a build would next change something, as JSON; no post is named.

    The moment is rounded up to a second: a build at it finds the change (RFC 3339, in UTC).
    """
    moment = blog.next_change
    if moment is None:
        return '{"next": null}\n'
    moment = moment.astimezone(UTC)
    if moment.microsecond:
        moment = moment.replace(microsecond=0) + timedelta(seconds=1)
    return json.dumps({"next": moment.isoformat().replace("+00:00", "Z")}) + "\n"
