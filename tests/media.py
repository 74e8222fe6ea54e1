"""Media files for tests, made by PyAV: compressed sound, pictures with and without it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.signals import RATE, Signal


def write_sound(
    path: Path,
    signal: Signal,
    codec: str,
    *,
    streams: int = 1,
    video: bool = False,
    options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
) -> Path:
    """`signal` through `codec` in the container that the suffix names."""
    columns = signal.reshape(len(signal), -1).astype(np.float32)
    layout = {1: "mono", 2: "stereo"}[columns.shape[1]]
    with av.open(str(path), "w", options=options or {}) as container:
        container.metadata.update(metadata or {})
        picture = _picture_stream(container) if video else None
        sounds = [container.add_stream(codec, rate=RATE, layout=layout) for _ in range(streams)]
        if picture is not None:
            _draw(container, picture, len(signal) / RATE)
        for sound in sounds:
            for at in range(0, len(columns), RATE):
                block = np.ascontiguousarray(columns[at : at + RATE])
                frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), "flt", layout)
                frame.sample_rate, frame.pts = RATE, at
                frame.time_base = Fraction(1, RATE)
                container.mux(sound.encode(frame))
            container.mux(sound.encode(None))
    return path


def write_silent_film(path: Path, seconds: float = 1.0) -> Path:
    """A video without sound."""
    with av.open(str(path), "w") as container:
        _draw(container, _picture_stream(container), seconds)
    return path


def _picture_stream(container: av.container.OutputContainer) -> av.VideoStream:
    stream = container.add_stream("mpeg4", rate=10)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    return stream


def _draw(container: av.container.OutputContainer, stream: av.VideoStream, seconds: float) -> None:
    for _ in range(round(seconds * 10)):
        image = np.zeros((48, 64, 3), np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(image, "rgb24")))
    container.mux(stream.encode(None))
