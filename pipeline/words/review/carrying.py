"""Edits carried over to a newer transcript of the machine.

Both transcripts hear the same recording, so they are compared stretch by stretch: between two
moments at which no line of any of them goes on. Where nobody touched the words the new lines are
taken; elsewhere the editors' lines stay and take up what the machine now writes otherwise. Where
both changed the same words the editors' stand, and somebody is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import TypeAlias

from pipeline.words.reading import words_to_read
from pipeline.words.review.desk import Desk, Wish
from pipeline.words.review.line import (
    Line,
    Place,
    Why,
    is_machines_wording,
    lines_of,
    place_between,
)
from pipeline.words.review.merging import Piece, Side, pieces
from pipeline.words.review.operations import HearAgain
from pipeline.words.review.timing import held, in_order
from pipeline.words.transcript import Segment, Word

# Two transcripts of one pause disagree by about so much.
_TOLERANCE_SECONDS = 0.25

_Owned: TypeAlias = Sequence[tuple[int, Word]]
"""Words, each with the number of the edited line that it goes to."""


def carry_over(desk: Desk, operation: HearAgain) -> list[Wish]:
    """What becomes of the lines when the machine's transcript is another one from now on."""
    generation = desk.generation + 1
    new = [
        replace(line, version=operation.id, made_by=operation.id)
        for line in lines_of(operation.transcript.segments, generation)
    ]
    old = list(desk.machine.segments)
    edited = [line for _, name in desk.order if not (line := desk.lines[name]).deleted]
    desk.machine, desk.generation = operation.transcript, generation
    carried = [_carried(stretch, operation.id) for stretch in _stretches(old, edited, new)]
    kept = {line.id for each in carried for line in each.lines}
    gone = [line for line in edited if line.id not in kept]
    return [
        *(Wish(line, replace(line, version=operation.id, deleted=True)) for line in gone),
        *_placed(desk, [line for each in carried for line in each.lines]),
        *(wish for each in carried for wish in each.clashes),
    ]


@dataclass(slots=True)
class _Stretch:
    """What is said between two moments: by the old machine, by the editors, by the new machine."""

    old: list[Segment] = field(default_factory=list)
    edited: list[Line] = field(default_factory=list)
    new: list[Line] = field(default_factory=list)

    @property
    def is_unedited(self) -> bool:
        """Whether the editors left the words, the lines and their times as they were."""
        if [line.segment for line in self.edited] != self.old:
            return False
        return all(map(is_machines_wording, self.edited))

    @property
    def is_heard_as_before(self) -> bool:
        return [_heard(s) for s in self.old] == [_heard(line.segment) for line in self.new]


@dataclass(slots=True)
class _Carried:
    """The lines of a stretch from now on, and what somebody must decide."""

    lines: list[Line]
    clashes: list[Wish] = field(default_factory=list)


def _stretches(
    old: Sequence[Segment], edited: Sequence[Line], new: Sequence[Line]
) -> Iterator[_Stretch]:
    every = [
        *((each.start, each.end, 0, n) for n, each in enumerate(old)),
        *((each.start, each.end, 1, n) for n, each in enumerate(edited)),
        *((each.start, each.end, 2, n) for n, each in enumerate(new)),
    ]
    stretch, first, reach, give = _Stretch(), 0.0, 0.0, 0.0
    for start, end, whose, index in sorted(every):
        if start > first and start >= reach - give:
            yield stretch
            stretch, first = _Stretch(), start
        if end >= reach:  # a short line must not be cut off from itself
            reach, give = end, min(_TOLERANCE_SECONDS, (end - start) / 4)
        if whose == 0:
            stretch.old.append(old[index])
        elif whose == 1:
            stretch.edited.append(edited[index])
        else:
            stretch.new.append(new[index])
    yield stretch


def _carried(stretch: _Stretch, operation: str) -> _Carried:
    if stretch.is_unedited and stretch.is_heard_as_before:
        return _Carried(
            [_of_the_new(*both) for both in zip(stretch.edited, stretch.new, strict=True)]
        )
    if stretch.is_heard_as_before:
        return _Carried(stretch.edited)
    if stretch.is_unedited and (stretch.new or not any(line.notes for line in stretch.edited)):
        return _Carried(list(_heard_anew(stretch)))
    if not stretch.edited:
        return _where_all_was_deleted(stretch, operation)
    return _joined(stretch, operation)


def _of_the_new(line: Line, new: Line) -> Line:
    """The line, known by the new transcript's segment."""
    if line.segment == new.segment:
        return line
    return replace(line, version=new.version, segment=new.segment)


def _heard_anew(stretch: _Stretch) -> Iterator[Line]:
    """The new lines, with the speakers, marks and notes that editors gave the old ones."""
    for line in stretch.new:
        nearest = max(stretch.edited, key=lambda each: _overlap(each, line), default=None)
        if nearest is None:
            yield line
            continue
        renamed = nearest.speaker != nearest.segment.speaker
        mine = [e for e in stretch.edited if e.notes and _nearest(stretch.new, e) is line]
        yield replace(
            line,
            speaker=nearest.speaker if renamed else line.speaker,
            reviewed_by=nearest.reviewed_by if nearest.texts == line.texts else "",
            notes=tuple(note for each in mine for note in each.notes),
        )


def _nearest(lines: Iterable[Line], to: Line) -> Line:
    return max(lines, key=lambda each: _overlap(each, to))


def _overlap(one: Line, other: Line) -> float:
    """For how many seconds two lines are said at once; below zero how far they are apart."""
    return min(one.end, other.end) - max(one.start, other.start)


@dataclass(slots=True)
class _Draft:
    """What becomes of an edited line.

    `words` are those it has from now on, `machines` those it had if the machine were right wherever
    both sides changed the same, `before` what the old machine wrote there.
    """

    words: list[Word] = field(default_factory=list)
    machines: list[Word] = field(default_factory=list)
    before: list[Word] = field(default_factory=list)
    takes_over: bool = False
    clashes: bool = False


def _joined(stretch: _Stretch, operation: str) -> _Carried:
    """The editors' lines with what the machine now writes otherwise where they changed nothing."""
    carried = _Carried([])
    for number, draft in enumerate(_drafts(stretch)):
        line = stretch.edited[number]
        earliest = stretch.edited[number - 1].start if number else 0.0
        latest = stretch.edited[number + 1 :][0].start if number + 1 < len(stretch.edited) else inf
        kept = _with_speaker(line, stretch, operation)
        if draft.takes_over:
            kept = _with_words(kept, held(draft.words, earliest, latest), operation)
        carried.lines.append(kept)
        if draft.clashes:
            base = replace(kept, words=in_order(draft.before))
            machines = held(draft.machines, earliest, latest)
            wanted = replace(kept, version=f"{operation}+", words=machines)
            carried.clashes.append(Wish(base, wanted, Why.HEARD_OTHERWISE))
    return carried


def _drafts(stretch: _Stretch) -> list[_Draft]:
    old = [word for segment in stretch.old for word in words_to_read(segment)]
    new = [word for line in stretch.new for word in line.words]
    mine = [word for line in stretch.edited for word in line.words]
    owners = [number for number, line in enumerate(stretch.edited) for _ in line.words]
    drafts = [_Draft() for _ in stretch.edited]
    for piece in pieces(_texts(old), _texts(new), _texts(mine)):
        low, high = _lines_of(piece, owners, len(drafts))
        said = [(owners[at], mine[at]) for at in range(*piece.mine)]
        heard, before = (
            [(_line_at(word, stretch.edited, low, high), word) for word in words]
            for words in (new[slice(*piece.theirs)], old[slice(*piece.base)])
        )
        _lay_down(piece.side, said, heard, before, drafts)
    return drafts


def _lay_down(
    side: Side, said: _Owned, heard: _Owned, before: _Owned, drafts: Sequence[_Draft]
) -> None:
    """Give each line its words of one piece."""
    for number, word in heard if side is Side.THEIRS else said:
        drafts[number].words.append(word)
    for number, word in heard if side in (Side.THEIRS, Side.CLASH) else said:
        drafts[number].machines.append(word)
    for number, word in before:
        drafts[number].before.append(word)
    for number in {number for number, _ in (*said, *heard)}:
        drafts[number].takes_over |= side is Side.THEIRS
        drafts[number].clashes |= side is Side.CLASH


def _lines_of(piece: Piece, owners: Sequence[int], lines: int) -> tuple[int, int]:
    """The first and the last of the edited lines that a piece may belong to."""
    first, last = piece.mine
    if first < last:
        return owners[first], owners[last - 1]
    return owners[first - 1] if first else 0, owners[last] if last < len(owners) else lines - 1


def _line_at(word: Word, lines: Sequence[Line], low: int, high: int) -> int:
    """The line between `low` and `high` (both count) in which a word is said."""
    middle = (word.start + word.end) / 2
    return next((number for number in range(low, high) if middle <= lines[number].end), high)


def _where_all_was_deleted(stretch: _Stretch, operation: str) -> _Carried:
    """It stays deleted; where the machine now hears something else, somebody is asked."""
    if not stretch.old:
        return _Carried(stretch.new)
    if _texts(w for segment in stretch.old for w in words_to_read(segment)) == _texts(
        word for line in stretch.new for word in line.words
    ):
        return _Carried([])
    hidden = [replace(line, deleted=True) for line in stretch.new]
    wanted = [replace(line, version=f"{operation}+") for line in stretch.new]
    both = zip(hidden, wanted, strict=True)
    return _Carried(hidden, [Wish(base, mine, Why.HEARD_OTHERWISE) for base, mine in both])


def _with_speaker(line: Line, stretch: _Stretch, operation: str) -> Line:
    """The line with the speaker that the machine now hears, unless an editor named one."""
    if line.speaker != line.segment.speaker or not stretch.new:
        return line
    speaker = _nearest(stretch.new, line).speaker
    if speaker == line.speaker:
        return line
    segment = replace(line.segment, speaker=speaker)
    return replace(line, version=operation, speaker=speaker, segment=segment)


def _with_words(line: Line, words: tuple[Word, ...], operation: str) -> Line:
    """The line with words of the machine among its own; nobody has listened to those."""
    return replace(
        line,
        version=operation,
        words=words,
        start=min(line.start, words[0].start) if words else line.start,
        end=max(line.end, words[-1].end) if words else line.end,
        reviewed_by="",
    )


def _placed(desk: Desk, lines: Sequence[Line]) -> Iterator[Wish]:
    """The lines in their new order: those that are new find a place between those that stay."""
    waiting: list[Line] = []
    low: Place | None = None
    for line in lines:
        if line.id not in desk.lines:
            waiting.append(line)
            continue
        yield from _between(low, line.place, waiting)
        low, waiting = line.place, []
        if line is not desk.lines[line.id]:
            yield Wish(desk.lines[line.id], line)
    yield from _between(low, None, waiting)


def _between(low: Place | None, high: Place | None, lines: Sequence[Line]) -> Iterator[Wish]:
    for line in lines:
        low = place_between(low, high)
        yield Wish(None, replace(line, place=low))


def _heard(segment: Segment) -> tuple[object, ...]:
    return segment.text, segment.written, segment.words, segment.start, segment.end, segment.speaker


def _texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]
