"""What a model heard is kept beside the recording: new names and spellings need no new hearing.

`heard.json` is the transcript before speakers and written forms, and a digest of the conditions it
was made under. A changed glossary or a speaker who gets a name costs seconds then, and not hours.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from pipeline.ground.files import read_json, sha256_of, write_json
from pipeline.ground.stage import Job
from pipeline.ground.workspace import Workspace
from pipeline.stages.transcribe import hearing_settings, settings_of
from pipeline.tools.whisper.models import files_to_watch
from pipeline.words.transcript import Transcript

# Raised when equal conditions should give another transcript, before it is put in writing.
_HEARING_VERSION = 1
_NOT_A_TRANSCRIPT = (OSError, ValueError, KeyError, TypeError)


def heard_before(job: Job, hotwords: tuple[str, ...]) -> Transcript | None:
    """What was heard under the same conditions, unless there is nothing or the stage is forced."""
    if job.forced:
        return None
    try:
        kept = read_json(job.episode.heard_json)
        if kept["conditions"] != _conditions(job, hotwords):
            return None
        heard = Transcript.from_json(kept["transcript"])
    except _NOT_A_TRANSCRIPT:
        return None
    job.report(1.0)
    return replace(heard, settings={**heard.settings, **settings_of(job.episode, job.show)})


def keep_heard(job: Job, hotwords: tuple[str, ...], transcript: Transcript) -> None:
    """Note what was heard, and under which conditions."""
    content = {"conditions": _conditions(job, hotwords), "transcript": transcript.to_json()}
    write_json(job.episode.heard_json, {"version": 1, **content})


def _conditions(job: Job, hotwords: tuple[str, ...]) -> str:
    """SHA-256 over everything that changes what is heard: sound, model, settings, hotwords."""
    digests = Workspace(job.root).digests
    model = files_to_watch(job.show.transcription.model, job.root)
    settings = hearing_settings(job.show)
    conditions = {
        "version": _HEARING_VERSION,
        "sound": sha256_of(job.episode.speech),
        "model": {path.name: digests.of(path) for path in model},
        "settings": settings,
        "hotwords": hotwords if settings["hotwords"] else (),
    }
    return hashlib.sha256(json.dumps(conditions, sort_keys=True).encode()).hexdigest()
