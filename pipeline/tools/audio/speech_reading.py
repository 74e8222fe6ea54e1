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


def speech_blocks(path: Path) -> Iterator[Samples]:
    """The samples of a speech file, shape (n,), −1..1, in order; a fraction of a second each.

    Raises EpisodeProblem when the file is damaged: it was written by us, so nothing is skipped.
    """
    try:
        with opened(path) as container:
            resampler = av.AudioResampler("flt", "mono", SPEECH_RATE_HZ)
            for frame in container.decode(audio=0):
                for part in resampler.resample(frame):
                    yield _samples(part)
            for part in resampler.resample(None):
                yield _samples(part)
    except (av.FFmpegError, IndexError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{path.parent.name}” is damaged.",
            "Delete it and run again: it is made anew from the recording.",
            str(error),
        ) from error


def _samples(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)
