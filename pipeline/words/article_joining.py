"""Two people's changes to one article put together, word by word; white space counts as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.words.review.comparing import runs
from pipeline.words.review.history import Part, Sign
from pipeline.words.review.merging import Side, pieces

_TOKEN = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Joint:
    """A stretch of an article as it was, as a colleague has it, and as one has it oneself."""

    side: Side
    base: str
    theirs: str
    mine: str

    @property
    def text(self) -> str:
        """What stands there in the end; one's own words where both changed them."""
        return self.theirs if self.side in (Side.THEIRS, Side.BASE) else self.mine


def joints(base: str, theirs: str, mine: str) -> tuple[Joint, ...]:
    """The three texts from end to end."""
    of = [_TOKEN.findall(text) for text in (base, theirs, mine)]
    return tuple(
        Joint(
            piece.side,
            "".join(of[0][slice(*piece.base)]),
            "".join(of[1][slice(*piece.theirs)]),
            "".join(of[2][slice(*piece.mine)]),
        )
        for piece in pieces(*of)
    )


def word_difference(before: str, after: str) -> tuple[Part, ...]:
    """What is the same, what was taken out and what was put in, to be read from left to right."""
    return tuple(_parts(_TOKEN.findall(before), _TOKEN.findall(after)))


def _parts(before: list[str], after: list[str]) -> Iterator[Part]:
    for run in runs(before, after):
        old, new = "".join(before[run.first : run.last]), "".join(after[run.left : run.right])
        if run.same:
            yield Part(Sign.SAME, old)
            continue
        if old:
            yield Part(Sign.OUT, old)
        if new:
            yield Part(Sign.IN, new)
