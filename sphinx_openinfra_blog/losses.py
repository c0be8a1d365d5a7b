"""An old site against a built one: what is lost, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .built_site import Answer
from .feed_reading import Feed
from .web_addresses import AddressError, OldAddress, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .built_site import BuiltSite
    from .feed_reading import Entry, FeedFormat


@dataclass(frozen=True, slots=True)
class LostAddress:
    """An address that is not answered any more.

    :ivar address: as written, without host, query and fragment.
    :ivar source: the file that names it, and the line where it is known.
    """

    address: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class LostId:
    """An id that is in no feed of its format any more: readers show the post once more.

    :ivar format: of the feed.
    :ivar link: the address of its post, as written.
    :ivar source: the file that names it, and the line where it is known.
    """

    id: str
    format: str
    link: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Losses:
    """What a comparison found, sorted.

    :ivar notes: what else is to be known, such as feeds that cannot be read.
    """

    checked_addresses: int
    checked_ids: int
    addresses: tuple[LostAddress, ...]
    ids: tuple[LostId, ...]
    notes: tuple[str, ...]


def compare(site: BuiltSite, listed: Iterable[OldAddress], old_feeds: Iterable[Feed]) -> Losses:
    """Return what the built site lost of the old one.

    The addresses that feeds name, their own included, are old addresses too.
    """
    old_feeds = list(old_feeds)
    addresses = [*listed]
    for feed in old_feeds:
        addresses += [OldAddress(feed.address, feed.name)] if feed.address else []
        addresses += [
            OldAddress(entry.link, _source(feed, entry)) for entry in feed.entries if entry.link
        ]
    checked, lost_addresses = _lost_addresses(site, addresses)
    new = _NewFeeds(site)
    kinds = {
        (feed.format, entry.id): (feed, entry)
        for feed in reversed(old_feeds)
        for entry in reversed(feed.entries)
    }
    lost_ids = [
        LostId(entry.id, kind.value, entry.link, new.why(kind, entry), _source(feed, entry))
        for (kind, _id), (feed, entry) in kinds.items()
        if not new.has(kind, entry.id)
    ]
    notes = new.notes + [
        f"{feed.name}: items without an id and a link, which were not checked: {feed.nameless}"
        for feed in old_feeds
        if feed.nameless
    ]
    return Losses(
        checked,
        len(kinds),
        tuple(sorted(lost_addresses, key=lambda lost: lost.address)),
        tuple(sorted(lost_ids, key=lambda lost: (lost.format, lost.id))),
        tuple(notes),
    )


def _source(feed: Feed, entry: Entry) -> str:
    return f"{feed.name}:{entry.line}" if entry.line else feed.name


def _lost_addresses(
    site: BuiltSite, addresses: Iterable[OldAddress]
) -> tuple[int, list[LostAddress]]:
    """Return how many different addresses there are, and those that are lost."""
    asked: set[str] = set()
    lost = []
    for address in addresses:
        try:
            path = site.place(address.text)
            answer = None if path in asked else site.ask(path)
        except AddressError as error:
            path = address.text
            answer = None if path in asked else Answer(lost=str(error))
        asked.add(path)
        if answer is not None and answer.lost:
            lost.append(LostAddress(shown_path(address.text), answer.lost, address.source))
    return len(asked), lost


class _NewFeeds:
    """The feeds of the built site."""

    def __init__(self, site: BuiltSite) -> None:
        self.notes: list[str] = []
        self._site = site
        self._feeds: dict[FeedFormat, list[Feed]] = defaultdict(list)
        for feed in site.feeds():
            if isinstance(feed, Feed):
                self._feeds[feed.format].append(feed)
            else:
                self.notes.append(f"not read: {feed}")
        self._ids: dict[str, dict[FeedFormat, str]] = defaultdict(dict)
        for kind, feeds in self._feeds.items():
            # The longest is the blog's own, the others are those of its categories and so on.
            feeds.sort(key=lambda feed: (-len(feed.entries), feed.name))
            for feed in feeds:
                for entry in feed.entries:
                    self._ids[entry.id].setdefault(kind, feed.name)

    def has(self, kind: FeedFormat, identity: str) -> bool:
        """Tell whether an id is in a feed of its format."""
        return kind in self._ids.get(identity, ())

    def why(self, kind: FeedFormat, entry: Entry) -> str:
        """Return why an id is in no feed of its format."""
        reason = self._why_in_format(kind, entry)
        if others := self._ids.get(entry.id):
            other, name = next(iter(others.items()))
            reason += f"; only {name} has it, which is {other.value}"
        return reason

    def _why_in_format(self, kind: FeedFormat, entry: Entry) -> str:
        """Return why an id is in no feed of its format, those of others aside."""
        if not self._feeds[kind]:
            return f"the site has no feed in the format {kind.value}"
        if not entry.link:
            return "it has no link by which its post could be found"
        try:
            answer = self._site.ask(self._site.place(entry.link))
        except AddressError as error:
            return f"its link: {error}"
        if answer.lost:
            return f"its link is lost: {answer.lost}"
        return self._why_not_listed(kind, entry.link, answer.file)

    def _why_not_listed(self, kind: FeedFormat, link: str, file: str) -> str:
        """Return why a post has no such id, though its address is answered."""
        if not file:
            return f"{shown_path(link)} leads to another host"
        page = self._site.address_of(file)
        if given := self._by_page.get((kind, file)):
            return f"{given[1]} gives {page} another id: {given[0]}"
        if self._site.head(file).noindex:
            return (
                f"{page} is unlisted (noindex), so it is in no feed "
                "(openinfra_blog_feed_unlisted = True puts it there)"
            )
        longest = self._feeds[kind][0]
        return (
            f"{page} is there, but {longest.name} holds the newest {len(longest.entries)} only "
            "(openinfra_blog_feed_length = 0 puts all posts there)"
        )

    @cached_property
    def _by_page(self) -> dict[tuple[FeedFormat, str], tuple[str, str]]:
        """The id that a page's post has in a format, and the feed that says so."""
        found: dict[tuple[FeedFormat, str], tuple[str, str]] = {}
        for kind, feeds in self._feeds.items():
            for feed in feeds:
                for entry in feed.entries:
                    try:
                        answer = self._site.ask(self._site.place(entry.link))
                    except AddressError:
                        continue
                    if entry.link and answer.file:
                        found.setdefault((kind, answer.file), (entry.id, feed.name))
        return found
