"""How loud a sound is from stretch to stretch, to draw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.tools.audio.levels import LevelMeter, decibels_of
from pipeline.tools.audio.samples import RATE_HZ, Blocks

# Speech is about as loud from one minute to the next. So much of what all bars have in common is
# taken off, so that the differences can be seen.
_COMMON_SHARE = 0.7
_SILENCE = 1e-4  # the amplitude of what is left of silence after a codec, −80 dBFS

Powers: TypeAlias = npt.NDArray[np.float64]


def waveform(
    blocks: Blocks, bars: int, heard: Callable[[float], None] = lambda _seconds: None
) -> tuple[float, ...]:
    """How high each of `bars` is for as many equal stretches: 1 for the loudest, 0 for silence.

    `heard` is told how many seconds were measured. An hour takes 180 kB of memory.
    """
    meter, moments = LevelMeter(together=True), 0
    for block in blocks:
        meter.add(block)
        moments += len(block)
        heard(moments / RATE_HZ)
    powers = 10 ** (decibels_of(meter.levels()[:, 0]).astype(np.float64) / 10)
    if not len(powers):
        return (0.0,) * bars
    return _heights(_means(powers, bars))


def _means(powers: Powers, bars: int) -> Powers:
    """The mean of each of `bars` equal stretches, also where these are shorter than a window."""
    so_far = np.concatenate([[0.0], np.cumsum(powers)])
    edges = np.linspace(0, len(powers), bars + 1)
    sums = np.interp(edges, np.arange(len(so_far)), so_far)
    return np.asarray(np.maximum(np.diff(sums) / np.diff(edges), 0), np.float64)


def _heights(powers: Powers) -> tuple[float, ...]:
    amplitudes = np.sqrt(powers)
    if amplitudes.max() <= _SILENCE:
        return (0.0,) * len(powers)
    heights = amplitudes / amplitudes.max()
    common = _COMMON_SHARE * heights.min()
    return tuple(np.round((heights - common) / (1 - common), 4).tolist())
