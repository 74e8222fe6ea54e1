"""The newsroom's words: what the model is told before it listens, and what is written after."""

from __future__ import annotations

from dataclasses import replace

from pipeline.ground.files import read_json, write_json
from pipeline.ground.glossary import read_glossary
from pipeline.ground.stage import Job
from pipeline.tools.suggesting.finding import suggest
from pipeline.words import written_form
from pipeline.words.casing import names_of
from pipeline.words.glossary import Glossary, spellings, with_episode
from pipeline.words.hotwords import hotwords_of
from pipeline.words.transcript import Transcript


def hotwords_for(job: Job) -> tuple[str, ...]:
    """The names that the model is told to expect: those of the day it first heard the episode.

    A change to the glossary must not make hundreds of hours be heard again, so they are kept in
    `hotwords.json`; deleting it, or forcing the stage, takes today's. Raises SetupProblem when
    the glossary cannot be read.
    """
    # Read in any case: a mistake in it is told before the work, not after it.
    glossary = _glossary(job)
    kept = None if job.forced else _kept(job)
    if kept is not None:
        return kept
    return hotwords_of(job.episode.details, _host(job), glossary)


def in_writing(job: Job, transcript: Transcript) -> Transcript:
    """The transcript with its written form and what today's glossary suggests.

    `text` and `words` stay as they were heard.
    """
    known = with_episode(_glossary(job), job.episode.details, _host(job))
    names = names_of(known, transcript.language)
    return replace(
        transcript,
        segments=written_form.in_writing(transcript.segments, names, transcript.language),
        suggestions=suggest(transcript, spellings(known)),
    )


def keep_hotwords(job: Job, hotwords: tuple[str, ...]) -> None:
    """Note what the episode was heard with."""
    write_json(job.episode.hotwords_json, {"version": 1, "hotwords": hotwords})


def _glossary(job: Job) -> Glossary:
    return read_glossary(job.episode.glossary_toml)


def _host(job: Job) -> str:
    return job.episode.details.host or job.show.show.host


def _kept(job: Job) -> tuple[str, ...] | None:
    """What an earlier run noted, or None; a damaged note is made anew."""
    try:
        kept = read_json(job.episode.hotwords_json)["hotwords"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return tuple(map(str, kept)) if isinstance(kept, list) else None
