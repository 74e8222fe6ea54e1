"""A clip: a stretch of an episode that is shared by itself, and what is said in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.words.reading import words_to_read
from pipeline.words.transcript import Segment, Transcript, Word

_SPELLED = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:[.,]\d+)?)s)?")
_WITH_COLONS = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)")


class Shape(StrEnum):
    """For whom a clip is: feeds and chats, full-screen stories, or players of films."""

    SQUARE = "square"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when, in seconds of the enclosure, and what it is called."""

    start: float
    end: float
    title: str = ""

    @property
    def seconds(self) -> float:
        return self.end - self.start


def seconds_of(text: str) -> float:
    """The seconds of `65`, `1:05`, `1:02:03.5` or `1m5s`, as pages link to moments.

    Raises ValueError for anything else.
    """
    for form in (_WITH_COLONS, _SPELLED):
        found = form.fullmatch(text.strip())
        if found and any(found.groups()):
            hours, minutes, seconds = (part or "0" for part in found.groups())
            return int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    raise ValueError(f"{text!r} is no moment")


def said_in(transcript: Transcript, stretch: Stretch) -> Transcript:
    """What is said in a stretch, with times from its start.

    A word that is cut by an end belongs to the side on which its middle lies.
    """
    segments = tuple(_cut(transcript.segments, stretch))
    return replace(transcript, duration=stretch.seconds, segments=segments)


def _cut(segments: tuple[Segment, ...], stretch: Stretch) -> Iterator[Segment]:
    for segment in segments:
        if segment.end < stretch.start or segment.start > stretch.end:
            continue
        words = tuple(_shifted(word, stretch) for word in words_to_read(segment)
                      if stretch.start <= (word.start + word.end) / 2 < stretch.end)  # fmt: skip
        if words:
            text = " ".join(word.text for word in words)
            start, end = words[0].start, words[-1].end
            yield replace(segment, start=start, end=end, text=text, written="", words=words)


def _shifted(word: Word, stretch: Stretch) -> Word:
    start = min(max(0.0, word.start - stretch.start), stretch.seconds)
    end = min(max(start, word.end - stretch.start), stretch.seconds)
    return replace(word, start=start, end=end)
