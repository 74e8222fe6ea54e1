"""Decoding: from any audio or video file on this disk to blocks of samples.

FFmpeg can follow a playlist to other files and to the network, and reads meaning into names such
as `concat:a|b` and `x%03d.wav`. Neither is wanted for what a stranger may have dropped: a file is
opened by its absolute path, only as one of `_CONTAINERS`, and nothing but that file is opened.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import InputContainer

from pipeline.tools.audio.graph import samples_of
from pipeline.tools.audio.samples import RATE_HZ, Samples

_CONTAINERS = (
    "3dostr,aa,aac,aax,ac3,ac4,aiff,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,bonk,caf,codec2,dsf,dss,"
    "dts,dtshd,dv,eac3,f4v,flac,flv,gsm,gxf,iff,ilbc,ircam,latm,loas,matroska,mov,mp3,mpc,mpc8,"
    "mpeg,mpegts,mxf,nistsphere,nut,nuv,ogg,oma,pvf,qcp,qoa,rm,rso,shn,sln,sox,spdif,swf,tak,"
    "truehd,tta,ty,voc,vqf,w64,wav,wsd,wtv,wv,xwma"
)
_OPTIONS = {
    "format_whitelist": _CONTAINERS,
    "protocol_whitelist": "file",
    "enable_drefs": "0",  # a QuickTime file may name another file as its sound
}
_MOST_NAMED_CHANNELS = 2


class UndecodableError(Exception):
    """A file is not there, may not be read, or holds no sound that can be decoded."""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """A media file, and never another one. Raises `av.FFmpegError` or OSError."""
    with av.open(
        f"file:{path.absolute()}", mode="r", options=_OPTIONS, metadata_errors="ignore"
    ) as container:
        yield container


def decoded(
    path: Path, channels: int, unmixed: Callable[[Samples], None] = lambda _samples: None
) -> Iterator[Samples]:
    """The sound of a file at 48 kHz in blocks of up to a second, mixed to one or two channels.

    `unmixed` is given each block as it is in the file, with all its channels (those of surround
    sound are mixed by then). What cannot be decoded is left out. Raises UndecodableError when
    nothing can.
    """
    try:
        with opened(path) as container:
            sound = Sound(container)
            for frame in _resampled(sound.frames(), _downmix(sound.stream, channels)):
                samples = samples_of(frame)
                unmixed(samples)
                yield _mixed(samples, channels)
    except (av.FFmpegError, OSError) as error:
        raise UndecodableError(f"{path.name}: {error}") from error


class Mp3Decoder:
    """Decodes an MP3 of our own making piece by piece, while it is being written."""

    def __init__(self) -> None:
        self._codec = cast(AudioCodecContext, av.CodecContext.create("mp3float", "r"))

    def decode(self, content: bytes) -> Iterator[Samples]:
        """The sound of the frames that are whole by now. Raises `av.FFmpegError`."""
        if content:  # to the parser, nothing means the end
            yield from self._sound(self._codec.parse(content))

    def finish(self) -> Iterator[Samples]:
        """The sound of what was left."""
        yield from self._sound([*self._codec.parse(None), None])

    def _sound(self, packets: Iterable[av.Packet[Any] | None]) -> Iterator[Samples]:
        frames = [frame for packet in packets for frame in self._codec.decode(packet)]
        if frames:
            yield np.concatenate([samples_of(frame) for frame in frames])


class Sound:
    """The sound of an opened file: the stream that FFmpeg would play, the default or the fullest.

    Raises UndecodableError when there is none.
    """

    def __init__(self, container: InputContainer) -> None:
        stream = container.streams.best("audio")
        if not isinstance(stream, AudioStream):
            raise UndecodableError("there is no sound in it")
        self.stream = stream
        self.packets = 0
        self.damaged_packets = 0
        self._container = container

    def frames(self) -> Iterator[av.AudioFrame]:
        """All frames; a packet that is damaged gives none, and is counted."""
        for packet in self._all_packets():
            self.packets += 1
            try:
                yield from packet.decode()
            except av.error.EOFError:
                return
            except av.FFmpegError:
                self.damaged_packets += 1

    def _all_packets(self) -> Iterator[av.Packet[AudioStream]]:
        while True:
            try:
                yield from self._container.demux(self.stream)
            except IndexError:
                # PyAV 18 does not know a stream that begins half-way through a file; reading on
                # after that packet is safe.
                continue
            return


def _downmix(stream: AudioStream, channels: int) -> str | None:
    """The layout FFmpeg is to mix to, or None where `_mixed` does it.

    FFmpeg knows what a centre and a surround channel are worth; channels without names, such as
    those of a field recorder, it would take for surround and mix or drop at will.
    """
    layout = stream.layout
    named = "channels" not in layout.name
    if named and layout.nb_channels > _MOST_NAMED_CHANNELS:
        return "stereo" if channels > 1 else "mono"
    return None


def _resampled(frames: Iterator[av.AudioFrame], layout: str | None) -> Iterator[av.AudioFrame]:
    """Packed 32-bit float at 48 kHz. A file may change its rate or channels half-way."""
    resampler, shape = None, None
    for frame in frames:
        found = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is not None and found != shape:
            yield from resampler.resample(None)
            resampler = None
        if resampler is None:
            shape = found
            resampler = av.AudioResampler("flt", layout, RATE_HZ, RATE_HZ)
        frame.pts = None  # time stamps that jump would make the filter drop or repeat sound
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


def _mixed(samples: Samples, channels: int) -> Samples:
    """The same sound in `channels` channels; where the number differs, all count alike."""
    if samples.shape[1] == channels:
        return samples
    middle = samples.mean(axis=1, keepdims=True, dtype=np.float32)
    return np.repeat(middle, channels, axis=1)
