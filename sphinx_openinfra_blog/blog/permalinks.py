"""Give each post the URL that it asks for; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sphinx_openinfra_blog.frontmatter import Located
from sphinx_openinfra_blog.model import (
    Message,
    PathError,
    Problem,
    Subtype,
    __,
    checked,
    free,
    from_file_name,
    is_below,
    path_of,
    permalink,
    query_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_openinfra_blog.config import Settings

    from .visibility import Source


#: What Eleventy, Jekyll and others fill in.
_TEMPLATE: Final = re.compile(
    r"\{\{|\{%|<%|\$\{|(?:^|/):[a-z_]+(?:/|\.|$)|(?:^|/)%[a-z_]+%(?:/|$)|[\[<{][a-zA-Z_.]+[\]>}]"
    r"|^(?:pretty|date|weekdate|ordinal|none)$"
)


@dataclass(frozen=True, slots=True)
class PostPaths:
    """The paths of a post.

    :ivar docname: its permalink.
    :ivar line: the 1-based line that asks for it.
    :ivar alias: another path that redirects to it, or an empty string.
    :ivar keeps_url: whether *docname* is the path of ``seo.url``.
    :ivar aliases: the paths that the front matter names besides, each with its line.
    :ivar guid: ``seo.url`` byte for byte, if the post may keep it as its id in the feeds.
    """

    docname: str
    line: int
    alias: str = ""
    keeps_url: bool = False
    guid: str = ""
    aliases: tuple[tuple[str, int], ...] = ()


class Permalinks:
    """Gives each post its docname; the first to ask for one keeps it."""

    def __init__(
        self, settings: Settings, taken: Mapping[str, str], problems: list[Problem]
    ) -> None:
        self.settings = settings
        self.problems = problems
        # "a/index" and "a" are one page under dirhtml.
        self.identities: set[str] = set()
        self.owners = {
            name.casefold().removesuffix("/index"): path for name, path in taken.items()
        }

    def assign(self, source: Source) -> PostPaths:
        """Return the paths of a post."""
        wanted = self._wanted(source)
        asked = wanted.docname
        docname = free(asked, self.owners)
        if docname != asked:
            owner = self.owners[asked.casefold()]
            message = __("duplicate URL '/%s' (of '%s'); using '/%s'", asked, owner, docname)
            self.problems.append(
                Problem(Subtype.DUPLICATE, message, source.path, wanted.line, other=owner)
            )
            wanted = PostPaths(docname, wanted.line)
        self.owners[docname.casefold()] = source.path
        guid = self._guid(source)
        aliases = ((wanted.alias, wanted.line),) if wanted.alias else ()
        return replace(
            wanted,
            guid=guid if docname == asked else "",
            aliases=(*aliases, *self._aliases(source, docname, wanted.alias)),
        )

    def _aliases(self, source: Source, docname: str, left: str) -> Iterator[tuple[str, int]]:
        """Return the paths that should redirect to a post, whether they are free or not.

        :param left: the alias of the post's own URL.
        """
        known = {docname.casefold(), left.casefold()}
        for written in source.fields.aliases:
            try:
                path = self._alias(written.text)
            except PathError as error:
                message = __("cannot redirect from '%s': %s", written.text[:200], error.reason)
                self._warn(Subtype.ALIAS, message, source, written.line)
                continue
            if path.casefold() not in known:
                known.add(path.casefold())
                yield path, written.line

    def _alias(self, url: str) -> str:
        """Return the path of an alias, with its query: other programs name posts by them.

        :raises PathError: if there is no such path.
        """
        address, _, query = url.partition("#")[0].partition("?")
        if not (query := query_text(query)):
            return checked(path_of(address, self.settings.blog, self.settings.root))
        try:
            path = checked(path_of(address, self.settings.blog, self.settings.root))
        except PathError:
            if urlsplit(address).path.strip("/"):
                raise
            path = ""  # the front page, as "/?p=5"
        return f"{path}?{query}"

    def _guid(self, source: Source) -> str:
        """Return the id of a post in the old feeds, if no post before had the same.

        The path is the identity; a URL without a valid one is an identity by itself.
        """
        if (url := source.fields.source_url) is None:
            return ""
        try:
            identity = path_of(url.text, self.settings.blog, self.settings.root).casefold()
        except PathError:
            identity = url.text
        if identity in self.identities:
            return ""
        self.identities.add(identity)
        return source.fields.guid

    def _warn(
        self,
        subtype: Subtype,
        message: Message,
        source: Source,
        line: int,
        many: Message | None = None,
        example: str = "",
    ) -> None:
        self.problems.append(
            Problem(subtype, message, source.path, line, many=many, example=example)
        )

    def _wanted(self, source: Source) -> PostPaths:
        """Return the paths that a post asks for, whether it is free or not."""
        asked = self._from_keys(source)
        if self.settings.pattern != "file":
            own = self._fill(source, source.stem)
            return asked or PostPaths(from_file_name(own, self.settings.blog), 1)
        if asked is None or asked.docname == source.docname:
            return PostPaths(source.docname, 1)
        return PostPaths(source.docname, asked.line, alias=asked.alias or asked.docname)

    def _from_keys(self, source: Source) -> PostPaths | None:
        fields, blog = source.fields, self.settings.blog
        slug = fields.slug and Located(
            f"/{blog}/{self._fill(source, fields.slug.text)}", fields.slug.line
        )
        for name, written in (
            ("seo.url", fields.source_url),
            ("permalink", fields.permalink),
            ("slug", slug),
        ):
            if written is None:
                continue
            key = written.key or name
            if _TEMPLATE.search(written.text):
                message = __(
                    "'%s' is a template of another program: '%s' (use the option"
                    " openinfra_blog_permalink, with {slug}, {year}, {month} and {day});"
                    " ignoring it",
                    key,
                    written.text[:200],
                )
                others = __(
                    "%s values such as %s of '%s' are templates of another program (use the option"
                    " openinfra_blog_permalink, with {slug}, {year}, {month} and {day});"
                    " ignoring them",
                    key,
                )
                self._warn(
                    Subtype.ADDRESS, message, source, written.line, others, written.text[:200]
                )
                continue
            try:
                path = path_of(written.text, blog, self.settings.root)
                if key == "permalink" and not written.text.startswith(
                    ("/", "http://", "https://")
                ):
                    path = f"{blog}/{path}"
                docname, alias = permalink(path, blog)
            except PathError as error:
                message = __(
                    "invalid URL in '%s': '%s' (%s)", key, written.text[:200], error.reason
                )
                self._warn(Subtype.ADDRESS, message, source, written.line)
                continue
            if alias and (reason := _why_moved(docname, alias, blog)):
                message = __(
                    "URL '/%s' in '%s' %s; using '/%s' and a redirect", alias, key, reason, docname
                )
                outside = __(
                    "%s URLs such as %s in '%s' are outside the blog; using URLs below '/%s'"
                    " and redirects (set openinfra_blog_path to the folder of these URLs, or"
                    " write others)",
                    key,
                    blog,
                )
                many = None if is_below(alias, blog) else outside
                self._warn(Subtype.ADDRESS, message, source, written.line, many, f"/{alias}")
            return PostPaths(docname, written.line, alias or "", keeps_url=key == "seo.url")
        return None

    def _fill(self, source: Source, slug: str) -> str:
        """Return the option ``permalink`` filled in for a post."""
        if self.settings.pattern in {"{slug}", "file"}:
            return slug
        date = source.fields.date
        day = date.instant.astimezone(self.settings.timezone) if date is not None else None
        parts = {
            "slug": slug,
            "year": f"{day.year:04}" if day else "undated",
            "month": f"{day.month:02}" if day else "",
            "day": f"{day.day:02}" if day else "",
        }
        filled = re.sub(r"\{(.*?)\}", lambda match: parts[match[1]], self.settings.pattern)
        return re.sub("/+", "/", filled).strip("/")


def _why_moved(docname: str, alias: str, blog: str) -> Message | None:
    """Return why a post is not where it asked to be, unless only a suffix was cut off."""
    if not is_below(alias, blog):
        return __("is outside the blog")
    return None if alias.startswith(docname) else __("contains a character not allowed in links")
