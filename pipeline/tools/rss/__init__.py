"""The podcast feed: RSS 2.0 by feedgen with the iTunes and podcast namespaces."""

from __future__ import annotations

from pipeline.tools.rss.feed import build_feed, missing_tags, podcast_guid

__all__ = ["build_feed", "missing_tags", "podcast_guid"]
