"""Mastering: a programme becomes an MP3 of a given loudness, and what was reached is measured.

Gain alone would send peaks beyond the ceiling; the limiter that holds them takes loudness away;
MP3 adds a little to each peak. So the gain is found by trial without encoding, the result is
decoded and measured, and where it misses, it is made again with corrected figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.ground.progress import part_of
from pipeline.ground.stage import Report
from pipeline.tools.audio.ahead import ahead
from pipeline.tools.audio.decoding import Mp3Decoder
from pipeline.tools.audio.limiter import limited
from pipeline.tools.audio.loudness import Meter, measure
from pipeline.tools.audio.programme import Programme
from pipeline.tools.audio.samples import Blocks
from pipeline.tools.mp3 import Mp3Encoder
from pipeline.words.loudness import Loudness

TOLERANCE_LU = 0.3
# A trial that misses by no more than this is put right by its own figure; another would cost more
# than the few renders that it saves.
_TRIAL_TOLERANCE_LU = 0.5
_MOST_TRIALS = 4
# How much of the work is done before each render, and after the last: most need one.
_SHARES = (0.0, 0.9, 0.97, 1.0)
_MOST_RENDERS = len(_SHARES) - 1
_LIMIT_BELOW_CEILING_DB = 1.0  # the true peak lies above the samples, and MP3 adds to it
_MOST_GAIN_DB = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """What an enclosure is to be."""

    integrated_lufs: float
    true_peak_dbtp: float
    channels: int
    bitrate_kbps: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What is done to a programme: dB of gain, and the limit of each sample in dBFS."""

    gain_db: float
    limit_db: float


@dataclass(frozen=True, slots=True)
class Mastered:
    """What was done and what came of it."""

    settings: Settings
    loudness: Loudness
    renders: int
    reached: bool


def master(
    programme: Programme,
    measured: Loudness,
    target: Target,
    path: Path,
    report: Report,
) -> Mastered:
    """Write the MP3 to `path`. `measured` is the programme before.

    The result is within 0.3 LU of the target and not above the true peak, or `reached` is false.
    """
    settings = Settings(
        gain_db=min(target.integrated_lufs - measured.integrated_lufs, _MOST_GAIN_DB),
        limit_db=target.true_peak_dbtp - _LIMIT_BELOW_CEILING_DB,
    )
    settings = _found_by_trial(programme, measured, settings, target)
    for render in range(1, _MOST_RENDERS + 1):
        part = part_of(report, *_SHARES[render - 1 : render + 1])
        result = _render(programme, settings, target, path, part)
        reached = _reached(result, target)
        if reached or render == _MOST_RENDERS:
            break
        settings = _corrected(settings, result, target)
    report(1.0)
    return Mastered(settings, result, render, reached)


def _found_by_trial(
    programme: Programme, measured: Loudness, settings: Settings, target: Target
) -> Settings:
    """The gain that gives the target after limiting; a limiter that has no work takes nothing."""
    if measured.true_peak_dbtp + settings.gain_db <= settings.limit_db:
        return settings
    for _ in range(_MOST_TRIALS):
        blocks = limited(programme.blocks(), target.channels, settings.gain_db, settings.limit_db)
        result = measure(blocks, target.channels, true_peak=False)
        missing = target.integrated_lufs - result.integrated_lufs
        if not math.isfinite(missing):
            break
        settings = _louder(settings, missing)
        if abs(missing) <= _TRIAL_TOLERANCE_LU:
            break
    return settings


def _render(
    programme: Programme,
    settings: Settings,
    target: Target,
    path: Path,
    report: Report,
) -> Loudness:
    """Write the MP3 and say how loud its bytes are when they are decoded again.

    Limiting, encoding and listening each run on a core of their own where there are three.
    """
    blocks = limited(programme.blocks(), target.channels, settings.gain_db, settings.limit_db)
    encoder = Mp3Encoder(target.channels, target.bitrate_kbps)
    heard = Mp3Decoder()
    meter = Meter(target.channels)
    pieces = ahead(_encoded(ahead(blocks), encoder))
    with closing(pieces), path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            for block in heard.decode(piece):
                meter.add(block)
            report(min(1.0, meter.moments / max(1, programme.moments)))
    for block in heard.finish():
        meter.add(block)
    return meter.result()


def _encoded(blocks: Blocks, encoder: Mp3Encoder) -> Iterator[bytes]:
    for block in blocks:
        yield encoder.encode(block)
    yield encoder.finish()


def _reached(result: Loudness, target: Target) -> bool:
    near = abs(result.integrated_lufs - target.integrated_lufs) <= TOLERANCE_LU
    return near and result.true_peak_dbtp <= target.true_peak_dbtp


def _corrected(settings: Settings, result: Loudness, target: Target) -> Settings:
    over = result.true_peak_dbtp - target.true_peak_dbtp
    if over > 0:
        settings = replace(settings, limit_db=settings.limit_db - over - 0.1)
    return _louder(settings, target.integrated_lufs - result.integrated_lufs)


def _louder(settings: Settings, missing_lu: float) -> Settings:
    return replace(settings, gain_db=min(settings.gain_db + missing_lu, _MOST_GAIN_DB))
