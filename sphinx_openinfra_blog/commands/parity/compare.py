"""Compare an old site with a built one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_openinfra_blog.commands.input import InputError

from .addresses import OldUrl, UrlError
from .old_feeds import FORMATS
from .proposals import proposals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .built_site import BuiltSite
    from .old_feeds import ParsedFeed, ParsedItem
    from .proposals import Proposal


@dataclass(frozen=True, slots=True)
class LostAddress:
    """A URL that the new site does not answer.

    :ivar address: as written.
    :ivar source: the file that names it, with the line if it is known.
    """

    address: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class LostId:
    """An id that no new feed of the format has: feed readers show the post again.

    :ivar link: the URL of its post, as written.
    :ivar source: the file that names it.
    """

    id: str
    format: str
    link: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Losses:
    """The result of a comparison, sorted.

    :ivar proposals: what would answer lost URLs.
    :ivar notes: what could not be compared.
    """

    checked_addresses: int
    checked_ids: int
    addresses: tuple[LostAddress, ...]
    ids: tuple[LostId, ...]
    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...]


def compare(site: BuiltSite, listed: Iterable[OldUrl], old_feeds: Iterable[ParsedFeed]) -> Losses:
    """Find what the built site lost of the old one.

    The URLs in old feeds, their own included, are checked as well as those that are listed.
    """
    found = list(site.feeds())
    new = _NewFeeds(site, [feed for feed in found if not isinstance(feed, InputError)])
    notes = [f"skipped {feed}" for feed in found if isinstance(feed, InputError)]
    urls = [*listed]
    ids: dict[tuple[str, str], tuple[ParsedItem, str]] = {}
    for feed in old_feeds:
        links = (feed.url, *(item.link for item in feed.items))
        urls += [OldUrl(link, feed.name) for link in links if link]
        for item in feed.items:
            ids.setdefault((feed.format, item.id), (item, feed.name))
        if feed.skipped:
            notes.append(f"{feed.name}: skipped items without id and link: {feed.skipped}")
    checked, lost_urls = _lost_urls(site, urls)
    lost_ids = [
        LostId(item.id, kind, item.link, new.why(kind, item), source)
        for (kind, key), (item, source) in sorted(ids.items())
        if (kind, key) not in new.ids
    ]
    proposed = proposals(site, [item.address for item in lost_urls])
    return Losses(checked, len(ids), tuple(lost_urls), tuple(lost_ids), proposed, tuple(notes))


def _lost_urls(site: BuiltSite, urls: Iterable[OldUrl]) -> tuple[int, list[LostAddress]]:
    """Return the number of different URLs, and those that are lost."""
    checked: set[str] = set()
    lost = []
    for url in urls:
        path = url.text
        try:
            path = site.place(url.text)
            site.ask(path)
        except UrlError as error:
            if path not in checked:
                lost.append(LostAddress(url.text, str(error), url.source))
        checked.add(path)
    return len(checked), sorted(lost, key=lambda item: item.address)


class _NewFeeds:
    """The feeds of the built site.

    :ivar ids: formats and ids -> the feed that has them.
    """

    def __init__(self, site: BuiltSite, feeds: list[ParsedFeed]) -> None:
        self._site = site
        # The longest is that of the blog, others are those of its categories and so on.
        self._feeds = sorted(feeds, key=lambda feed: (-len(feed.items), feed.name))
        self.ids = {
            (feed.format, item.id): feed.name
            for feed in reversed(self._feeds)
            for item in feed.items
        }

    def why(self, kind: str, item: ParsedItem) -> str:
        """Return the reason why an id is in no feed of its format."""
        elsewhere = (
            f"; only found in {self.ids[other, item.id]} ({other})"
            for other in FORMATS
            if (other, item.id) in self.ids
        )
        return self._why_in_format(kind, item.link) + next(elsewhere, "")

    def _why_in_format(self, kind: str, link: str) -> str:
        longest = next((feed for feed in self._feeds if feed.format == kind), None)
        if longest is None:
            return f"the site has no {kind} feed"
        if not link:
            return "the item has no link"
        try:
            file = self._site.ask(self._site.place(link))
        except UrlError as error:
            return f"lost link: {error}"
        if not file:
            return f"{link} redirects to another host"
        page = self._site.url_of(file)
        if known := self._by_page.get((kind, file)):
            return f"{known[1]} has another id for {page}: {known[0]}"
        if self._site.head(file).noindex:
            return (
                f"{page} is unlisted (noindex) and in no feed "
                "(set openinfra_blog_feed_unlisted = True to include it)"
            )
        return (
            f"{page} is not among the newest {len(longest.items)} in {longest.name} "
            "(set openinfra_blog_feed_length = 0 to include all posts)"
        )

    @cached_property
    def _by_page(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Formats and files -> the id of the post there, and the feed that has it."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for feed in self._feeds:
            for item in feed.items:
                try:
                    file = self._site.ask(self._site.place(item.link)) if item.link else ""
                except UrlError:
                    continue
                found.setdefault((feed.format, file), (item.id, feed.name))
        return found
