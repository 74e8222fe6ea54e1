"""Lossy coding with PyAV, in memory."""

import io

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def encode(samples: Samples, rate: int, container: str, codec: str, bits_per_second: int) -> bytes:
    """Samples [channels, count] as a file, such as ("ogg", "libopus") or ("mp3", "libmp3lame")."""
    layout = "stereo" if len(samples) == 2 else "mono"
    coded = io.BytesIO()
    with av.open(coded, "w", format=container) as sink:
        stream = sink.add_stream(codec, rate=rate, layout=layout)
        if not isinstance(stream, av.AudioStream):
            raise TypeError(f"{codec} does not code audio")
        stream.bit_rate = bits_per_second
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), "fltp", layout)
        frame.sample_rate = rate
        whole = av.AudioResampler(
            stream.format, layout, rate, frame_size=stream.codec_context.frame_size or 960
        )
        for piece in [*whole.resample(frame), *whole.resample(None)]:
            sink.mux(stream.encode(piece))
        sink.mux(stream.encode(None))
    return coded.getvalue()


def decode(file: bytes, rate: int) -> Samples:
    """Mono samples at the rate."""
    with av.open(io.BytesIO(file), "r") as source:
        mono = av.AudioResampler("flt", "mono", rate)
        frames = [*source.decode(audio=0), None]
        pieces = [out.to_ndarray()[0] for frame in frames for out in mono.resample(frame)]
    return np.concatenate(pieces)


def coded_and_back(
    samples: Samples, rate: int, container: str, codec: str, bits_per_second: int
) -> Samples:
    """Mono samples after lossy coding, in step with the originals again."""
    decoded = decode(encode(samples[None], rate, container, codec, bits_per_second), rate)
    return _in_step(decoded, samples, 10 * rate)


def _in_step(delayed: Samples, original: Samples, compared: int) -> Samples:
    """The delayed samples shifted to where their first ones correlate best with the original's."""
    size = 1 << (2 * compared).bit_length()
    spectrum = np.fft.rfft(delayed[:compared], size) * np.fft.rfft(original[:compared], size).conj()
    shift = int(np.argmax(np.fft.irfft(spectrum)))
    shift -= size if shift > size // 2 else 0
    shifted = np.pad(delayed, (max(-shift, 0), 0))[max(shift, 0) :][: len(original)]
    return np.pad(shifted, (0, len(original) - len(shifted)))
