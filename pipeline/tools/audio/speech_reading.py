"""Reading back what normalize wrote for the transcriber: 16 kHz mono, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from pipeline.tools.audio.decoding import opened
from pipeline.tools.audio.flac import SPEECH_RATE_HZ
from pipeline.tools.audio.samples import Samples
from pipeline.words.errors import EpisodeProblem

_BLOCK_SECONDS = 10  # small pieces cost time: each is copied, and each is a call of the detector


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


def _frames(path: Path) -> Iterator[Samples]:
    try:
        with opened(path) as container:
            resampler = av.AudioResampler("flt", "mono", SPEECH_RATE_HZ)
            for frame in container.decode(audio=0):
                yield from map(_samples, resampler.resample(frame))
            yield from map(_samples, resampler.resample(None))
    except (av.FFmpegError, IndexError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{path.parent.name}” is damaged.",
            "Delete it and run again: it is made anew from the recording.",
            str(error),
        ) from error


def _samples(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)
