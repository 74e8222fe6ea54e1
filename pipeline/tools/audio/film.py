"""A film that phones and messengers play: H.264 and AAC in MP4, pictures made one by one.

x264 and FFmpeg's AAC encoder come with PyAV's wheels. Sources: WhatsApp Business, "Supported media
types" (H.264 and AAC, at most 16 MB); ITU-R BT.709 for the colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
import numpy.typing as npt
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from pipeline.tools.audio.decoding import opened
from pipeline.tools.audio.graph import LAYOUTS
from pipeline.tools.audio.samples import RATE_HZ, Samples

FRAMES_A_SECOND = 25
MOST_BYTES = 16_000_000
"""What WhatsApp sends as it is."""

Picture: TypeAlias = npt.NDArray[np.uint8]
"""Shape (height, width, 3), red, green, blue; both sides even."""

_SOUND_BITS = 128_000
_LEAST_PICTURE_BITS, _MOST_PICTURE_BITS = 200_000, 2_500_000
_CONTAINER_SHARE = 0.94
_MOMENTS_A_FRAME = RATE_HZ // FRAMES_A_SECOND
_BT709 = 1
# How x264 divides the work among threads changes its bytes, so the number does not follow the
# machine's cores.
_THREADS = 4


@dataclass(frozen=True, slots=True)
class Size:
    """In pixels, both even."""

    width: int
    height: int


def frames_for(sound: Samples) -> int:
    """How many pictures it takes until the sound is over."""
    return -(-len(sound) // _MOMENTS_A_FRAME)


def write_film(
    path: Path, size: Size, pictures: Iterable[Picture], sound: Samples, tags: dict[str, str]
) -> None:
    """Write `pictures`, 25 a second, and the sound that belongs to them.

    The same input gives the same bytes. As many bits are spent as fit into what WhatsApp sends.
    """
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", container_options=options) as container:
        container.metadata.update(tags)
        video = _video_stream(container, size, _picture_bits(len(sound) / RATE_HZ))
        audio = _audio_stream(container, sound.shape[1])
        for number, picture in enumerate(pictures):
            container.mux(video.encode(_video_frame(picture, number)))
            block = sound[number * _MOMENTS_A_FRAME : (number + 1) * _MOMENTS_A_FRAME]
            for frame in _audio_frames(block, number * _MOMENTS_A_FRAME):
                container.mux(audio.encode(frame))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))


def _picture_bits(seconds: float) -> int:
    """The most bits a second that pictures may take, so that all of it stays below the limit."""
    room = MOST_BYTES * 8 * _CONTAINER_SHARE / max(1.0, seconds) - _SOUND_BITS
    return round(min(_MOST_PICTURE_BITS, max(_LEAST_PICTURE_BITS, room)))


def _video_stream(container: OutputContainer, size: Size, bits: int) -> VideoStream:
    options = {
        "preset": "veryfast",
        "tune": "stillimage",
        "profile": "high",
        "crf": "20",
        "maxrate": str(bits),
        "bufsize": str(2 * bits),
        "g": str(4 * FRAMES_A_SECOND),
    }
    stream = container.add_stream("libx264", rate=FRAMES_A_SECOND, options=options)
    stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
    context = stream.codec_context
    context.thread_count = _THREADS
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.color_range = ColorRange.MPEG
    return stream


def _audio_stream(container: OutputContainer, channels: int) -> AudioStream:
    stream = container.add_stream("aac", rate=RATE_HZ, layout=LAYOUTS[channels], format="fltp")
    stream.bit_rate = _SOUND_BITS
    return stream


def _video_frame(picture: Picture, number: int) -> VideoFrame:
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709
    )
    frame.pts, frame.time_base = number, Fraction(1, FRAMES_A_SECOND)
    return frame


def _audio_frames(samples: Samples, moment: int) -> Iterator[av.AudioFrame]:
    if len(samples):
        planes = np.ascontiguousarray(samples.T)
        frame = av.AudioFrame.from_ndarray(planes, "fltp", LAYOUTS[samples.shape[1]])
        frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, moment, Fraction(1, RATE_HZ)
        yield frame


def comment_of(path: Path) -> str:
    """What a media file's comment says; nothing where it has none or is none."""
    try:
        with opened(path) as container:
            return container.metadata.get("comment", "")
    except (av.FFmpegError, OSError):
        return ""
