"""Cues: a transcript cut into blocks that can be read in time.

Reading speed is characters a second, spaces counted, over the time that a cue is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.words.lines import Layout, leans_on_the_next, wrapped
from pipeline.words.pacing import LONGEST_MS, SHORTEST_MS, paced, reading_ms
from pipeline.words.plain_text import one_line
from pipeline.words.reading import words_to_read
from pipeline.words.segments import ends_clause, ends_sentence
from pipeline.words.transcript import Transcript, Word

# A pause inside a cue would show words long before they are said.
_LONGEST_PAUSE_SECONDS = 1.5
# Two sentences that lie closer than this may share a cue.
_CLOSE_SECONDS = 0.7


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed block: times in milliseconds, text in lines."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str = ""

    @property
    def characters_per_second(self) -> float:
        """How fast it must be read."""
        return len(" ".join(self.lines)) * 1000 / (self.end_ms - self.start_ms)


def cues(transcript: Transcript, layout: Layout) -> tuple[Cue, ...]:
    """All written words of the transcript in cues that do not overlap and end within it."""
    duration_ms = round(transcript.duration * 1000)
    groups = sorted(_cut(transcript, layout), key=lambda group: group.words[0].start)
    if layout.names:
        groups = list(_named(groups, layout))
    groups = list(_unhurried(groups, layout, duration_ms))
    times = paced([group.words for group in groups], duration_ms)
    return tuple(
        Cue(start, end, wrapped([word.text for word in group.words], layout), group.speaker)
        for (start, end), group in zip(times, groups, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Words that are shown together."""

    words: tuple[Word, ...]
    speaker: str


def _cut(transcript: Transcript, layout: Layout) -> Iterator[_Group]:
    for segment in transcript.segments:
        words = list(_broken(words_to_read(segment), layout))
        for part in _fitting(words, layout):
            yield _Group(tuple(part), one_line(segment.speaker_for_readers))


def _broken(words: Iterable[Word], layout: Layout) -> Iterator[Word]:
    """Words that fit on a line; one that is longer is cut, and its time with it."""
    longest = layout.line_characters
    for word in words:
        pieces = [word.text[at : at + longest] for at in range(0, len(word.text), longest)]
        each = (word.end - word.start) / len(pieces)
        for number, piece in enumerate(pieces):
            start = word.start + number * each
            yield Word(start, start + each, piece, word.probability)


def _fitting(words: Sequence[Word], layout: Layout) -> Iterator[Sequence[Word]]:
    """`words` cut at the best places until each part fits into a cue."""
    if not words:
        return
    if _fits(words, layout):
        yield words
        return
    cut = max(range(1, len(words)), key=lambda index: _worth(words, index))
    yield from _fitting(words[:cut], layout)
    yield from _fitting(words[cut:], layout)


def _fits(words: Sequence[Word], layout: Layout) -> bool:
    if len(words) == 1:
        return True
    is_short = (words[-1].end - words[0].start) * 1000 <= LONGEST_MS
    is_fluent = all(b.start - a.end < _LONGEST_PAUSE_SECONDS for a, b in pairwise(words))
    return is_short and is_fluent and len(_lines(words, layout)) <= layout.lines


def _lines(words: Sequence[Word], layout: Layout) -> tuple[str, ...]:
    return wrapped([word.text for word in words], layout)


def _worth(words: Sequence[Word], index: int) -> float:
    """How good a place to cut before `index` is, in characters away from the middle."""
    before, after = words[index - 1], words[index]
    left = sum(len(word.text) + 1 for word in words[:index])
    right = sum(len(word.text) + 1 for word in words[index:])
    bonus = 30 * ends_sentence(before.text) + 20 * ends_clause(before.text)
    bonus -= 12 * leans_on_the_next(before.text)
    pause = min(2 * _LONGEST_PAUSE_SECONDS, max(0.0, after.start - before.end))
    return bonus + 40 * pause - abs(left - right) / 2


def _named(groups: Iterable[_Group], layout: Layout) -> Iterator[_Group]:
    """The groups, the first of each voice with the name before its first word."""
    speaker = ""
    for group in groups:
        if group.speaker and group.speaker != speaker:
            first = group.words[0]
            name = f"{group.speaker}:".split()
            label = [replace(first, end=first.start, text=text) for text in name]
            words = list(_broken([*label, *group.words], layout))
            yield from (_Group(tuple(part), group.speaker) for part in _fitting(words, layout))
        else:
            yield group
        speaker = group.speaker


def _unhurried(groups: Sequence[_Group], layout: Layout, duration_ms: int) -> Iterator[_Group]:
    """The groups; one that could not be read in time is shown with its neighbour if that helps."""
    if not groups:
        return
    shown = groups[0]
    ends = [round(group.words[0].start * 1000) for group in groups[1:]] + [duration_ms]
    for index, group in enumerate(groups[1:], start=1):
        both = _Group((*shown.words, *group.words), shown.speaker)
        helps = _haste(both, ends[index]) < max(
            _haste(shown, ends[index - 1]), _haste(group, ends[index])
        )
        if helps and _may_join(shown, group) and _fits(both.words, layout):
            shown = both
        else:
            yield shown
            shown = group
    yield shown


def _may_join(one: _Group, following: _Group) -> bool:
    pause = following.words[0].start - one.words[-1].end
    return one.speaker == following.speaker and pause < _CLOSE_SECONDS


def _haste(group: _Group, until_ms: int) -> float:
    """How many times too short the time until the next cue is; 1 where there is enough."""
    room = max(1, until_ms - round(group.words[0].start * 1000))
    return max(1.0, reading_ms(group.words) / room, SHORTEST_MS / room)
