"""Measures the transcript of an episode and keeps the figures."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.ground.accuracy_file import keep_measurement, read_measurements
from pipeline.ground.files import sha256_of
from pipeline.ground.glossary import read_glossary
from pipeline.ground.transcript_file import read_machines_transcript
from pipeline.ground.workspace import Workspace
from pipeline.tools.accuracy.measuring import Comparison, raw_errors
from pipeline.tools.accuracy.references import (
    Reference,
    how_to_give_one,
    read_reference,
    reference_file,
    was_edited,
    what_to_do_for,
)
from pipeline.words.accuracy import Measurement
from pipeline.words.comparable import RULES
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.glossary import Glossary, Spelling, spellings
from pipeline.words.transcript import Transcript


def evaluate_episode(
    workspace: Workspace, episode: Episode, reference: Path | None = None
) -> Measurement:
    """Measure the episode's transcript against `reference`, or against what people left beside it.

    The result is kept in `accuracy.json`. Raises EpisodeProblem when there is nothing to compare,
    TemporaryProblem when the episode is being worked on.
    """
    with workspace.episode_locked(episode.slug):
        transcript = _machines_transcript(workspace, episode)
        path = reference or reference_file(episode)
        if path is None:
            raise EpisodeProblem(
                f"“{episode.slug}” has no text to measure its transcript against.",
                what_to_do_for(episode),
            )
        compared = read_reference(path, episode, transcript)
        glossary = read_glossary(workspace.feed_folder / "glossary.toml")
        measurement = _measured_before(episode, compared, glossary) or _measure(
            episode, transcript, compared, glossary
        )
        keep_measurement(episode, measurement)
    return measurement


def _machines_transcript(workspace: Workspace, episode: Episode) -> Transcript:
    if not episode.transcript_json.is_file():
        raise EpisodeProblem(
            f"“{episode.slug}” has no transcript yet.", f"Run `etam run {episode.slug}` first."
        )
    if was_edited(workspace, episode, episode.transcript_json):
        raise EpisodeProblem(
            f"transcript.json of “{episode.slug}” was edited by hand, so nobody knows what the "
            "model wrote.",
            f"Put your text into transcripts/{episode.slug}/reference.txt, then run "
            f"`etam run {episode.slug} --force transcribe`.",
        )
    return read_machines_transcript(episode)


def _measured_before(
    episode: Episode, reference: Reference, glossary: Glossary
) -> Measurement | None:
    """The figures of an earlier measurement that could not come out otherwise today."""
    now = (sha256_of(episode.transcript_json), reference.sha256, RULES, _digest(asdict(glossary)))
    for known in read_measurements(episode):
        if (known.transcript, known.reference, known.rules, known.glossary) == now:
            return known
    return None


def _measure(
    episode: Episode, transcript: Transcript, reference: Reference, glossary: Glossary
) -> Measurement:
    written = "\n".join(segment.for_readers for segment in transcript.segments)
    comparison = _comparison(episode, reference, written, transcript.language)
    digest = sha256_of(episode.transcript_json)
    return Measurement(
        transcript=digest,
        reference=reference.sha256,
        reference_name=reference.name,
        model=transcript.model,
        language=transcript.language,
        settings=_digest(transcript.settings),
        transcribed_on=_day_noted(episode, digest) or _day_of(episode.transcript_json),
        rules=RULES,
        errors=comparison.errors(),
        raw=raw_errors(reference.text, written),
        confusions=comparison.confusions(),
        glossary=_digest(asdict(glossary)),
        names=comparison.names(_names(glossary)),
    )


def _comparison(episode: Episode, reference: Reference, written: str, language: str) -> Comparison:
    try:
        comparison = Comparison(reference.text, written, language)
    except ValueError as error:
        raise EpisodeProblem(
            f"{reference.name} of “{episode.slug}” holds no word.", how_to_give_one(episode.slug)
        ) from error
    if not comparison.shares_a_language():
        raise EpisodeProblem(
            f"{reference.name} and the transcript of “{episode.slug}” share none of their common "
            f"words: one of them is not in “{language}”.",
            "Check that the reference is of this episode, and transcription.language in "
            "feed/show.toml.",
        )
    return comparison


def _names(glossary: Glossary) -> list[Spelling]:
    """People, places, terms and acronyms; titles such as “Bupati” are ordinary words."""
    return list(spellings(replace(glossary, titles=())))


def _day_noted(episode: Episode, transcript: str) -> date | None:
    """The day that an earlier measurement of the transcript noted.

    A file's time stamp does not outlive a copy; what was noted does.
    """
    known = (each for each in read_measurements(episode) if each.transcript == transcript)
    return next((each.transcribed_on for each in known), None)


def _day_of(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


def _digest(content: dict[str, object]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
