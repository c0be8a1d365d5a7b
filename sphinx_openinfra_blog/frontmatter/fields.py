"""Read the typed fields of a post from its front matter; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_openinfra_blog.model import Head, Subtype, Visibility, __, twitter_handle

from .keys import OWN_KEYS, RELEASE, TEMPLATE_KEY
from .passthrough import passthrough
from .spelling import with_known_keys, written_rows
from .switches import strictest
from .values import Values

if TYPE_CHECKING:
    from datetime import tzinfo

    from sphinx_openinfra_blog.model import Moment, Problem

    from .entries import FrontMatter
    from .values import CategoryMention, Image, Located


@dataclass(slots=True)
class Fields:
    """What the front matter of one file says, typed; :data:`~.keys.KEYS` fill it.

    :ivar title_line: the line of the key ``title``, which may be empty.
    :ivar paragraphs: the number of those of the body that are the excerpt.
    :ivar short_title: the title for search results.
    :ivar image_number: that of the image in the body that is the picture of the post.
    :ivar robots: what search engines are to do with the page.
    :ivar off_sitemap: whether it is left out of sitemaps.
    :ivar search_text_line: the line of the description, or of the key that could hold it.
    :ivar switch: who may see it, if a key says so; scheduled and expired are left to the dates.
    :ivar release: when it may first be seen, if not from its date on.
    :ivar handle: the author's handle, as written.
    :ivar guid: ``seo.url`` byte for byte.
    :ivar withheld: a value that decides who may see the post is invalid, so that it must have
        no page.
    """

    is_post: bool = False
    template: Located | None = None
    title: Located | None = None
    title_line: int = 1
    authors: list[Located] = field(default_factory=list)
    date: Moment | None = None
    updated: Moment | None = None
    updated_line: int = 1
    categories: list[CategoryMention] = field(default_factory=list)
    tags: list[Located] = field(default_factory=list)
    excerpt: Located | None = None
    paragraphs: Located | None = None
    pinned: bool = False
    switch: Visibility | None = None
    release: Moment | None = None
    expires: Moment | None = None
    withheld: bool = False
    source_url: Located | None = None
    permalink: Located | None = None
    slug: Located | None = None
    guid: str = ""
    short_title: Located | None = None
    description: Located | None = None
    image: Image | None = None
    image_number: Located | None = None
    canonical: Located | None = None
    robots: Located | None = None
    off_sitemap: bool = False
    search_text_line: int = 1
    handle: Located | None = None
    aliases: list[Located] = field(default_factory=list)
    passthrough: str = "{}"

    @property
    def head(self) -> Head:
        """The values for search engines and social sites only."""
        place = self.image.path if self.image else self.image_number
        return Head(
            title=_text(self.short_title),
            description=_text(self.description),
            image=self.image.path.text if self.image else "",
            image_alt=self.image.alt if self.image else "",
            image_line=place.line if place else 0,
            twitter=twitter_handle(_text(self.handle)),
            canonical=_text(self.canonical),
            image_number=int(_text(self.image_number) or 0),
            robots=_text(self.robots),
            off_sitemap=self.off_sitemap,
        )


def _text(located: Located | None) -> str:
    return located.text if located else ""


def read_fields(
    matter: FrontMatter,
    path: str,
    timezone: tzinfo,
    *,
    publish_undated: bool = False,
    date: Moment | None = None,
) -> tuple[Fields, list[Problem]]:
    """Read the blog's keys from front matter.

    :param matter: the front matter of the file.
    :param path: the file, for problems.
    :param timezone: the zone of dates that name none.
    :param publish_undated: an invalid ``date`` does not withhold the post.
    :param date: the date in the file's name.
    """
    fields, values = Fields(), Values(path, timezone, publish_undated)
    matter = with_known_keys(matter, values)
    rows = written_rows(matter)
    template = matter.find("templateKey")
    is_template = template is not None and template.text == TEMPLATE_KEY
    has_date = any(
        key.field == "date" or (key.field == "release" and key.kind is RELEASE)
        for key, _entry in rows
    )
    values.is_dated = has_date or is_template or date is not None
    seo = matter.find("seo")
    if seo is not None and not isinstance(seo.data, dict):
        message = __("invalid value for 'seo' (expected a mapping)")
        values.warn(Subtype.VALUE, message, seo.line)
    for key, entry in rows:
        value = key.kind.read(values, key.name, entry)
        if value is not None:
            setattr(fields, key.field, _joined(getattr(fields, key.field), value))
    fields.withheld = any(problem.withholds for problem in values.problems)
    has_switch = fields.switch is not None or fields.expires is not None
    fields.is_post = values.is_dated or has_switch or fields.release is not None
    if not fields.is_post:
        withholding = [problem for problem in values.problems if problem.withholds]
        return fields, withholding
    fields.date = fields.date or fields.release or date
    may_have_page = not fields.withheld and fields.switch is not Visibility.DRAFT
    written = matter.find("date")
    is_missing = fields.date is None and (written is None or isinstance(written.data, dict))
    if is_missing and may_have_page:
        line = matter.entries["date"].line if "date" in matter.entries else 1
        values.warn(Subtype.DATE, __("missing date; the post is listed last"), line)
    if "title" in matter.entries:
        fields.title_line = matter.entries["title"].line
    if (url := matter.find("seo.url")) is not None and fields.source_url is not None:
        fields.guid = url.text
    updated = (entry.line for key, entry in rows if key.field == "updated")
    fields.updated_line = next(updated, 1)
    place = matter.find("seo.description", null=True) or matter.find("seo", null=True)
    fields.search_text_line = place.line if place is not None else 1
    others = {key: entry for key, entry in matter.entries.items() if key not in OWN_KEYS}
    fields.passthrough, left_out = passthrough(others)
    for message, line in left_out:
        values.warn(Subtype.KEY, message, line)
    return fields, values.problems


def _joined(known: Any, value: Any) -> Any:
    """Return the value of a field that another key fills too."""
    if isinstance(known, list):
        return [*known, *(item for item in value if item not in known)]
    if isinstance(known, Visibility):
        return strictest([known, value])
    return known or value
