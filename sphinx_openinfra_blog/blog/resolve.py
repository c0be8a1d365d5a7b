"""Make the blog of what its files say: posts with their URLs and terms; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.model import Post, Problem, Subtype, Visibility, __, clean

from .blog import Blog
from .consistency import inconsistencies, lint
from .old_addresses import old_paths_of_post
from .order import newest_first, precedence
from .permalinks import Permalinks
from .terms import TermIndex
from .visibility import Source, Where, may_show, next_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_openinfra_blog.config import Settings


def resolve(
    sources: Sequence[Source],
    settings: Settings,
    taken: Mapping[str, str] | None = None,
    problems: Iterable[Problem] = (),
    undated: Iterable[str] = (),
) -> Blog:
    """Decide everything that posts decide about one another.

    :param taken: the docnames below the blog's folder that belong to ordinary pages, with the
        files of these.
    :param problems: what is wrong with the front matter of single files.
    :param undated: the files of pages that name a title or an author.
    """
    found = [*settings.problems, *problems]
    shown = sorted(
        (item for item in sources if may_show(item.visibility, Where.PAGE, settings)),
        key=lambda item: precedence(item.visibility, item.fields.date, item.path),
    )
    index = TermIndex(shown, settings, found)
    permalinks = Permalinks(settings, taken or {}, found)
    posts = []
    for source in shown:
        paths = permalinks.assign(source)
        fields = source.fields
        post = Post(
            docname=paths.docname,
            path=source.path,
            title=fields.title.text if fields.title else _title_from(source, found),
            title_line=fields.title_line,
            date=fields.date,
            updated=fields.updated,
            authors=index.authors(fields),
            categories=index.categories(fields),
            tags=index.tags(fields),
            year=index.year(fields),
            summary=fields.excerpt.text if fields.excerpt else "",
            paragraphs=int(fields.paragraphs.text) if fields.paragraphs else 0,
            pinned=fields.pinned,
            visibility=source.visibility,
            source_url=fields.source_url.text if fields.source_url else "",
            guid=paths.guid,
            keeps_url=paths.keeps_url,
            aliases=paths.aliases,
            head=fields.head,
            passthrough=fields.passthrough,
        )
        posts.append(_with_old_addresses(post, settings))
    found += inconsistencies(shown, settings, index.category)
    if settings.lint:
        found += (problem for source in shown for problem in lint(source, settings))
    changes = (next_change(source.fields, settings) for source in sources)
    return Blog(
        settings=settings,
        posts={post.docname: post for post in newest_first(posts)},
        terms=index.terms,
        scheduled=tuple(sorted(_scheduled(sources, settings))),
        undated=tuple(sorted(undated)),
        next_change=min((moment for moment in changes if moment), default=None),
        problems=tuple(map(_in_cell, found)),
    )


def _in_cell(problem: Problem) -> Problem:
    """Return a problem with the place in a notebook that an author sees."""
    if not problem.path.endswith(".ipynb"):
        return problem
    if not problem.line:  # In the metadata, or in the file as a whole.
        return replace(problem, line=1)
    message = __("%s (cell 1, line %s)", problem.message, problem.line)
    return replace(problem, message=message, line=1)


def _with_old_addresses(post: Post, settings: Settings) -> Post:
    """Return a post with the aliases that the patterns of the option give."""
    found = {path.casefold(): (path, line) for path, line in post.aliases}
    for path in old_paths_of_post(post, settings):
        found.setdefault(path.casefold(), (path, 1))
    return replace(post, aliases=tuple(found.values()))


def _scheduled(sources: Iterable[Source], settings: Settings) -> Iterator[tuple[str, str]]:
    """Return the path and date of each post that is withheld until its date."""
    for source in sources:
        is_due = may_show(source.visibility, Where.PAGE, settings)
        moments = [item for item in (source.fields.date, source.fields.release) if item]
        if source.visibility is Visibility.SCHEDULED and not is_due:
            yield source.path, max(moments, key=lambda moment: moment.instant).text


def _title_from(source: Source, problems: list[Problem]) -> str:
    if source.heading:
        return source.heading
    message = __("missing title; using the file name")
    line = source.fields.title_line
    problems.append(Problem(Subtype.TITLE, message, source.path, line))
    return clean(source.stem.rpartition("/")[2].replace("-", " ").replace("_", " ")) or "Untitled"
