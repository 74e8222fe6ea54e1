"""Reviews that somebody works on, kept in memory: an edit reads what is new and nothing else."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pipeline.ground.review_file import (
    Review,
    append_to_review,
    catching_up,
    read_on,
    read_review,
)
from pipeline.ground.transcript_file import read_machines_transcript
from pipeline.words.episode import Episode
from pipeline.words.review.applying import applied, applied_to
from pipeline.words.review.operations import Operation
from pipeline.words.review.reviewed import Effect, Reviewed

_MOST_OPEN = 12

_Stamp: TypeAlias = tuple[int, int, int]
_NO_FILE: _Stamp = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a review stands. `count` operations have been applied since it was opened as `epoch`.

    Who knows a standing of the same epoch needs only what came after its `count`.
    """

    reviewed: Reviewed
    epoch: str

    @property
    def count(self) -> int:
        return len(self.reviewed.effects)


@dataclass
class _Open:
    review: Review
    owed: tuple[Operation, ...]
    standing: Standing
    stamps: tuple[_Stamp, _Stamp]


@dataclass
class _Desk:
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: _Open | None = None


class OpenReviews:
    """The reviews of a show that were looked at last. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._desks: OrderedDict[Path, _Desk] = OrderedDict()

    def standing(self, episode: Episode) -> Standing:
        """Where the review stands on the disk now, whoever wrote there.

        Raises EpisodeProblem when `transcript.json` or `review.jsonl` is missing or damaged.
        """
        with self._desk(episode) as desk:
            return _up_to_date(episode, desk).standing

    def keep(self, episode: Episode, operations: Sequence[Operation]) -> Standing:
        """Keep operations; they are on the disk when this returns. One kept already counts once.

        Edits of a transcript that the machine has heard anew are carried over first. Raises what
        `append_to_review` raises; then nothing was kept.
        """
        with self._desk(episode) as desk:
            now = _up_to_date(episode, desk)
            known = now.standing.reviewed.effects
            new = [operation for operation in operations if not _is_kept(known, operation)]
            if new:
                append_to_review(episode, now.review, [*now.owed, *new])
                now = _up_to_date(episode, desk)
            return now.standing

    @contextmanager
    def _desk(self, episode: Episode) -> Iterator[_Desk]:
        with self._lock:
            desk = self._desks.setdefault(episode.texts, _Desk())
            self._desks.move_to_end(episode.texts)
            while len(self._desks) > _MOST_OPEN:
                self._desks.popitem(last=False)
        with desk.lock:
            yield desk


def _is_kept(known: Mapping[str, Effect], operation: Operation) -> bool:
    """Whether this operation of the same author arrived before, whatever time it was given then."""
    effect = known.get(operation.id)
    return effect is not None and effect.operation.author == operation.author


def _up_to_date(episode: Episode, desk: _Desk) -> _Open:
    stamps = _stamp(episode.transcript_json), _stamp(episode.review_jsonl)
    if desk.open is None:
        desk.open = _opened(episode, stamps)
    elif desk.open.stamps != stamps:
        desk.open = _read_further(episode, desk.open, stamps)
    return desk.open


def _opened(episode: Episode, stamps: tuple[_Stamp, _Stamp]) -> _Open:
    review = read_review(episode)
    # Where nobody has edited anything the review is about the transcript that was read just now.
    owed = catching_up(review, read_machines_transcript(episode)) if review.size else ()
    reviewed = applied(review.machine, (*review.operations, *owed))
    return _Open(review, owed, Standing(reviewed, secrets.token_hex(8)), stamps)


def _read_further(episode: Episode, before: _Open, stamps: tuple[_Stamp, _Stamp]) -> _Open:
    """What was written since is applied to what was known; another history begins a new epoch."""
    if not before.review.size or stamps[1] == _NO_FILE:
        review = read_review(episode)
    else:
        review = read_on(episode, before.review)
    if stamps[0] == before.stamps[0] and not before.owed:
        owed: tuple[Operation, ...] = ()
    else:
        owed = catching_up(review, read_machines_transcript(episode))
    now = (*review.operations, *owed)
    then = list(before.standing.reviewed.effects)
    goes_on = review.machine == before.review.machine
    if not goes_on or then != [operation.id for operation in now[: len(then)]]:
        return _opened(episode, stamps)
    reviewed = applied_to(before.standing.reviewed, now[len(then) :])
    return _Open(review, owed, Standing(reviewed, before.standing.epoch), stamps)


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except FileNotFoundError:
        return _NO_FILE
    return status.st_ino, status.st_size, status.st_mtime_ns
