"""Who speaks in an episode: voices are told apart before it is heard, sentences get them after."""

from __future__ import annotations

from pipeline.ground.stage import Job
from pipeline.tools.speakers.evidence import read_evidence
from pipeline.tools.speakers.names import names_in_files, names_said
from pipeline.tools.speakers.speaking import Told, Voices, told_by_levels, with_speakers
from pipeline.words.transcript import Transcript


def told_apart(job: Job) -> Told | None:
    """The voices of an episode as far as its tracks or channels tell; None where they do not.

    Raises EpisodeProblem when `episode.toml` names a track that there is not: better before the
    work than after it.
    """
    if job.show.transcription.speakers == "off":
        return None
    return told_by_levels(_voices(job))


def named(job: Job, transcript: Transcript, told: Told | None) -> Transcript:
    """The transcript with its speakers."""
    if told is None:
        return transcript
    return with_speakers(transcript, told, job.show.show.language)


def _voices(job: Job) -> Voices:
    episode = job.episode
    host = episode.details.host or job.show.show.host
    return Voices(
        episode.slug,
        read_evidence(episode.voices_json),
        names_said(episode.details),
        names_in_files(episode, host),
    )
