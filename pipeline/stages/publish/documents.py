"""What is made of all items together: the show's pages, the archive pages of the feed, the feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pipeline.stages.publish.catalogue import ShowRecord
from pipeline.stages.publish.remembered import Remembered
from pipeline.tools import site
from pipeline.tools.rss import UNNAMED, build_feed
from pipeline.words.feed import FeedChannel, FeedItem, PublicFile
from pipeline.words.feed_pages import cut, page_ends
from pipeline.words.web_files import named_by_content


@dataclass(frozen=True, slots=True)
class Document:
    """A document that lists items, and what makes it when it is uploaded."""

    file: PublicFile
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Documents:
    """`pages` are the show's, `archives` the feed's, the oldest first.

    `feed` has no name yet; `ends` cut it into its pages.
    """

    pages: tuple[Document, ...]
    archives: tuple[Document, ...]
    feed: bytes
    ends: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the documents that list `items`; `years` get a page each.

    `digests` are those of the items' records by GUID, and `remembered` knows what came of them
    before, so a page whose items are the same is not made again to learn that it is the same.
    """

    channel: FeedChannel
    items: Sequence[FeedItem]
    years: Sequence[int]
    digests: Mapping[str, str]
    remembered: Remembered

    def documents(self, show: ShowRecord, items_per_page: int) -> Documents:
        """All of them. What changed is made once to be compared, and again to be uploaded."""
        ends = page_ends(self.items, show.page_ends, items_per_page)
        pages = cut(self.items, ends)
        archives = tuple(self._archives(pages.archives))
        feed = build_feed(
            self.channel,
            pages.newest,
            trailers=self.items,
            previous=archives[-1].file if archives else None,
            publication=UNNAMED,
        )
        return Documents(tuple(self._pages()), archives, feed, ends)

    def _pages(self) -> Iterator[Document]:
        for key, page in site.show_pages(self.channel, self.items, self.years).items():
            size, digest = self._told([key, *map(str, page.years)], page.items, page.make)
            yield Document(PublicFile(key, size, digest), page.make)

    def _archives(self, pages: Sequence[Sequence[FeedItem]]) -> Iterator[Document]:
        previous: PublicFile | None = None
        for number, items in enumerate(pages, start=1):
            make = partial(build_feed, self.channel, items, previous=previous, is_archive=True)
            before = previous.key if previous else ""
            size, digest = self._told([f"feed-{number}", before], items, make)
            previous = PublicFile(named_by_content(f"feed-{number}", digest, ".xml"), size, digest)
            yield Document(previous, make)

    def _told(
        self, of: Sequence[str], items: Sequence[FeedItem], make: Callable[[], bytes]
    ) -> tuple[int, str]:
        made_from = [repr(self.channel), *of, *(self.digests[item.guid] for item in items)]
        return self.remembered.size_and_digest(made_from, make)
