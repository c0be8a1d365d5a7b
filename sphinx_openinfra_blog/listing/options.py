"""The options of the ``blog`` directive, each with its conversion function and help; pure.

The functions are like those of docutils' ``option_spec``, but a mistake in one option does not
lose the listing.
"""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sphinx_openinfra_blog.blog import FIELDS, GROUPINGS, Listing
from sphinx_openinfra_blog.model import Taxonomy, __, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_openinfra_blog.model import Message

_TRUE: Final = frozenset({"", "on", "true", "yes"})
_FALSE: Final = frozenset({"off", "false", "no"})


@dataclass(frozen=True, slots=True)
class ListingOption:
    """One option of the directive.

    :ivar name: as written between colons.
    :ivar values: what may be written, for the reference page.
    :ivar read: converts the text to a :class:`Listing`'s value, or raises :exc:`ValueError`
        with a :class:`Message`.
    :ivar help: the text of the reference page, in Markdown.
    :ivar field: the field of :class:`Listing`, or an empty string for an option that the
        directive handles itself.
    :ivar of_posts: whether it has no effect on lists of terms.
    """

    name: str
    values: str
    read: Callable[[str], Any]
    help: str
    field: str = ""
    of_posts: bool = False


def _names(text: str) -> tuple[str, ...]:
    names = (
        clean(name) for row in csv.reader(text.splitlines(), skipinitialspace=True) for name in row
    )
    found = tuple(dict.fromkeys(name for name in names if name))
    if not found:
        raise ValueError(__("contains no name"))
    return found


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(__("must be one of %s", ", ".join(choices)))
        return text

    return read


def _fields(text: str) -> tuple[str, ...]:
    names = _names(text)
    for name in names:
        _one_of(*FIELDS)(name)
    return names


def _number(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < least:
            raise ValueError(__("must be a whole number, at least %s", least))
        return int(text)

    return read


def _switch(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError(__("must be on or off"))
    return text.lower() in _TRUE


def _words(text: str) -> str:
    if not clean(text):
        raise ValueError(__("contains no text"))
    return clean(text)


_FILTER_HELP: Final = (
    "Only posts with one of these {plural}, separated by commas: {by}. "
    "Several filters must all be met."
)

LISTING_OPTIONS: Final = (
    ListingOption(
        "show",
        "`posts` (default), `categories`, `authors`, `tags`, `years`, `profiles`, `feeds`",
        _one_of("posts", *(taxonomy.plural for taxonomy in Taxonomy), "profiles", "feeds"),
        "What is listed: posts, or terms with the number of their posts, linked to their pages. "
        "With filters, the terms of the posts that match. `profiles`: authors with their picture, "
        "role, text and links; those whom `authors` names, or all of the posts that match. "
        "`feeds`: links to the feeds of the blog, or of the categories, authors and tags that "
        "filters name, in the builders that have feeds.",
        "show",
    ),
    *(
        ListingOption(
            taxonomy.plural,
            "names",
            _names,
            _FILTER_HELP.format(
                plural=taxonomy.plural,
                by="four digits each"
                if taxonomy is Taxonomy.YEAR
                else "by id, slug or label (put a label with a comma in double quotes)",
            ),
            "only",
        )
        for taxonomy in Taxonomy
    ),
    ListingOption(
        "group-by",
        "`category` (default), `author`, `tag`, `year`, `month`, `none`",
        _one_of(*GROUPINGS),
        "The headings of the posts. A post with several of them is listed under each; "
        "posts without any come last.",
        "group_by",
        of_posts=True,
    ),
    ListingOption(
        "sort",
        "`newest` (default), `oldest`, `title`",
        _one_of("newest", "oldest", "title"),
        "The order of the posts, within each group. By date, posts with `featured: true` or "
        "`pin: true` come first, and posts without a date last.",
        "sort",
        of_posts=True,
    ),
    ListingOption(
        "limit",
        "a number",
        _number(1),
        "The maximum number of posts or terms (default: no limit).",
        "limit",
    ),
    ListingOption(
        "offset",
        "a number",
        _number(0),
        "The number of posts or terms to skip at the beginning.",
        "offset",
    ),
    ListingOption(
        "style",
        "`compact` (default), `rows`, `cards`, `titles`, `table`",
        _one_of("cards", "compact", "rows", "table", "titles"),
        "How a post looks: its title with authors and date; the same with its categories, an "
        "excerpt and its picture, in rows or on cards; only its date and title; a row of a table "
        "with the chosen `fields`.",
        "style",
        of_posts=True,
    ),
    ListingOption(
        "fields",
        "names",
        _fields,
        "The columns of `:style: table` in their order, separated by commas: "
        f"{', '.join(f'`{name}`' for name in FIELDS)}. By default `date, title, authors`.",
        "fields",
        of_posts=True,
    ),
    ListingOption(
        "excerpts",
        "`on`, `off`",
        _switch,
        "Whether posts have an excerpt. By default rows and cards have one.",
        "excerpts",
        of_posts=True,
    ),
    ListingOption(
        "paginate",
        "a number",
        _number(1),
        "The number of posts on one page. The rest follows on further pages, at `page/2` and so "
        "on below the page's own URL. Builders without such pages, such as `latex`, show all "
        "posts. Only one listing of a page can have further pages.",
        "paginate",
        of_posts=True,
    ),
    ListingOption(
        "empty",
        "a text",
        _words,
        "The text that is shown if there is nothing to list.",
        "empty",
    ),
    ListingOption(
        "class",
        "class names",
        _words,
        "Classes of the listing, as with other directives.",
    ),
    ListingOption(
        "name",
        "a name",
        _words,
        "A target for `ref` and Markdown links, as with other directives.",
    ),
)
_BY_NAME: Final = {option.name: option for option in LISTING_OPTIONS}


def read_options(given: Mapping[str, str | None]) -> tuple[Listing, list[tuple[str, Message]]]:
    """Convert the options of a directive.

    :param given: option -> text, ``None`` for an option without a value.
    :returns: the listing without the invalid options, and the name and mistake of each of these.
    """
    values: dict[str, Any] = {}
    only: list[tuple[Taxonomy, tuple[str, ...]]] = []
    problems: list[tuple[str, Message]] = []
    for name, text in given.items():
        if (option := _BY_NAME.get(name)) is None:
            problems.append((name, _unknown(name)))
            continue
        try:
            value = option.read((text or "").strip())
        except ValueError as error:
            problems.append((name, error.args[0]))
            continue
        if option.field == "only":
            only.append((next(item for item in Taxonomy if item.plural == name), value))
        elif option.field:
            values[option.field] = value
    if values.get("show") == "feeds":
        only = [item for item in only if item[0] is not Taxonomy.YEAR]  # which have none
    listing = Listing(**values, only=tuple(only))
    wrong = {name for name, _message in problems}
    problems += [item for item in _without_effect(listing, given) if item[0] not in wrong]
    return listing, problems


def _unknown(name: str) -> Message:
    if near := difflib.get_close_matches(name, _BY_NAME, n=1):
        return __("is unknown (is '%s' meant?)", near[0])
    return __("is unknown (there are %s)", ", ".join(_BY_NAME))


def _without_effect(
    listing: Listing, given: Mapping[str, str | None]
) -> Iterator[tuple[str, Message]]:
    if listing.show != "posts":
        for option in (_BY_NAME[name] for name in given if name in _BY_NAME):
            not_of_feeds = option.name == "years" or option.field in {"limit", "offset"}
            if option.of_posts or (listing.show == "feeds" and not_of_feeds):
                yield option.name, __("has no effect on a list of %s", listing.show)
        return
    if listing.style == "titles" and listing.excerpts:
        yield "excerpts", __("has no effect on titles (use another style)")
    if listing.style == "table" and "excerpts" in given:
        yield "excerpts", __("has no effect on tables (name 'excerpt' in 'fields')")
    if listing.style != "table" and "fields" in given:
        yield "fields", __("has no effect without ':style: table'")
