"""Normalize: the recordings of an episode become one MP3 at the show's loudness."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.stage import Job, Stage
from pipeline.words.episode import Episode


def normalize(job: Job) -> None:
    """Write `normalized.mp3` and what is learned on the way; raises what `work` says."""
    from pipeline.stages.normalize import work  # brings PyAV and NumPy, which planning can spare

    work.normalize(job)


def _inputs(episode: Episode, show: Show) -> list[Path]:
    names = (show.audio.intro, show.audio.outro)
    stings = [episode.feed_folder / name for name in names if name]
    return [*episode.recordings, *stings]


def _settings(episode: Episode, show: Show) -> dict[str, Any]:
    audio = show.audio
    return {
        **audio.model_dump(exclude={"target_lufs", "bitrate_kbps"}),
        "target_lufs": audio.target,
        "bitrate_kbps": audio.bitrate,
        "layout": str(episode.details.layout),
    }


def _outputs(episode: Episode) -> list[Path]:
    return [episode.normalized, episode.speech, episode.voices_json, episode.loudness_json]


NORMALIZE = Stage(
    name="normalize",
    version=2,
    inputs=_inputs,
    outputs=_outputs,
    settings=_settings,
    run=normalize,
)
