"""A stretch of a file's sound, exact to the sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np

from pipeline.tools.audio.decoding import Sound, UndecodableError, decoded, opened
from pipeline.tools.audio.samples import RATE_HZ, Samples


def stretch_of(
    path: Path,
    start_seconds: float,
    end_seconds: float,
    heard: Callable[[float], None] = lambda _seconds: None,
) -> Samples:
    """The sound between two moments, mono or stereo as it is in the file.

    It is decoded from the beginning, because an MP3 does not say where a second begins; `heard` is
    told how far. What lies behind the end of the file is missing. Raises UndecodableError when
    nothing can be decoded.
    """
    channels = min(2, _channels(path))
    start, end = round(start_seconds * RATE_HZ), round(end_seconds * RATE_HZ)
    empty = np.zeros((0, channels), np.float32)
    return np.concatenate([empty, *_between(path, channels, start, end, heard)])


def _channels(path: Path) -> int:
    try:
        with opened(path) as container:
            return Sound(container).stream.channels
    except (av.FFmpegError, OSError) as error:
        raise UndecodableError(f"{path.name}: {error}") from error


def _between(
    path: Path, channels: int, start: int, end: int, heard: Callable[[float], None]
) -> Iterator[Samples]:
    at = 0
    for block in decoded(path, channels):
        if at + len(block) > start:  # even an empty part of a block would keep all of it in memory
            yield block[max(0, start - at) : max(0, end - at)]
        at += len(block)
        heard(at / RATE_HZ)
        if at >= end:
            return
