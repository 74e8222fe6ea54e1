"""A spool: decoded sound in a scratch file, so that it can be gone through many times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.ground.files import disk_problems_in_words
from pipeline.tools.audio.samples import RATE_HZ, Blocks, Samples

_BYTES_A_SAMPLE = 4


@dataclass(frozen=True, slots=True)
class Spool:
    """32-bit float samples at 48 kHz in a file: 23 MB a minute of stereo.

    32 bits, so that what a float recorder took beyond full scale is not clipped, and what it took
    far below is not drowned.
    """

    path: Path
    channels: int
    moments: int

    @property
    def seconds(self) -> float:
        return self.moments / RATE_HZ

    def blocks(self, start: int = 0, end: int | None = None) -> Iterator[Samples]:
        """The moments from `start` to `end` in pieces of a second."""
        end = self.moments if end is None else end
        bytes_a_moment = self.channels * _BYTES_A_SAMPLE
        with self.path.open("rb") as file:
            file.seek(start * bytes_a_moment)
            for at in range(start, end, RATE_HZ):
                wanted = min(RATE_HZ, end - at)
                content = file.read(wanted * bytes_a_moment)
                yield np.frombuffer(content, np.float32).reshape(-1, self.channels)

    def samples(self, start: int, end: int) -> Samples:
        """A short stretch as one array."""
        pieces = [*self.blocks(start, end), np.zeros((0, self.channels), np.float32)]
        return np.concatenate(pieces)


def spool(blocks: Blocks, path: Path, channels: int) -> Spool:
    """Write all of `blocks` to `path`. Raises SetupProblem when the disk is full."""
    moments = 0
    with disk_problems_in_words(path), path.open("wb") as file:
        for block in blocks:
            file.write(np.ascontiguousarray(block, np.float32).data)
            moments += len(block)
    return Spool(path, channels, moments)
