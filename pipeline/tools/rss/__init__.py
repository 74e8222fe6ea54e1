"""The podcast feed: RSS 2.0 by feedgen with the iTunes and podcast namespaces."""

from __future__ import annotations

from pipeline.tools.rss.feed import build_feed, missing_tags, podcast_guid
from pipeline.tools.rss.publication import UNNAMED, FeedThere, feed_there, named

__all__ = [
    "UNNAMED",
    "FeedThere",
    "build_feed",
    "feed_there",
    "missing_tags",
    "named",
    "podcast_guid",
]
