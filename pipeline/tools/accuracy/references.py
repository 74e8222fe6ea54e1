"""Finds the text that people wrote or corrected for an episode.

A reference is `reference.txt` beside the transcript, or else the reviewed transcript once somebody
has reviewed every line of it or corrected `transcript.txt`: the machine's words are those of
`transcript.json`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.ground.files import sha256_of
from pipeline.ground.receipts import Outcome, read_receipt
from pipeline.ground.review_file import read_review, read_reviewed
from pipeline.ground.transcript_file import read_transcript
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.labels import without_labels
from pipeline.words.review.corrected_text import CORRECTED_TEXT
from pipeline.words.transcript import Transcript

REFERENCE_NAME = "reference.txt"
_STAGE = "transcribe"


@dataclass(frozen=True, slots=True)
class Reference:
    """What people say was said, without times and names; `sha256` is that of the file."""

    name: str
    text: str
    sha256: str


def reference_file(episode: Episode) -> Path | None:
    """The file that people wrote or corrected; None where there is none."""
    written = episode.texts / REFERENCE_NAME
    if written.is_file():
        return written
    return episode.reviewed_json if _is_reviewed(episode) else None


def was_edited(workspace: Workspace, episode: Episode, path: Path) -> bool:
    """Whether `path` is no longer what the stage wrote when it last finished."""
    receipt = read_receipt(episode.receipt(_STAGE))
    if receipt is None or receipt.outcome is not Outcome.DONE:
        return False
    digest = workspace.digests.of(path)
    return digest is not None and digest != receipt.outputs.get(episode.name_of(path), digest)


def read_reference(path: Path, episode: Episode, transcript: Transcript) -> Reference:
    """The text in `path`. Raises EpisodeProblem when it cannot be one."""
    if path == episode.reviewed_json:
        lines = read_transcript(episode).segments
        text = "\n".join(segment.for_readers for segment in lines)
        return Reference(path.name, text, sha256_of(path))
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise EpisodeProblem(
            f"There is no file {path}.", f"Name the text of what is said in “{episode.slug}”."
        ) from error
    except (UnicodeDecodeError, IsADirectoryError) as error:
        raise EpisodeProblem(
            f"{path} is not plain text in UTF-8.", "Save it as plain text (.txt) and try again."
        ) from error
    if "\x00" in text or "-->" in text:
        raise EpisodeProblem(
            f"{path} is not plain text: it looks like captions or another program's file.",
            "Give the words that are said and nothing else, in a .txt file.",
        )
    said = without_labels(text, _known_names(episode, transcript))
    return Reference(path.name, said, hashlib.sha256(content).hexdigest())


def what_to_do_for(episode: Episode) -> str:
    """What people do to have this episode measured."""
    kept = sorted((episode.texts / "kept").glob("transcript-*.txt"))
    if kept:
        return (
            f"A text that was put aside lies in transcripts/{episode.slug}/kept: if people "
            f"corrected {kept[0].name}, copy it to transcripts/{episode.slug}/{REFERENCE_NAME}."
        )
    return how_to_give_one(episode.slug)


def how_to_give_one(slug: str) -> str:
    """What people do to have an episode measured."""
    return (
        f"Write what is said into transcripts/{slug}/{REFERENCE_NAME}, or correct transcript.txt "
        "there and run `etam run`: the words are compared, labels and punctuation do not count."
    )


def _is_reviewed(episode: Episode) -> bool:
    """Whether somebody answers for every word of the reviewed transcript."""
    if not (episode.reviewed_json.is_file() and episode.review_jsonl.is_file()):
        return False
    review, reviewed = read_review(episode), read_reviewed(episode)
    # Words of another model, which heard it since, stand wherever nobody corrected the old ones.
    is_same_model = review.machine.model == reviewed.machine.model
    corrected = any(each.author == CORRECTED_TEXT for each in review.operations)
    return (corrected and is_same_model) or reviewed.share_reviewed == 1


def _known_names(episode: Episode, transcript: Transcript) -> set[str]:
    details = episode.details
    names: Iterable[str] = (
        *(segment.speaker for segment in transcript.segments),
        *(guest.name for guest in details.guests),
        details.host,
    )
    return {name for name in names if name}
