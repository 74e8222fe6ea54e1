"""Loudness by EBU R 128 (ITU-R BS.1770), measured by FFmpeg's `ebur128` filter."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from pipeline.tools.audio.decoding import decoded
from pipeline.tools.audio.graph import FilterChain
from pipeline.tools.audio.samples import RATE_HZ, Blocks, Samples, decibels
from pipeline.words.loudness import Loudness

_SILENCE_LUFS = -70.0  # the absolute gate of BS.1770; nothing passes it
_FRAME_MOMENTS = RATE_HZ // 10


def measure_file(path: Path, channels: int) -> Loudness:
    """The loudness of a file of our own making, decoded from start to end."""
    return measure(decoded(path, channels), channels)


def measure(blocks: Blocks, channels: int, true_peak: bool = True) -> Loudness:
    """The loudness of `blocks`."""
    meter = Meter(channels, true_peak)
    for block in blocks:
        meter.add(block)
    return meter.result()


class Meter:
    """Measures what it is given, block by block.

    Without `true_peak` it is three times as fast, and the peak it gives is that of the samples.
    """

    def __init__(self, channels: int, true_peak: bool = True) -> None:
        peak = "true" if true_peak else "none"
        options = f"metadata=1:framelog=quiet:peak={peak}"
        self._chain = FilterChain([("ebur128", options)], channels)
        self._channels = channels
        self._moments = 0
        self._sample_peak = 0.0
        self._true_peak = 0.0
        self._integrated = float("-inf")
        self._range = 0.0

    @property
    def moments(self) -> int:
        """How much has been heard."""
        return self._moments

    def add(self, samples: Samples) -> None:
        """Hear some more."""
        self._moments += len(samples)
        if len(samples):
            self._sample_peak = max(self._sample_peak, float(np.abs(samples).max()))
        for frame in self._chain.push(samples):
            self._note(frame)

    def result(self) -> Loudness:
        """What was measured. Ends the measuring."""
        integrated, loudness_range = self._integrated, self._range
        # FFmpeg says nothing of a last frame that is not whole; silence makes it whole, so that
        # a peak in it is seen, and the loudness from before is kept.
        missing = -self._moments % _FRAME_MOMENTS + _FRAME_MOMENTS
        padding = np.zeros((missing, self._channels), np.float32)
        for frame in [*self._chain.push(padding), *self._chain.finish()]:
            self._note(frame)
        if integrated <= _SILENCE_LUFS:
            integrated = float("-inf")
        peak = max(self._true_peak, self._sample_peak)
        return Loudness(integrated, decibels(peak), loudness_range)

    def _note(self, frame: av.AudioFrame) -> None:
        values = frame.metadata
        if "lavfi.r128.I" not in values:
            return
        self._integrated = float(values["lavfi.r128.I"])
        self._range = float(values["lavfi.r128.LRA"])
        self._true_peak = max(self._true_peak, float(values.get("lavfi.r128.true_peak", 0.0)))
