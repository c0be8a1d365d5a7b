"""The rules for links in posts: what a link becomes, and the warning for it; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit

from linkify_it import LinkifyIt
from linkify_it.tlds import TLDS

from sphinx_openinfra_blog.blog import Where
from sphinx_openinfra_blog.model import MAX_PATH_BYTES, __, host_of, is_below

from .slips import meant

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from sphinx_openinfra_blog.blog import Blog
    from sphinx_openinfra_blog.model import Message, Post

# MyST knows four schemes, in lower case. What has two slashes, or is made for another program,
# is a URL too; other words before a colon may name a label. Scripts are not links.
_SCHEME: Final = re.compile(
    r"(?!javascript:|vbscript:|data:|file:)(?:[a-z][a-z0-9+.-]*:(?=//)"
    r"|(?:https?|mailto|tel|sms|irc|ircs|xmpp|sip|sips|matrix|magnet|news|geo|webcal):)",
    re.IGNORECASE,
)
# What can only be relative to the site that the post was written for.
_RELATIVE: Final = re.compile(r"\?|\.\./|[^#?:]+\.(?:html?|php|aspx?)(?:[?#]|$)", re.IGNORECASE)
# A machine near the reader, which seldom has a certificate.
_LOCAL: Final = re.compile(r"(localhost|\d{1,3}(\.\d{1,3}){3})(:\d+)?(/\S*)?$")
# File suffixes that are top-level domains, too.
_FILE_SUFFIXES: Final = tuple(
    ".md .py .sh .zip .mov .pl .pm .rs .so .ps .cc .ml .tf .mk .cf .pub .properties".split()
)
# A line of a file, as GitHub and others name it.
_LINES: Final = re.compile(r"L\d+(?:-L?\d+)?|lines-\d+(?:-\d+)?")
# A file that people may link to, and that no name of something else looks like.
_FILE: Final = re.compile(
    r"[^?#:]*/(?!/)[^:]*|[^?#:]*\.(?:html?|php|aspx?|md|rst|txt|ipynb|pdf|xml|json)(?:[?#].*)?|[^?#:]+#.+",
    re.IGNORECASE | re.DOTALL,
)

#: The most bytes of a file name, on all usual file systems.
_MAX_NAME_BYTES: Final = 255
#: How many characters of an invalid target a message shows.
_SHOWN: Final = 60
_NO_TARGET: Final = __("missing link target; the link was removed")


class LinkKind(Enum):
    """What a link becomes."""

    #: What it was.
    UNCHANGED = auto()
    #: Its text alone.
    TEXT = auto()
    #: A link to another URL.
    URL = auto()
    #: A link to a path of the site on which the post was written.
    SITE_PATH = auto()
    #: A reference, if the blog has something at that URL.
    OWN = auto()
    #: A link to a file or a page beside the post; else one to another URL.
    FILE = auto()


@dataclass(frozen=True, slots=True)
class LinkFix:
    """What to do with a link.

    :ivar url: where it leads, if not to the URL as written.
    :ivar message: the warning, if any.
    """

    kind: LinkKind
    url: str = ""
    message: Message | None = None


def fix_unknown(target: str, post_url: str, suffixes: Iterable[str]) -> LinkFix:
    """Return the fix for a link target that MyST takes for the name of something.

    :param post_url: ``seo.url`` of the post.
    :param suffixes: those of the site's documents.
    """
    if not target:
        return LinkFix(LinkKind.TEXT, message=_NO_TARGET)
    if "\0" in target:
        return _invalid(target)
    if (fix := _mended(target, suffixes)) is not None:
        return fix
    if target.startswith("/") and not target.startswith("//"):
        return LinkFix(LinkKind.SITE_PATH, target)
    if match := _SCHEME.match(target):
        return LinkFix(LinkKind.URL, match[0].lower() + target[match.end() :])
    if (fix := _with_scheme(target, suffixes)) is not None:
        return fix
    if _RELATIVE.match(target) and host_of(post_url):
        return _relative(urljoin(post_url, target), target)
    if not _may_be_file(target):
        return _invalid(target)
    if _FILE.fullmatch(target):
        return LinkFix(LinkKind.FILE, target)
    return LinkFix(LinkKind.UNCHANGED)  # MyST resolves it, or warns.


def urls_beside(target: str, path: str, docname: str = "", post_url: str = "") -> tuple[str, ...]:
    """Return the URLs that a relative link may mean, the likeliest first.

    :param path: the file that it is in, relative to the source directory.
    :param docname: the post, whose address the link may be relative to.
    :param post_url: ``seo.url`` of the post.
    """
    bases = [f"/{quote(path)}", docname and f"/{quote(docname)}/", post_url]
    try:
        joined = [urlsplit(urljoin(base, target)) for base in bases if base]
    except ValueError:  # such as "//["
        return (target,)
    urls = (parts._replace(scheme="", netloc="").geturl() for parts in joined)
    return tuple(dict.fromkeys(urls))


def _relative(url: str, target: str) -> LinkFix:
    """Return the fix for a link that leads to a file, or else to a URL of the old site."""
    if _may_be_file(target):
        return LinkFix(LinkKind.FILE, url)
    return LinkFix(LinkKind.SITE_PATH, urlsplit(url)._replace(scheme="", netloc="").geturl())


def _may_be_file(target: str) -> bool:
    """Tell whether a file system could have a file of that name."""
    path = target.partition("#")[0].encode("utf-8", "replace")
    return len(path) <= MAX_PATH_BYTES and max(map(len, path.split(b"/"))) <= _MAX_NAME_BYTES


def _invalid(target: str) -> LinkFix:
    shown = target if len(target) <= _SHOWN else f"{target[:_SHOWN]}…"
    message = __(
        "link target '%s' is not a valid file name; the link was removed",
        shown.replace("\0", "%00"),
    )
    return LinkFix(LinkKind.TEXT, message=message)


def fix_reference(url: str, hosts: Container[str], blog: str, suffixes: Iterable[str]) -> LinkFix:
    """Return the fix for a link to a URL, or to what reStructuredText takes for one.

    :param hosts: those of the blog.
    :param blog: the blog's path.
    :param suffixes: those of the site's documents.
    """
    if url == "#":
        return LinkFix(LinkKind.TEXT, message=_NO_TARGET)
    if (fix := _mended(url, suffixes)) is not None:
        return fix
    try:
        parts = urlsplit(url)
    except ValueError:
        return LinkFix(LinkKind.UNCHANGED)
    if parts.scheme in {"http", "https"}:
        own = host_of(url) in hosts or is_below(parts.path[1:], blog)
        return LinkFix(LinkKind.OWN if own else LinkKind.UNCHANGED)
    if not url or url.startswith("#") or ":" in url.split("/", 1)[0]:
        return LinkFix(LinkKind.UNCHANGED)
    if url.startswith("/") and not url.startswith("//"):
        return LinkFix(LinkKind.SITE_PATH, url)
    # What has no suffix of a source may be a file that nobody here knows.
    is_source = urlsplit(url).path.casefold().endswith((*_FILE_SUFFIXES, *suffixes))
    return _with_scheme(url, suffixes) or LinkFix(LinkKind.FILE, url if is_source else "")


def _mended(target: str, suffixes: Iterable[str]) -> LinkFix | None:
    """Return the fix for a slip around an address, if there is one."""
    url = meant(target)
    if url == target:
        return None
    if not (is_path := url.startswith("/") and not url.startswith("//")):
        scheme = _SCHEME.match(url)
        url = url if scheme else guess_url(url, suffixes) or ""
    message = __("invalid link target '%s'; using '%s' (correct the address)", target, url)
    kind = LinkKind.SITE_PATH if is_path else LinkKind.URL
    return LinkFix(kind, url, message) if url else None


def _with_scheme(target: str, suffixes: Iterable[str]) -> LinkFix | None:
    if (url := guess_url(target, suffixes)) is None:
        return None
    message = __("missing scheme in the link to '%s'; using '%s'", target, url)
    return LinkFix(LinkKind.URL, url, message)


def guess_url(target: str, suffixes: Iterable[str] = ()) -> str | None:
    """Return the URL that a bare host or mail address means.

    linkify-it's list of top-level domains decides what is a host.

    :param target: a link target without a scheme.
    :param suffixes: those of the site's documents.
    :returns: ``None`` if *target* is rather a file or a name.
    """
    if target.startswith("//"):
        return f"https:{target}" if _starts_with_host(target[2:]) else None
    if _LOCAL.match(target):
        return f"http://{target}"
    if any(char.isspace() for char in target) or not target[:1].isalnum():
        return None
    path, _, fragment = target.partition("#")
    path = path.partition("?")[0]
    if path.casefold().endswith((*_FILE_SUFFIXES, *suffixes)) and "/" not in path:
        return None
    if _LINES.fullmatch(fragment):
        return None
    if "@" in target.split("/", 1)[0]:
        found = _linkify().match(target)
        is_mail = found is not None and found[0].schema == "mailto:" and found[0].index == 0
        return f"mailto:{target}" if is_mail else None
    return f"https://{target}" if _starts_with_host(target) else None


def _starts_with_host(target: str) -> bool:
    found = _linkify().match(target)
    return found is not None and found[0].index == 0 and found[0].schema == ""


@cache
def _linkify() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True}).tlds(TLDS)


def on_old_site(target: str, post_url: str, root: str) -> str:
    """Return the URL of a path of the site on which a post was written.

    :param post_url: ``seo.url`` of the post.
    :param root: ``html_baseurl``, or an empty string.
    """
    base = post_url or root
    try:
        return urljoin(base, target) if host_of(base) else target
    except ValueError:  # such as "//["
        return target


def hidden_message(blog: Blog, post: Post, linked: Post | None) -> Message | None:
    """Return the warning for a link from a listed post to an unlisted one, if it is one.

    Visibility is that of the read phase: a post that becomes unlisted later does not make those
    that link to it be read again.
    """
    if (
        linked is None
        or blog.shows(linked, Where.LISTING)
        or not blog.shows(post, Where.INVENTORY)
    ):
        return None
    return __("link to the unlisted post '%s' (readers of this post will find it)", linked.path)
