"""Make posts with their URLs and terms of what their front matter says; pure.

Everything that one post's front matter decides about another's is decided here
and in :mod:`~sphinx_openinfra_blog.claims` and :mod:`~sphinx_openinfra_blog.terms`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .archive import has_page, newest_first, precedence
from .claims import AddressBook
from .consistency import inconsistencies, lint
from .diagnostics import Problem, Subtype, __
from .frontmatter import clean
from .model import Post
from .terms import TermIndex, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .rules import Source
    from .settings import Settings


@dataclass(slots=True)
class Resolved:
    """The blog, as far as front matter and options decide it.

    :ivar posts: the posts that have a page, newest first.
    :ivar terms: the terms that have a page.
    """

    posts: list[Post] = field(default_factory=list)
    terms: Terms = field(default_factory=Terms)
    problems: list[Problem] = field(default_factory=list)


def resolve(sources: Iterable[Source], settings: Settings, taken: Mapping[str, str]) -> Resolved:
    """Decide everything that posts decide about one another.

    :param taken: the docnames below the blog's folder that belong to ordinary pages, with the
        files of these.
    """
    shown = sorted(
        (item for item in sources if has_page(item.visibility, preview=settings.preview)),
        key=lambda item: precedence(item.visibility, item.fields.date, item.path),
    )
    resolved = Resolved()
    index = TermIndex(shown, settings, resolved.problems)
    resolved.terms = index.terms
    addresses = AddressBook(settings, taken, resolved.problems)
    posts = []
    for source in shown:
        address = addresses.assign(source)
        fields = source.fields
        posts.append(
            Post(
                docname=address.docname,
                path=source.path,
                title=fields.title.text if fields.title else _title_from(source, resolved),
                title_line=fields.title_line,
                date=fields.date,
                updated=fields.updated,
                authors=index.authors(fields),
                categories=index.categories(fields),
                tags=index.tags(fields),
                year=index.year(fields),
                summary=fields.excerpt.text if fields.excerpt else "",
                pinned=fields.pinned,
                visibility=source.visibility,
                source_url=fields.source_url.text if fields.source_url else "",
                guid=address.guid,
                keeps_url=address.keeps_url,
                aliases=address.aliases,
                head=fields.head,
                passthrough=fields.passthrough,
            )
        )
    resolved.posts = newest_first(posts)
    resolved.problems += inconsistencies(shown, settings, index.category)
    if settings.lint:
        resolved.problems += (problem for source in shown for problem in lint(source))
    return resolved


def _title_from(source: Source, resolved: Resolved) -> str:
    message = __("missing title; using the file name")
    line = source.fields.title_line
    resolved.problems.append(Problem(Subtype.TITLE, message, source.path, line))
    return clean(source.stem.rpartition("/")[2].replace("-", " ").replace("_", " ")) or "Untitled"
