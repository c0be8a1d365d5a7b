"""Find the posts, documents and pages that URLs and names refer to; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from sphinx_openinfra_blog.model import Taxonomy, host_of, is_below, path_of, query_text

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from sphinx_openinfra_blog.model import Post

    from .blog import Blog


@dataclass(frozen=True, slots=True)
class Target:
    """What a URL leads to.

    :ivar page: a docname or the name of a generated page; ``None`` if there is nothing.
    :ivar fragment: what follows ``#`` in the URL.
    :ivar expected: whether there should be something, because the URL is the blog's.
    """

    page: str | None
    fragment: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A post or term that a name refers to.

    :ivar page: a docname or the name of a generated page.
    :ivar text: the title or label as shown.
    :ivar name: an unambiguous name for it.
    """

    page: str
    text: str
    name: str


def target_of(blog: Blog, *urls: str) -> Target:
    """Return what the blog, or for a path without a host the site, has at the first of some URLs.

    :param urls: what a link may mean, the likeliest first.
    """
    found = [_target_of(blog, url) for url in urls]
    return next((target for target in found if target.page is not None), found[0])


def _target_of(blog: Blog, url: str) -> Target:
    settings = blog.settings
    try:
        parts = urlsplit(url)
        if parts.netloc and host_of(url) not in blog.hosts:
            return Target(None, parts.fragment, expected=False)
        if page := _page_of_query(blog, parts):
            return Target(page, parts.fragment, expected=True)
        if not parts.netloc and parts.path == "/":
            return Target(blog.settings.root_doc, parts.fragment, expected=True)
        path = path_of(url, settings.blog, settings.root)
    except ValueError:
        return Target(None, "", expected=False)
    page = _page_at(blog, path, with_site=not parts.netloc)
    return Target(page, parts.fragment, expected=is_below(path, settings.blog))


def _page_of_query(blog: Blog, parts: SplitResult) -> str | None:
    """Return the post of which an alias has the query of a URL."""
    query = query_text(parts.query)
    path = unquote(parts.path).strip("/")
    return blog.paths.find(f"{path}?{query}") if query else None


def _page_at(blog: Blog, path: str, *, with_site: bool) -> str | None:
    """Return the docname or page name at a path, or ``None`` if there is nothing.

    :param with_site: whether documents outside the blog count.
    """
    names = dict.fromkeys((path, path.removesuffix(".html"), path.removesuffix("/index.html")))
    for name in names:
        if page := blog.paths.find_page(name):
            return blog.page(page)
        if name.casefold() == blog.path.casefold():
            return blog.index
        if with_site or is_below(name, blog.path):
            for document in (name, f"{name}/index"):
                if document in blog.documents:
                    return document
    # A redirect never replaces a page.
    found = (blog.paths.find(name) or blog.paths.find_file(name) for name in names)
    return next(filter(None, found), None)


def matches(blog: Blog, kind: str, name: str) -> list[Match]:
    """Return every match of *name*: none if it is unknown, several if it is ambiguous.

    :param kind: ``post`` or the name of a taxonomy.
    :param name: for a post its permalink, with or without the blog's path, the last part of
        that, or the title; for a term its id, slug or label.
    """
    if kind == "post":
        return [Match(post.docname, post.title, post.docname) for post in _posts(blog, name)]
    terms = blog.terms.find(Taxonomy(kind), name)
    return [Match(blog.page_of(term), term.label, term.slug) for term in terms]


def role_text(blog: Blog, kind: str, name: str) -> str:
    """Return the text of a role without explicit text, translations aside."""
    found = matches(blog, kind, name)
    return found[0].text if found else name


def published_url(blog: Blog, post: Post) -> str:
    """Return the absolute URL of a post, or an empty string if it is not certain.

    Every HTML builder has a page or a redirect at a path that came from ``seo.url``.
    """
    if not post.keeps_url:
        return ""
    root = blog.settings.root
    if not root:
        return post.source_url if urlsplit(post.source_url).netloc else ""
    return f"{root.rstrip('/')}/{quote(post.docname)}/"


def _posts(blog: Blog, name: str) -> list[Post]:
    path = name.strip("/").removesuffix(".html")
    for permalink in (path, f"{blog.path}/{path}"):
        found = blog.posts.get(blog.paths.find(permalink) or "")
        if path and found is not None:
            return [found]
    slug, title, posts = path.casefold(), name.casefold(), blog.posts.values()
    by_slug = [post for post in posts if post.docname.casefold().rpartition("/")[2] == slug]
    return by_slug or [post for post in posts if post.title.casefold() == title]
