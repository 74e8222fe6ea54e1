"""The newsroom's words in a transcript: what the model is told before, and what is written after."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.ground.files import read_json, write_json
from pipeline.ground.glossary import read_glossary
from pipeline.ground.stage import Job
from pipeline.words.glossary import Glossary
from pipeline.words.hotwords import as_hint, hotwords_of


def hint_of(job: Job, fits: Callable[[str], bool]) -> str:
    """What the model is told to expect: the show's hint, and the episode's hotwords if wished.

    The hotwords are those of the day on which the episode was first heard. A later change to the
    glossary must not make hundreds of hours be heard again; deleting `hotwords.json` or forcing the
    stage takes today's.
    """
    wishes = job.show.transcription
    kept = None if job.forced else _kept_hotwords(job)
    words = _hotwords_today(job) if kept is None else kept
    write_json(job.episode.hotwords_json, {"version": 1, "hotwords": words})
    return as_hint(wishes.hint, words if wishes.hotwords else (), fits)


def glossary_of(job: Job) -> Glossary:
    """The newsroom's glossary as it is today."""
    return read_glossary(job.episode.glossary_toml)


def _kept_hotwords(job: Job) -> list[str] | None:
    """What an earlier run noted, or None; a damaged note is made anew."""
    try:
        kept = read_json(job.episode.hotwords_json)["hotwords"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kept if isinstance(kept, list) and all(isinstance(w, str) for w in kept) else None


def _hotwords_today(job: Job) -> list[str]:
    return list(hotwords_of(job.episode.details, job.show.show.host, glossary_of(job)))
