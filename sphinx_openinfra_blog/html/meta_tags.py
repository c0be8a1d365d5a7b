"""The tags in the head of a page, as HTML.

The tags are those of the Open Graph protocol (https://ogp.me), of X's cards
(https://developer.x.com/en/docs/x-for-websites/cards) and of schema.org's ``BlogPosting``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Container

_NAMED: Final = ("description", "robots", "twitter:")
#: The key of a tag that :func:`_meta` made.
_OWN_KEY: Final = re.compile(r'^<meta \w+="(.+?)" content=', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is the same on every page of a site.

    :ivar name: the project's.
    :ivar home: the absolute URL of the root document, or an empty string.
    :ivar locale: language and territory, such as ``en_US``.
    :ivar language: as in a page's ``lang``.
    :ivar twitter: the site's handle on X, or an empty string.
    :ivar feeds: the ``link`` elements of the blog's feeds.
    :ivar shared: the image of pages without one.
    :ivar logo: the same, where there is no such image.
    """

    name: str
    home: str
    locale: str
    language: str = "en"
    twitter: str = ""
    feeds: str = ""
    shared: HeadImage | None = None
    logo: HeadImage | None = None


@dataclass(frozen=True, slots=True)
class HeadImage:
    """The image of a page.

    :ivar url: absolute.
    :ivar width: in pixels; 0 if unknown, as is *height*.
    """

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What only the head of a post says.

    :ivar published: a valid date and time of HTML; empty for an undated post.
    :ivar updated: the same of the last change.
    :ivar authors: names, each with the absolute URL of the author's page, or an empty string.
    :ivar sections: the labels of the post's categories.
    :ivar creator: the author's handle on X, or an empty string.
    :ivar words: the number of words in the body.
    """

    published: str
    updated: str
    authors: tuple[tuple[str, str], ...]
    sections: tuple[str, ...]
    tags: tuple[str, ...]
    creator: str
    words: int


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself.

    :ivar url: the canonical URL, or an empty string.
    :ivar robots: what search engines are to do with the page, such as ``noindex``.
    """

    title: str
    description: str
    url: str
    image: HeadImage | None = None
    article: Article | None = None
    robots: str = ""


def head_html(site: SiteFacts, head: PageHead, known: Container[str] = ()) -> str:
    """Return the tags of a page's head as HTML.

    :param known: keys to leave out, because the page has them already.
    """
    # A large card without an image is an empty box, and with a logo a cut one.
    is_large = "og:image" in known or head.image not in {None, site.logo}
    tags = [*_tags(site, head), ("twitter:card", "summary_large_image" if is_large else "summary")]
    lines = [_meta(key, text) for key, text in tags if text and key not in known]
    if head.article is not None:
        lines.append(_script(_json_ld(site, head, head.article)))
    return "".join(f"\n{line}" for line in lines) + "\n"


def _tags(site: SiteFacts, head: PageHead) -> list[tuple[str, str]]:
    """Return key and content of the ``meta`` tags of a page, empty ones included."""
    article, image = head.article, head.image
    tags = [
        ("description", head.description),
        ("og:type", "article" if article else "website"),
        ("og:title", head.title),
        ("og:url", head.url),
        ("og:description", head.description),
        ("og:site_name", site.name),
        ("og:locale", site.locale),
    ]
    if image is not None:
        tags += [("og:image", image.url), ("og:image:alt", image.alt)]
        if image.width and image.height:
            tags.append(("og:image:width", str(image.width)))
            tags.append(("og:image:height", str(image.height)))
    if article is not None:
        tags += [
            ("article:published_time", article.published),
            ("article:modified_time", article.updated),
            *(("article:author", name) for name, _url in article.authors),
            # An article has one section (https://ogp.me); its other categories are tags.
            *(("article:section", label) for label in article.sections[:1]),
            *(("article:tag", label) for label in (*article.sections[1:], *article.tags)),
        ]
    tags += [
        ("twitter:site", site.twitter),
        ("twitter:creator", (article.creator or site.twitter) if article else ""),
        ("twitter:title", head.title),
        ("twitter:description", head.description),
        ("robots", head.robots),
    ]
    return tags


def _meta(key: str, content: str) -> str:
    attribute = "name" if key.startswith(_NAMED) else "property"
    return f'<meta {attribute}="{key}" content="{escape(content)}" />'


def _json_ld(site: SiteFacts, head: PageHead, article: Article) -> dict[str, Any]:
    """Return a post as schema.org describes it (https://schema.org/BlogPosting)."""
    publisher = {"@type": "Organization", "name": site.name, "url": site.home}
    image = head.image and {
        "@type": "ImageObject",
        "url": head.image.url,
        "width": head.image.width,
        "height": head.image.height,
        "caption": head.image.alt,
    }
    data = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": head.title,
        "description": head.description,
        "url": head.url,
        "mainEntityOfPage": head.url and {"@type": "WebPage", "@id": head.url},
        "datePublished": article.published,
        "dateModified": article.updated or article.published,
        "author": [
            _filled({"@type": "Person", "name": name, "url": url}) for name, url in article.authors
        ],
        "publisher": _filled(publisher) if site.name else "",
        "image": image and _filled(image),
        "articleSection": list(article.sections),
        "keywords": list(article.tags),
        "wordCount": article.words,
        "inLanguage": site.language,
    }
    return _filled(data)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _script(data: dict[str, Any]) -> str:
    # In JSON these escapes are the characters themselves; in HTML none of them can end the
    # element or begin a comment in it (HTML standard, 4.12.1.3).
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def keys_in(html: str) -> set[str]:
    """Return the keys of the ``meta`` tags in *html*."""
    return {key for key, _tag in _meta_tags(html)}


def without(html: str, keys: Container[str]) -> str:
    """Return *html* without the ``meta`` tags of some keys."""
    for key, tag in _meta_tags(html):
        if key in keys:
            html = html.replace(tag, "", 1)
    return html


def merged(others: str, own: str) -> str:
    """Return the tags of other extensions and a page's own, without repetitions.

    A page's own tags replace those of others. Among these, the first one is what the page's
    author wrote. What belongs to an image goes with its URL: the size of another one is wrong.
    """
    own_keys, seen = set(_OWN_KEY.findall(own)), set()
    drop_image = "og:image" in own_keys
    html = others
    for key, tag in _meta_tags(others):
        drop = key in own_keys or (key in seen and key.startswith(("og:", *_NAMED)))
        if key == "og:image":
            drop_image = drop
        if drop or (drop_image and key.startswith("og:image:")):
            html = html.replace(tag, "", 1)
        seen.add(key)
    return html + own


# Most pages of a site have the same tags before the blog adds its own.
@lru_cache(maxsize=8)
def _meta_tags(html: str) -> list[tuple[str, str]]:
    finder = _MetaTags()
    finder.feed(html)
    finder.close()
    return finder.found


class _MetaTags(HTMLParser):
    """Finds key and HTML of each ``meta`` tag, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        key = values.get("property") or values.get("name")
        if tag == "meta" and key:
            self.found.append((key.casefold(), self.get_starttag_text() or ""))
