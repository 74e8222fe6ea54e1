"""What the enclosure of an episode says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.words.chapters import Chapter


@dataclass(frozen=True, slots=True)
class Tags:
    """What an enclosure says about itself. Empty fields make no frame.

    Languages are those of the show and of the transcript ("id"); `cover` is a JPEG or PNG file.
    """

    title: str
    artist: str
    album_artist: str
    album: str
    date: date
    language: str
    guid: str
    feed_url: str
    number: int | None = None
    season: int | None = None
    comment: str = ""
    description: str = ""
    category: str = ""
    lyrics: str = ""
    lyrics_language: str = ""
    chapters: tuple[Chapter, ...] = ()
    cover: Path | None = None
