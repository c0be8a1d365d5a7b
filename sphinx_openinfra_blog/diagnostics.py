"""The diagnostics of the blog: what can be wrong, and values that say where.

This module knows no Sphinx: :mod:`sphinx_openinfra_blog.report` turns a
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
        """Give each member its warning subtype and what the reference page says of it."""
        member = object.__new__(cls)
        member._value_ = value
        member.explanation = explanation
        return member

    FRONT_MATTER = (
        "front_matter",
        "The front matter cannot be read: broken YAML, bytes that are not in the source encoding, "
        "a missing closing line, something other than a mapping, or far too much of it. "
        "The file gets no page, because nobody can know that it is not a draft. "
        "Mend the line that the warning names.",
    )
    KEY = (
        "key",
        "A key stands twice, is not a plain word, nearly matches a known one, or would allow the "
        "post what only conf.py may allow. Of two equal keys the last counts. "
        "Correct the spelling or remove the key.",
    )
    VALUE = (
        "value",
        "A value has the wrong type, and was read as well as possible or left out. "
        "Write what the front matter reference asks for.",
    )
    TITLE = (
        "title",
        "The post has no title; its file name is shown instead. Give it a `title`.",
    )
    DATE = (
        "date",
        "The date is missing, cannot be read or does not exist. A post whose date cannot be read "
        'has no page (with `openinfra_blog_future = "publish"` it counts as undated); '
        "one without a date is listed last. Write the date as `2026-11-22` or in ISO 8601.",
    )
    VISIBILITY = (
        "visibility",
        "One of `hidePost`, `unlisted`, `draft` or `expires` cannot be read, "
        "so the post has no page. Write `true` or `false`, or a date for `expires`.",
    )
    ADDRESS = (
        "address",
        "The address of a post cannot be used as it stands: it is no path, lies outside the blog, "
        "uses a reserved name or a character that no address may hold. "
        "The warning says where the post is instead.",
    )
    DUPLICATE = (
        "duplicate",
        "Two documents claim one address. The visible before the unlisted, then the earlier post "
        "keeps it, the other gets `-2`. Change one of the two addresses.",
    )
    ALIAS = (
        "alias",
        "A redirect would stand where something else is, so it is left out. "
        "Remove the alias or move what is in its place.",
    )
    OUTPUT = (
        "output",
        "A feed, or another file that an option asks for, would stand where something else is, "
        "so it is left out. Move what is in its place, or set the option to another path.",
    )
    CATEGORY = (
        "category",
        "Two different categories have the same slug, and the later one gets `-2`; "
        "or one category has two labels, of which one is shown. Write one label, and give one of "
        "two categories a `slug` in `openinfra_blog_categories`.",
    )
    UNKNOWN_CATEGORY = (
        "unknown_category",
        "A category is not among those of `openinfra_blog_categories`, if that names any. "
        "It has a page all the same, and stands after the others in the archive. "
        "Each is named once. Correct it, or add it to the option.",
    )
    TAG = (
        "tag",
        "Two different tags, such as `C` and `C++`, have the same slug; the later one gets `-2`. "
        "Write one of them in another way.",
    )
    AUTHOR = (
        "author",
        "Two spellings of an author's name have the same slug and share a page. "
        "Use one spelling, or list the author in `openinfra_blog_authors`.",
    )
    UNKNOWN_AUTHOR = (
        "unknown_author",
        "An author is not in `openinfra_blog_authors`, if that names any. There is a page all the "
        "same, with nothing on it but the posts. Each is named once. "
        "Correct the name, or add it to the option.",
    )
    HANDLE = (
        "handle",
        "What should be an author's handle on X is none, and is left out. With "
        "`openinfra_blog_lint` also one that is understood, but written in another way. "
        "Write `@name`.",
    )
    HOST = (
        "host",
        "The host of a `seo.url` is neither among `openinfra_blog_hosts`, if that names any, nor "
        "the one of `html_baseurl`. The path counts all the same. Each host is named once. "
        "Correct the address, or add the host to the option.",
    )
    LINK = (
        "link",
        "A link has no target, no scheme, or leads to a path of the old site that this one does "
        "not have. An empty link becomes its text; a bare host or mail address gets a scheme. "
        "Write the whole URL, beginning with `https://` or `mailto:`.",
    )
    OWN_LINK = (
        "own_link",
        "A URL of the blog that belongs to no post and no other page, or a link to a post without "
        "a page. The URL stays as written, the link to the post is removed. Correct or remove it.",
    )
    HIDDEN_LINK = (
        "hidden_link",
        "A listed post links to an unlisted one. The link works, so its readers find the other "
        "post. Remove the link, or list the post.",
    )
    IMAGE = (
        "image",
        "An image has no URL, or its file cannot be found. One without a URL becomes its "
        "alternative text, the other keeps its URL. "
        "Add the file, or map such URLs to a folder with `openinfra_blog_media`.",
    )
    ALT_TEXT = (
        "alt_text",
        "An image has no alternative text, for people who cannot see it, and search engines. "
        "Describe it in a few words. "
        "For a decorative image, give the `image` directive an empty `alt`.",
    )
    TITLE_LENGTH = (
        "title_length",
        "Only with `openinfra_blog_lint`: search results show about 60 characters of a title, and "
        "this one is longer. Shorten it, or give the post a shorter `seo.title`.",
    )
    DESCRIPTION = (
        "description",
        "Only with `openinfra_blog_lint`: the post has no description of its own, or one of which "
        "search results, which show about 160 characters, leave out the end. "
        "Write a sentence or two into `seo.description`.",
    )
    DIRECTIVE = (
        "directive",
        "An option of the `blog` directive is unknown, invalid or has no effect, or names "
        "something unknown. The listing is shown without that option or that name.",
    )
    ROLE = (
        "role",
        "A role names an unknown post, category, author or tag, or one of several with that name. "
        "Write what the warning suggests; an id or a slug is never ambiguous.",
    )
    TOCTREE = (
        "toctree",
        "The pattern of a `toctree` with `:glob:` matches posts. All of them are then in every "
        "sidebar, which makes large blogs slow to build. Exclude the blog directory.",
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an author should know, and where it is.

    :ivar subtype: what kind of problem it is.
    :ivar message: what is wrong and what to do, in one sentence or two.
    :ivar path: the file, relative to the source directory.
    :ivar line: the 1-based line in that file.
    :ivar withholds: whether the file has no page because of it.
    :ivar other: another file that it is about, or an empty string.
    """

    subtype: Subtype
    message: Message | str
    path: str
    line: int
    withholds: bool = False
    other: str = ""
