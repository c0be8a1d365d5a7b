"""Posts to Atom, RSS and JSON Feed."""

from __future__ import annotations

from .files import FeedFiles
from .places import blog_feeds, feed_links
from .values import FeedFormat

__all__ = ["FeedFiles", "FeedFormat", "blog_feeds", "feed_links"]
