"""Listening for speech: Silero's voice detector over a stream of audio, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from pipeline.tools.whisper import engine
from pipeline.tools.whisper.planning import WindowPlanner
from pipeline.tools.whisper.windows import (
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    Listening,
    Numbers,
    Window,
    quietest,
    window_halves,
)

_CONTEXT_SAMPLES = 64
_STATE_SHAPE = (1, 1, 128)
_SILENCE_DBFS = -120.0


def listen(blocks: Iterable[Numbers]) -> Listening:
    """Where speech is and how loud it is, frame by frame.

    `blocks` are pieces of any length of 16 kHz mono, −1..1. The detector's state is carried from
    block to block, so the result does not depend on where they are cut.
    """
    detector = _Detector(engine.silero_session())
    speech: list[Numbers] = []
    loudness: list[Numbers] = []
    samples = 0
    for frames, real_samples in _frames(blocks):
        speech.append(detector.probabilities(frames))
        loudness.append(_loudness(frames))
        samples += real_samples
    nothing = np.zeros(0, np.float32)
    return Listening(
        speech=np.concatenate([nothing, *speech]),
        loudness=np.concatenate([nothing, *loudness]),
        seconds=samples / SAMPLE_RATE_HZ,
    )


class Ear:
    """Listens to a recording once and cuts out each window as soon as it is settled.

    While it listens, `windows` and `seconds` grow; it holds the sound of a window and of what
    settles it, and how loud each frame was.
    """

    def __init__(self, longest_window_seconds: float) -> None:
        self.windows: list[Window] = []
        self.seconds = 0.0
        self._planner = WindowPlanner(longest_window_seconds)
        self._held = _HeldSound()
        self._loudness: list[Numbers] = [np.zeros(0, np.float32)]

    @property
    def loudness(self) -> Numbers:
        """dBFS of each frame so far."""
        return np.concatenate(self._loudness)

    def listen(self, blocks: Iterable[Numbers]) -> Iterator[tuple[Window, Numbers]]:
        """Each window with speech in it, and its samples, in order."""
        detector = _Detector(engine.silero_session())
        samples = 0
        for frames, real_samples in _frames(blocks):
            samples += real_samples
            self.seconds = samples / SAMPLE_RATE_HZ
            self._held.add(frames.reshape(-1)[:real_samples])
            self._loudness.append(_loudness(frames))
            settled = self._planner.add(detector.probabilities(frames), self._loudness[-1])
            yield from map(self._cut, settled)
            self._held.forget(self._planner.begin)
        yield from map(self._cut, self._planner.finish(self.seconds))

    def _cut(self, window: Window) -> tuple[Window, Numbers]:
        self.windows.append(window)
        return window, self._held.part(window)


def cut_out(
    blocks: Iterable[Numbers], windows: Iterable[Window]
) -> Iterator[tuple[Window, Numbers]]:
    """Each window with its audio, in order; never more than a window and a block in memory."""
    held = _HeldSound()
    stream = iter(blocks)
    for window in windows:
        held.forget(window.start)
        while held.end < window.end and (block := next(stream, None)) is not None:
            held.add(block)
            held.forget(window.start)
        yield window, held.part(window)


def halves(window: Window, audio: Numbers) -> tuple[tuple[Window, Numbers], ...]:
    """A window cut in two where it is quietest for a while, not too near its ends."""
    whole = len(audio) // FRAME_SAMPLES * FRAME_SAMPLES
    loudness = _loudness(audio[:whole].reshape(-1, FRAME_SAMPLES))
    frame = quietest(loudness, len(loudness) // 4, len(loudness) * 3 // 4)
    return parts(window, audio, window.start + frame * FRAME_SAMPLES / SAMPLE_RATE_HZ)


def parts(window: Window, audio: Numbers, cut: float) -> tuple[tuple[Window, Numbers], ...]:
    """A window cut in two at the time `cut`."""
    sample = round((cut - window.start) * SAMPLE_RATE_HZ)
    first, second = window_halves(window, cut)
    return (first, audio[:sample]), (second, audio[sample:])


class _HeldSound:
    """The part of a stream of samples that is still wanted."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)
        self._first = 0

    @property
    def end(self) -> float:
        """How far the stream has come, in seconds."""
        return (self._first + len(self._samples)) / SAMPLE_RATE_HZ

    def add(self, samples: Numbers) -> None:
        self._samples = np.concatenate([self._samples, samples])

    def forget(self, before: float) -> None:
        unneeded = max(0, round(before * SAMPLE_RATE_HZ) - self._first)
        unneeded = min(unneeded, len(self._samples))
        self._samples = self._samples[unneeded:]
        self._first += unneeded

    def part(self, window: Window) -> Numbers:
        first, last = (round(time * SAMPLE_RATE_HZ) for time in (window.start, window.end))
        return self._samples[first - self._first : last - self._first]


def _frames(blocks: Iterable[Numbers]) -> Iterator[tuple[Numbers, int]]:
    """Whole frames, shape (n, 512), and how many samples of them are real; zeros fill the last."""
    rest = np.zeros(0, np.float32)
    for block in blocks:
        held = np.concatenate([rest, block])
        whole = len(held) // FRAME_SAMPLES * FRAME_SAMPLES
        rest = held[whole:]
        if whole:
            yield held[:whole].reshape(-1, FRAME_SAMPLES), whole
    if len(rest):
        yield np.pad(rest, (0, FRAME_SAMPLES - len(rest))).reshape(1, -1), len(rest)


def _loudness(frames: Numbers) -> Numbers:
    power = np.mean(frames.astype(np.float64) ** 2, axis=1)
    decibels = 10 * np.log10(np.maximum(power, 10 ** (_SILENCE_DBFS / 10)))
    return np.asarray(decibels, np.float32)


class _Detector:
    """Silero v6 with its memory between calls (`faster_whisper.vad.SileroVADModel` forgets it)."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._h = np.zeros(_STATE_SHAPE, np.float32)
        self._c = np.zeros(_STATE_SHAPE, np.float32)
        self._context = np.zeros((1, _CONTEXT_SAMPLES), np.float32)

    def probabilities(self, frames: Numbers) -> Numbers:
        """How likely each frame is speech; `frames` has the shape (n, 512)."""
        tails = frames[:, -_CONTEXT_SAMPLES:]
        contexts = np.concatenate([self._context, tails[:-1]])
        self._context = tails[-1:].copy()
        asked = {
            "input": np.concatenate([contexts, frames], axis=1).astype(np.float32),
            "h": self._h,
            "c": self._c,
        }
        answer, self._h, self._c = self._session.run(None, asked)
        return np.asarray(answer, np.float32).reshape(-1)
