"""Where speech is, and the windows in which a model hears it. Only arithmetic; no audio, no model.

`planning` decides where windows begin and end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.words.transcript import Word

SAMPLE_RATE_HZ = 16_000
FRAME_SAMPLES = 512
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE_HZ

_SHORTEST_UNHEARD_SECONDS = 2.0
_PAUSE_FRAMES = 9

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in seconds from the start of the episode."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Listening:
    """What was heard in each frame of 32 ms: how likely speech is (0..1), and how loud (dBFS)."""

    speech: Numbers
    loudness: Numbers
    seconds: float


@dataclass(frozen=True, slots=True)
class Window:
    """What the model hears at once, and where speech is in it. `unsure`: perhaps there is none."""

    start: float
    end: float
    spans: tuple[Span, ...]
    unsure: bool = False


def unheard(windows: Sequence[Window], words: Sequence[Word]) -> tuple[tuple[float, float], ...]:
    """Stretches of sure speech, in seconds, that hold no word and are too long to be a breath."""
    if not windows:
        return ()
    begin = windows[0].start

    def frame(seconds: float) -> int:
        return max(0, int((seconds - begin) / FRAME_SECONDS))

    silent = np.zeros(frame(windows[-1].end) + 1, bool)
    for window in windows:
        for span in () if window.unsure else window.spans:
            silent[frame(span.start) : frame(span.end)] = True
    for word in words:
        silent[frame(word.start) : frame(word.end) + 1] = False
    return tuple(
        (round(begin + span.start, 2), round(begin + span.end, 2))
        for span in runs(silent.astype(np.float32), 1, 1)
        if span.seconds >= _SHORTEST_UNHEARD_SECONDS
    )


def runs(
    values: Numbers,
    begins: float,
    ends: float,
    *,
    most_frames_before: int = sys.maxsize,
    first_frame: int = 0,
) -> Iterator[Span]:
    """Stretches that reach `begins` once and stay at or above `ends`.

    Each starts `most_frames_before` it reaches `begins`, or later. `values` begin at the frame
    `first_frame` of the recording.
    """
    above = np.concatenate(([False], values >= ends, [False]))
    edges = np.flatnonzero(above[1:] != above[:-1])
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        reached = np.flatnonzero(values[first:last] >= begins)
        if reached.size:
            start = int(first) + max(0, int(reached[0]) - most_frames_before)
            yield Span(
                (first_frame + start) * FRAME_SECONDS, (first_frame + int(last)) * FRAME_SECONDS
            )


def quietest(loudness: Numbers, first: int, last: int) -> int:
    """The frame from `first` to `last` in the middle of the quietest 0.3 s."""
    kernel = np.ones(_PAUSE_FRAMES) / _PAUSE_FRAMES
    means = np.convolve(loudness[first:last], kernel, mode="valid")
    return first + _PAUSE_FRAMES // 2 + int(np.argmin(means))


def window_halves(window: Window, cut: float) -> tuple[Window, Window]:
    """What lies before and after the time `cut`; a span across it is cut too."""
    before = tuple(
        Span(span.start, min(span.end, cut)) for span in window.spans if span.start < cut
    )
    after = tuple(Span(max(span.start, cut), span.end) for span in window.spans if span.end > cut)
    return (
        replace(window, end=cut, spans=before or (Span(window.start, cut),)),
        replace(window, start=cut, spans=after or (Span(cut, window.end),)),
    )
