"""The history of a review in steps that people remember: who worked when, and named versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.words.review.operations import HearAgain, NameVersion
from pipeline.words.review.reviewed import Effect, Reviewed

_PAUSE = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the transcript stood after a piece of work by one person, or at a named version.

    `operation` is what `Restore` and `lines_after` ask for; "" is the machine's transcript.
    `lines` counts the lines that were changed, `name` is empty where nobody gave one.
    """

    operation: str
    author: str
    since: datetime
    until: datetime
    lines: int
    name: str = ""
    is_machines: bool = False


def moments(reviewed: Reviewed) -> tuple[Moment, ...]:
    """Oldest first. Work that pauses for twenty minutes, or that another goes on with, is over."""
    return tuple(piece.moment() for piece in _pieces(reviewed) if piece.says_something)


@dataclass(slots=True)
class _Piece:
    effects: list[Effect]
    lines: set[str] = field(default_factory=set)

    def add(self, effect: Effect) -> None:
        self.effects.append(effect)
        self.lines.update(change.after.id for change in effect.changes)

    @property
    def says_something(self) -> bool:
        return bool(self.lines or self._name())

    def moment(self) -> Moment:
        first, last = self.effects[0].operation, self.effects[-1].operation
        return Moment(
            operation=last.id,
            author=last.author,
            since=first.at,
            until=last.at,
            lines=len(self.lines),
            name=self._name(),
            is_machines=isinstance(last, HearAgain),
        )

    def _name(self) -> str:
        last = self.effects[-1].operation
        return last.name if isinstance(last, NameVersion) else ""


def _pieces(reviewed: Reviewed) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for effect in reviewed.effects.values():
        if piece is None or not _goes_on(piece.effects[-1], effect):
            if piece:
                yield piece
            piece = _Piece([])
        piece.add(effect)
    if piece:
        yield piece


def _goes_on(before: Effect, after: Effect) -> bool:
    one, other = before.operation, after.operation
    ends = isinstance(one, (NameVersion, HearAgain)) or isinstance(other, HearAgain)
    return not ends and one.author == other.author and other.at - one.at <= _PAUSE
