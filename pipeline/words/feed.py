"""What a feed says: a channel (the show) and its items (the episodes).

Keys are relative to the public base URL, so that a show can move without its records changing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

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
class Person:
    """`podcast:person`: `role` is "host" or "guest"."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Everything the feed and the list of episodes say of one episode, as it was published.

    `sources` are the digests of what it was made from. `published_at` is given once and kept;
    `changed_at` is when what is said here last changed.
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
    place: str
    keywords: tuple[str, ...]
    season: int | None
    number: int | None
    episode_type: str
    explicit: bool
    sources: dict[str, str]

    @property
    def files(self) -> tuple[PublicFile, ...]:
        """Every public file that belongs to this item alone."""
        optional = (self.chapters, self.cover)
        return (self.enclosure, *self.transcripts, *(f for f in optional if f), self.page)

    def to_json(self) -> dict[str, Any]:
        """The content of `feed/published/<guid>.json`."""
        content = asdict(self)
        for moment in ("published_at", "changed_at"):
            content[moment] = content[moment].isoformat()
        return {"version": 1, **content}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> FeedItem:
        """The item that `to_json` wrote. Raises KeyError, TypeError or ValueError on others."""

        def file(entry: dict[str, Any] | None) -> PublicFile | None:
            return None if entry is None else PublicFile(**entry)

        fields = {key: value for key, value in content.items() if key != "version"}
        return cls(
            **{
                **fields,
                "published_at": datetime.fromisoformat(content["published_at"]),
                "changed_at": datetime.fromisoformat(content["changed_at"]),
                "enclosure": PublicFile(**content["enclosure"]),
                "transcripts": tuple(PublicFile(**entry) for entry in content["transcripts"]),
                "chapters": file(content["chapters"]),
                "cover": file(content["cover"]),
                "page": PublicFile(**content["page"]),
                "people": tuple(Person(**entry) for entry in content["people"]),
                "keywords": tuple(content["keywords"]),
            }
        )


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
    host: str
    funding_url: str
    funding_text: str
    artwork: PublicFile
    ai_content: bool

    @property
    def feed_url(self) -> str:
        return self.base_url + FEED_KEY


FEED_KEY = "feed.xml"
INDEX_KEY = "index.html"
