"""`transcript.json`: read by every stage after the one that writes it."""

from __future__ import annotations

from pipeline.ground.files import read_json
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.transcript import Transcript


def read_transcript(episode: Episode) -> Transcript:
    """The machine's transcript. Raises EpisodeProblem when it is damaged."""
    try:
        return Transcript.from_json(read_json(episode.transcript_json))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EpisodeProblem(
            f"transcript.json of “{episode.slug}” cannot be read.",
            f"Delete it and run `etam run {episode.slug}`; it is made anew from the recording.",
            str(error),
        ) from error
