"""Two people's changes to the same words put together, word by word.

The three-way merge of S. Khanna, K. Kunal, B. Pierce, "A Formal Investigation of Diff3" (2007), but
stricter: changes that touch each other are a clash too, for neighbouring words make one phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pipeline.words.review.comparing import Run, runs


class Side(StrEnum):
    """Whose words a piece of a merge holds."""

    BASE = "base"
    """Nobody changed them."""
    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"
    """Both made the same change."""
    CLASH = "clash"
    """Both changed them, each in another way."""


Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words in all three texts: each from its first index to one after its last."""

    side: Side
    base: Span
    theirs: Span
    mine: Span


def pieces(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[Piece]:
    """All three texts from end to end, cut where they agree and where they do not."""
    changed = _changes(base, theirs), _changes(base, mine)
    found: list[Piece] = []
    at = theirs_at = mine_at = 0
    for first, last in _touching(sorted((r.first, r.last) for side in changed for r in side)):
        if at < first:
            found.append(_unchanged(at, first, theirs_at, mine_at))
        theirs_at, mine_at = theirs_at + first - at, mine_at + first - at
        spans = [
            (start, start + last - first + _grown(side, first, last))
            for side, start in zip(changed, (theirs_at, mine_at), strict=True)
        ]
        side = _side(base[first:last], theirs[slice(*spans[0])], mine[slice(*spans[1])])
        found.append(Piece(side, (first, last), spans[0], spans[1]))
        at, theirs_at, mine_at = last, spans[0][1], spans[1][1]
    if at < len(base):
        found.append(_unchanged(at, len(base), theirs_at, mine_at))
    return found


def merged(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> tuple[str, ...] | None:
    """The words with both changes in them; None where the changes clash."""
    made: list[str] = []
    for piece in pieces(base, theirs, mine):
        if piece.side is Side.CLASH:
            return None
        made.extend(mine[slice(*piece.mine)] if _is_mine(piece) else theirs[slice(*piece.theirs)])
    return tuple(made)


def _is_mine(piece: Piece) -> bool:
    return piece.side in (Side.MINE, Side.BOTH)


def _changes(base: Sequence[str], text: Sequence[str]) -> list[Run]:
    return [run for run in runs(base, text) if not run.same]


def _touching(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans that overlap or touch, as one."""
    if not spans:
        return
    first, last = spans[0]
    for start, end in spans[1:]:
        if start > last:
            yield first, last
            first, last = start, end
        last = max(last, end)
    yield first, last


def _grown(changes: Sequence[Run], first: int, last: int) -> int:
    """By how many words the changes within a span of the base make it longer."""
    within = (run for run in changes if first <= run.first and run.last <= last)
    return sum((run.right - run.left) - (run.last - run.first) for run in within)


def _unchanged(first: int, last: int, theirs: int, mine: int) -> Piece:
    length = last - first
    return Piece(Side.BASE, (first, last), (theirs, theirs + length), (mine, mine + length))


def _side(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Side:
    if list(theirs) == list(mine):
        return Side.BOTH
    if list(mine) == list(base):
        return Side.THEIRS
    return Side.MINE if list(theirs) == list(base) else Side.CLASH
