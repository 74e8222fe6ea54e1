"""Recordings for acceptance tests, cut from the one that is shipped."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import av
import numpy as np

from tests.signals import write_wav

SAMPLE_FOLDER = Path(str(files("pipeline"))) / "demo" / "recording"
RATE = 48_000


def shipped_recording() -> Path:
    """The demo's recording."""
    (sample,) = (p for p in SAMPLE_FOLDER.iterdir() if p.suffix in {".ogg", ".opus", ".mp3"})
    return sample


def few_seconds_of_talk(seconds: float = 8) -> np.ndarray:
    """The start of the shipped recording, as (moments, 1) floats at 48 kHz."""
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    with av.open(str(shipped_recording())) as container:
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
    samples = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    return samples[: round(RATE * seconds), None].astype(np.float64)


def write_recording(path: Path, samples: np.ndarray, rate: int = RATE) -> None:
    """A 16-bit WAV file under any name, in one piece."""
    write_wav(path, samples, rate)
