"""Who is heard to speak at each moment: what every way of telling speakers apart comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

WINDOW_SECONDS = 0.02
_GAP_WINDOWS = 12

Marks: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody speaks. Times are seconds of the enclosure; `voice` counts from 0."""

    start: float
    end: float
    voice: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Windows of 20 ms, the first of which begins at `begins_seconds` of the enclosure.

    `active` has the shape (windows, voices). `foremost` marks, of those who are active, whoever
    is heard best in the mix, which is whom the transcriber hears; or all where that is not known.
    """

    begins_seconds: float
    active: Marks
    foremost: Marks

    @property
    def voices(self) -> int:
        return int(self.active.shape[1])

    def windows_between(self, start: float, end: float) -> slice:
        """The windows from `start` to `end` in seconds, at least one where there are any."""
        first = max(0, round((start - self.begins_seconds) / WINDOW_SECONDS))
        last = max(0, round((end - self.begins_seconds) / WINDOW_SECONDS))
        return slice(first, max(first + 1, last))

    def together(self, groups: Iterable[Iterable[int]]) -> Activity:
        """The same with the voices of each group taken for one."""
        rows = [list(group) for group in groups]

        def merged(marks: Marks) -> Marks:
            return np.stack([marks[:, row].any(axis=1) for row in rows], axis=1)

        return replace(self, active=merged(self.active), foremost=merged(self.foremost))


def activity_of(turns: Iterable[Turn], voices: int, seconds: float) -> Activity:
    """The activity that some turns tell of; where they overlap nobody is foremost alone."""
    active = np.zeros((int(seconds / WINDOW_SECONDS) + 1, voices), bool)
    for turn in turns:
        active[
            round(turn.start / WINDOW_SECONDS) : round(turn.end / WINDOW_SECONDS), turn.voice
        ] = 1
    return Activity(0.0, active, active)


def longest_run_seconds(marks: npt.NDArray[np.bool_]) -> float:
    """How long the longest stretch of marked windows lasts."""
    runs = (sum(1 for _ in group) for marked, group in groupby(marks.tolist()) if marked)
    return max(runs, default=0) * WINDOW_SECONDS


def without_gaps(active: Marks) -> Marks:
    """The same with short silences filled: a voice goes on between two of its syllables."""
    filled = active.copy()
    for column, marks in zip(filled.T, active.T, strict=True):
        marked = np.flatnonzero(marks)
        for last, following in pairwise(marked.tolist()):
            if following - last <= _GAP_WINDOWS:
                column[last:following] = True
    return filled
