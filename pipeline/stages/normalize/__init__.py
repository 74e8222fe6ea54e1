"""Normalize: the recordings of an episode become one MP3 at the show's loudness."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.stage import Job, Stage
from pipeline.words.episode import Episode


def normalize(job: Job) -> None:
    """Write `normalized.mp3`, `speech.flac` and `loudness.json`; raises what `work` says."""
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


NORMALIZE = Stage(
    name="normalize",
    version=1,
    inputs=_inputs,
    outputs=lambda episode: [episode.normalized, episode.speech, episode.loudness_json],
    settings=_settings,
    run=normalize,
)
