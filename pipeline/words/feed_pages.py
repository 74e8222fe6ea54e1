"""Cuts a long feed into a document of the newest items and archive pages (RFC 5005, section 4).

An archive page is named by the moment of its newest item, kept with the show's records; so pages
stay what they are when items come, go or change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.words.feed import FeedItem


@dataclass(frozen=True, slots=True)
class FeedPages:
    """`newest` are for the main document, `archives` for the pages, the oldest page first."""

    newest: tuple[FeedItem, ...]
    archives: tuple[tuple[FeedItem, ...], ...]


def page_ends(
    items: Iterable[FeedItem], earlier: Sequence[datetime], items_per_page: int
) -> tuple[datetime, ...]:
    """The moment that ends each archive page; those that were given out `earlier` stay.

    The newest document keeps at least `items_per_page` items and fewer than twice as many; 0 never
    cuts.
    """
    if items_per_page == 0:
        return ()
    ends = list(earlier)
    last = ends[-1] if ends else None
    moments = sorted(i.published_at for i in items if last is None or i.published_at > last)
    while len(moments) >= 2 * items_per_page:
        ends.append(moments[items_per_page - 1])
        moments = [moment for moment in moments if moment > ends[-1]]
    return tuple(ends)


def cut(items: Iterable[FeedItem], ends: Sequence[datetime]) -> FeedPages:
    """The items of each page; each is in the first page that does not end before it."""
    pages: list[list[FeedItem]] = [[] for _ in (*ends, None)]
    place = 0
    for item in sorted(items, key=lambda item: (item.published_at, item.slug)):
        while place < len(ends) and item.published_at > ends[place]:
            place += 1
        pages[place].append(item)
    *archives, newest = (tuple(page) for page in pages)
    return FeedPages(newest, tuple(archives))
