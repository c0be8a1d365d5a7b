"""What a page says of itself in its head, as HTML; pure.

The tags are those of the Open Graph protocol (https://ogp.me), of X's cards
(https://developer.x.com/en/docs/x-for-websites/cards) and of schema.org's ``BlogPosting``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_NAMED: Final = ("description", "robots", "twitter:")


@dataclass(frozen=True, slots=True)
class HeadImage:
    """The picture of a page.

    :ivar address: absolute.
    :ivar width: in pixels; 0 if it is not known, and so is *height*.
    """

    address: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What the head of a post says besides.

    :ivar published: when, as a valid date and time of HTML; empty for an undated post.
    :ivar updated: the same of its last change.
    :ivar authors: names, each with the absolute address of a page, or an empty string.
    :ivar sections: the labels of its categories.
    :ivar creator: the author's handle, or an empty string.
    :ivar words: how many the body has.
    :ivar language: as in the page's ``lang``.
    """

    published: str
    updated: str
    authors: tuple[tuple[str, str], ...]
    sections: tuple[str, ...]
    tags: tuple[str, ...]
    creator: str
    words: int
    language: str


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself.

    :ivar address: the canonical one, or an empty string.
    :ivar site: the name of the site.
    :ivar home: the absolute address of the site, or an empty string.
    :ivar locale: language and territory, such as ``en_US``.
    :ivar twitter: the site's handle, or an empty string.
    :ivar noindex: whether search engines should leave the page alone.
    """

    title: str
    description: str
    address: str
    site: str
    home: str
    locale: str
    twitter: str = ""
    image: HeadImage | None = None
    article: Article | None = None
    noindex: bool = False


class Tag(NamedTuple):
    """A ``meta`` tag."""

    key: str
    content: str


def head_html(head: PageHead, known: Container[str] = ()) -> str:
    """Return the tags of a page's head as HTML.

    :param known: keys that the page has already, which are left out.
    """
    lines = [_meta(tag) for tag in tags_of(head) if tag.content and tag.key not in known]
    if head.article is not None:
        lines.append(_script(_json_ld(head, head.article)))
    return "".join(f"\n{line}" for line in lines) + "\n"


def tags_of(head: PageHead) -> list[Tag]:
    """Return the ``meta`` tags of a page; those without content are not written."""
    article, image = head.article, head.image
    tags = [
        Tag("description", head.description),
        Tag("og:type", "website" if article is None else "article"),
        Tag("og:title", head.title),
        Tag("og:url", head.address),
        Tag("og:description", head.description),
        Tag("og:site_name", head.site),
        Tag("og:locale", head.locale),
    ]
    if image is not None:
        tags += [Tag("og:image", image.address), Tag("og:image:alt", image.alt)]
        if image.width and image.height:
            tags += [
                Tag("og:image:width", str(image.width)),
                Tag("og:image:height", str(image.height)),
            ]
    if article is not None:
        tags += [
            Tag("article:published_time", article.published),
            Tag("article:modified_time", article.updated),
            *(Tag("article:author", name) for name, _address in article.authors),
            *(Tag("article:section", label) for label in article.sections),
            *(Tag("article:tag", label) for label in article.tags),
        ]
    # The card of the old site, whether there is a picture or not (contract point 6).
    tags += [
        Tag("twitter:card", "summary" if article is None else "summary_large_image"),
        Tag("twitter:site", head.twitter),
        Tag("twitter:creator", (article.creator or head.twitter) if article else ""),
        Tag("twitter:title", head.title),
        Tag("twitter:description", head.description),
        Tag("robots", "noindex" if head.noindex else ""),
    ]
    return tags


def _json_ld(head: PageHead, article: Article) -> dict[str, Any]:
    """Return a post as schema.org describes it (https://schema.org/BlogPosting)."""
    publisher = {"@type": "Organization", "name": head.site, "url": head.home}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": head.title,
        "description": head.description,
        "url": head.address,
        "mainEntityOfPage": head.address and {"@type": "WebPage", "@id": head.address},
        "datePublished": article.published,
        "dateModified": article.updated or article.published,
        "author": [
            _filled({"@type": "Person", "name": name, "url": address})
            for name, address in article.authors
        ],
        "publisher": _filled(publisher) if head.site else "",
        "image": head.image and _image_object(head.image),
        "articleSection": list(article.sections),
        "keywords": list(article.tags),
        "wordCount": article.words,
        "inLanguage": article.language,
    }
    return _filled(found)


def _image_object(image: HeadImage) -> dict[str, Any]:
    return _filled(
        {
            "@type": "ImageObject",
            "url": image.address,
            "width": image.width,
            "height": image.height,
            "caption": image.alt,
        }
    )


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _script(data: dict[str, Any]) -> str:
    # In JSON these escapes are the characters themselves; in HTML none of them can end the
    # element or begin a comment in it (HTML standard, 4.12.1.3).
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _meta(tag: Tag) -> str:
    attribute = "name" if tag.key.startswith(_NAMED) else "property"
    return f'<meta {attribute}="{tag.key}" content="{escape(tag.content)}" />'


@lru_cache(maxsize=64)
def keys_in(html: str) -> frozenset[str]:
    """Return the keys of the ``meta`` tags in *html*, which on most pages are the same."""
    return frozenset(key for key, _raw in _found(html))


def without(html: str, keys: Container[str]) -> str:
    """Return *html* without the ``meta`` tags of some keys."""
    for key, raw in _found(html):
        if key in keys:
            html = html.replace(raw, "", 1)
    return html


def said_once(others: str, own: str) -> str:
    """Return the tags that other extensions gave a page, and its own in the place of some.

    What belongs to a picture goes with its address: the size of another one is wrong.
    """
    keys = set(keys_in(own))
    if "og:image" in keys:
        keys |= {key for key in keys_in(others) if key.startswith("og:image")}
    return _each_once(without(others, keys)) + own


def _each_once(html: str) -> str:
    """Return tags without those that repeat: what the author of a page says comes first.

    What belongs to a picture goes with its address.
    """
    seen: set[str] = set()
    other_picture = False
    for key, raw in _found(html):
        again = key in seen and key.startswith(("og:", *_NAMED))
        if key == "og:image":
            other_picture = again
        if again or (other_picture and key.startswith("og:image:")):
            html = html.replace(raw, "", 1)
        seen.add(key)
    return html


def _found(html: str) -> Iterable[tuple[str, str]]:
    finder = _MetaTags()
    finder.feed(html)
    finder.close()
    return finder.found


class _MetaTags(HTMLParser):
    """Finds ``meta`` tags: key and HTML of each, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        key = values.get("property") or values.get("name")
        if tag == "meta" and key:
            self.found.append((key.casefold(), self.get_starttag_text() or ""))
