"""What an old item says, as an `episode.toml` says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pipeline.ground.setting_types import web_address
from pipeline.tools.inbox.names import safe_name
from pipeline.words.episode import EpisodeDetails, EpisodeType, Guest
from pipeline.words.old_feed import OldFeed, OldItem
from pipeline.words.podcasting import Person
from pipeline.words.web_text import short_line, within_bytes

_MOST_TAGS = 12
_LONGEST_NAME, _LONGEST_TAG, _LONGEST_TITLE = 128, 64, 255
_GUEST, _HOST = "guest", "host"
_LONGEST_SOUNDBITE_SECONDS = 600
_SUFFIXES = {
    "audio/mpeg": ".mp3",
    "audio/mp3": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "audio/aac": ".aac",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "video/mp4": ".mp4",
}


def details_of(
    item: OldItem, published_at: datetime, feed: OldFeed, timezone: str
) -> EpisodeDetails:
    """The item's details, with the day on which it was published in the show's time zone.

    What a feed says too much of is cut, and an address that is none is left out.
    """
    day = published_at.astimezone(ZoneInfo(timezone)).date()
    hosts = [person.name for person in item.people if person.role == _HOST]
    kinds = {str(kind) for kind in EpisodeType}
    return EpisodeDetails(
        title=short_line(item.title, _LONGEST_TITLE) or f"Episode {day.isoformat()}",
        date=day,
        guests=tuple(_guest(person) for person in item.people if person.role == _GUEST),
        host=short_line(hosts[0], _LONGEST_NAME) if hosts and hosts[0] != feed.host else "",
        place=short_line(item.place.name, _LONGEST_NAME),
        summary=within_bytes(item.description),
        season=item.season,
        number=item.number,
        episode_type=EpisodeType(item.episode_type if item.episode_type in kinds else "full"),
        explicit=item.explicit if item.explicit != feed.explicit else None,
        tags=tuple(short_line(word, _LONGEST_TAG) for word in item.keywords if word)[:_MOST_TAGS],
        credits=tuple(_credit(p) for p in item.people if p.role not in (_GUEST, _HOST)),
        soundbites=tuple(
            replace(bite, title=short_line(bite.title, _LONGEST_NAME))
            for bite in item.soundbites
            if bite.start_seconds >= 0 < bite.duration_seconds < _LONGEST_SOUNDBITE_SECONDS
        ),
    )


def _guest(person: Person) -> Guest:
    name = short_line(person.name, _LONGEST_NAME)
    return Guest(name, image=_valid(person.image), link=_valid(person.link))


def _credit(person: Person) -> Person:
    return Person(
        short_line(person.name, _LONGEST_NAME),
        short_line(person.role, _LONGEST_NAME),
        short_line(person.group, _LONGEST_NAME),
        _valid(person.image),
        _valid(person.link),
    )


def _valid(address: str) -> str:
    try:
        return web_address(address) if address else ""
    except ValueError:
        return ""


def recording_name(address: str, media_type: str) -> str:
    """A safe name for the file at an address, with a suffix that says what it is."""
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    safe = safe_name(name or "sound")
    if PurePosixPath(safe).suffix:
        return safe
    return safe + _SUFFIXES.get(media_type, ".mp3")
