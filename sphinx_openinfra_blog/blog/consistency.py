"""Compare front matter with the options and with what search engines show; pure.

Each unknown name is reported once, at the first post that mentions it, so that an adopter who
forgot one in conf.py is not told so by every post.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar
from unicodedata import east_asian_width

from sphinx_openinfra_blog.model import Message, Problem, Subtype, __, fold, host_of, slug_of

from .visibility import Source, Where, may_show

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from sphinx_openinfra_blog.config import Settings
    from sphinx_openinfra_blog.frontmatter import CategoryMention
    from sphinx_openinfra_blog.model import Term


#: No search engine promises a length. Google cuts titles and descriptions where the device's
#: width ends (https://developers.google.com/search/docs/appearance/title-link, and ``snippet``
#: beside it): on a desktop that is about 600 pixels, which is about 60 letters, and two lines of
#: about 80. Editors work with these numbers; what matters should come before them.
LONGEST_TITLE: Final = 60
LONGEST_DESCRIPTION: Final = 160

_SVG: Final = re.compile(r"\.svgz?(?:[?#]|$)", re.IGNORECASE)

_Name = TypeVar("_Name", bound="Hashable")


@dataclass(slots=True)
class _Mention:
    """The first mention of a name, and the posts that mention it."""

    path: str
    line: int
    posts: set[str] = field(default_factory=set)

    def problem(
        self,
        subtype: Subtype,
        message: Message,
        hint: Message | None = None,
        many: Message | None = None,
        name: str = "",
    ) -> Problem:
        """Return the problem that a name is.

        :param hint: the name that is meant; without it, many names may miss in an option.
        """
        if hint is not None:
            message, many = __("%s; %s", message, hint), None
        if len(self.posts) > 1:
            message = __("%s (in %s posts)", message, len(self.posts))
        return Problem(subtype, message, self.path, self.line, many=many, example=name)


def inconsistencies(
    sources: Sequence[Source], settings: Settings, category_of: Callable[[CategoryMention], Term]
) -> Iterator[Problem]:
    """Find categories, authors and hosts of posts that the options do not know.

    :param sources: the posts that have a page, by precedence.
    :param category_of: returns the category that a post's words refer to.
    """
    yield from _categories(sources, settings, category_of)
    if settings.roster:
        yield from _authors(sources, settings)
    if settings.named_hosts:
        mentions = _mentions(
            (source.path, host, url.line)
            for source in sources
            if (url := source.fields.source_url) is not None
            if (host := host_of(url.text)) and host not in settings.hosts
        )
        for host, mention in mentions.items():
            message = __(
                "unknown host '%s' (neither in openinfra_blog_hosts nor in html_baseurl)",
                host[:80],
            )
            many = __("%s hosts are unknown, such as %s (add them to openinfra_blog_hosts)")
            hint = _suggestion(host, settings.hosts)
            yield mention.problem(Subtype.HOST, message, hint, many, host)


def _categories(
    sources: Iterable[Source], settings: Settings, category_of: Callable[[CategoryMention], Term]
) -> Iterator[Problem]:
    ids = {category.label: category.key for category in settings.categories}
    known = set(ids.values())
    mentioned = [
        (source.path, item, category_of(item))
        for source in sources
        for item in source.fields.categories
    ]
    unknown = _mentions(
        (path, category, item.line)
        for path, item, category in mentioned
        if known and category.key not in known
    )
    for category, mention in unknown.items():
        name = category.label
        message = __("unknown category '%s' (not in openinfra_blog_categories)", name[:80])
        many = __("%s categories are unknown, such as %s (add them to openinfra_blog_categories)")
        hint = _suggestion(name, ids)
        yield mention.problem(Subtype.UNKNOWN_CATEGORY, message, hint, many, name)
    other_labels = _mentions(
        (path, (category, item.label), item.label_line)
        for path, item, category in mentioned
        if category.key in known and fold(item.label) not in {"", fold(category.label)}
        if item.label not in known
    )
    for (category, label), mention in other_labels.items():
        names = category.key[:80], category.label[:80], label[:80]
        message = __("category '%s' is called '%s' in openinfra_blog_categories, not '%s'", *names)
        yield mention.problem(Subtype.CATEGORY, message)


def _authors(sources: Iterable[Source], settings: Settings) -> Iterator[Problem]:
    names = {name for ident, person in settings.roster.items() for name in (ident, person.name)}
    slugs = {
        slug_of(person.slug or person.name, settings.slugs) for person in settings.roster.values()
    }
    mentions = _mentions(
        (source.path, author.text, author.line)
        for source in sources
        for author in source.fields.authors
        if author.text not in names and slug_of(author.text, settings.slugs) not in slugs
    )
    for name, mention in mentions.items():
        message = __("unknown author '%s' (not in openinfra_blog_authors)", name[:80])
        many = __("%s authors are unknown, such as %s (add them to openinfra_blog_authors)")
        hint = _suggestion(name, names)
        yield mention.problem(Subtype.UNKNOWN_AUTHOR, message, hint, many, name)


def _mentions(mentions: Iterable[tuple[str, _Name, int]]) -> dict[_Name, _Mention]:
    found: dict[_Name, _Mention] = {}
    for path, name, line in mentions:
        found.setdefault(name, _Mention(path, line)).posts.add(path)
    return found


def _suggestion(name: str, known: Iterable[str]) -> Message | None:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    return __("did you mean '%s'?", near[0]) if near else None


def lint(source: Source, settings: Settings) -> Iterator[Problem]:
    """Suggest improvements to front matter that works (option ``lint``).

    Unlisted posts are in no search results, so the length of their texts does not matter.
    """
    fields = source.fields
    if (handle := fields.handle) is not None and fields.head.twitter not in {"", handle.text}:
        message = __("X handle '%s' is not written as '%s'", handle.text[:80], fields.head.twitter)
        yield Problem(Subtype.HANDLE, message, source.path, handle.line)
    date, updated = fields.date, fields.updated
    if date and updated and updated.instant.date() < date.instant.date():
        message = __("the post was changed before its date (correct one of the two)")
        yield Problem(Subtype.DATE, message, source.path, fields.updated_line)
    if fields.image and _SVG.search(fields.image.path.text):
        message = __("social sites show no SVG as a post's picture (use PNG or JPEG)")
        yield Problem(Subtype.IMAGE, message, source.path, fields.image.path.line)
    if not may_show(source.visibility, Where.LISTING, settings):
        return
    title = fields.short_title or fields.title
    if title is not None and width(title.text) > LONGEST_TITLE:
        message = __(
            "title has %s characters, but search results show about %s "
            "(set a shorter one in 'seo.title')",
            width(title.text),
            LONGEST_TITLE,
        )
        yield Problem(Subtype.TITLE_LENGTH, message, source.path, title.line)
    if (text := fields.description or fields.excerpt) is None:
        message = __("missing 'seo.description'; search results show the beginning of the text")
        yield Problem(Subtype.DESCRIPTION, message, source.path, fields.search_text_line)
    elif width(text.text) > LONGEST_DESCRIPTION:
        message = __(
            "description has %s characters, but search results show about %s",
            width(text.text),
            LONGEST_DESCRIPTION,
        )
        yield Problem(Subtype.DESCRIPTION, message, source.path, text.line)


def width(text: str) -> int:
    """Return the width of a text in characters; those of East Asia count as two (UAX #11)."""
    return sum(2 if east_asian_width(char) in {"W", "F"} else 1 for char in text)
