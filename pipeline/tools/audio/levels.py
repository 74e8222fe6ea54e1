"""How loud each channel or track is from moment to moment, in a byte for each 20 ms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.tools.audio.samples import RATE_HZ, Samples

WINDOW_MOMENTS = RATE_HZ // 50
WINDOW_SECONDS = WINDOW_MOMENTS / RATE_HZ
_QUIETEST_DBFS = -120.0
_STEPS_A_DECIBEL = 2.0

Levels: TypeAlias = npt.NDArray[np.uint8]
"""Shape (windows, voices): half decibels above −120 dBFS; 0 is silence."""


class LevelMeter:
    """The level of each channel of what it is given, or of all of them `together`.

    Within a window the mean is taken off, so that an offset is no sound. An hour of two columns
    takes 360 kB.
    """

    def __init__(self, *, together: bool = False) -> None:
        self._together = together
        self._made: list[tuple[int, bytearray]] = []
        self._waiting: list[Samples] = []
        self._waiting_moments = 0

    def add(self, block: Samples) -> None:
        """Take the next samples, in blocks of any length and number of channels."""
        self._waiting.append(block)
        self._waiting_moments += len(block)
        if self._waiting_moments >= RATE_HZ:  # little by little would cost more than decoding
            self._measure()

    def levels(self) -> Levels:
        """All whole windows so far. Where some had more channels, mono counts for each of them."""
        self._measure()
        widest = max((width for width, _ in self._made), default=1)
        return np.concatenate([np.zeros((0, widest), np.uint8), *self._as_wide(widest)])

    def _measure(self) -> None:
        channels = self._waiting[-1].shape[1] if self._waiting else 1
        samples = np.concatenate(
            [np.zeros((0, channels), np.float32), *(_spread(b, channels) for b in self._waiting)]
        )
        whole = len(samples) // WINDOW_MOMENTS * WINDOW_MOMENTS
        self._keep(_levels(samples[:whole], self._together))
        self._waiting = [samples[whole:]]
        self._waiting_moments = len(samples) - whole

    def _keep(self, levels: Levels) -> None:
        """In one piece that grows: thousands of small ones, lying between the blocks of sound in
        memory, would keep the room of each block from being used again (600 MB an hour)."""
        columns = levels.shape[1]
        if not self._made or self._made[-1][0] != columns:
            self._made.append((columns, bytearray()))
        self._made[-1][1].extend(levels.tobytes())

    def _as_wide(self, columns: int) -> Iterator[Levels]:
        for width, content in self._made:
            made = np.frombuffer(bytes(content), np.uint8).reshape(-1, width)
            same = width == columns
            yield made if same else np.repeat(made.max(axis=1, keepdims=True), columns, axis=1)


def decibels_of(levels: Levels) -> npt.NDArray[np.float32]:
    """The levels in dBFS."""
    return np.asarray(levels / np.float32(_STEPS_A_DECIBEL) + _QUIETEST_DBFS, np.float32)


def side_by_side(columns: Sequence[Levels]) -> Levels:
    """Several meters' levels as columns; one that ends early is silent from there on."""
    length = max(map(len, columns))
    padded = [np.pad(column, ((0, length - len(column)), (0, 0))) for column in columns]
    return np.concatenate(padded, axis=1)


def _levels(samples: Samples, together: bool) -> Levels:
    # Each channel by itself first: numpy sums what lies side by side several times as fast.
    windows = np.ascontiguousarray(samples.T).reshape(samples.shape[1], -1, WINDOW_MOMENTS)
    if not np.isfinite(windows).all():
        windows = np.nan_to_num(windows, posinf=1.0, neginf=-1.0)
    swings = windows - windows.mean(axis=2, keepdims=True)
    powers = np.einsum("cwm,cwm->wc", swings, swings).astype(np.float64) / WINDOW_MOMENTS
    if together:
        powers = powers.mean(axis=1, keepdims=True)
    dbfs = 10 * np.log10(np.maximum(powers, 1e-13))
    steps = np.rint((dbfs - _QUIETEST_DBFS) * _STEPS_A_DECIBEL)
    return np.asarray(np.clip(steps, 0, 255), np.uint8)


def _spread(samples: Samples, channels: int) -> Samples:
    """The same sound in another number of channels, as a player spreads mono over two speakers."""
    if samples.shape[1] == channels:
        return samples
    return np.repeat(samples.mean(axis=1, keepdims=True, dtype=np.float32), channels, axis=1)
