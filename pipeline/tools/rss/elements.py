"""XML elements as plain values, and the rows that say what makes each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.words.feed import FeedChannel, FeedItem, PublicFile
from pipeline.words.web_text import ascii_url

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
}


@dataclass(frozen=True, slots=True)
class Element:
    """One XML element: text, attributes in their order, and elements inside it.

    An attribute that is empty is not written.
    """

    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[tuple[str, Element], ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """What a row about the channel may look at.

    `items` are those of this document, `trailers` those of the whole show. `previous` is the
    archive page before this one, and `is_archive` says that this is an archive page itself.
    """

    channel: FeedChannel
    items: tuple[FeedItem, ...]
    trailers: tuple[FeedItem, ...] = ()
    previous: PublicFile | None = None
    is_archive: bool = False
    publication: str = ""

    def url(self, file: PublicFile) -> str:
        return ascii_url(self.channel.base_url + file.key)


@dataclass(frozen=True, slots=True)
class ItemOfShow:
    """What a row about an item may look at."""

    show: Show
    item: FeedItem

    def url(self, file: PublicFile) -> str:
        return self.show.url(file)


About = TypeVar("About")


@dataclass(frozen=True, slots=True)
class Tag(Generic[About]):
    """One row: an element and what makes it, none or several times.

    `longest` is how many characters its text and each of its attributes may have, which apps are
    free to cut; addresses are never cut. `needed` says that a feed without it is refused.
    """

    name: str
    elements: Callable[[About], Iterator[Element]]
    longest: int = 255
    needed: bool = False
