"""Posts to Atom, RSS and JSON Feed."""

from __future__ import annotations

from .files import FeedFiles
from .places import feed_links, feed_places
from .values import FeedFormat

__all__ = ["FeedFiles", "FeedFormat", "feed_links", "feed_places"]
