"""Who speaks in an episode: by its microphones, or else as the show's settings ask."""

from __future__ import annotations

from pipeline.ground.files import sha256_of
from pipeline.ground.stage import Job
from pipeline.ground.workspace import Workspace
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.speakers.diarizing import diarized, remembered
from pipeline.tools.speakers.evidence import read_evidence
from pipeline.tools.speakers.names import names_in_files, names_said
from pipeline.tools.speakers.speaking import (
    Told,
    Voices,
    told_by_guess,
    told_by_levels,
    told_by_model,
    with_speakers,
)
from pipeline.words.transcript import Transcript


def told_apart(job: Job) -> Told | None:
    """The voices of an episode as far as they can be told before it is heard.

    Raises EpisodeProblem when `episode.toml` names a track that there is not, SetupProblem when a
    pyannote pipeline is asked for and cannot be had: better before the work than after it.
    """
    how = job.show.transcription.speakers
    if how == "off":
        return None
    told = told_by_levels(_voices(job))
    return _told_by_model(job) if told is None and how == "pyannote" else told


def named(job: Job, transcript: Transcript, told: Told | None) -> Transcript:
    """The transcript with its speakers."""
    if told is None and job.show.transcription.speakers == "guess":
        told = told_by_guess(_voices(job), transcript, speech_blocks(job.episode.speech))
    if told is None:
        return transcript
    return with_speakers(transcript, told, job.show.show.language)


def _told_by_model(job: Job) -> Told:
    """Kept in the cache by sound and pipeline, so that a new name costs no second hearing."""
    model, speech = job.show.transcription.speakers_model, job.episode.speech
    turns = remembered(
        Workspace(job.root).cache / "turns",
        (sha256_of(speech), model),
        lambda: diarized(speech_blocks(speech), model, job.root),
    )
    return told_by_model(_voices(job), turns)


def _voices(job: Job) -> Voices:
    episode = job.episode
    host = episode.details.host or job.show.show.host
    return Voices(
        episode.slug,
        read_evidence(episode.voices_json),
        names_said(episode.details),
        names_in_files(episode, host),
    )
