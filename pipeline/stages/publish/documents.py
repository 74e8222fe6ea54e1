"""What is made of all items together: the show's pages, the archive pages of the feed, the feed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.stages.publish.catalogue import ShowRecord
from pipeline.tools import site
from pipeline.tools.rss import UNNAMED, build_feed
from pipeline.words.feed import FeedChannel, FeedItem, PublicFile
from pipeline.words.feed_pages import cut, page_ends
from pipeline.words.web_files import named_by_content


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents by key. `feed` has no name yet; `ends` cut the feed into its pages."""

    pages: Mapping[str, bytes]
    archives: Mapping[str, bytes]
    feed: bytes
    ends: tuple[datetime, ...]


def make_documents(
    channel: FeedChannel,
    show: ShowRecord,
    items: Sequence[FeedItem],
    years: Sequence[int],
    items_per_page: int,
) -> Documents:
    """What lists all of `items`; `years` get a page each."""
    ends = page_ends(items, show.page_ends, items_per_page)
    cut_items = cut(items, ends)
    archives: dict[str, bytes] = {}
    previous: PublicFile | None = None
    for number, page in enumerate(cut_items.archives, start=1):
        body = build_feed(channel, page, previous=previous, is_archive=True)
        digest = hashlib.sha256(body).hexdigest()
        key = named_by_content(f"feed-{number}", digest, ".xml")
        archives[key] = body
        previous = PublicFile(key, len(body), digest)
    feed = build_feed(
        channel, cut_items.newest, trailers=items, previous=previous, publication=UNNAMED
    )
    return Documents(site.show_pages(channel, items, years), archives, feed, ends)
