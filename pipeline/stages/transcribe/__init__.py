"""Transcribe: what is said in an episode, by whom and when, as the machine hears it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.stage import Job, Stage
from pipeline.tools.whisper.models import files_to_watch
from pipeline.words.episode import Episode


def transcribe(job: Job) -> None:
    """Write the machine's transcript of an episode; raises what `work` says."""
    from pipeline.stages.transcribe import work  # brings PyAV and NumPy, which planning can spare

    work.transcribe(job)


def _inputs(episode: Episode, show: Show) -> list[Path]:
    model = files_to_watch(show.transcription.model, episode.root)
    return [episode.speech, episode.voices_json, episode.glossary_toml, *model]


def _outputs(episode: Episode) -> list[Path]:
    return [episode.hotwords_json, episode.heard_json, episode.transcript_json]


def settings_of(episode: Episode, show: Show) -> dict[str, Any]:
    """What changes the result besides the files."""
    names = {"names": _names(episode, show)}
    return {**hearing_settings(show), **names, **speaker_settings(episode, show)}


def hearing_settings(show: Show) -> dict[str, Any]:
    """What changes what the model hears."""
    wishes = show.transcription
    return {
        "model": wishes.model,
        "language": wishes.language,
        "beam_size": wishes.beam_size,
        "compute_type": wishes.compute_type,
        "hint": wishes.hint,
        "hotwords": wishes.hotwords,
    }


def _names(episode: Episode, show: Show) -> list[str]:
    """Whose names are suggested where something like them is heard."""
    details = episode.details
    guests = (guest.name for guest in details.guests)
    return [*guests, details.host or show.show.host, details.place]


def speaker_settings(episode: Episode, show: Show) -> dict[str, Any]:
    """What changes who is said to speak; hearing does not depend on it."""
    how = show.transcription.speakers
    if how == "off":
        return {"speakers": how}
    asked: dict[str, Any] = {"speakers": how}
    if how == "pyannote":
        asked["speakers_model"] = show.transcription.speakers_model
    if len(episode.recording.files) == 1 and not episode.details.speakers:
        return asked
    from pipeline.tools.speakers.names import names_in_files, names_said  # few episodes need them

    return {
        **asked,
        "speakers_said": names_said(episode.details),
        "speakers_in_files": names_in_files(episode, episode.details.host or show.show.host),
    }


TRANSCRIBE = Stage(
    name="transcribe",
    version=3,
    inputs=_inputs,
    outputs=_outputs,
    settings=settings_of,
    run=transcribe,
)
