"""A news article in the making: each sentence with the moments of the recording that support it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from pipeline.words.chapters import Chapter
from pipeline.words.doubts.places import Place

OFFLINE = "offline"


class BlockKind(StrEnum):
    """The part a paragraph plays in the article."""

    LEAD = "lead"
    WHO = "who"
    QUOTE = "quote"
    INDIRECT = "indirect"
    BACKGROUND = "background"
    CLOSING = "closing"


class FactKind(StrEnum):
    """What an editor checks a fact against."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"


class KnownBy(StrEnum):
    """How it is known who says a quote, from the surest to the least sure; the first three are."""

    EDITOR = "editor"
    TRACK = "track"
    CHANNEL = "channel"
    SELF_INTRODUCTION = "self-introduction"
    VOICE = "voice"
    """A model told the voices apart, or a guess did."""
    COURSE_OF_TALK = "course of the talk"
    """Nobody else answers there."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a sentence comes from: segments of the transcript (seconds), or a named source.

    `first_word` is an index into the words of the first segment, `last_word` into those of the
    last one; both count, and both are None where whole segments are meant.
    """

    segments: tuple[int, ...] = ()
    start: float | None = None
    end: float | None = None
    source: str = "transcript.json"
    first_word: int | None = None
    last_word: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the transcript: `said` as they were spoken, `text` as they are written.

    An unknown `speaker` is empty; an `assumed` one is not certain, see `known_by`.
    """

    text: str
    speaker: str
    assumed: bool
    evidence: Evidence
    said: str = ""
    known_by: KnownBy = KnownBy.UNKNOWN


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as readers see it; `doubts` say what in it nothing supports."""

    kind: BlockKind
    text: str
    evidence: tuple[Evidence, ...]
    quote: Quote | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, date or name as it was said; `value` is the number in digits."""

    kind: FactKind
    text: str
    evidence: Evidence
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address for listeners, and what is there."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class ShowNotes:
    """What listeners read beside the episode; `chapters` are its time stamps."""

    summary: str = ""
    chapters: tuple[Chapter, ...] = ()
    guests: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    hashtags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundbiteCandidate:
    """A stretch of 15 to 120 seconds on sentence borders; `text` is what is said in it."""

    start_seconds: float
    duration_seconds: float
    title: str
    text: str
    speaker: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's draft. `model` is what transcribed the words that it quotes.

    `drafter` is the language model that wrote it, or OFFLINE.

    `headlines` are the first one and others to choose from. `more_quotes`, `facts` and the places
    `to_check` are for the editor, not part of the article; `notes` and `soundbites` are offered
    for the episode.
    """

    language: str
    headline: str
    excerpt: str
    caption: str
    blocks: tuple[Block, ...]
    byline: str
    tags: tuple[str, ...]
    link: str
    model: str
    more_quotes: tuple[Quote, ...] = ()
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    to_check: tuple[Place, ...] = ()
    headlines: tuple[str, ...] = ()
    notes: ShowNotes = ShowNotes()
    soundbites: tuple[SoundbiteCandidate, ...] = ()
    drafter: str = OFFLINE


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """The content of `draft.json`; it says that a machine made it and nobody reviewed it."""
    return {"version": 1, "machine_made": True, "reviewed": False, **asdict(draft)}
