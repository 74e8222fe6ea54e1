"""MP3 by LAME: constant bit rate, 48 kHz, no tags."""

from __future__ import annotations

import lameenc
import numpy as np

from pipeline.tools.audio.samples import RATE_HZ, Samples, to_int16

# The quality of the `lame` command for constant bit rates; 2 takes 1.4 times as long.
_QUALITY = 3
# LAME makes its input quieter so that the lossy result clips less: by 0.95, 0.97 and 0.98 in
# amplitude (libmp3lame/presets.c, `scale` of the CBR presets). This is undone beforehand.
_SCALES = ((160, 0.95), (192, 0.97), (224, 0.98))
DELAY_MOMENTS = 1105
"""A player without gapless data hears each moment this much later: LAME's 576, decoder's 529."""


class Mp3Encoder:
    """Turns blocks of samples into the bytes of an MP3. LAME runs outside Python's lock."""

    def __init__(self, channels: int, bitrate_kbps: int) -> None:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_channels(channels)
        encoder.set_in_sample_rate(RATE_HZ)
        encoder.set_out_sample_rate(RATE_HZ)
        encoder.set_bit_rate(bitrate_kbps)
        encoder.set_quality(_QUALITY)
        self._encoder = encoder
        self._gain = np.float32(1 / _scale(bitrate_kbps))

    def encode(self, samples: Samples) -> bytes:
        """The bytes that are ready."""
        return bytes(self._encoder.encode(to_int16(samples * self._gain).tobytes()))

    def finish(self) -> bytes:
        """The last bytes."""
        return bytes(self._encoder.flush())


def _scale(bitrate_kbps: int) -> float:
    return next((scale for limit, scale in _SCALES if bitrate_kbps <= limit), 1.0)
