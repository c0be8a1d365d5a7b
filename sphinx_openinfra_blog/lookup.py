"""Addresses and names, as authors write them -> posts, documents and pages of the blog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from .model import Taxonomy
from .permalinks import host_of, is_below, path_of, term_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Post, Term
    from .project import BlogProject


@dataclass(frozen=True, slots=True)
class Answer:
    """What is at an address.

    :ivar page: a docname or the name of a generated page; ``None`` if nothing is there.
    :ivar fragment: what follows ``#`` in the address.
    :ivar expected: whether something should be there: the address is the blog's.
    """

    page: str | None
    fragment: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means.

    :ivar page: a docname or the name of a generated page.
    :ivar text: the title or label as shown.
    :ivar name: what tells it from others of the same title.
    """

    page: str
    text: str
    name: str


def answer(project: BlogProject, address: str) -> Answer:
    """Return what the blog, or for a path without a host the site, has at *address*."""
    rules = project.settings.rules
    try:
        parts = urlsplit(address)
        if parts.netloc and host_of(address) not in project.hosts:
            return Answer(None, parts.fragment, expected=False)
        if not parts.netloc and parts.path == "/":
            return Answer(project.settings.root_doc, parts.fragment, expected=True)
        path = path_of(address, rules.blog, rules.root)
    except ValueError:
        return Answer(None, "", expected=False)
    names = dict.fromkeys((path, path.removesuffix(".html"), path.removesuffix("/index.html")))
    for name in names:
        if page := project.addresses.find_page(name):
            return Answer(project.page(page), parts.fragment, expected=True)
        if name.casefold() == rules.blog.casefold():
            return Answer(project.index, parts.fragment, expected=False)
        if name in project.docnames and (is_below(name, rules.blog) or not parts.netloc):
            return Answer(name, parts.fragment, expected=True)
    # A redirect takes the place of nothing.
    for name in names:
        if page := project.addresses.find(name):
            return Answer(page, parts.fragment, expected=True)
    return Answer(None, parts.fragment, expected=is_below(path, rules.blog))


def named(project: BlogProject, kind: str, name: str) -> list[Found]:
    """Return what *name* may mean: none if it is unknown, several if it is ambiguous.

    :param kind: ``post`` or the name of a taxonomy.
    :param name: for a post its permalink, with or without the blog's path, the last part of
        that, or the title; for a term its id, slug or label.
    """
    if kind == "post":
        return [Found(post.docname, post.title, post.docname) for post in _posts(project, name)]
    terms = project.terms.find(Taxonomy(kind), name)
    return [Found(page_of(project, term), term.label, term.slug) for term in terms]


def shown_by_role(project: BlogProject, kind: str, name: str) -> str:
    """Return the words that a role without words of its own shows, translations aside."""
    found = named(project, kind, name)
    return found[0].text if found else name


def page_of(project: BlogProject, term: Term) -> str:
    """Return the page of a term: a document that stands in its place, or the generated one."""
    return project.page(term_page(project.settings.rules.blog, term.taxonomy, term.slug))


def published_address(project: BlogProject, post: Post) -> str:
    """Return the absolute address of a post, or an empty string if it is not certain.

    One that came from ``seo.url`` is answered by both kinds of HTML output: at the address
    itself or by a redirect.
    """
    if not post.keeps_url:
        return ""
    root = project.settings.rules.root
    if not root:
        return post.source_url if urlsplit(post.source_url).netloc else ""
    return f"{root.rstrip('/')}/{quote(post.docname)}/"


def _posts(project: BlogProject, name: str) -> list[Post]:
    path = name.strip("/").removesuffix(".html")
    blog = project.settings.rules.blog
    for permalink in (path, f"{blog}/{path}"):
        found = project.posts.get(project.addresses.find(permalink) or "")
        if path and found is not None:
            return [found]
    for matching in (_with_slug(project, path), _with_title(project, name)):
        if posts := list(matching):
            return posts
    return []


def _with_slug(project: BlogProject, slug: str) -> Iterator[Post]:
    wanted = slug.casefold()
    return (
        post
        for post in project.resolved.posts
        if post.docname.casefold().rpartition("/")[2] == wanted
    )


def _with_title(project: BlogProject, title: str) -> Iterator[Post]:
    return (post for post in project.resolved.posts if post.title.casefold() == title.casefold())
