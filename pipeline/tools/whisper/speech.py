"""Listening for speech: Silero's voice detector over a stream of audio, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from pipeline.tools.whisper import engine
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


def cut_out(
    blocks: Iterable[Numbers], windows: Iterable[Window]
) -> Iterator[tuple[Window, Numbers]]:
    """Each window with its audio, in order; never more than a window and a block in memory."""
    held = np.zeros(0, np.float32)
    held_from = 0
    stream = iter(blocks)
    for window in windows:
        first, last = (round(time * SAMPLE_RATE_HZ) for time in (window.start, window.end))
        while held_from + len(held) < last and (block := next(stream, None)) is not None:
            held, held_from = _after(np.concatenate([held, block]), held_from, first)
        yield window, held[first - held_from : last - held_from]


def halves(window: Window, audio: Numbers) -> tuple[tuple[Window, Numbers], ...]:
    """A window cut in two where it is quietest for a while, not too near its ends."""
    whole = len(audio) // FRAME_SAMPLES * FRAME_SAMPLES
    loudness = _loudness(audio[:whole].reshape(-1, FRAME_SAMPLES))
    cut = quietest(loudness, len(loudness) // 4, len(loudness) * 3 // 4) * FRAME_SAMPLES
    first, second = window_halves(window, window.start + cut / SAMPLE_RATE_HZ)
    return (first, audio[:cut]), (second, audio[cut:])


def _after(held: Numbers, held_from: int, first: int) -> tuple[Numbers, int]:
    """Forget what lies before the sample `first`."""
    unneeded = min(max(0, first - held_from), len(held))
    return held[unneeded:], held_from + unneeded


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
