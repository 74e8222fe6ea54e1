"""How sound is held in memory: 48 kHz, 32-bit float, one row a moment, one column a channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

RATE_HZ = 48_000
Samples: TypeAlias = npt.NDArray[np.float32]
"""Shape (moments, channels); full scale is ±1, and a float recording may go beyond it."""
Blocks: TypeAlias = Iterable[Samples]
Voice: TypeAlias = npt.NDArray[np.float32]
"""Shape (moments,): one channel, as a transcriber hears it."""

_BLOCK_MOMENTS = RATE_HZ


def in_blocks(samples: Samples) -> Iterator[Samples]:
    """`samples` in pieces of a second."""
    for start in range(0, len(samples), _BLOCK_MOMENTS):
        yield samples[start : start + _BLOCK_MOMENTS]


def decibels(ratio: float) -> float:
    """An amplitude ratio in dB; nothing at all is −inf."""
    return float(20 * np.log10(ratio)) if ratio > 0 else float("-inf")


def amplitude(level_db: float) -> float:
    """The amplitude ratio of a level in dB."""
    return float(10 ** (level_db / 20))


def to_int16(samples: Samples) -> npt.NDArray[np.int16]:
    """The nearest 16-bit samples; what is beyond full scale is clipped."""
    whole = np.rint(samples * np.float32(32768))
    return np.asarray(np.clip(whole, -32768, 32767), np.int16)
