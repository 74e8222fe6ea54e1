"""A `transcript.txt` that somebody corrected by hand, made into an editor's changes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from pipeline.ground.receipts import Receipt
from pipeline.ground.review_file import Review, append_to_review, catching_up, read_review
from pipeline.ground.transcript_file import read_machines_transcript
from pipeline.words.captions import to_text
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.review.applying import applied
from pipeline.words.review.corrected_text import corrections
from pipeline.words.review.operations import Operation
from pipeline.words.review.outcome import outcome
from pipeline.words.review.reviewed import Reviewed


def take_over(episode: Episode, receipt: Receipt | None) -> None:
    """Add to the review what differs between `transcript.txt` and what `receipt` says was written.

    A file that was taken over before is passed over. Raises EpisodeProblem when the file is no
    text, or when others changed the transcript since and nobody can tell what was corrected.
    """
    content = episode.transcript_txt.read_bytes()
    text = _decoded(episode, content)
    number = f"text-{hashlib.sha256(content).hexdigest()[:16]}"
    review = read_review(episode)
    if any(operation.id.startswith(number) for operation in review.operations):
        return
    at = datetime.fromtimestamp(int(episode.transcript_txt.stat().st_mtime), UTC)
    newer = catching_up(review, read_machines_transcript(episode))
    base = _what_was_corrected(episode, review, newer, receipt)
    found = corrections(base, text, number, at)
    if found:
        append_to_review(episode, review, [*newer, *found])


def _decoded(episode: Episode, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_text(episode, str(error)) from error
    if "\x00" in text or "-->" in text or not text.split():
        raise _not_text(episode, text[:200])
    return text


def _not_text(episode: Episode, detail: str) -> EpisodeProblem:
    return EpisodeProblem(
        f"transcript.txt of “{episode.slug}” was changed, and is no plain text in UTF-8 any more.",
        "Save it as plain text, or delete it and run again: it is made anew.",
        detail,
    )


def _what_was_corrected(
    episode: Episode, review: Review, newer: tuple[Operation, ...], receipt: Receipt | None
) -> Reviewed:
    """The transcript as it was when `transcript.txt` was written.

    Where nobody has reviewed anything, all that differs is the corrector's word.
    """
    now = applied(review.machine, (*review.operations, *newer))
    if receipt is None or not review.operations:
        return now
    written = receipt.outputs.get(episode.name_of(episode.transcript_txt))
    for state in (now, applied(review.machine, _operations_then(episode, review, receipt))):
        if _digest(to_text(outcome(state))) == written:
            return state
    raise EpisodeProblem(
        f"transcript.txt of “{episode.slug}” was corrected, but the transcript was reviewed since.",
        "Make the same corrections in the review, then delete transcript.txt and run again.",
    )


def _operations_then(episode: Episode, review: Review, receipt: Receipt) -> tuple[Operation, ...]:
    """The operations that there were when the receipt was written: the file only grows."""
    then = receipt.inputs.get(episode.name_of(episode.review_jsonl))
    so_far = hashlib.sha256()
    for count, line in enumerate(episode.review_jsonl.read_bytes().splitlines(keepends=True)):
        so_far.update(line)
        if so_far.hexdigest() == then:
            return review.operations[:count]
    return ()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
