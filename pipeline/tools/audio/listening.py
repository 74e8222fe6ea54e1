"""Listening to a recording before it is accepted: is it whole, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from pipeline.tools.audio.decoding import best_audio, decoded_frames, opened
from pipeline.tools.audio.headers import openings_fault, promised_seconds
from pipeline.words.rejections import Fault, RecordingRejected

_LEAST_SECONDS = 1.0
_LEAST_SHARE = 0.98
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
    except PermissionError as error:
        raise RecordingRejected(Fault.UNREADABLE, name, str(error)) from error
    except av.FFmpegError as error:
        raise RecordingRejected(_why_not_opened(path), name, str(error)) from error


def _heard(container: InputContainer, path: Path) -> Listening:
    stream = best_audio(container)
    if stream is None:
        raise RecordingRejected(_why_no_audio(container), path.name)
    if stream.codec_context is None or _is_protected(stream):
        fault = Fault.PROTECTED if _is_protected(stream) else Fault.UNKNOWN_CODEC
        raise RecordingRejected(fault, path.name, codec=stream.name or "?")
    promised = promised_seconds(path, container, stream)
    seconds = _decodable_seconds(container, stream)
    _must_be_whole(path.name, seconds, promised)
    return Listening(
        duration_seconds=round(seconds, 3),
        channels=stream.channels,
        sample_rate_hz=stream.rate,
        codec=stream.codec_context.name,
        container=container.format.name,
        recorded_at=_recorded_at(container, stream),
    )


def _decodable_seconds(container: InputContainer, stream: AudioStream) -> float:
    return sum(frame.samples / frame.sample_rate for frame in decoded_frames(container, stream))


def _must_be_whole(name: str, seconds: float, promised: float | None) -> None:
    if promised is not None and seconds < promised * _LEAST_SHARE and promised - seconds > 0.2:
        raise RecordingRejected(
            Fault.TRUNCATED, name, seconds=f"{seconds:.1f}", promised=f"{promised:.1f}"
        )
    if seconds == 0:
        raise RecordingRejected(Fault.DAMAGED, name)
    if seconds < _LEAST_SECONDS:
        raise RecordingRejected(Fault.TOO_SHORT, name, seconds=f"{seconds:.2f}")


def _why_no_audio(container: InputContainer) -> Fault:
    return Fault.NO_AUDIO if container.streams.video else Fault.NOT_MEDIA


def _is_protected(stream: AudioStream) -> bool:
    context = stream.codec_context
    return context is not None and str(context.codec_tag) in _PROTECTED_TAGS


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
