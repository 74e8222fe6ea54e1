"""`transcript.json` and `reviewed.json`: what the machine wrote, what editors made of it."""

from __future__ import annotations

from pathlib import Path

from pipeline.ground.files import read_json
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.transcript import Transcript


def read_transcript(episode: Episode) -> Transcript:
    """The transcript as its editors made it. Raises EpisodeProblem when it is damaged."""
    return _read(episode, transcript_file(episode))


def read_machines_transcript(episode: Episode) -> Transcript:
    """The transcript as the machine wrote it. Raises EpisodeProblem when it is damaged."""
    return _read(episode, episode.transcript_json)


def transcript_file(episode: Episode) -> Path:
    """Where the transcript is that goes public: `reviewed.json`.

    An episode from before there were reviews, and which nobody has reviewed, has only the machine's
    until it is run again.
    """
    is_old = not episode.reviewed_json.is_file() and not episode.review_jsonl.is_file()
    return episode.transcript_json if is_old else episode.reviewed_json


def _read(episode: Episode, path: Path) -> Transcript:
    try:
        return Transcript.from_json(read_json(path))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{episode.slug}” cannot be read.",
            f"Delete it and run `etam run {episode.slug}`; it is made anew.",
            str(error),
        ) from error
