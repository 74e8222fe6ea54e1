"""`review.jsonl`: what editors changed in a transcript, one operation a line, in order.

People own this file; it only grows, and each operation is on the disk before it counts. The first
line holds the machine's transcript that the operations are about, so the file needs no other to be
understood. A line that a kill or a full disk cut off is put aside in `kept/` before the next one is
written.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, Annotated, Any

from pydantic import Field, TypeAdapter

from pipeline.ground.files import disk_problems_in_words, locked, replacing
from pipeline.ground.transcript_file import read_machines_transcript
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.plain_text import one_line
from pipeline.words.review.applying import applied
from pipeline.words.review.operations import HearAgain, Operation
from pipeline.words.review.reviewed import Reviewed
from pipeline.words.transcript import Transcript

_VERSION = 1
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
_PATIENCE_SECONDS = 10.0
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Review:
    """What the file holds: the machine's transcript it began with, and all operations since.

    `size` is how many bytes of it are whole lines (none: there is no file yet), `torn` what stands
    after them, `inode` which file it was.
    """

    machine: Transcript
    operations: tuple[Operation, ...] = ()
    size: int = 0
    torn: bytes = b""
    inode: int = 0

    @property
    def latest_machine(self) -> Transcript:
        """The machine's transcript that the last operation was about."""
        heard = (o.transcript for o in reversed(self.operations) if isinstance(o, HearAgain))
        return next(heard, self.machine)


def read_review(episode: Episode) -> Review:
    """What editors changed; nothing yet where there is no file.

    Raises EpisodeProblem when it is damaged, or there is no transcript to review.
    """
    try:
        with episode.review_jsonl.open("rb") as file:
            inode = os.fstat(file.fileno()).st_ino
            whole, torn = _whole_lines(file.read())
    except FileNotFoundError:
        return Review(read_machines_transcript(episode))
    if not whole:  # a kill ended the very first write
        return Review(read_machines_transcript(episode), torn=torn, inode=inode)
    first, *others = whole.splitlines()
    operations = tuple(_operations(episode, others, first=2))
    return Review(_beginning(episode, first), operations, len(whole), torn, inode)


def read_on(episode: Episode, known: Review) -> Review:
    """The review with what was written since it was read; all of it anew if it is another file."""
    try:
        with episode.review_jsonl.open("rb") as file:
            status = os.fstat(file.fileno())
            if not known.size or status.st_ino != known.inode or status.st_size < known.size:
                return read_review(episode)
            file.seek(known.size)
            whole, torn = _whole_lines(file.read())
    except FileNotFoundError as error:
        if not known.size:
            return known
        raise EpisodeProblem(
            f"review.jsonl of “{episode.slug}” is gone: it holds the editors' changes.",
            "Restore it from a backup, or load the page again to start anew.",
        ) from error
    more = _operations(episode, whole.splitlines(), first=len(known.operations) + 2)
    operations = (*known.operations, *more)
    return replace(known, operations=operations, size=known.size + len(whole), torn=torn)


def read_reviewed(episode: Episode) -> Reviewed:
    """Where the transcript stands; edits are carried over when the machine has heard it again.

    Raises EpisodeProblem when `transcript.json` or `review.jsonl` is damaged.
    """
    review = read_review(episode)
    operations = (*review.operations, *catching_up(review, read_machines_transcript(episode)))
    return applied(review.machine, operations)


def catching_up(review: Review, transcript: Transcript) -> tuple[Operation, ...]:
    """What carries the edits over to the machine's present transcript; nothing where that is known.

    Whoever edits keeps it before the first edit of what was carried over. Its id follows from the
    files, so it does no harm when two do so.
    """
    if review.latest_machine == transcript:
        return ()
    text = json.dumps(asdict(transcript), sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        HearAgain(
            id=f"heard-{len(review.operations)}-{digest[:16]}",
            author="etam",
            at=review.operations[-1].at if review.operations else _BEFORE_ALL,
            transcript=transcript,
        ),
    )


def append_to_review(episode: Episode, known: Review, operations: Sequence[Operation]) -> Review:
    """Keep operations, and return all there are; those that are kept already are passed over.

    `known` is the review as its authors saw it. Everything is on the disk when this returns. Raises
    EpisodeProblem for a damaged file or an operation that cannot be kept, SetupProblem when the
    disk is full, TemporaryProblem when another process goes on writing.
    """
    for operation in operations:
        _check(episode, operation)
    with locked(_lock_file(episode), f"The review of “{episode.slug}”", _PATIENCE_SECONDS):
        review = read_on(episode, known)
        new = list(_not_yet_kept(episode, review, operations))
        if not new:
            return review
        lines = b"".join(_line(episode, operation) for operation in new)
        if review.torn:
            _keep_torn(episode, review.torn)
        review = review if review.size else _begin(episode, review.machine)
        _append(episode.review_jsonl, review.size, lines)
        return read_on(episode, review)


@cache
def operation_type() -> TypeAdapter[Operation]:
    """Reads operations from JSON and checks their fields; raises ValueError."""
    return TypeAdapter(Annotated[Operation, Field(discriminator="kind")])


def _whole_lines(content: bytes) -> tuple[bytes, bytes]:
    """The lines that ended, and what comes after them."""
    end = content.rfind(b"\n") + 1
    return content[:end], content[end:]


def _beginning(episode: Episode, line: bytes) -> Transcript:
    try:
        content = json.loads(line)
        if content["kind"] != "begin" or content["version"] != _VERSION:
            raise ValueError(f"a beginning of version {_VERSION} was expected")
        return Transcript.from_json(content["transcript"])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(episode, 1, error) from error


def _operations(episode: Episode, lines: Iterable[bytes], first: int) -> Iterator[Operation]:
    for number, line in enumerate(lines, start=first):
        try:
            yield operation_type().validate_json(line)
        except ValueError as error:
            raise _damaged(episode, number, error) from error


def _damaged(episode: Episode, number: int, error: Exception) -> EpisodeProblem:
    return EpisodeProblem(
        f"Line {number} of review.jsonl of “{episode.slug}” cannot be read.",
        "It was damaged, or a newer version of this program wrote it: update the program, or "
        "restore the file from a backup. It holds the editors' changes.",
        str(error),
    )


def _not_yet_kept(
    episode: Episode, review: Review, operations: Iterable[Operation]
) -> Iterator[Operation]:
    kept = {operation.id: operation for operation in review.operations}
    for operation in operations:
        known = kept.setdefault(operation.id, operation)
        if known is operation:
            yield operation
        elif known != operation:
            raise EpisodeProblem(
                f"Two different changes to “{episode.slug}” have the same number.",
                "Load the page again and make the second change once more.",
                operation.id,
            )


def _check(episode: Episode, operation: Operation) -> None:
    for name in (operation.id, operation.author):
        if not name or name != one_line(name) or len(name) > _LONGEST_NAME:
            raise EpisodeProblem(
                f"A change to “{episode.slug}” names nobody, or has no proper number.",
                "Give the name of who makes it.",
                repr(name),
            )
    if operation.at.tzinfo is None:
        raise EpisodeProblem(
            f"A change to “{episode.slug}” has a time without a zone.",
            "Load the page again and make the change once more.",
        )


def _begin(episode: Episode, machine: Transcript) -> Review:
    line = _json({"kind": "begin", "version": _VERSION, "transcript": asdict(machine)})
    with replacing(episode.review_jsonl) as file:
        file.write(line)
    return Review(machine, size=len(line), inode=episode.review_jsonl.stat().st_ino)


def _keep_torn(episode: Episode, torn: bytes) -> None:
    name = f"review-torn-{hashlib.sha256(torn).hexdigest()[:12]}.txt"
    with replacing(episode.texts / "kept" / name) as file:
        file.write(torn)


def _append(path: Path, size: int, lines: bytes) -> None:
    """Write after the whole lines and flush to the disk; when that fails, nothing was written."""
    with path.open("r+b", buffering=0) as file, disk_problems_in_words(path):
        file.truncate(size)
        file.seek(size)
        try:
            _write_all(file, lines)
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise


def _write_all(file: IO[bytes], content: bytes) -> None:
    while content:
        content = content[file.write(content) :]


def _line(episode: Episode, operation: Operation) -> bytes:
    """The operation as it is kept; what could not be read again is not written."""
    try:
        line = _json(asdict(operation))
        if operation_type().validate_json(line) != operation:
            raise ValueError("it would come back as another")
    except ValueError as error:
        raise EpisodeProblem(
            f"A change to “{episode.slug}” cannot be kept as it is.",
            "Write it once more without unusual characters; what was kept before stays.",
            str(error),
        ) from error
    return line


def _json(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_as_text)
    return text.encode() + b"\n"


def _as_text(moment: datetime) -> str:
    return moment.isoformat()


def _lock_file(episode: Episode) -> Path:
    return episode.root / ".cache" / "locks" / f"{episode.slug}.review.lock"
