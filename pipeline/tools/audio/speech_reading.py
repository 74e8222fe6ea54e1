"""Reading back what normalize wrote for the transcriber: 16 kHz mono, piece by piece."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from pipeline.tools.audio.decoding import opened
from pipeline.tools.audio.flac import SPEECH_RATE_HZ
from pipeline.tools.audio.samples import Samples
from pipeline.words.errors import EpisodeProblem

_BLOCK_SECONDS = 10  # small pieces cost time: each is copied, and each is a call of the detector
_PLACES = 5
_PLACE_SECONDS = 60.0
_SHORTEST_PLACE_SECONDS = 30.0


def speech_blocks(path: Path) -> Iterator[Samples]:
    """The samples of a speech file, shape (n,), −1..1, in order; about ten seconds at a time.

    Raises EpisodeProblem when the file is damaged: it was written by us, so nothing is skipped.
    """
    gathered: list[Samples] = []
    for samples in _frames(path):
        gathered.append(samples)
        if sum(map(len, gathered)) >= _BLOCK_SECONDS * SPEECH_RATE_HZ:
            yield np.concatenate(gathered)
            gathered = []
    if gathered:
        yield np.concatenate(gathered)


def speech_seconds(path: Path) -> float:
    """How long a speech file says it is; 0 where it says nothing, being damaged or cut short."""
    try:
        with opened(path) as container:
            return float(container.duration or 0) / av.time_base
    except av.FFmpegError:
        return 0.0


def speech_places(path: Path) -> Iterator[Samples]:
    """A few pieces of up to a minute from all over a speech file, in order; none of a short one.

    Raises EpisodeProblem as `speech_blocks` does.
    """
    seconds = speech_seconds(path)
    if seconds < _PLACES * _SHORTEST_PLACE_SECONDS:
        return
    length = min(_PLACE_SECONDS, seconds / _PLACES)
    for place in range(_PLACES):
        middle = seconds * (place + 0.5) / _PLACES
        yield speech_piece(path, middle - length / 2, length)


def speech_piece(path: Path, start_seconds: float, seconds: float) -> Samples:
    """The samples of one stretch of a speech file, found without reading what lies before it.

    Shorter where the file ends. Raises EpisodeProblem as `speech_blocks` does.
    """
    first = round(start_seconds * SPEECH_RATE_HZ)
    last = first + round(seconds * SPEECH_RATE_HZ)
    found: list[Samples] = [np.zeros(0, np.float32)]
    with _damage_in_words(path), opened(path) as container:
        container.seek(int(start_seconds * av.time_base))
        resampler = av.AudioResampler("flt", "mono", SPEECH_RATE_HZ)
        for frame in container.decode(audio=0):
            begin = round((frame.time or 0.0) * SPEECH_RATE_HZ)
            if begin >= last:
                break
            for samples in map(_samples, resampler.resample(frame)):
                found.append(samples[max(0, first - begin) : last - begin])
    return np.concatenate(found)


def _frames(path: Path) -> Iterator[Samples]:
    with _damage_in_words(path), opened(path) as container:
        # A second at once: a FLAC frame is 0.07 s, and each array costs more than its samples.
        resampler = av.AudioResampler("flt", "mono", SPEECH_RATE_HZ, frame_size=SPEECH_RATE_HZ)
        for frame in container.decode(audio=0):
            yield from map(_samples, resampler.resample(frame))
        yield from map(_samples, resampler.resample(None))


@contextlib.contextmanager
def _damage_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except (av.FFmpegError, IndexError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{path.parent.name}” is damaged.",
            "Delete it and run again: it is made anew from the recording.",
            str(error),
        ) from error


def _samples(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)
