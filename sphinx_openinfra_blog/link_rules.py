"""What the links of a post become, and what is to be said of them; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from .diagnostics import Message, Subtype, __
from .model import Visibility
from .permalinks import MAX_PATH_BYTES, host_of, is_below
from .targets import meant_address

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from .lookup import Answer
    from .model import Post

# MyST knows four schemes, in lower case. What has two slashes, or is made for another program,
# is an address too; other words before a colon may name a label. Scripts are no addresses.
_SCHEME = re.compile(
    r"(?!javascript:|vbscript:|data:|file:)(?:[a-z][a-z0-9+.-]*:(?=//)"
    r"|(?:https?|mailto|tel|sms|irc|ircs|xmpp|sip|sips|matrix|magnet|news|geo|webcal):)",
    re.IGNORECASE,
)

# What can only be an address on the site that the post was written for.
_RELATIVE = re.compile(r"\?|\.\./|[^#?:]+\.(?:html?|php|aspx?)(?:[?#]|$)", re.IGNORECASE)

#: The most bytes of a file name, on all usual file systems.
_MAX_NAME_BYTES: Final = 255
#: How many characters of an invalid target a message shows.
_SHOWN: Final = 60
_NO_TARGET = "a link has no target, so only its text is shown"


class Becomes(Enum):
    """What a link becomes."""

    #: It is left alone.
    ITSELF = auto()
    #: Its text alone.
    TEXT = auto()
    #: A link to another address.
    ADDRESS = auto()
    #: A link to a path of the site on which the post was written.
    SITE_PATH = auto()
    #: A reference, if the blog has something at that address.
    OWN = auto()


@dataclass(frozen=True, slots=True)
class Mended:
    """A link, mended.

    :ivar address: where it leads, if that is another address than the one written.
    :ivar message: what its author should know, or an empty string.
    """

    becomes: Becomes
    address: str = ""
    message: Message | str = ""


def mend_unknown(target: str, post_address: str, suffixes: Iterable[str]) -> Mended:
    """Mend a Markdown link whose target MyST takes for the name of something.

    :param post_address: ``seo.url`` of the post.
    :param suffixes: those of the site's documents.
    """
    if not target:
        return Mended(Becomes.TEXT, message=_NO_TARGET)
    if "\0" in target:
        return _invalid(target)
    if target.startswith("/") and not target.startswith("//"):
        return Mended(Becomes.SITE_PATH, target)
    if match := _SCHEME.match(target):
        return Mended(Becomes.ADDRESS, match[0].lower() + target[match.end() :])
    if (mended := _without_scheme(target, suffixes)) is not None:
        return mended
    if _RELATIVE.match(target) and host_of(post_address):
        there = urlsplit(urljoin(post_address, target))
        return Mended(Becomes.SITE_PATH, there._replace(scheme="", netloc="").geturl())
    path = target.partition("#")[0].encode("utf-8", "replace")
    if len(path) > MAX_PATH_BYTES or max(map(len, path.split(b"/"))) > _MAX_NAME_BYTES:
        return _invalid(target)
    return Mended(Becomes.ITSELF)  # MyST resolves it, or says that it cannot.


def _invalid(target: str) -> Mended:
    shown = target if len(target) <= _SHOWN else f"{target[:_SHOWN]}…"
    message = __(
        "link target '%s' is not a valid file name; only its text is shown",
        shown.replace("\0", "%00"),
    )
    return Mended(Becomes.TEXT, message=message)


def mend_reference(
    address: str, hosts: Container[str], blog: str, suffixes: Iterable[str]
) -> Mended:
    """Mend a link to an address, or to what reStructuredText takes for one.

    :param hosts: those of the blog.
    :param blog: the blog's path.
    :param suffixes: those of the site's documents.
    """
    if address == "#":
        return Mended(Becomes.TEXT, message=_NO_TARGET)
    if address.startswith("#") or (parts := _split(address)) is None:
        return Mended(Becomes.ITSELF)
    if parts.scheme in {"http", "https"}:
        own = host_of(address) in hosts or is_below(parts.path[1:], blog)
        return Mended(Becomes.OWN if own else Becomes.ITSELF)
    if not address or ":" in address.split("/", 1)[0]:
        return Mended(Becomes.ITSELF)
    if address.startswith("/") and not address.startswith("//"):
        return Mended(Becomes.SITE_PATH, address)
    return _without_scheme(address, suffixes) or Mended(Becomes.ITSELF)


def _without_scheme(target: str, suffixes: Iterable[str]) -> Mended | None:
    address = meant_address(target, suffixes)
    if address is None:
        return None
    message = f"the link to '{target}' has no scheme; it leads to '{address}'"
    return Mended(Becomes.ADDRESS, address, message)


def on_old_site(target: str, post_address: str, root: str) -> str:
    """Return the address of a path of the site on which a post was written.

    :param post_address: ``seo.url`` of the post.
    :param root: ``html_baseurl``, or an empty string.
    """
    base = post_address or root
    try:
        return urljoin(base, target) if host_of(base) else target
    except ValueError:  # such as "//["
        return target


def withheld_message(target: str) -> str:
    """Return what is to be said of a link to the file of a post that has no page."""
    return f"'{target}' is a post that has no page, so it is not linked"


def hidden_message(post: Post, linked: Post | None) -> str:
    """Return what is to be said of a link from one post to another, or an empty string.

    Who may be unlisted is asked in the read phase: a post that is unlisted later does not make
    those that link to it be read again.
    """
    if linked is None or linked.visibility is not Visibility.UNLISTED:
        return ""
    if post.visibility is not Visibility.PUBLISHED:
        return ""
    return f"'{linked.path}' is unlisted, and this link shows everybody where it is"


def complaint_of(answer: Answer, address: str, uri: str) -> tuple[Subtype, str] | None:
    """Return what is to be said of a link to the blog or the site that nothing answers.

    :param address: as written.
    :param uri: where it leads then.
    """
    if answer.page is not None:
        return None
    if answer.expected:
        return Subtype.OWN_LINK, f"no post and no page of the blog is at '{address}'"
    if address.startswith("/"):
        message = f"nothing is at '{address}' on this site; it leads to '{uri}'"
        return Subtype.LINK, message
    return None


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
