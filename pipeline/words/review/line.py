"""A line of a transcript under review, and a conflict about one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from pipeline.words.plain_text import one_line
from pipeline.words.reading import words_to_read
from pipeline.words.review.merging import Piece, pieces
from pipeline.words.review.operations import Seen
from pipeline.words.transcript import Segment, Word

Place: TypeAlias = tuple[int, ...]
"""Where a line stands among the others; there is always one more place between two."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for colleagues; `id` is the operation that added it."""

    id: str
    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is now. Its `id` stays through every edit; times are seconds.

    `version` is the operation that made it so, "" the machine. `words` are those that readers read.
    `segment` is what the machine wrote here; `made_by` is empty where the line is the machine's own
    and otherwise the operation that made it. `place` orders the lines. `settled` are suggestions
    that somebody took or refused.
    """

    id: str
    version: str
    words: tuple[Word, ...]
    start: float
    end: float
    speaker: str
    segment: Segment
    place: Place
    made_by: str = ""
    deleted: bool = False
    reviewed_by: str = ""
    notes: tuple[Note, ...] = ()
    settled: frozenset[str] = frozenset()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def seen(self) -> Seen:
        """How an operation names the line as it is now."""
        return Seen(self.id, self.version)


class Why(StrEnum):
    """Why an operation could not be done as it was meant."""

    CHANGED = "changed"
    """Somebody changed the same words, speaker or times meanwhile."""
    GONE = "gone"
    """Somebody deleted the line or merged it into another."""
    HEARD_OTHERWISE = "heard_otherwise"
    """A newer model heard other words where an editor had changed them."""
    IMPOSSIBLE = "impossible"
    """It fits no transcript: an unknown line, a time outside of the neighbours', no such word."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an operation wanted and did not do; it stays until somebody decides.

    `base` is what the author of the operation saw, `mine` what that author made of it, `theirs`
    what stands there; None where there is no such line. `id` is the operation's and the line's.
    """

    id: str
    operation: str
    author: str
    at: datetime
    why: Why
    line: str
    base: Line | None = None
    theirs: Line | None = None
    mine: Line | None = None

    def pieces(self) -> list[Piece]:
        """The three texts word by word."""
        texts = [line.texts if line else () for line in (self.base, self.theirs, self.mine)]
        return pieces(*texts)


def lines_of(segments: tuple[Segment, ...], generation: int) -> list[Line]:
    """The machine's segments as lines; `generation` counts how often the machine heard all."""
    return [_line_of(segment, number, generation) for number, segment in enumerate(segments, 1)]


def is_machines_wording(line: Line) -> bool:
    """Whether the words and their times are the machine's."""
    own = line.segment
    return (line.start, line.end) == (own.start, own.end) and line.words == words_to_read(own)


def segment_of(line: Line, number: int) -> Segment:
    """The line as a segment with the id `number`; the machine's own where nobody changed it."""
    segment = replace(line.segment, id=number)
    if line.speaker != segment.speaker:
        segment = replace(segment, speaker=line.speaker, speaker_source="")
    if line.reviewed_by:
        segment = replace(segment, flags=())
    if is_machines_wording(line):
        return segment
    said = line.words
    return replace(segment, start=line.start, end=line.end, text=line.text, written="", words=said)


def place_between(low: Place | None, high: Place | None) -> Place:
    """A place after `low` and before `high`; None: there is no line on that side."""
    if low is None:
        return (high[0] - 1,) if high else (1,)
    if high is None:
        return (low[0] + 1,)
    return (*low, high[len(low)] - 1) if high[: len(low)] == low else (*low, 1)


def texts_of(text: str) -> tuple[str, ...]:
    """The words of a text as an editor typed it."""
    return tuple(one_line(text).split())


def _line_of(segment: Segment, number: int, generation: int) -> Line:
    return Line(
        id=f"{generation}.{segment.id}",
        version="",
        words=words_to_read(segment),
        start=segment.start,
        end=segment.end,
        speaker=segment.speaker,
        segment=segment,
        place=(number,),
    )
