"""Illustrate: the picture under which an episode is shared, with the shape of its sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.stage import Job, Stage
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem


def illustrate(job: Job) -> None:
    """Write `share.jpg`; the sound is decoded once for it."""
    # They load Pillow and Babel, which planning can do without.
    from pipeline.tools.artwork.sharing import Wording, draw_share_picture
    from pipeline.tools.translations import date_in_words

    episode, show = job.episode, job.show.show
    wording = Wording(
        show=show.title,
        title=episode.details.title,
        guests=", ".join(guest.name for guest in episode.details.guests),
        date=date_in_words(episode.details.date, show.language),
    )
    artwork = _artwork(episode, job.show)
    shown = artwork if artwork.is_file() else None
    try:
        draw_share_picture(episode.share_picture, wording, _levels(job), shown)
    except SetupProblem as error:
        if artwork != episode.cover:
            raise
        # A cover lies beside its recording: staff act, no operator.
        raise EpisodeProblem(error.problem, error.remedy, error.detail) from error
    job.report(1.0)


def _levels(job: Job) -> tuple[float, ...]:
    from pipeline.tools.artwork.sharing import BARS
    from pipeline.tools.audio.decoding import UndecodableError, decoded
    from pipeline.tools.audio.waveform import waveform

    audio, seconds = job.episode.normalized, max(1.0, job.episode.received_seconds)
    try:
        sound = decoded(audio, channels=1)
        return waveform(sound, BARS, lambda heard: job.report(0.95 * heard / seconds))
    except UndecodableError as error:
        raise EpisodeProblem(
            f"{audio.name} of “{job.episode.slug}” cannot be decoded.",
            f"Delete {audio.name} and run again; it is made anew from the recording.",
            str(error),
        ) from error


def _inputs(episode: Episode, show: Show) -> list[Path]:
    return [episode.normalized, _artwork(episode, show)]


def _outputs(episode: Episode) -> list[Path]:
    return [episode.share_picture]


def _settings(episode: Episode, show: Show) -> dict[str, Any]:
    return {
        "title": episode.details.title,
        "date": episode.details.date.isoformat(),
        "guests": [guest.name for guest in episode.details.guests],
        "show": show.show.title,
        "language": show.show.language,
    }


ILLUSTRATE = Stage(
    name="illustrate",
    version=1,
    inputs=_inputs,
    outputs=_outputs,
    settings=_settings,
    run=illustrate,
)


def _artwork(episode: Episode, show: Show) -> Path:
    """The episode's own cover, or the show's artwork; the file may not exist."""
    return episode.cover or episode.feed_folder / show.show.artwork
