"""Which of the machine's suggested spellings an editor has not decided on yet, and where they are.

The machine names words of what it heard; by now those may be written otherwise, in another line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.words.review.comparing import spelling_keys
from pipeline.words.review.line import Line, is_machines_wording
from pipeline.words.review.reviewed import Reviewed
from pipeline.words.transcript import Segment, Suggestion, Word


@dataclass(frozen=True, slots=True)
class OpenSuggestion:
    """A spelling to take or refuse for words `first_word` to `last_word` (both count) of a line."""

    key: str
    line: Line
    first_word: int
    last_word: int
    suggestion: Suggestion


def open_suggestions(reviewed: Reviewed) -> tuple[OpenSuggestion, ...]:
    """The suggestions whose words still stand there, in the machine's order."""
    if not reviewed.machine.suggestions:
        return ()
    lines: defaultdict[tuple[int, float], list[Line]] = defaultdict(list)
    for line in reviewed.lines:
        lines[line.segment.id, line.segment.start].append(line)
    segments = {segment.id: segment for segment in reviewed.machine.segments}
    found: list[OpenSuggestion] = []
    for suggestion in reviewed.machine.suggestions:
        segment = segments[suggestion.segment]
        found.extend(_open(suggestion, segment, lines[segment.id, segment.start]))
    return tuple(found)


def key_of(suggestion: Suggestion, seconds: float) -> str:
    """What a suggestion is known by: its words and when they are said, whoever heard them last."""
    return f"{round(seconds, 1)} {suggestion.heard} {suggestion.suggested}"


def _open(
    suggestion: Suggestion, segment: Segment, lines: Sequence[Line]
) -> Iterator[OpenSuggestion]:
    said = segment.words[suggestion.first_word : suggestion.last_word + 1]
    seconds = said[0].start if said else segment.start
    key = key_of(suggestion, seconds)
    heard = spelling_keys(suggestion.heard.split())
    places = [*_spelt_as(lines, heard)] or [*_unchanged_then(lines, said)]
    if not places:
        return
    line, first, last = min(places, key=lambda place: abs(place[0].words[place[1]].start - seconds))
    if key not in line.settled:
        yield OpenSuggestion(key, line, first, last, suggestion)


def _spelt_as(lines: Sequence[Line], heard: Sequence[str]) -> Iterator[tuple[Line, int, int]]:
    """Where in the lines these words stand one after another."""
    for line in lines:
        keys = spelling_keys(line.texts)
        for at in range(len(keys) - len(heard) + 1):
            if heard and keys[at : at + len(heard)] == list(heard):
                yield line, at, at + len(heard) - 1


def _unchanged_then(lines: Sequence[Line], said: Sequence[Word]) -> Iterator[tuple[Line, int, int]]:
    """What is written for these spoken words, where nobody has edited it: “2” for “dua”."""
    for line in lines:
        if not said or not is_machines_wording(line):
            continue
        start, end = said[0].start, said[-1].end
        there = [n for n, word in enumerate(line.words) if word.start < end and word.end > start]
        if there:
            yield line, there[0], there[-1]
