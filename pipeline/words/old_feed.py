"""A show as its feed at another host tells it: what is taken over when the show moves here.

Everything is as that feed says it, only in plain text; what it does not say is empty or None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pipeline.words.podcasting import Person, Place, Soundbite


@dataclass(frozen=True, slots=True)
class OldAudio:
    """An `enclosure`. `size` is what the feed says in bytes, which is often wrong; 0 is unsaid."""

    address: str
    size: int = 0
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class OldItem:
    """An `item`. `published_at` is its `pubDate` with an offset, None where it cannot be read."""

    guid: str
    title: str
    audio: OldAudio | None = None
    published_at: datetime | None = None
    description: str = ""
    season: int | None = None
    number: int | None = None
    episode_type: str = "full"
    explicit: bool | None = None
    people: tuple[Person, ...] = ()
    keywords: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)
    soundbites: tuple[Soundbite, ...] = ()
    image: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class OldFeed:
    """A `channel` and its items, newest first as feeds have them.

    `address` is where it was read; `own_address` is what it calls itself. `next_page` is the
    address of older items (RFC 5005). Categories are written `News > Daily News`.
    """

    address: str
    title: str
    items: tuple[OldItem, ...] = ()
    own_address: str = ""
    next_page: str = ""
    description: str = ""
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    language: str = ""
    link: str = ""
    categories: tuple[str, ...] = ()
    explicit: bool | None = None
    kind: str = "episodic"
    copyright: str = ""
    image: str = ""
    podcast_guid: str = ""
    locked: bool = False
    funding_url: str = ""
    funding_text: str = ""
    host: str = ""
