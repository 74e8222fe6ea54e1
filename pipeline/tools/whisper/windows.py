"""Where speech is, and the windows in which a model hears it. Only arithmetic; no audio, no model.

Windows are cut at pauses, never in a word where a pause is near, and leave out long silences: a
model that hears silence invents text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.words.transcript import Word

SAMPLE_RATE_HZ = 16_000
FRAME_SAMPLES = 512
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE_HZ

# Speech begins at the first probability and ends at the second. Silero's own 0.5 and 0.35 lose
# most of a whispering voice; music stayed below 0.45 in isolated frames, noise below 0.13
# (measured with espeak-ng's voices; docs/transcription.md). Too many windows are better than few.
_SPEECH_BEGINS = 0.35
_SPEECH_ENDS = 0.15
_SHORTEST_PAUSE_SECONDS = 0.2
_SHORTEST_SPEECH_SECONDS = 0.09
_PADDING_SECONDS = 0.2

_LONGEST_SILENCE_INSIDE_SECONDS = 3.0
_AUDIBLE_DBFS = -50.0
_LEAST_SHARE_OF_SPEECH = 0.1
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


def plan_windows(heard: Listening, longest_seconds: float) -> tuple[Window, ...]:
    """Windows of at most `longest_seconds` that hold all speech, in order and without overlap.

    Where the voice detector hears next to nothing although there is sound, everything audible goes
    to the model, and these windows are `unsure`: missing speech is worse than an extra window.
    """
    spans = speech_spans(heard)
    unsure = _seconds(spans) < _LEAST_SHARE_OF_SPEECH * _audible_seconds(heard)
    if unsure:
        spans = _spans(heard.loudness, _AUDIBLE_DBFS, _AUDIBLE_DBFS, heard.seconds)
    short = [part for span in spans for part in _cut(span, heard.loudness, longest_seconds)]
    return tuple(
        Window(group[0].start, group[-1].end, tuple(group), unsure)
        for group in _packed(short, longest_seconds)
    )


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
        for span in _runs(silent.astype(np.float32), 1, 1)
        if span.seconds >= _SHORTEST_UNHEARD_SECONDS
    )


def speech_spans(heard: Listening) -> list[Span]:
    """Where the voice detector hears speech, with a little room on both sides."""
    return _spans(heard.speech, _SPEECH_BEGINS, _SPEECH_ENDS, heard.seconds)


def _spans(values: Numbers, begins: float, ends: float, seconds: float) -> list[Span]:
    runs = _joined(_runs(values, begins, ends))
    kept = [run for run in runs if run.seconds >= _SHORTEST_SPEECH_SECONDS]
    return _padded(kept, seconds)


def _runs(values: Numbers, begins: float, ends: float) -> Iterator[Span]:
    """Stretches that reach `begins` once and stay at or above `ends`."""
    above = np.concatenate(([False], values >= ends, [False]))
    edges = np.flatnonzero(above[1:] != above[:-1])
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        reached = np.flatnonzero(values[first:last] >= begins)
        if reached.size:
            yield Span(float(first * FRAME_SECONDS), float(last * FRAME_SECONDS))


def _joined(spans: Iterator[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end < _SHORTEST_PAUSE_SECONDS:
            joined[-1] = replace(joined[-1], end=span.end)
        else:
            joined.append(span)
    return joined


def _padded(spans: Sequence[Span], seconds: float) -> list[Span]:
    """Room on both sides, but never past the middle of a pause or the ends of the episode."""
    edges = [0.0, *((a.end + b.start) / 2 for a, b in pairwise(spans)), seconds]
    return [
        Span(max(span.start - _PADDING_SECONDS, first), min(span.end + _PADDING_SECONDS, last))
        for span, (first, last) in zip(spans, pairwise(edges), strict=False)
    ]


def _cut(span: Span, loudness: Numbers, longest_seconds: float) -> Iterator[Span]:
    """Parts of a span that is too long, cut where it is quietest in the later half."""
    while span.seconds > longest_seconds:
        first = round((span.start + longest_seconds / 2) / FRAME_SECONDS)
        last = int((span.start + longest_seconds) / FRAME_SECONDS)
        cut = quietest(loudness, first, last) * FRAME_SECONDS
        yield Span(span.start, cut)
        span = Span(cut, span.end)
    yield span


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


def _packed(spans: Sequence[Span], longest_seconds: float) -> Iterator[list[Span]]:
    """Groups of spans that fit into a window, cut at the longest pause of the later half."""
    rest = list(spans)
    while rest:
        count = _fitting(rest, longest_seconds)
        if count < len(rest) and not _silence_follows(rest, count):
            count = _best_cut(rest, count, longest_seconds)
        yield rest[:count]
        rest = rest[count:]


def _fitting(spans: Sequence[Span], longest_seconds: float) -> int:
    count = 1
    while (
        count < len(spans)
        and spans[count].end - spans[0].start <= longest_seconds
        and not _silence_follows(spans, count)
    ):
        count += 1
    return count


def _silence_follows(spans: Sequence[Span], count: int) -> bool:
    return spans[count].start - spans[count - 1].end > _LONGEST_SILENCE_INSIDE_SECONDS


def _best_cut(spans: Sequence[Span], count: int, longest_seconds: float) -> int:
    def pause_after(number: int) -> float:
        return spans[number].start - spans[number - 1].end

    late = [
        number
        for number in range(1, count + 1)
        if spans[number - 1].end - spans[0].start >= longest_seconds / 2
    ]
    return max(late, key=lambda number: (pause_after(number), number), default=count)


def _seconds(spans: Sequence[Span]) -> float:
    return sum(span.seconds for span in spans)


def _audible_seconds(heard: Listening) -> float:
    return float(np.count_nonzero(heard.loudness >= _AUDIBLE_DBFS)) * FRAME_SECONDS
