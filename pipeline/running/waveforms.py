"""How loud an episode is from moment to moment, to draw it beside its transcript."""

from __future__ import annotations

import threading
from pathlib import Path

from pydantic import BaseModel, ValidationError

from pipeline.ground.files import read_json, write_json
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem

BARS_A_SECOND = 8
_TOP = 100

# Two hours take half a minute to decode: whoever asks second waits for the first.
_decoding = threading.Lock()


class Waveform(BaseModel):
    """`bars` from 0 (silence) to 100 (the loudest), `duration` in seconds; `audio` says of what."""

    audio: str
    duration: float
    bars: list[int]


def waveform_of(episode: Episode, duration: float) -> Waveform:
    """The waveform of what listeners hear; it is remembered until the sound changes.

    Raises EpisodeProblem when there is no sound, or it cannot be decoded.
    """
    audio = audio_of(episode)
    named = _name(audio)
    with _decoding:
        return _remembered(episode, named) or _measured(episode, audio, named, duration)


def audio_of(episode: Episode) -> Path:
    """The sound on whose time line the transcript is. Raises EpisodeProblem when there is none."""
    for path in (episode.enclosure, episode.normalized):
        if path.is_file():
            return path
    raise EpisodeProblem(
        f"“{episode.slug}” has no sound yet.", f"Run `etam run {episode.slug}` first."
    )


def _remembered(episode: Episode, named: str) -> Waveform | None:
    try:
        known = Waveform.model_validate(read_json(_file(episode)))
    except (OSError, ValueError, ValidationError):
        return None
    return known if known.audio == named else None


def _measured(episode: Episode, audio: Path, named: str, duration: float) -> Waveform:
    from pipeline.tools.audio.decoding import UndecodableError, decoded
    from pipeline.tools.audio.waveform import waveform

    bars = max(1, round(duration * BARS_A_SECOND))
    try:
        heights = waveform(decoded(audio, channels=1), bars)
    except UndecodableError as error:
        raise EpisodeProblem(
            f"{audio.name} of “{episode.slug}” cannot be decoded.",
            f"Delete {audio.name} and run again; it is made anew from the recording.",
            str(error),
        ) from error
    made = Waveform(
        audio=named, duration=duration, bars=[round(height * _TOP) for height in heights]
    )
    write_json(_file(episode), made.model_dump())
    return made


def _name(audio: Path) -> str:
    status = audio.stat()
    return f"{audio.name} {status.st_size} {status.st_mtime_ns}"


def _file(episode: Episode) -> Path:
    return episode.root / ".cache" / "waveforms" / f"{episode.slug}.json"
