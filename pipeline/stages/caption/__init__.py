"""Caption: the transcript as its editors made it, and the captions shown with the audio."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.receipts import Receipt
from pipeline.ground.stage import Job, Stage
from pipeline.words.captions import FORMATS
from pipeline.words.episode import Episode


def caption(job: Job) -> None:
    """Write `reviewed.json` and the captions; raises what `work` says."""
    from pipeline.stages.caption import work  # what editors do is needed by no plan

    work.caption(job.episode)


def take_over(episode: Episode, receipt: Receipt | None) -> None:
    """Make of a `transcript.txt` that somebody corrected an editor's changes."""
    from pipeline.stages.caption import corrected

    corrected.take_over(episode, receipt)


def _inputs(episode: Episode, _: Show) -> list[Path]:
    return [episode.transcript_json, episode.review_jsonl]


def _outputs(episode: Episode) -> list[Path]:
    return [episode.reviewed_json, *(episode.texts / each.file_name for each in FORMATS)]


def _settings(_episode: Episode, _show: Show) -> dict[str, Any]:
    return {}


def _correctable(episode: Episode) -> list[Path]:
    return [episode.transcript_txt]


CAPTION = Stage(
    name="caption",
    version=2,
    inputs=_inputs,
    outputs=_outputs,
    settings=_settings,
    run=caption,
    correctable=_correctable,
    take_over=take_over,
)
