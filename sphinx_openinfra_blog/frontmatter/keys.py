"""The keys of front matter that the blog reads, and their JSON Schema; pure.

One table says how each key is read, which member of :class:`~.fields.Fields` it fills, what the
reference page says of it and what the JSON Schema allows: a new key is one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sphinx_openinfra_blog.model import Visibility

from . import moments, pages, shapes, switches, values
from .entities import decoding
from .people import read_people

#: ``templateKey`` of a post (contract point 1).
TEMPLATE_KEY: Final = "blog-post"


class Kind(NamedTuple):
    """What a key holds.

    :ivar read: reads a value that is not null, and returns ``None`` for what is empty or invalid.
    :ivar schema: a JSON Schema of the value.
    """

    read: values.ValueReader[Any]
    schema: shapes.Schema


@dataclass(frozen=True, slots=True)
class Key:
    """A key.

    :ivar name: with that of the mapping it is in before it: ``seo.url``.
    :ivar field: the member of ``Fields`` that it fills. Of several keys that fill one, lists are
        joined, truth values are true if one is, the strictest visibility counts, and otherwise
        the first.
    :ivar meaning: what it is for, as the reference page and editors show it; keys with one
        meaning are synonyms, or belong together.
    :ivar tool: the programs that have the key in this meaning, where not all have.
    """

    name: str
    kind: Kind
    field: str
    meaning: str
    tool: str = ""

    @property
    def help(self) -> str:
        """The meaning, and whose key it is."""
        return f"{self.meaning} ({self.tool})" if self.tool else self.meaning

    @property
    def decides(self) -> bool:
        """Whether it decides who may see the post."""
        return self.field in {"switch", "release", "expires"}


TEXT: Final = Kind(values.read_text, shapes.ANYTHING)
PROSE: Final = Kind(values.read_prose, shapes.ANYTHING)
EXCERPT: Final = Kind(values.read_excerpt, shapes.ANYTHING)
NUMBER: Final = Kind(values.read_number, {})
TITLE: Final = Kind(decoding(values.read_text), shapes.TITLE)
WORDS: Final = Kind(decoding(values.read_text), shapes.ANYTHING)
TEXTS: Final = Kind(values.read_texts, shapes.TEXTS)
TAGS: Final = Kind(decoding(values.read_tags), shapes.TAGS)
PEOPLE: Final = Kind(decoding(read_people), shapes.PEOPLE)
CATEGORIES: Final = Kind(decoding(values.read_categories), shapes.CATEGORIES)
FLAG: Final = Kind(switches.read_flag, shapes.FLAG)
MOMENT: Final = Kind(moments.read_point, shapes.MOMENT)
EXPIRY: Final = Kind(moments.read_expiry, shapes.MOMENT)
DATE: Final = Kind(moments.read_date, shapes.DATE)
#: What decides who may see the post: truth values that mean no page or no listing, and words.
DRAFT: Final = Kind(switches.read_switch(Visibility.DRAFT, Visibility.PUBLISHED), shapes.FLAG)
UNLISTED: Final = Kind(
    switches.read_switch(Visibility.UNLISTED, Visibility.PUBLISHED), shapes.FLAG
)
PUBLIC: Final = Kind(switches.read_switch(Visibility.PUBLISHED, Visibility.DRAFT), shapes.FLAG)
LISTED: Final = Kind(switches.read_switch(Visibility.PUBLISHED, Visibility.UNLISTED), shapes.FLAG)
STATE: Final = Kind(switches.read_state, shapes.STATE)
HIDDEN_IF_FALSE: Final = Kind(switches.read_hidden_if("false"), {})
HIDDEN_IF_TRUE: Final = Kind(switches.read_hidden_if("true"), {})
HIDDEN_IF_DRAFT: Final = Kind(
    switches.read_hidden_if("draft", "drafts", "unpublished", "private", "internal"), {}
)
HIDDEN_IF_NEVER: Final = Kind(switches.read_hidden_if("never", "false", "link"), {})
UNLISTED_IF_NEVER: Final = Kind(switches.read_unlisted_if("never", "false", "local"), {})
HIDDEN_IF_TAGGED: Final = Kind(switches.read_draft_tag, {})
PASSWORD: Final = Kind(switches.read_password, {})
RELEASE: Final = Kind(moments.read_release, shapes.RELEASE)
RELEASE_IF_DATE: Final = Kind(moments.read_release_if_date, {})
IMAGE: Final = Kind(decoding(values.read_image), shapes.IMAGE)
HANDLE_ON_X: Final = Kind(values.read_handle, shapes.HANDLE_ON_X)
URL: Final = Kind(values.read_url, shapes.URL)
ROBOTS: Final = Kind(pages.read_robots, shapes.ROBOTS)
NOINDEX: Final = Kind(pages.read_noindex, shapes.FLAG)
SITEMAP: Final = Kind(pages.read_sitemap, {})
PATH: Final = Kind(pages.read_path, shapes.PATH)
FILE: Final = Kind(pages.read_path, shapes.ANYTHING)
ELSEWHERE: Final = Kind(pages.read_redirection, shapes.NONE)

_WHO: Final = "who may see it"
_FROM: Final = "from when it may be seen, and its date if it has no other"
_UNTIL: Final = "until when it may be seen"
_SEARCH: Final = "what search engines and sitemaps do with it"
#: Every key; those that the content system writes come before their synonyms.
KEYS: Final = (
    Key("templateKey", TEXT, "template", "what kind of page it is"),
    Key("title", TITLE, "title", "title"),
    Key("author", PEOPLE, "authors", "authors"),
    Key("authors", PEOPLE, "authors", "authors"),
    Key("params.author", PEOPLE, "authors", "authors", "Hugo"),
    Key("params.authors", PEOPLE, "authors", "authors", "Hugo"),
    Key("extra.author", PEOPLE, "authors", "authors", "Zola"),
    Key("extra.authors", PEOPLE, "authors", "authors", "Zola"),
    Key("taxonomies.author", PEOPLE, "authors", "authors", "Zola"),
    Key("taxonomies.authors", PEOPLE, "authors", "authors", "Zola"),
    Key("taxonomy.author", PEOPLE, "authors", "authors", "Grav"),
    Key("date", DATE, "date", "when it was published"),
    Key("date.created", DATE, "date", "when it was published"),
    Key("updated", MOMENT, "updated", "when it was last changed"),
    Key("lastmod", MOMENT, "updated", "when it was last changed"),
    Key("last_modified", MOMENT, "updated", "when it was last changed"),
    Key("modified", MOMENT, "updated", "when it was last changed", "Pelican"),
    Key("last_modified_at", MOMENT, "updated", "when it was last changed", "Jekyll"),
    Key("updatedDate", MOMENT, "updated", "when it was last changed", "Astro"),
    Key("updated_at", MOMENT, "updated", "when it was last changed", "Ghost"),
    Key("updatedAt", MOMENT, "updated", "when it was last changed", "Strapi"),
    Key("date-modified", MOMENT, "updated", "when it was last changed", "Quarto"),
    Key("date_modified", MOMENT, "updated", "when it was last changed", "JSON Feed"),
    Key("dateModified", MOMENT, "updated", "when it was last changed", "schema.org"),
    Key("date.updated", MOMENT, "updated", "when it was last changed"),
    Key("last_update.date", MOMENT, "updated", "when it was last changed", "Docusaurus"),
    Key("category", CATEGORIES, "categories", "categories"),
    Key("categories", CATEGORIES, "categories", "categories"),
    Key("taxonomies.category", CATEGORIES, "categories", "categories", "Zola"),
    Key("taxonomies.categories", CATEGORIES, "categories", "categories", "Zola"),
    Key("taxonomy.category", CATEGORIES, "categories", "categories", "Grav"),
    Key("tags", TAGS, "tags", "tags"),
    Key("tag", TAGS, "tags", "tags", "Jekyll"),
    Key("taxonomies.tag", TAGS, "tags", "tags", "Zola"),
    Key("taxonomies.tags", TAGS, "tags", "tags", "Zola"),
    Key("taxonomy.tag", TAGS, "tags", "tags", "Grav"),
    Key("hidePost", UNLISTED, "switch", _WHO),
    Key("unlisted", UNLISTED, "switch", _WHO, "Docusaurus"),
    Key("hidden", UNLISTED, "switch", _WHO, "Jekyll"),
    Key("eleventyExcludeFromCollections", UNLISTED, "switch", _WHO, "Eleventy"),
    Key("listed", LISTED, "switch", _WHO),
    Key("visible", LISTED, "switch", _WHO, "Grav"),
    Key("build.list", UNLISTED_IF_NEVER, "switch", _WHO, "Hugo"),
    Key("_build.list", UNLISTED_IF_NEVER, "switch", _WHO, "Hugo"),
    Key("draft", DRAFT, "switch", _WHO),
    Key("isDraft", DRAFT, "switch", _WHO),
    Key("is_draft", DRAFT, "switch", _WHO, "Cobalt"),
    Key("_draft", DRAFT, "switch", _WHO, "Nuxt Content"),
    Key("saveAsDraft", DRAFT, "switch", _WHO, "Hashnode"),
    Key("private", DRAFT, "switch", _WHO),
    Key("isPrivate", DRAFT, "switch", _WHO),
    Key("internal", HIDDEN_IF_TRUE, "switch", _WHO),
    Key("unpublished", DRAFT, "switch", _WHO),
    Key("wip", DRAFT, "switch", _WHO),
    Key("headless", DRAFT, "switch", _WHO, "Hugo"),
    Key("ignored", DRAFT, "switch", _WHO, "DocPad"),
    Key("hide", HIDDEN_IF_TRUE, "switch", _WHO),
    Key("published", STATE, "switch", _WHO, "Jekyll, DEV, Grav"),
    Key("publish", STATE, "switch", _WHO, "Obsidian"),
    Key("isPublished", PUBLIC, "switch", _WHO),
    Key("is_published", PUBLIC, "switch", _WHO),
    Key("routable", PUBLIC, "switch", _WHO, "Grav"),
    Key("render", HIDDEN_IF_FALSE, "switch", _WHO, "Zola"),
    Key("build.render", HIDDEN_IF_NEVER, "switch", _WHO, "Hugo"),
    Key("_build.render", HIDDEN_IF_NEVER, "switch", _WHO, "Hugo"),
    Key("status", STATE, "switch", _WHO, "Pelican, Nikola, WordPress, Ghost"),
    Key("post_status", STATE, "switch", _WHO, "WordPress"),
    Key("visibility", STATE, "switch", _WHO, "Ghost"),
    Key("password", PASSWORD, "switch", _WHO, "Hexo, WordPress"),
    Key("post_password", PASSWORD, "switch", _WHO, "WordPress"),
    Key("publishDate", RELEASE, "release", _FROM, "Hugo"),
    Key("publish_date", RELEASE, "release", _FROM, "Grav"),
    Key("pubDate", RELEASE, "release", _FROM, "Astro"),
    Key("pubdate", RELEASE, "release", _FROM, "Hugo"),
    Key("publishedAt", RELEASE, "release", _FROM, "Strapi"),
    Key("published_at", RELEASE, "release", _FROM, "Ghost, DEV"),
    Key("publishedDate", RELEASE, "release", _FROM),
    Key("published_date", RELEASE, "release", _FROM),
    Key("date_published", RELEASE, "release", _FROM, "JSON Feed"),
    Key("datePublished", RELEASE, "release", _FROM, "schema.org"),
    Key("embargo", RELEASE, "release", _FROM),
    Key("embargoUntil", RELEASE, "release", _FROM),
    Key("embargo_until", RELEASE, "release", _FROM),
    Key("publishAt", RELEASE, "release", _FROM),
    Key("publish_at", RELEASE, "release", _FROM),
    Key("scheduled", RELEASE_IF_DATE, "release", _FROM),
    Key("published", RELEASE_IF_DATE, "release", _FROM, "Hugo, Atom"),
    Key("publish", RELEASE_IF_DATE, "release", _FROM, "Obsidian"),
    Key("date.published", RELEASE, "release", _FROM),
    Key("date.publish", RELEASE, "release", _FROM),
    Key("expires", EXPIRY, "expires", _UNTIL),
    Key("expiryDate", EXPIRY, "expires", _UNTIL, "Hugo"),
    Key("unpublishDate", EXPIRY, "expires", _UNTIL, "Hugo"),
    Key("unpublish_date", EXPIRY, "expires", _UNTIL, "Grav"),
    Key("expirationDate", EXPIRY, "expires", _UNTIL),
    Key("seo.url", TEXT, "source_url", "URL"),
    Key("permalink", TEXT, "permalink", "URL"),
    Key("url", PATH, "permalink", "URL", "Hugo, Lume, Pelican"),
    Key("path", PATH, "permalink", "URL", "Zola, Gatsby"),
    Key("save_as", FILE, "permalink", "URL", "Pelican"),
    Key("public", HIDDEN_IF_FALSE, "switch", _WHO),
    Key("enabled", HIDDEN_IF_FALSE, "switch", _WHO),
    Key("protected", HIDDEN_IF_TRUE, "switch", _WHO),
    Key("members_only", HIDDEN_IF_TRUE, "switch", _WHO),
    Key("state", HIDDEN_IF_DRAFT, "switch", _WHO),
    Key("access", HIDDEN_IF_DRAFT, "switch", _WHO),
    Key("layout", HIDDEN_IF_DRAFT, "switch", _WHO, "Hexo"),
    Key("type", HIDDEN_IF_DRAFT, "switch", _WHO),
    Key("tags", HIDDEN_IF_TAGGED, "switch", _WHO, "Nikola"),
    Key("permalink", HIDDEN_IF_FALSE, "switch", _WHO, "Eleventy"),
    Key("url", HIDDEN_IF_FALSE, "switch", _WHO, "Lume"),
    Key("slug", TEXT, "slug", "URL"),
    Key("excerpt", EXCERPT, "excerpt", "excerpt in listings"),
    Key("excerpt", NUMBER, "paragraphs", "excerpt in listings", "ABlog: the number of paragraphs"),
    Key("summary", PROSE, "excerpt", "excerpt in listings"),
    Key("featured", FLAG, "pinned", "place in listings"),
    Key("pin", FLAG, "pinned", "place in listings"),
    Key("aliases", TEXTS, "aliases", "other URLs that redirect to it"),
    Key("redirect_from", TEXTS, "aliases", "other URLs that redirect to it"),
    Key("seo.description", PROSE, "description", "description"),
    Key("description", PROSE, "description", "description"),
    Key("seo.image", IMAGE, "image", "picture"),
    Key("image", IMAGE, "image", "picture"),
    Key("image", NUMBER, "image_number", "picture", "ABlog: the number of an image in the body"),
    Key("cover", IMAGE, "image", "picture"),
    Key("coverImage", IMAGE, "image", "picture"),
    Key("cover_image", IMAGE, "image", "picture", "DEV"),
    Key("featuredImage", IMAGE, "image", "picture", "Gatsby"),
    Key("featured_image", IMAGE, "image", "picture", "Hugo"),
    Key("featuredimage", IMAGE, "image", "picture", "Netlify CMS"),
    Key("feature_image", IMAGE, "image", "picture", "Ghost"),
    Key("featureImage", IMAGE, "image", "picture", "Hugo"),
    Key("heroImage", IMAGE, "image", "picture", "Astro"),
    Key("images", IMAGE, "image", "picture", "Hugo"),
    Key("banner", IMAGE, "image", "picture"),
    Key("header.og_image", IMAGE, "image", "picture", "Minimal Mistakes"),
    Key("header.image", IMAGE, "image", "picture", "Minimal Mistakes"),
    Key("header.overlay_image", IMAGE, "image", "picture", "Minimal Mistakes"),
    Key("header.teaser", IMAGE, "image", "picture", "Minimal Mistakes"),
    Key("ogImage", IMAGE, "image", "picture"),
    Key("og_image", IMAGE, "image", "picture"),
    Key("socialImage", IMAGE, "image", "picture"),
    Key("social_image", IMAGE, "image", "picture"),
    Key("teaser", IMAGE, "image", "picture"),
    Key("thumbnail", IMAGE, "image", "picture", "Hexo, MyST"),
    Key("seo.title", WORDS, "short_title", "head of the page"),
    Key("seo.twitterUsername", HANDLE_ON_X, "handle", "head of the page"),
    Key("canonical", URL, "canonical", "head of the page"),
    Key("canonicalURL", URL, "canonical", "head of the page", "Hugo"),
    Key("canonicalUrl", URL, "canonical", "head of the page"),
    Key("canonical_url", URL, "canonical", "head of the page", "DEV, Ghost"),
    Key("seo.canonical", URL, "canonical", "head of the page"),
    Key("noindex", NOINDEX, "robots", _SEARCH),
    Key("seo.noindex", NOINDEX, "robots", _SEARCH),
    Key("robotsNoIndex", NOINDEX, "robots", _SEARCH, "Hugo"),
    Key("robots", ROBOTS, "robots", _SEARCH),
    Key("seo.robots", ROBOTS, "robots", _SEARCH),
    Key("sitemap", SITEMAP, "off_sitemap", _SEARCH, "Jekyll, Hugo"),
    Key("sitemap_exclude", FLAG, "off_sitemap", _SEARCH, "Hugo"),
    Key("redirect_to", ELSEWHERE, "", "no meaning, with a warning", "Jekyll"),
    Key("redirect", ELSEWHERE, "", "no meaning, with a warning"),
)

#: The names at the top level.
KNOWN_KEYS: Final = frozenset(key.name.partition(".")[0] for key in KEYS)
#: Those of them that other programs may read in another sense: the blog looks at some values.
SHARED_KEYS: Final = frozenset(
    key.name
    for key in KEYS
    if any(key.kind is kind for kind in (HIDDEN_IF_DRAFT, HIDDEN_IF_FALSE, HIDDEN_IF_TRUE))
) - {"permalink"}
#: The names at the top level that nobody else is to read.
OWN_KEYS: Final = KNOWN_KEYS - SHARED_KEYS
#: The names in mappings, by the mapping's name.
INNER_KEYS: Final = {
    outer: frozenset(
        key.name.removeprefix(f"{outer}.") for key in KEYS if key.name.startswith(f"{outer}.")
    )
    for outer in KNOWN_KEYS
}
#: Sphinx's own, which are front matter too where that is lines or fields.
OF_SPHINX: Final = frozenset({"orphan", "tocdepth", "nocomments", "nosearch"})


def front_matter_schema() -> shapes.Schema:
    """Return a JSON Schema of front matter, for editors.

    It is of draft 7, which every editor and linter supports. What the reader warns of is invalid
    by the schema too, as far as a schema can say it: it cannot say that a day exists, nor that a
    key is misspelt.
    """
    properties: dict[str, shapes.Schema] = {}
    for key in KEYS:
        outer, _, inner = key.name.partition(".")
        meanings = (row.meaning for row in KEYS if row.name.startswith(f"{outer}."))
        mapping: shapes.Schema = {
            "description": ", ".join(dict.fromkeys(meanings)),
            "type": ["object", "null"],
            "properties": {},
        }
        schema = {"description": key.help, **key.kind.schema}
        place = properties.setdefault(outer, mapping if inner else schema)
        # Of two rows for one key, the first says what it may hold.
        if inner and "properties" in place:
            place["properties"].setdefault(inner, schema)
    properties["templateKey"] |= {"examples": [TEMPLATE_KEY]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of a post for sphinx-openinfra-blog",
        "type": "object",
        "required": ["title", "date"],
        "properties": properties,
    }
