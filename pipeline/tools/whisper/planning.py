"""Deciding where windows begin and end, as soon as enough of the recording has been listened to.

Windows are cut at pauses, never in a word where a pause is near, and leave out long silences: a
model that hears silence invents text. Each cut depends on the sound near it alone. So a recording
of any length is planned in constant memory, and where a part of it is replaced, the cuts are soon
where they were before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.tools.whisper.windows import (
    FRAME_SECONDS,
    Listening,
    Numbers,
    Span,
    Window,
    quietest,
    runs,
)

# Speech begins at the first probability and ends at the second. Silero's own 0.5 and 0.35 lose
# most of a whispering voice; music stayed below 0.45 in isolated frames, noise below 0.13
# (measured with espeak-ng's voices; docs/transcription.md). Too many windows are better than few.
_SPEECH_BEGINS = 0.35
_SPEECH_ENDS = 0.15
_LONGEST_WAY_BACK_FRAMES = 150
_SHORTEST_PAUSE_SECONDS = 0.2
_SHORTEST_SPEECH_SECONDS = 0.09
_PADDING_SECONDS = 0.2

_LONGEST_SILENCE_INSIDE_SECONDS = 3.0
# A window ends at a long pause, for half a sentence is heard badly, and late, for a model takes as
# long for half a window as for a full one. A pause of a second makes up for two thirds of a window;
# longer ones are no better (docs/decisions/0107).
_A_WINDOW_IN_SECONDS_OF_PAUSE = 1.5
_LONG_PAUSE_SECONDS = 1.0
_AUDIBLE_DBFS = -50.0
_LEAST_SHARE_OF_SPEECH = 0.1
_UNHEARD_DBFS = -120.0

# What comes later than this after the latest end of a window cannot move that end.
_FORESIGHT_SECONDS = (
    _LONGEST_SILENCE_INSIDE_SECONDS + _LONGEST_WAY_BACK_FRAMES * FRAME_SECONDS + 1.0
)
_PIECE_FRAMES = 1000


class WindowPlanner:
    """Windows of at most `longest_seconds` that hold all speech, in order and without overlap.

    How the frames are cut into pieces makes no difference.
    """

    def __init__(self, longest_seconds: float) -> None:
        self._longest = longest_seconds
        self._speech = np.zeros(0, np.float32)
        self._loudness = np.zeros(0, np.float32)
        self._first_frame = 0
        self._begin = 0.0
        self._in_speech = False

    @property
    def begin(self) -> float:
        """No window to come begins before this time, in seconds."""
        return self._begin

    def add(self, speech: Numbers, loudness: Numbers) -> Iterator[Window]:
        """The windows that are settled by some more frames: how likely speech is, and dBFS."""
        self._speech = np.concatenate([self._speech, speech])
        self._loudness = np.concatenate([self._loudness, loudness])
        seconds = (self._first_frame + len(self._speech)) * FRAME_SECONDS
        settled = seconds - self._longest - _FORESIGHT_SECONDS
        yield from self._windows(seconds, settled)
        if not self._in_speech and not self._spans(seconds):
            self._forget(max(self._begin, seconds - _FORESIGHT_SECONDS))

    def finish(self, seconds: float) -> Iterator[Window]:
        """The last windows of a recording that lasts so long."""
        return self._windows(seconds, seconds)

    def _windows(self, seconds: float, settled: float) -> Iterator[Window]:
        while (spans := self._spans(seconds)) and spans[0].start <= settled:
            parts = list(_cut_all(spans, self._loudness, self._first_frame, self._longest))
            group = parts[: _count_in_first_window(parts, self._longest)]
            end = group[-1].end
            self._in_speech = any(span.start < end < span.end for span in spans)
            self._forget(end)
            yield Window(group[0].start, end, tuple(group))

    def _spans(self, seconds: float) -> list[Span]:
        speech = self._speech
        if self._in_speech and len(speech):
            speech = np.concatenate([[np.float32(1.0)], speech[1:]])
        found = _joined(_speech_runs(speech, self._first_frame))
        goes_on_at = self._first_frame * FRAME_SECONDS if self._in_speech else None
        return _padded(_long_enough(found, goes_on_at), self._begin, seconds)

    def _forget(self, before: float) -> None:
        frames = min(int(before / FRAME_SECONDS + 1e-6) - self._first_frame, len(self._speech))
        self._speech = self._speech[frames:]
        self._loudness = self._loudness[frames:]
        self._first_frame += frames
        self._begin = before


def plan_windows(heard: Listening, longest_seconds: float) -> tuple[Window, ...]:
    """The windows of what was listened to, the `unsure` ones among them, in order."""
    planner = WindowPlanner(longest_seconds)
    sure: list[Window] = []
    for first in range(0, len(heard.speech), _PIECE_FRAMES):
        piece = slice(first, first + _PIECE_FRAMES)
        sure.extend(planner.add(heard.speech[piece], heard.loudness[piece]))
    sure.extend(planner.finish(heard.seconds))
    unsure = unsure_windows(heard.loudness, heard.seconds, sure, longest_seconds)
    return tuple(sorted([*sure, *unsure], key=lambda window: window.start))


def unsure_windows(
    loudness: Numbers, seconds: float, sure: Sequence[Window], longest_seconds: float
) -> tuple[Window, ...]:
    """Windows over everything audible that no `sure` window holds, where speech is too rare.

    Where the voice detector hears next to nothing although there is sound, it may be deaf to a
    voice. Missing speech is worse than an extra window.
    """
    spoken = sum(span.seconds for window in sure for span in window.spans)
    if spoken >= _LEAST_SHARE_OF_SPEECH * _audible_seconds(loudness):
        return ()
    rest = _without(loudness, sure)
    found = runs(rest, _AUDIBLE_DBFS, _AUDIBLE_DBFS)
    spans = _padded(_long_enough(_joined(found)), 0.0, seconds)
    parts = list(_cut_all(spans, rest, 0, longest_seconds))
    windows: list[Window] = []
    while parts:
        count = _count_in_first_window(parts, longest_seconds)
        windows.append(Window(parts[0].start, parts[count - 1].end, tuple(parts[:count]), True))
        parts = parts[count:]
    return tuple(windows)


def speech_spans(heard: Listening) -> list[Span]:
    """Where the voice detector hears speech, with a little room on both sides."""
    return _padded(_long_enough(_joined(_speech_runs(heard.speech))), 0.0, heard.seconds)


def _speech_runs(speech: Numbers, first_frame: int = 0) -> Iterator[Span]:
    return runs(
        speech,
        _SPEECH_BEGINS,
        _SPEECH_ENDS,
        most_frames_before=_LONGEST_WAY_BACK_FRAMES,
        first_frame=first_frame,
    )


def _joined(spans: Iterator[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end < _SHORTEST_PAUSE_SECONDS:
            joined[-1] = replace(joined[-1], end=span.end)
        else:
            joined.append(span)
    return joined


def _long_enough(spans: list[Span], goes_on_at: float | None = None) -> list[Span]:
    """Without clicks; what goes on from `goes_on_at` is the end of something longer."""
    return [
        span
        for span in spans
        if span.seconds >= _SHORTEST_SPEECH_SECONDS or span.start == goes_on_at
    ]


def _padded(spans: Sequence[Span], begin: float, end: float) -> list[Span]:
    """Room on both sides, but never past the middle of a pause, nor past `begin` and `end`."""
    edges = [begin, *((a.end + b.start) / 2 for a, b in pairwise(spans)), end]
    return [
        Span(max(span.start - _PADDING_SECONDS, first), min(span.end + _PADDING_SECONDS, last))
        for span, (first, last) in zip(spans, pairwise(edges), strict=False)
    ]


def _cut_all(
    spans: Sequence[Span], loudness: Numbers, first_frame: int, longest_seconds: float
) -> Iterator[Span]:
    for span in spans:
        yield from _cut(span, loudness, first_frame, longest_seconds)


def _cut(span: Span, loudness: Numbers, first_frame: int, longest_seconds: float) -> Iterator[Span]:
    """Parts of a span that is too long, cut where it is quietest in the later half.

    Never in the room behind the speech: what came after the cut would be a window without a word.
    """
    while span.seconds > longest_seconds:
        first = round((span.start + longest_seconds / 2) / FRAME_SECONDS)
        latest = min(span.start + longest_seconds, span.end - _PADDING_SECONDS)
        last = int(latest / FRAME_SECONDS)
        quiet = quietest(loudness, first - first_frame, last - first_frame)
        cut = (first_frame + quiet) * FRAME_SECONDS
        yield Span(span.start, cut)
        span = Span(cut, span.end)
    yield span


def _count_in_first_window(spans: Sequence[Span], longest_seconds: float) -> int:
    """How many spans make a window: it ends late, and at a long pause."""
    count = _fitting(spans, longest_seconds)
    if count < len(spans) and not _silence_follows(spans, count):
        return _best_cut(spans, count, longest_seconds)
    return count


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
    def worth(number: int) -> float:
        pause = spans[number].start - spans[number - 1].end
        filled = (spans[number - 1].end - spans[0].start) / longest_seconds
        return min(pause, _LONG_PAUSE_SECONDS) + filled * _A_WINDOW_IN_SECONDS_OF_PAUSE

    return max(range(1, count + 1), key=worth)


def _without(loudness: Numbers, windows: Sequence[Window]) -> Numbers:
    """The loudness outside of the windows, with room for padding."""
    rest = loudness.copy()
    for window in windows:
        first = int((window.start - _PADDING_SECONDS) / FRAME_SECONDS)
        last = int((window.end + _PADDING_SECONDS) / FRAME_SECONDS) + 1
        rest[max(0, first) : last] = _UNHEARD_DBFS
    return rest


def _audible_seconds(loudness: Numbers) -> float:
    return float(np.count_nonzero(loudness >= _AUDIBLE_DBFS)) * FRAME_SECONDS
