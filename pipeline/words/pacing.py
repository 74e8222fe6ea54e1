"""When a cue comes and goes: long enough to read where there is room, never over another.

Durations and reading speed follow the subtitle guidelines of the BBC and of Netflix.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.words.transcript import Word

CHARACTERS_PER_SECOND = 17.0
SHORTEST_MS = 1_000
LONGEST_MS = 7_000
# One frame of 25 a second: what is left to a cue where there is no room at all.
_ALMOST_NOTHING_MS = 40
_GIVE_WAY_MS = 250
# Nobody sees less: what an editor writes between two words that touch has no time of its own.
_GLIMPSE_MS = 500

Words = Sequence[Word]


def paced(groups: Sequence[Words], duration_ms: int) -> list[tuple[int, int]]:
    """Start and end of each group of words in milliseconds, within 0 to `duration_ms`."""
    starts = _given_way(_in_order(groups, duration_ms), groups, duration_ms)
    starts = _seen(starts, duration_ms)
    nexts = [*starts, duration_ms][1:]
    return [
        (start, min(following, start + LONGEST_MS, max(_last_ms(words), start + reading_ms(words))))
        for start, following, words in zip(starts, nexts, groups, strict=True)
    ]


def reading_ms(words: Words) -> int:
    """The milliseconds that a reader needs for the words."""
    characters = len(" ".join(word.text for word in words))
    wished = round(characters / CHARACTERS_PER_SECOND * 1000)
    return min(LONGEST_MS, max(SHORTEST_MS, wished))


def _in_order(groups: Sequence[Words], duration_ms: int) -> list[int]:
    """When the first words are said, moved where that overlaps or lies outside 0..duration."""
    least = max(1, min(_ALMOST_NOTHING_MS, duration_ms // max(1, len(groups))))
    starts: list[int] = []
    earliest = 0
    for words in groups:
        starts.append(max(earliest, round(words[0].start * 1000)))
        earliest = starts[-1] + least
    latest = duration_ms
    for number in reversed(range(len(starts))):
        starts[number] = max(0, min(starts[number], latest - least))
        latest = starts[number]
    return starts


def _given_way(starts: list[int], groups: Sequence[Words], duration_ms: int) -> list[int]:
    """The starts, moved a little where one of two neighbours has time to spare and one too little.

    A cue then comes up to a quarter of a second before its words, or after them.
    """
    ends = [*starts, duration_ms]
    for number in range(1, len(starts)):
        before = ends[number] - ends[number - 1] - reading_ms(groups[number - 1])
        after = ends[number + 1] - ends[number] - reading_ms(groups[number])
        if before < 0 < after:
            ends[number] += min(-before, after, _GIVE_WAY_MS)
        elif after < 0 < before:
            ends[number] -= min(-after, before, _GIVE_WAY_MS)
    return ends[:-1]


def _seen(starts: list[int], duration_ms: int) -> list[int]:
    """The starts, moved where a cue would only flash and a neighbour has longer."""
    ends = [*starts, duration_ms]
    for number in (*range(1, len(starts)), *reversed(range(1, len(starts)))):
        before = ends[number] - ends[number - 1]
        after = ends[number + 1] - ends[number]
        least = min(_GLIMPSE_MS, (before + after) // 2)
        ends[number] += max(0, least - before) - max(0, least - after)
    return ends[:-1]


def _last_ms(words: Words) -> int:
    return round(words[-1].end * 1000)
