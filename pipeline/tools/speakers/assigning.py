"""Each word gets its speaker, and segments are cut where the speaker changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.tools.speakers.activity import Activity, longest_run_seconds, without_gaps
from pipeline.words.segments import cut_at, ends_clause
from pipeline.words.transcript import Flag, Segment, SpeakerSource, Word

# What a change of speaker must be worth, in windows of 20 ms in which only the new one is heard.
# A single word inside a sentence needs twice the first: there and back.
_CHANGE_INSIDE_A_SENTENCE = 10.0
_CHANGE_AT_A_PAUSE = 3.0
_PAUSE_SECONDS = 0.3
_MOST_WINDOWS_A_WORD = 30.0
_LEAST_WINDOWS = 5.0
_LEAST_TIMES_THE_OTHERS = 2.0
_OVERLAP_SECONDS = 0.4

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A segment and the number of the voice that speaks it, None where nobody is heard."""

    segment: Segment
    voice: int | None


def assign(
    segments: Sequence[Segment], activity: Activity, source: SpeakerSource
) -> tuple[Spoken, ...]:
    """The same words, cut where the speaker changes; ids count from 1 again.

    A segment's source is `source` where its speaker is heard clearly, otherwise it is a guess. One
    in which several speak for a while is flagged.
    """
    words = [word for segment in segments for word in segment.words]
    heard = np.array([_heard(word, activity) for word in words]).reshape(-1, activity.voices)
    voices = _likeliest(words, heard)
    pieces = _pieces(segments, voices, activity, source)
    return tuple(
        replace(piece, segment=replace(piece.segment, id=number))
        for number, piece in enumerate(pieces, start=1)
    )


def _heard(word: Word, activity: Activity) -> _Numbers:
    """For each voice the windows of the word in which it is the one that is heard."""
    foremost = activity.foremost[activity.windows_between(word.start, word.end)]
    count: _Numbers = foremost.sum(axis=0, dtype=np.float64)
    return count.clip(max=_MOST_WINDOWS_A_WORD)


def _likeliest(words: Sequence[Word], heard: _Numbers) -> list[int]:
    """The voice of each word such that most is heard of them for the changes made (Viterbi)."""
    if not words:
        return []
    total, came_from = heard[0].copy(), []
    for (before, word), worth in zip(pairwise(words), heard[1:], strict=True):
        best = int(total.argmax())
        changed = total[best] - _price_of_a_change(before, word)
        stays = total >= changed
        came_from.append(np.where(stays, np.arange(len(total)), best))
        total = np.where(stays, total, changed) + worth
    path = [int(total.argmax())]
    for origins in reversed(came_from):
        path.append(int(origins[path[-1]]))
    return path[::-1]


def _price_of_a_change(before: Word, word: Word) -> float:
    pause = word.start - before.end >= _PAUSE_SECONDS
    return _CHANGE_AT_A_PAUSE if pause or ends_clause(before.text) else _CHANGE_INSIDE_A_SENTENCE


def _pieces(
    segments: Sequence[Segment],
    voices: Sequence[int],
    activity: Activity,
    source: SpeakerSource,
) -> Iterator[Spoken]:
    first = 0
    for segment in segments:
        said_by = voices[first : first + len(segment.words)]
        cuts = [i for i, (one, other) in enumerate(pairwise(said_by), start=1) if one != other]
        for piece in cut_at(segment, cuts):
            count = len(piece.words)
            if count:
                yield _spoken(piece, voices[first], activity, source)
            else:
                yield Spoken(piece, None)
            first += count


def _spoken(piece: Segment, voice: int, activity: Activity, source: SpeakerSource) -> Spoken:
    windows = [activity.windows_between(word.start, word.end) for word in piece.words]
    active = np.concatenate([activity.active[each] for each in windows])
    piece = _flagged(piece, activity)
    if not active[:, voice].any():
        return Spoken(piece, None)
    alone = np.count_nonzero(active[:, voice] & (active.sum(axis=1) == 1))
    others = np.count_nonzero(np.delete(active, voice, axis=1).any(axis=1))
    is_clear = alone >= _LEAST_WINDOWS and alone >= _LEAST_TIMES_THE_OTHERS * others
    how = source if is_clear else SpeakerSource.GUESS
    return Spoken(replace(piece, speaker_source=how), voice)


def _flagged(piece: Segment, activity: Activity) -> Segment:
    active = activity.active[activity.windows_between(piece.start, piece.end)]
    at_once = np.count_nonzero(active, axis=1) > 1
    by_syllables = np.count_nonzero(without_gaps(active), axis=1) > 1
    is_brief = longest_run_seconds(by_syllables) < _OVERLAP_SECONDS
    if is_brief or np.count_nonzero(at_once) < _LEAST_WINDOWS:
        return piece
    return replace(piece, flags=tuple(dict.fromkeys((*piece.flags, Flag.OVERLAP))))
