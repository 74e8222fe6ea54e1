"""A chain of FFmpeg filters that takes blocks of samples and gives frames back."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph

from pipeline.tools.audio.samples import RATE_HZ, Blocks, Samples

LAYOUTS = {1: "mono", 2: "stereo"}


class FilterChain:
    """FFmpeg filters in a row, such as `[("volume", "6dB"), ("ebur128", "metadata=1")]`.

    `push` and `finish` give the frames that are ready. The filters run outside Python's lock.
    """

    def __init__(self, filters: list[tuple[str, str]], channels: int) -> None:
        self._layout, self._moments = LAYOUTS[channels], 0
        self._graph = Graph()
        last = self._graph.add_abuffer(
            sample_rate=RATE_HZ,
            format="flt",
            layout=self._layout,
            time_base=Fraction(1, RATE_HZ),
        )
        for name, options in [*filters, ("abuffersink", "")]:
            context = self._graph.add(name, options or None)
            last.link_to(context)
            last = context
        self._graph.configure()

    def push(self, samples: Samples) -> Iterator[av.AudioFrame]:
        """Put samples in, get frames out."""
        if not len(samples):
            return
        frame = frame_of(samples, self._layout)
        frame.pts = self._moments
        self._moments += len(samples)
        self._graph.push(frame)
        yield from self._ready()

    def finish(self) -> Iterator[av.AudioFrame]:
        """The frames that were still inside."""
        self._graph.push(None)
        yield from self._ready()

    def through(self, blocks: Blocks) -> Iterator[av.AudioFrame]:
        """The frames of everything in `blocks`."""
        for block in blocks:
            yield from self.push(block)
        yield from self.finish()

    def samples(self, blocks: Blocks) -> Iterator[Samples]:
        """The same as `through`, as blocks of samples again."""
        for frame in self.through(blocks):
            yield samples_of(frame)

    def _ready(self) -> Iterator[av.AudioFrame]:
        while True:
            try:
                frame = self._graph.pull()
            except (BlockingIOError, av.error.EOFError):
                return
            if isinstance(frame, av.AudioFrame):
                yield frame


def samples_of(frame: av.AudioFrame) -> Samples:
    """The samples of a frame of 32-bit float, which may hold its channels apart or together."""
    values = np.asarray(frame.to_ndarray(), np.float32)
    if frame.format.is_planar:
        return np.ascontiguousarray(values.T)
    return values.reshape(-1, frame.layout.nb_channels)


def frame_of(samples: Samples, layout: str) -> av.AudioFrame:
    """One FFmpeg frame of packed 32-bit float at 48 kHz."""
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout=layout)
    frame.sample_rate = RATE_HZ
    return frame
