"""What a feed says: a channel (the show) and its items (the episodes).

Keys are relative to the public base URL, so that a show can move without its records changing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from pipeline.words.podcasting import (
    License,
    ListeningPlace,
    Person,
    Place,
    RemoteFeed,
    SocialPost,
    Soundbite,
    Text,
    Updates,
    Value,
)
from pipeline.words.web_files import media_type


@dataclass(frozen=True, slots=True)
class PublicFile:
    """One public file: its key, its exact size in bytes and the SHA-256 of its content."""

    key: str
    size: int
    sha256: str

    @property
    def media_type(self) -> str:
        return media_type(self.key)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Everything the feed and the list of episodes say of one episode, as it was published.

    `sources` are the digests of what it was made from. One that is `withdrawn` is kept for the day
    when it comes back: it is in no feed and on no page; a notice may state the `reason`.
    `published_at` is given once and kept;
    `changed_at` is when what is said here last changed. `picture` is what others see where its page
    is linked, `cover` its own artwork. `said` tells which words may be in its transcript (see
    `words/term_filter.py`). `shown` is what its pages can be made from again.
    """

    guid: str
    slug: str
    title: str
    description: str
    notes_html: str
    language: str
    published_at: datetime
    changed_at: datetime
    duration_seconds: int
    enclosure: PublicFile
    transcripts: tuple[PublicFile, ...]
    chapters: PublicFile | None
    cover: PublicFile | None
    page: PublicFile
    people: tuple[Person, ...]
    place: Place
    keywords: tuple[str, ...]
    season: int | None
    number: int | None
    episode_type: str
    explicit: bool
    sources: dict[str, str]
    season_name: str = ""
    number_display: str = ""
    license: License = field(default_factory=License)
    soundbites: tuple[Soundbite, ...] = ()
    social: tuple[SocialPost, ...] = ()
    cover_pixels: int = 0
    more_pages: tuple[PublicFile, ...] = ()
    picture: PublicFile | None = None
    said: str = ""
    shown: PublicFile | None = None
    withdrawn: bool = False
    reason: str = ""

    @property
    def files(self) -> tuple[PublicFile, ...]:
        """Every public file that belongs to this item alone."""
        optional = (self.chapters, self.cover, self.picture)
        return (self.enclosure, *self.transcripts, *(f for f in optional if f), *self.pages)

    @property
    def pages(self) -> tuple[PublicFile, ...]:
        """What is written anew at the same address; the page that shows the episode comes last."""
        return (*self.more_pages, self.page)

    def to_json(self) -> dict[str, Any]:
        """The content of `feed/published/<guid>.json`."""
        said = {"version": 2, **asdict(self), **_in_json(self)}
        return said if self.reason else {key: v for key, v in said.items() if key != "reason"}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> FeedItem:
        """The item that `to_json` wrote, now or in version 1, which had a name for a place.

        Raises KeyError, TypeError or ValueError on anything else.
        """
        said = {key: value for key, value in content.items() if key != "version"}
        if isinstance(said["place"], str):
            said["place"] = {"name": said["place"]}
        return cls(**{key: _FROM_JSON.get(key, _as_it_is)(value) for key, value in said.items()})


def _in_json(item: FeedItem) -> dict[str, str]:
    moments = ("published_at", "changed_at")
    return {name: getattr(item, name).isoformat() for name in moments}


def _as_it_is(value: Any) -> Any:
    return value


def _one(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda entry: None if entry is None else kind(**entry)


def _all(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda entries: tuple(kind(**entry) for entry in entries)


# How each field that is no text, number or truth value is read from JSON.
_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "published_at": datetime.fromisoformat,
    "changed_at": datetime.fromisoformat,
    "enclosure": lambda entry: PublicFile(**entry),
    "transcripts": _all(PublicFile),
    "chapters": _one(PublicFile),
    "cover": _one(PublicFile),
    "picture": _one(PublicFile),
    "shown": _one(PublicFile),
    "page": lambda entry: PublicFile(**entry),
    "more_pages": _all(PublicFile),
    "people": _all(Person),
    "place": _one(Place),
    "keywords": tuple,
    "license": _one(License),
    "soundbites": _all(Soundbite),
    "social": _all(SocialPost),
}


@dataclass(frozen=True, slots=True)
class FeedChannel:
    """What the feed says of the show. Addresses are absolute; `base_url` ends in a slash."""

    base_url: str
    link: str
    title: str
    description: str
    author: str
    owner_name: str
    owner_email: str
    language: str
    categories: tuple[str, ...]
    explicit: bool
    kind: str
    copyright: str
    podcast_guid: str
    locked: bool
    funding_url: str
    funding_text: str
    artwork: PublicFile
    ai_content: bool
    artwork_pixels: int = 0
    people: tuple[Person, ...] = ()
    place: Place = field(default_factory=Place)
    license: License = field(default_factory=License)
    medium: str = "podcast"
    updates: Updates = field(default_factory=Updates)
    podroll: tuple[RemoteFeed, ...] = ()
    texts: tuple[Text, ...] = ()
    listen_on: tuple[ListeningPlace, ...] = ()
    value: Value | None = None
    hub: str = ""
    new_feed_url: str = ""
    blocked: bool = False
    emblem: PublicFile | None = None

    @property
    def on_pages(self) -> PublicFile:
        """The artwork as small as pages show it."""
        return self.emblem or self.artwork

    @property
    def feed_url(self) -> str:
        return self.base_url + FEED_KEY


FEED_KEY = "feed.xml"
INDEX_KEY = "index.html"
SHARE_PICTURE_PX = (1200, 630)
"""Width and height of the picture under which an episode is shared (Open Graph, 1.91:1)."""
