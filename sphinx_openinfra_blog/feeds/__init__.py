"""Posts to Atom, RSS and JSON Feed."""

from __future__ import annotations

from .files import FeedFiles
from .places import feed_links

__all__ = ["FeedFiles", "feed_links"]
