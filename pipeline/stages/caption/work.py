"""The work of captioning: apply what editors changed, write every format."""

from __future__ import annotations

from pipeline.ground.files import replacing, write_json, write_text
from pipeline.ground.review_file import read_reviewed
from pipeline.words.captions import FORMATS
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.review.outcome import outcome
from pipeline.words.transcript import Transcript


def caption(episode: Episode) -> None:
    """Write the reviewed transcript of `episode` and its captions.

    Raises EpisodeProblem when a file is damaged or the editors left no word.
    """
    reviewed = read_reviewed(episode)
    transcript = outcome(reviewed)
    if not transcript.segments:
        raise EpisodeProblem(
            f"Nothing is left of the transcript of “{episode.slug}”: every line was deleted.",
            "Restore an earlier version of it in the review.",
        )
    _write_reviewed(episode, transcript, is_machines=not reviewed.effects)
    for captions in FORMATS:
        write_text(episode.texts / captions.file_name, captions.write(transcript))


def _write_reviewed(episode: Episode, transcript: Transcript, *, is_machines: bool) -> None:
    """A transcript that nobody changed has the machine's bytes, so no approval of it lapses."""
    if not is_machines:
        write_json(episode.reviewed_json, transcript.to_json())
        return
    with replacing(episode.reviewed_json) as file:
        file.write(episode.transcript_json.read_bytes())
