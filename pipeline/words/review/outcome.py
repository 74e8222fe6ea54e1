"""The reviewed transcript: what goes public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.words.review.line import Line, is_machines_wording, segment_of
from pipeline.words.review.reviewed import Reviewed
from pipeline.words.review.suggested import OpenSuggestion, open_suggestions
from pipeline.words.transcript import LeftOut, Suggestion, Transcript


def outcome(reviewed: Reviewed) -> Transcript:
    """The transcript as its editors made it; the machine's own where nobody changed anything.

    Lines of the machine keep their numbers, others are numbered after them.
    """
    machine = reviewed.machine
    if not reviewed.effects:
        return machine
    lines = _shown(reviewed)
    numbers = _numbers(reviewed, lines)
    return replace(
        machine,
        segments=tuple(segment_of(line, numbers[line.id]) for line in lines),
        unheard=tuple(_still(reviewed, machine.unheard)),
        left_out=tuple(_still_left_out(reviewed, machine.left_out)),
        suggestions=tuple(
            _placed(each, numbers)
            for each in open_suggestions(reviewed)
            if each.line.id in numbers and not each.line.reviewed_by
        ),
    )


def numbered_lines(reviewed: Reviewed) -> dict[int, Line]:
    """The lines of the reviewed transcript by the numbers of their segments."""
    lines = _shown(reviewed)
    numbers = _numbers(reviewed, lines)
    return {numbers[line.id]: line for line in lines}


def _shown(reviewed: Reviewed) -> list[Line]:
    return [line for line in reviewed.lines if line.words or not line.segment.text]


def _numbers(reviewed: Reviewed, lines: Iterable[Line]) -> dict[str, int]:
    """A number for each line; those of new lines do not depend on where the lines stand."""
    known = {segment.id: segment for segment in reviewed.machine.segments}
    numbers: dict[str, int] = {}
    others = {line.id: line for line in lines}
    for line in lines:
        if known.get(line.segment.id) == line.segment and line.id != line.made_by:
            numbers[line.id] = line.segment.id
            del others[line.id]
    last = max(known, default=0)
    in_order_of_making = [name for name in reviewed.all_lines if name in others]
    numbers.update((name, last + n) for n, name in enumerate(in_order_of_making, start=1))
    return numbers


def _placed(found: OpenSuggestion, numbers: dict[str, int]) -> Suggestion:
    """The suggestion with the words that it is about now."""
    segment = numbers[found.line.id]
    if is_machines_wording(found.line) and found.suggestion.segment == segment:
        return found.suggestion  # its words are counted in what was heard
    return replace(
        found.suggestion, segment=segment, first_word=found.first_word, last_word=found.last_word
    )


def _still(
    reviewed: Reviewed, stretches: Iterable[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    """The stretches in which nobody has written anything since."""
    for start, end in stretches:
        if not _is_written(reviewed, start, end):
            yield start, end


def _still_left_out(reviewed: Reviewed, left_out: Iterable[LeftOut]) -> Iterator[LeftOut]:
    return (each for each in left_out if not _is_written(reviewed, each.start, each.end))


def _is_written(reviewed: Reviewed, start: float, end: float) -> bool:
    """Whether an editor's own line lies there."""
    return any(
        line.id == line.made_by and line.start < end and line.end > start for line in reviewed.lines
    )
