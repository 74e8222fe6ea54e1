"""Listening to a recording before it is accepted: is it whole, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import InputContainer

from pipeline.tools.audio.decoding import Sound, UndecodableError, opened
from pipeline.tools.audio.headers import openings_fault, promised_seconds
from pipeline.words.rejections import Fault, RecordingRejected

_LEAST_SECONDS = 1.0
_LEAST_SHARE = 0.98
_NEGLIGIBLE_SECONDS = 0.2
_PROTECTED_TAGS = frozenset({"drms", "enca", "aavd"})


@dataclass(frozen=True, slots=True)
class Listening:
    """What a recording turned out to be. `recorded_at` is what its own metadata say, if they do."""

    duration_seconds: float
    channels: int
    sample_rate_hz: int
    codec: str
    container: str
    recorded_at: datetime | None


def listen(path: Path) -> Listening:
    """Decode all of a recording. Raises RecordingRejected with the reason it cannot be used."""
    name = path.name
    try:
        fault = openings_fault(path)
        if fault is not None:
            raise RecordingRejected(fault, name)
        with opened(path) as container:
            return _heard(container, path)
    except av.FFmpegError as error:
        raise RecordingRejected(_why_not_opened(path), name, str(error)) from error
    except PermissionError as error:
        raise RecordingRejected(Fault.UNREADABLE, name, str(error)) from error


def _heard(container: InputContainer, path: Path) -> Listening:
    name = path.name
    try:
        sound = Sound(container)
    except UndecodableError as error:
        fault = Fault.NO_AUDIO if container.streams.video else Fault.NOT_MEDIA
        raise RecordingRejected(fault, name) from error
    context: AudioCodecContext | None = sound.stream.codec_context
    if context is None:
        raise RecordingRejected(Fault.UNKNOWN_CODEC, name)
    if context.codec_tag in _PROTECTED_TAGS:
        raise RecordingRejected(Fault.PROTECTED, name, str(context.codec_tag))
    promised = promised_seconds(path, container, sound.stream)
    seconds = sum(frame.samples / frame.sample_rate for frame in sound.frames())
    _must_be_whole(name, sound, seconds, promised)
    return Listening(
        duration_seconds=round(seconds, 3),
        channels=sound.stream.channels,
        sample_rate_hz=sound.stream.rate,
        codec=context.name,
        container=container.format.name,
        recorded_at=_recorded_at(container, sound.stream),
    )


def _must_be_whole(name: str, sound: Sound, seconds: float, promised: float | None) -> None:
    if seconds == 0 and promised is None:
        raise RecordingRejected(Fault.DAMAGED, name)
    if promised is not None and _is_short_of(seconds, promised):
        raise RecordingRejected(
            Fault.TRUNCATED, name, seconds=f"{seconds:.1f}", promised=f"{promised:.1f}"
        )
    if sound.damaged_packets > sound.packets * (1 - _LEAST_SHARE) + 1:
        detail = f"{sound.damaged_packets} of {sound.packets} packets"
        raise RecordingRejected(Fault.DAMAGED, name, detail)
    if seconds < _LEAST_SECONDS:
        raise RecordingRejected(Fault.TOO_SHORT, name, seconds=f"{seconds:.2f}")


def _is_short_of(seconds: float, promised: float) -> bool:
    return seconds < promised * _LEAST_SHARE and promised - seconds > _NEGLIGIBLE_SECONDS


def _why_not_opened(path: Path) -> Fault:
    """A file that begins as media do but cannot be opened is damaged; another is no media."""
    with path.open("rb") as file:
        start = file.read(12)
    known = (b"RIFF", b"RF64", b"fLaC", b"OggS", b"\x1aE\xdf\xa3", b"ID3", b"FORM", b"caff")
    is_mp4 = start[4:8] in (b"ftyp", b"mdat", b"moov", b"wide", b"free")
    return Fault.DAMAGED if start.startswith(known) or is_mp4 else Fault.NOT_MEDIA


def _recorded_at(container: InputContainer, stream: AudioStream) -> datetime | None:
    for metadata in (container.metadata, stream.metadata):
        for key in ("creation_time", "date", "origination_date"):
            try:
                found = datetime.fromisoformat(metadata[key])
            except (KeyError, ValueError):
                continue
            if found.year > 1980:  # recorders whose clock was never set
                return found
    return None
