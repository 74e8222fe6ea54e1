"""Where the frames of a speech file begin: at quiet moments of what is said, not at its start.

A transcriber cuts its windows at frames, and keeps what it heard by the digest of a window's
samples. Were the frames counted from the start, a cut of half a second would put all that follows
between two frames, and hours would be heard again. So they are counted anew from moments that are
found again wherever they lie: the quietest within ten seconds to both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from pipeline.tools.audio.samples import RATE_HZ, Voice

FRAME_MOMENTS = RATE_HZ * 32 // 1000  # the transcriber's, see tools/whisper/windows.py
MOST_LATE_MOMENTS = FRAME_MOMENTS * 2
"""What is heard is never earlier or later than in the programme by more than this."""

_PAUSE_MOMENTS = RATE_HZ // 5
_AFTERWARDS_MOMENTS = RATE_HZ * 10
_AFTERWARDS_BITS = 34  # ten seconds at full scale
_ALONE_MOMENTS = RATE_HZ * 10
_FULL_SCALE = 32767


@dataclass(frozen=True, slots=True)
class Quiet:
    """A moment in the middle of a pause; the lower its `level`, the quieter."""

    moment: int
    level: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the programme that holds whole frames from its start."""

    start: int
    end: int


def quiet_moments(blocks: Iterable[Voice]) -> list[int]:
    """The moments that are quieter than any other within 10 s before and after.

    They depend on the sound near them alone. `blocks` are of a second or less.
    """
    found = list(_quietest_of_each(blocks))
    return [quiet.moment for at, quiet in enumerate(found) if _is_alone(found, at)]


def on_the_grid(blocks: Iterable[Voice], quiet: Sequence[int], moments: int) -> Iterator[Voice]:
    """The same sound, with whole frames from each quiet moment to the next.

    Up to 16 ms of a pause come twice or are left out for it, and what was added is taken away again
    before anything is late by more than `MOST_LATE_MOMENTS`. It ends no later than the `moments`
    of `blocks`.
    """
    tape = _Tape(blocks)
    for piece in _pieces(quiet, moments):
        yield from tape.play(piece.start, piece.end)


def _pieces(quiet: Sequence[int], moments: int) -> Iterator[Piece]:
    late = 0
    for start, following in pairwise([0, *quiet]):
        # The nearest whole number of frames depends on this stretch alone, so it stays what it is
        # when the stretch is shifted; only being too late is put right where it happens to come.
        length = _whole_frames(following - start)
        late += length - (following - start)
        if abs(late) > MOST_LATE_MOMENTS:
            length -= _whole_frames(late)
            late -= _whole_frames(late)
        yield Piece(start, start + length)
    yield Piece(quiet[-1] if quiet else 0, moments - late)


def _whole_frames(moments: int) -> int:
    return (moments + FRAME_MOMENTS // 2) // FRAME_MOMENTS * FRAME_MOMENTS


def _quietest_of_each(blocks: Iterable[Voice]) -> Iterator[Quiet]:
    """The quietest moment of each block. In whole numbers, for sums of floats know their place.

    Of pauses that are equally quiet (a gate leaves nothing) that counts which more quiet follows.
    """
    sums = np.zeros(1, np.int64)
    first = 0
    for levels in chain(map(_levels, blocks), [np.zeros(_AFTERWARDS_MOMENTS, np.int64)]):
        sums = np.concatenate([sums, sums[-1] + np.cumsum(levels)])
        known = len(sums) - _PAUSE_MOMENTS - _AFTERWARDS_MOMENTS
        if known <= 0:
            continue
        begins, ends = sums[:known], sums[_PAUSE_MOMENTS:][:known]
        afterwards = sums[_PAUSE_MOMENTS + _AFTERWARDS_MOMENTS :] - ends
        quiet = ((ends - begins) << _AFTERWARDS_BITS) + afterwards
        at = int(np.argmin(quiet))
        yield Quiet(first + at + _PAUSE_MOMENTS // 2, int(quiet[at]))
        sums, first = sums[known:], first + known


def _levels(voice: Voice) -> npt.NDArray[np.int64]:
    whole = np.rint(np.abs(voice) * np.float32(_FULL_SCALE))
    return np.minimum(whole, _FULL_SCALE).astype(np.int64)


def _is_alone(found: Sequence[Quiet], at: int) -> bool:
    """Whether nothing near is quieter; of equals, the first counts."""
    level = found[at].level
    before = _levels_near(found, at, range(at - 1, -1, -1))
    afterwards = _levels_near(found, at, range(at + 1, len(found)))
    return all(other > level for other in before) and all(other >= level for other in afterwards)


def _levels_near(found: Sequence[Quiet], at: int, others: Iterable[int]) -> Iterator[int]:
    for other in others:
        if abs(found[other].moment - found[at].moment) >= _ALONE_MOMENTS:
            return
        yield found[other].level


class _Tape:
    """Plays stretches of a stream, each from a little before or after the end of the last."""

    def __init__(self, blocks: Iterable[Voice]) -> None:
        self._blocks = iter(blocks)
        self._held = np.zeros(0, np.float32)
        self._first = 0

    def play(self, start: int, end: int) -> Iterator[Voice]:
        """The moments from `start` to `end`, or to the last one, in pieces of about a second."""
        while start < end:
            self._forget(start - _PAUSE_MOMENTS)
            part = self._held[start - self._first : end - self._first]
            if len(part):
                yield part
                start += len(part)
            elif (block := next(self._blocks, None)) is not None:
                self._held = np.concatenate([self._held, block])
            else:
                return

    def _forget(self, before: int) -> None:
        unneeded = min(max(0, before - self._first), len(self._held))
        self._held = self._held[unneeded:]
        self._first += unneeded
