"""Several recordings become one sound: parts behind each other, tracks on top of each other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, cycle
from pathlib import Path

import numpy as np

from pipeline.tools.audio.ahead import ahead
from pipeline.tools.audio.decoding import decoded
from pipeline.tools.audio.graph import FilterChain
from pipeline.tools.audio.levels import LevelMeter, Levels, side_by_side
from pipeline.tools.audio.loudness import Meter
from pipeline.tools.audio.samples import RATE_HZ, Blocks, Samples, decibels
from pipeline.tools.audio.spool import Spool, spool
from pipeline.words.loudness import Loudness

# A recording whose samples do not swing around zero, or that rumbles below what anyone hears,
# would waste room that the limiter needs.
# In this form it forgets: half a second behind an edit, its samples are those of before the edit,
# to the last bit. In FFmpeg's default form the roundings of then go on for ever.
_RUMBLE_FILTER = ("highpass", "f=20:poles=2:a=tdii:precision=f64")
_WINDOW_MOMENTS = RATE_HZ // 50
# −40 dB as a share of the power: a balanced cable in a stereo socket gives both channels alike but
# upside down, and what their levels differ is left.
_NEXT_TO_NOTHING = 1e-4


@dataclass(frozen=True, slots=True)
class Gathered:
    """All recordings of an episode as one sound.

    `levels_dbfs` is the level of each 20 ms, all channels together as loudness counts them.
    `apart` has a column for each track, or for each channel of recordings that follow each other.
    `cancels`: one loudspeaker for all channels would play next to nothing.
    """

    spool: Spool
    loudness: Loudness
    levels_dbfs: Sequence[float]
    apart: Levels
    cancels: bool


def gather(
    paths: Sequence[Path],
    scratch: Path,
    *,
    channels: int,
    as_tracks: bool,
    heard: Callable[[float], None],
) -> Gathered:
    """Decode each recording once. `heard` is told the seconds that have been decoded so far."""
    meters = [LevelMeter(together=as_tracks) for _ in (paths if as_tracks else paths[:1])]
    sources = [
        decoded(path, channels, meter.add)
        for path, meter in zip(paths, cycle(meters), strict=False)
    ]
    blocks = _mixed(sources) if as_tracks else _behind_each_other(sources)
    meter, levels, together = Meter(channels), _Levels(), _Together()

    def listened(blocks: Blocks) -> Iterator[Samples]:
        with closing(ahead(blocks)) as made:
            for block in made:
                meter.add(block)
                levels.add(block)
                together.add(block)
                heard(meter.moments / RATE_HZ)
                yield block

    spooled = spool(listened(_without_rumble(blocks, channels)), scratch, channels)
    apart = side_by_side([each.levels() for each in meters])
    return Gathered(spooled, meter.result(), levels.dbfs, apart, together.cancels)


def _behind_each_other(sources: Sequence[Iterator[Samples]]) -> Iterator[Samples]:
    for source in sources:
        yield from source


def _mixed(sources: Sequence[Iterator[Samples]]) -> Iterator[Samples]:
    """The sum of all sources; one that ends early is silent from there on."""
    readers = [_Reader(source) for source in sources]
    while True:
        pieces = [reader.take(RATE_HZ) for reader in readers]
        longest = max(pieces, key=len)
        if not len(longest):
            return
        total = longest.copy()
        for piece in pieces:
            if piece is not longest:
                total[: len(piece)] += piece
        yield total


class _Reader:
    """Takes pieces of a given length from blocks of any length."""

    def __init__(self, blocks: Iterator[Samples]) -> None:
        self._blocks = blocks
        self._rest: Samples | None = None

    def take(self, moments: int) -> Samples:
        pieces: list[Samples] = []
        missing = moments
        while missing:
            block = self._rest if self._rest is not None else next(self._blocks, None)
            if block is None:
                break
            pieces.append(block[:missing])
            self._rest = block[missing:] if len(block) > missing else None
            missing -= len(pieces[-1])
        return np.concatenate(pieces) if pieces else np.zeros((0, 1), np.float32)


def _without_rumble(blocks: Blocks, channels: int) -> Iterator[Samples]:
    """A lead-in at the level at which the recording starts lets the filter settle unheard."""
    finite = _finite(blocks)
    first = next(finite, None)
    if first is None:
        return
    lead_in = np.repeat(first[:_WINDOW_MOMENTS].mean(axis=0, keepdims=True), RATE_HZ // 2, axis=0)
    filters = FilterChain([_RUMBLE_FILTER], channels)
    to_drop = len(lead_in)
    for block in filters.samples(chain([lead_in, first], finite)):
        if len(block) > to_drop:
            yield block[to_drop:]
        to_drop = max(0, to_drop - len(block))


def _finite(blocks: Blocks) -> Iterator[Samples]:
    """A float recording may hold infinities and NaN, which would silence a filter for ever."""
    for block in blocks:
        yield block if np.isfinite(block).all() else np.nan_to_num(block, posinf=1.0, neginf=-1.0)


class _Together:
    """How much of the sound is left when all channels are added up, as a telephone does."""

    def __init__(self) -> None:
        self._all = self._mono = 0.0

    def add(self, block: Samples) -> None:
        self._all += float(np.vdot(block, block)) * block.shape[1]
        mono = block.sum(axis=1)
        self._mono += float(np.vdot(mono, mono))

    @property
    def cancels(self) -> bool:
        return self._mono < self._all * _NEXT_TO_NOTHING


class _Levels:
    """The level of each window, whatever the length of the blocks."""

    def __init__(self) -> None:
        self.dbfs = array("f")  # 4 bytes each: an hour has 180,000
        self._rest: Samples | None = None

    def add(self, block: Samples) -> None:
        if self._rest is not None:
            block = np.concatenate([self._rest, block])
        whole = len(block) // _WINDOW_MOMENTS * _WINDOW_MOMENTS
        windows = block[:whole].reshape(-1, _WINDOW_MOMENTS * block.shape[1])
        powers = np.mean(np.square(windows, dtype=np.float64), axis=1) * block.shape[1]
        self.dbfs.extend(decibels(float(power) ** 0.5) for power in powers)
        self._rest = block[whole:]
