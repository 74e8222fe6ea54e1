"""MP3 files of a quiet tone, without tags."""

from __future__ import annotations

from pathlib import Path

import lameenc

from tests.signals import sine

_RATE = 16_000


def write_mp3(path: Path, seconds: float) -> Path:
    """A small MP3 that plays for about `seconds`."""
    samples = (sine(-30, seconds, rate=_RATE) * 32767).astype("<i2")
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(_RATE)
    encoder.set_channels(1)
    encoder.silence()
    path.write_bytes(bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush()))
    return path
