"""What the first bytes of a file say: what it is, and how long its sound should be."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from av.audio.stream import AudioStream
from av.container import InputContainer

from pipeline.words.rejections import Fault

_PLAYLIST_SUFFIXES = frozenset(
    {".m3u", ".m3u8", ".pls", ".cue", ".asx", ".wpl", ".xspf", ".mpd", ".smil", ".sdp"}
)
_OPENINGS: tuple[tuple[bytes, Fault], ...] = (
    (b"#extm3u", Fault.PLAYLIST),
    (b"ffconcat", Fault.PLAYLIST),
    (b"[playlist]", Fault.PLAYLIST),
    (b"[reference]", Fault.PLAYLIST),
    (b"<asx", Fault.PLAYLIST),
    (b"<smil", Fault.PLAYLIST),
    (b"v=0\no=", Fault.PLAYLIST),
    (b"v=0\r\no=", Fault.PLAYLIST),
    (b"\x89png", Fault.NO_AUDIO),
    (b"\xff\xd8\xff", Fault.NO_AUDIO),
    (b"gif8", Fault.NO_AUDIO),
)
_XML_PLAYLISTS = (b"<mpd", b"<smil", b"<playlist", b"<smoothstreamingmedia", b"<asx")
_FROM_HEADER = frozenset({"mov", "ogg", "flac", "caf", "tta", "wv", "ape", "w64", "au", "voc"})


def openings_fault(path: Path) -> Fault | None:
    """The fault that shows before FFmpeg has seen the file: empty, a playlist, a picture."""
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start and path.stat().st_size == 0:
        return Fault.EMPTY
    if path.suffix.lower() in _PLAYLIST_SUFFIXES:
        return Fault.PLAYLIST
    if start.startswith(b"<?xml") and any(mark in start for mark in _XML_PLAYLISTS):
        return Fault.PLAYLIST
    if start.startswith(b"riff") and start[8:12] == b"webp":
        return Fault.NO_AUDIO
    return next((fault for mark, fault in _OPENINGS if start.startswith(mark)), None)


def promised_seconds(path: Path, container: InputContainer, stream: AudioStream) -> float | None:
    """How long the sound should be by what the file's own header says, or None if it does not.

    FFmpeg gives a length for every file, but where the header is silent it is a guess from the
    file's size, and for a WAV that is cut off it is the shorter of the two.
    """
    for name in container.format.name.split(","):
        if name in _OWN_READERS:
            with path.open("rb") as file:
                return _OWN_READERS[name](file)
        if name in _FROM_HEADER and stream.duration is not None and stream.time_base is not None:
            return float(stream.duration * stream.time_base)
    if container.format.name.startswith("matroska"):
        return _matroska_seconds(container, stream)
    return None


def _matroska_seconds(container: InputContainer, stream: AudioStream) -> float | None:
    """The stream's own DURATION tag; the container's length may be that of the picture."""
    tag = stream.metadata.get("DURATION", "")
    try:
        hours, minutes, seconds = tag.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        alone = not container.streams.video
        return container.duration / 1e6 if alone and container.duration else None


def _wav_seconds(file: BinaryIO) -> float | None:
    """RIFF WAVE: the size of the `data` chunk by the bytes a second of the `fmt ` chunk."""
    if file.read(4) not in (b"RIFF", b"RF64") or len(file.read(8)) < 8:
        return None
    bytes_a_second = 0
    while len(head := file.read(8)) == 8:
        kind, size = head[:4], struct.unpack("<I", head[4:])[0]
        if kind == b"data":
            unknown = size in (0, 0xFFFFFFFF) or not bytes_a_second
            return None if unknown else size / bytes_a_second
        if kind == b"fmt ":
            bytes_a_second = struct.unpack("<I", file.read(12)[8:12])[0]
            size -= 12
        file.seek(size + size % 2, 1)
    return None


def _aiff_seconds(file: BinaryIO) -> float | None:
    """AIFF and AIFF-C: the frames of the `COMM` chunk by its rate, an 80-bit float."""
    if file.read(4) != b"FORM" or len(file.read(8)) < 8:
        return None
    while len(head := file.read(8)) == 8:
        size = struct.unpack(">I", head[4:])[0]
        if head[:4] == b"COMM":
            _, frames, _, exponent, mantissa = struct.unpack(">hIhHQ", file.read(18))
            rate = mantissa * 2.0 ** ((exponent & 0x7FFF) - 16383 - 63)
            return frames / rate if rate else None
        file.seek(size + size % 2, 1)
    return None


def _mp3_seconds(file: BinaryIO) -> float | None:
    """MP3: the frames that the Xing or Info frame counts; without it nothing is promised."""
    start = file.read(10)
    if start[:3] == b"ID3" and len(start) == 10:
        size = (start[6] << 21) | (start[7] << 14) | (start[8] << 7) | start[9]
        file.seek(10 + size)
    else:
        file.seek(0)
    frame = file.read(4096)
    sync = frame.find(b"\xff")
    at = max(frame.find(b"Xing"), frame.find(b"Info"))
    if at < 0 or sync < 0 or len(frame) < max(at + 12, sync + 4):
        return None
    flags, frames = struct.unpack(">II", frame[at + 4 : at + 12])
    version, rate_index = (frame[sync + 1] >> 3) & 3, (frame[sync + 2] >> 2) & 3
    rates = _MP3_RATES_HZ.get(version)
    if not flags & 1 or rates is None or rate_index == 3:
        return None
    return float(frames * (1152 if version == 3 else 576) / rates[rate_index])


_MP3_RATES_HZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_OWN_READERS: dict[str, Callable[[BinaryIO], float | None]] = {
    "wav": _wav_seconds,
    "aiff": _aiff_seconds,
    "mp3": _mp3_seconds,
}
