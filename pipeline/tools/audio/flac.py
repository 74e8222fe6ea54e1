"""FLAC at 16 kHz in mono: what a transcriber wants to hear."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np

from pipeline.tools.audio.graph import frame_of
from pipeline.tools.audio.samples import Voice

SPEECH_RATE_HZ = 16_000


class SpeechFile:
    """Writes samples at 48 kHz as a 16 kHz mono FLAC file.

    The same samples give the same bytes. Raises `av.FFmpegError`, an OSError when the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self._container = av.open(
            f"file:{path.absolute()}", "w", format="flac", options={"fflags": "+bitexact"}
        )
        self._stream = self._container.add_stream("flac", rate=SPEECH_RATE_HZ, layout="mono")
        self._stream.codec_context.flags |= av.codec.context.Flags.bitexact
        self._resampler = av.AudioResampler("s16", "mono", SPEECH_RATE_HZ)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            self._container.close()

    def write(self, voice: Voice) -> None:
        """Add samples at 48 kHz; what is beyond full scale is clipped."""
        for frame in self._resampler.resample(frame_of(np.ascontiguousarray(voice), "mono")):
            self._container.mux(self._stream.encode(frame))

    def _finish(self) -> None:
        for frame in self._resampler.resample(None):
            self._container.mux(self._stream.encode(frame))
        self._container.mux(self._stream.encode(None))
