"""The diagnostics of the blog: what can be wrong, and where.

This module does not import Sphinx: :mod:`sphinx_openinfra_blog.environment.warnings` turns a
:class:`Problem` into a Sphinx warning of type ``openinfra_blog``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, Self


class Message(NamedTuple):
    """A message whose translation and arguments wait until it is shown.

    :ivar template: the English text, with ``%s`` for each argument; the msgid of its translations.
    :ivar args: what to fill in; may hold other messages.
    """

    template: str
    args: tuple[object, ...] = ()

    def __str__(self) -> str:
        """Return the English text."""
        return self.template % self.args if self.args else self.template


def __(template: str, *args: object) -> Message:  # noqa: N807 (the name of Sphinx's own)
    """Return a message for later translation.

    Named after :func:`sphinx.locale.__`, as which ``pybabel extract`` finds it.
    """
    return Message(template, args)


class Subtype(Enum):
    """The subtypes of ``openinfra_blog`` warnings, for ``suppress_warnings``."""

    explanation: str

    def __new__(cls, value: str, explanation: str) -> Self:
        """Give each member its warning subtype and its text on the reference page."""
        member = object.__new__(cls)
        member._value_ = value
        member.explanation = explanation
        return member

    FRONT_MATTER = (
        "front_matter",
        "The front matter cannot be read: invalid YAML, bytes that are not in the source "
        "encoding, a missing closing line, something other than a mapping, or far too much of it. "
        "The file gets no page, because it may be a draft. Correct the line of the warning.",
    )
    PARSER = (
        "parser",
        "The site reads the file with a parser that the blog does not know, so that it cannot "
        "take the front matter out. The file gets no page. Use MyST-Parser, MyST-NB, nbsphinx or "
        "reStructuredText for posts.",
    )
    OPTION = (
        "option",
        "`conf.py` sets an option that does not exist, so that it has no effect. "
        "Correct its name.",
    )
    DATA_FILE = (
        "data_file",
        "A file that `openinfra_blog_authors` or `openinfra_blog_categories` names cannot be "
        "read, or has a value that cannot be used. The rest of the file is used. "
        "Correct the line of the warning.",
    )
    KEY = (
        "key",
        "A key is duplicate, not a string, nearly a known one, or would allow the post what only "
        "`conf.py` may allow. Of duplicate keys the last one is used. "
        "Correct the spelling or remove the key.",
    )
    VALUE = (
        "value",
        "A value has the wrong type, and was read as well as possible or ignored. "
        "See the front matter reference for the expected type.",
    )
    TITLE = (
        "title",
        "The post has no title; its file name is shown instead. Give it a `title`.",
    )
    DATE = (
        "date",
        "The date is missing, invalid or does not exist. A post with an invalid date "
        'has no page (with `openinfra_blog_future = "publish"` it counts as undated); '
        "one without a date is listed last. Write the date as `2026-11-22` or in ISO 8601.",
    )
    VISIBILITY = (
        "visibility",
        "The value of `hidePost`, `unlisted`, `draft` or `expires` is invalid, "
        "so the post has no page. Write `true` or `false`, or a date for `expires`.",
    )
    ADDRESS = (
        "address",
        "The URL of a post is invalid, outside the blog or reserved, or contains a character that "
        "is not allowed. If the post has another URL instead, the warning tells it.",
    )
    DUPLICATE = (
        "duplicate",
        "Two documents have the same URL. A visible post keeps it before an unlisted one, and an "
        "earlier one before a later one; the other gets `-2`. Change one of the two URLs.",
    )
    ALIAS = (
        "alias",
        "A redirect is left out, because its path is invalid or belongs to another file. "
        "Remove the alias, or move that file.",
    )
    OUTPUT = (
        "output",
        "A feed, or another file that an option asks for, is left out, because its path belongs "
        "to another file. Move that file, or set the option to another path.",
    )
    CATEGORY = (
        "category",
        "Two categories have the same slug, and the second gets `-2`; "
        "or one category has two labels, of which one is shown. Use one label, and give one of "
        "two categories a `slug` in `openinfra_blog_categories`.",
    )
    UNKNOWN_CATEGORY = (
        "unknown_category",
        "A category is not in `openinfra_blog_categories`, if that option is set. "
        "It has a page all the same, and comes after the others in the archive. "
        "Each is reported once. Correct it, or add it to the option.",
    )
    TAG = (
        "tag",
        "Two tags, such as `C` and `C++`, have the same slug, and the second gets `-2`; or posts "
        "spell one tag differently, as `Dask` and `dask`. Spell one of them differently, or all "
        "of them alike.",
    )
    AUTHOR = (
        "author",
        "Two spellings of an author's name have the same slug and share a page. "
        "Use one spelling, or list the author in `openinfra_blog_authors`.",
    )
    UNKNOWN_AUTHOR = (
        "unknown_author",
        "An author is not in `openinfra_blog_authors`, if that option is set. The author has a "
        "page all the same, without a profile. Each is reported once. "
        "Correct the name, or add it to the option.",
    )
    HANDLE = (
        "handle",
        "An author's handle on X is invalid and ignored. With `openinfra_blog_lint` also one that "
        "is valid, but not written as `@name`. Write `@name`.",
    )
    HOST = (
        "host",
        "The host of a `seo.url` is neither in `openinfra_blog_hosts`, if that option is set, nor "
        "the one of `html_baseurl`. The path is used all the same. Each host is reported once. "
        "Correct the URL, or add the host to the option.",
    )
    LINK = (
        "link",
        "A link has no target, no scheme or another slip in its address, or leads to a file or a "
        "path that the site does not have. An empty link becomes its text, one with a slip the "
        "link that was meant; of many links to such paths one warning tells. "
        "Write the whole URL, beginning with `https://` or `mailto:`.",
    )
    OWN_LINK = (
        "own_link",
        "A link to a URL of the blog leads to no post and no page, "
        "or to a post that has no page. It is left as it is. Correct or remove it.",
    )
    HIDDEN_LINK = (
        "hidden_link",
        "A listed post links to an unlisted one. The link works, so readers find the unlisted "
        "post. Remove the link, or list the post.",
    )
    IMAGE = (
        "image",
        "An image has no URL, or its file cannot be found. One without a URL is replaced by its "
        "alternative text, the URL of the other is left as it is. "
        "Add the file, or map such URLs to a folder with `openinfra_blog_media`.",
    )
    ALT_TEXT = (
        "alt_text",
        "An image has no alternative text, or one of blanks only, for readers who do not see it "
        "and for search engines. Describe in a few words what it shows. "
        "For a decorative image, give the `image` directive, or `<img>`, an empty `alt`.",
    )
    TITLE_LENGTH = (
        "title_length",
        "Only with `openinfra_blog_lint`: the title has more than the about 60 characters that "
        "search results show. Shorten it, or give the post a shorter `seo.title`.",
    )
    DESCRIPTION = (
        "description",
        "Only with `openinfra_blog_lint`: the post has no description, or one with more than the "
        "about 160 characters that search results show. "
        "Write a sentence or two into `seo.description`.",
    )
    CONFLICT = (
        "conflict",
        "Only with `openinfra_blog_lint`: the text of a post has the lines that mark a conflict "
        "of versions. Keep one of the two versions, and remove these lines.",
    )
    DIRECTIVE = (
        "directive",
        "An option of the `blog` directive is unknown, has an invalid value, has no effect, or "
        "names something that the blog does not have. The listing is shown without that option, "
        "or without that name.",
    )
    TEMPLATE = (
        "template",
        "A template of the site for the posts of listings has a mistake: a syntax error, or a "
        "name that does not exist. The listings look as they do without the template.",
    )
    ROLE = (
        "role",
        "A role refers to an unknown post, category, author or tag, or to several. "
        "Write what the warning suggests: an id or a slug is never ambiguous.",
    )
    TOCTREE = (
        "toctree",
        "The pattern of a `toctree` with `:glob:` matches posts. Each of them then appears in "
        "every sidebar, which makes large blogs slow to build. Exclude the blog directory.",
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a file, and where it is.

    :ivar subtype: what kind of problem it is.
    :ivar message: what is wrong, what was done about it, and the remedy in parentheses.
    :ivar path: the file, relative to the source directory.
    :ivar line: the 1-based line in that file.
    :ivar withholds: whether the file has no page because of it.
    :ivar other: another file that is involved, or an empty string.
    :ivar many: what to say, once, of many problems with one cause that an option would remove;
        its template takes their number and some examples before its own arguments.
    :ivar example: what this one is about, among these examples.
    """

    subtype: Subtype
    message: Message
    path: str
    line: int
    withholds: bool = False
    other: str = ""
    many: Message | None = None
    example: str = ""
