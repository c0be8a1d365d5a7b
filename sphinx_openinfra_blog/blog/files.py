"""The one rule for files below the blog's folder: a post, an ordinary page, or held; pure.

What may be a draft has no page: a file is held if it has front matter that cannot be understood.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinx_openinfra_blog.frontmatter import (
    FrontMatter,
    FrontMatterError,
    read_fields,
    read_moment,
)
from sphinx_openinfra_blog.model import Problem, Subtype, Visibility, __

from .visibility import Source, visibility_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sphinx_openinfra_blog.config import Settings
    from sphinx_openinfra_blog.model import Message, Moment

#: Folders of drafts, in Jekyll, Hexo and others, in any case.
_DRAFTS: Final = frozenset({"draft", "drafts", "_drafts", "_scheduled", "unpublished"})
#: The one folder of posts whose name begins with an underscore: Jekyll's and Hexo's.
_POSTS: Final = "_posts"
_DATED_NAME: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+(.+))?", re.DOTALL)
_DATED_FOLDERS: Final = re.compile(r"(?:(.*)/)?(\d{4})/(\d{1,2})/(\d{1,2})/(.+)", re.DOTALL)
#: Of one kind, so many problems are named one by one.
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file below the blog's folder is.

    :ivar source: the post that it is.
    :ivar has_page: whether the file is an ordinary page, or a post that may have one.
    :ivar is_undated: whether it is a page although it names a title or an author.
    """

    source: Source | None = None
    problems: tuple[Problem, ...] = ()
    has_page: bool = True
    is_undated: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """What the name of a file says.

    :ivar stem: the path below the blog's folder, without its suffix and its date.
    :ivar date: as in ``2024-01-05-x.md`` and ``2024/01/05/x.md``.
    :ivar written: that date as it is written, even if it does not exist.
    :ivar is_draft: whether it is in a folder of drafts.
    :ivar is_left_out: whether a part of the path begins with a dot or an underscore.
    """

    stem: str
    date: Moment | None
    is_draft: bool
    is_left_out: bool
    written: str = ""


def judge(
    path: str, docname: str, read: Callable[[], FrontMatter | None], settings: Settings
) -> Verdict:
    """Decide what a file is.

    :param path: relative to the source directory.
    :param docname: what Sphinx calls the document by itself.
    :param read: reads the front matter, and raises :exc:`FrontMatterError` if that fails.
    """
    name = _name_of(docname.removeprefix(f"{settings.blog}/"), settings)
    if name.is_left_out:
        return Verdict(has_page=False)
    try:
        matter = read()
    except FrontMatterError as error:
        return held(path, Subtype.FRONT_MATTER, error)
    if matter is None and (not name.written or name.is_draft):
        return Verdict(has_page=not name.is_draft)
    fields, problems = read_fields(
        matter or FrontMatter({}),
        path,
        settings.timezone,
        publish_undated=settings.publish_future,
        date=name.date,
    )
    if fields.withheld:
        return Verdict(problems=tuple(problems), has_page=False)
    if name.is_draft:
        fields.switch = Visibility.DRAFT
    if docname == f"{settings.blog}/index":  # The blog's own page, unless it is kept back.
        return Verdict(has_page=fields.switch is not Visibility.DRAFT)
    if name.written and not (fields.date or name.is_draft or settings.publish_future):
        reason = __("nonexistent date in the file's name: '%s'", name.written)
        return held(path, Subtype.DATE, FrontMatterError(reason, 1))
    if not fields.is_post:
        named = fields.title is not None or bool(fields.authors)
        return Verdict(has_page=not name.is_draft, is_undated=named and not name.is_draft)
    source = Source(path, name.stem, docname, fields, visibility_of(fields, settings))
    return Verdict(source, tuple(problems))


def held(path: str, subtype: Subtype, error: FrontMatterError) -> Verdict:
    """Return the verdict about a file that cannot be read."""
    message = __("%s; the file gets no page", error.message)
    return Verdict(
        problems=(Problem(subtype, message, path, error.line, withholds=True),), has_page=False
    )


def _name_of(stem: str, settings: Settings) -> _Name:
    parts = stem.split("/")
    folders = [part.casefold() for part in parts[:-1]]
    kept = [part for part in parts if part.casefold() != _POSTS]
    is_draft = any(folder in _DRAFTS for folder in folders) or parts[-1].endswith(".draft")
    is_left_out = any(
        part.startswith((".", "_")) and part.casefold() not in _DRAFTS for part in kept
    )
    stem = "/".join(kept) or stem
    undated = _Name(stem, None, is_draft, is_left_out)
    below, _, last = stem.rpartition("/")
    bundle = f"/{last}" if last == "index" and below else ""
    dated = (below if bundle else stem).rpartition("/")
    if match := _DATED_NAME.fullmatch(dated[2]):
        *numbers, slug = match.groups()
        rest = f"{dated[0]}{dated[1]}{slug or dated[2]}{bundle}"
    elif match := _DATED_FOLDERS.fullmatch(stem):
        before, *numbers, slug = match.groups()
        rest = f"{before}/{slug}" if before else slug
    else:
        return undated
    written = "-".join(numbers)
    date = read_moment(written, settings.timezone)
    return _Name(rest if date else stem, date, is_draft, is_left_out, written)


def grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Return problems with those together that have one cause.

    These are those of which the message is the same, and those that one option would remove:
    one message with a count and three examples.
    """
    kinds: defaultdict[tuple[Subtype, Message], list[Problem]] = defaultdict(list)
    for problem in problems:
        kinds[problem.subtype, problem.many or problem.message].append(problem)
    for (subtype, common), found in kinds.items():
        if len(found) <= _NAMED:
            yield from found
            continue
        named = {problem.example or _place_of(problem): problem for problem in reversed(found)}
        examples = ", ".join(map(_example_of, [*reversed(named.values())][:_NAMED]))
        if found[0].many is None:
            message = __("%s (%s files, such as %s)", common, len(found), examples)
        else:
            message = __(common.template, len(found), examples, *common.args)
        yield Problem(subtype, message, "", 0, withholds=found[0].withholds)


def _example_of(problem: Problem) -> str:
    place = _place_of(problem)
    return f"'{problem.example[:80]}' ({place})" if problem.example else place


def _place_of(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}" if problem.line else problem.path


def undated_message(paths: Sequence[str]) -> Message:
    """Return what there is to say about pages that name a title or an author, but no date."""
    examples = ", ".join(paths[:_NAMED])
    if len(paths) == 1:
        return __(
            "one file below the blog's folder is a page and no post, because it has no date (%s)",
            examples,
        )
    return __(
        "%s files below the blog's folder are pages and no posts, because they have no date"
        " (such as %s)",
        len(paths),
        examples,
    )
