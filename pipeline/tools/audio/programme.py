"""The programme: what listeners hear from start to end, put together before it is made loud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.tools.audio.samples import RATE_HZ, Samples, in_blocks
from pipeline.tools.audio.spool import Spool

# What lies this far below the loudness of the whole is silence to a listener.
_SILENCE_BELOW_LU = 35.0
_SILENCE_KEPT_SECONDS = 0.3
_WINDOW_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Programme:
    """A stretch of a spool with an edited piece before it and another behind it.

    `start` and `end` are moments of the spool.
    """

    spool: Spool
    start: int
    end: int
    opening: Samples | None = None
    closing: Samples | None = None

    @property
    def moments(self) -> int:
        pieces = [piece for piece in (self.opening, self.closing) if piece is not None]
        return self.end - self.start + sum(len(piece) for piece in pieces)

    @property
    def seconds(self) -> float:
        return self.moments / RATE_HZ

    @property
    def spool_begins_seconds(self) -> float:
        """When the spool's first moment is, or would be, heard; a crossfade shifts nothing."""
        before = 0 if self.opening is None else len(self.opening)
        return (before - self.start) / RATE_HZ

    def blocks(self) -> Iterator[Samples]:
        """All of it, from start to end."""
        if self.opening is not None:
            yield from in_blocks(self.opening)
        yield from self.spool.blocks(self.start, self.end)
        if self.closing is not None:
            yield from in_blocks(self.closing)

    def head(self, seconds: float) -> tuple[Samples, Programme]:
        """The first `seconds` of the recording as an array, and the programme without them."""
        cut = min(self.end, self.start + round(seconds * RATE_HZ))
        return self.spool.samples(self.start, cut), replace(self, start=cut)

    def tail(self, seconds: float) -> tuple[Samples, Programme]:
        """The last `seconds` of the recording as an array, and the programme without them."""
        cut = max(self.start, self.end - round(seconds * RATE_HZ))
        return self.spool.samples(cut, self.end), replace(self, end=cut)


def whole(spool: Spool) -> Programme:
    """All that was recorded."""
    return Programme(spool, 0, spool.moments)


def without_silent_ends(
    programme: Programme, levels_dbfs: Sequence[float], integrated_lufs: float
) -> Programme:
    """The programme from 0.3 s before the first sound to 0.3 s after the last."""
    threshold = integrated_lufs - _SILENCE_BELOW_LU
    loud = [index for index, level in enumerate(levels_dbfs) if level > threshold]
    if not loud:
        return programme
    first = loud[0] * _WINDOW_SECONDS - _SILENCE_KEPT_SECONDS
    last = (loud[-1] + 1) * _WINDOW_SECONDS + _SILENCE_KEPT_SECONDS
    return replace(
        programme,
        start=max(programme.start, round(first * RATE_HZ)),
        end=min(programme.end, round(last * RATE_HZ)),
    )
