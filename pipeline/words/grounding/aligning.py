"""A quote laid against the words of the recording: which of them it keeps, drops and adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.words.grounding.faces import Faces
from pipeline.words.grounding.tokens import Ends, Kind, Token

# Of 100: a kept word, one in another form, one in place of another, one added, one left out.
_SAME, _ALIKE, _OTHER, _ADDED, _LEFT_OUT = 200, 150, -118, -120, -62
_LIGHT = -4


@dataclass(frozen=True, slots=True)
class Step:
    """A word of the quote and the word of the recording beside it; None where there is none."""

    quote: int | None
    said: int | None
    is_kept: bool = False
    """Whether they are the same word, or two that an editor may exchange."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The steps from the first to the last word; `score` is 1 when every word is kept."""

    steps: tuple[Step, ...]
    score: float

    @property
    def kept(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.is_kept)


def aligned(
    quote: Sequence[Token], said: Sequence[Token], first: int, last: int, faces: Faces
) -> Alignment:
    """The quote against the words `first` to `last` (not included), of which it takes a stretch.

    All of the quote is laid down; what stands before and behind it costs nothing.
    """
    window = said[first:last]
    alike = _alike(quote, window, faces)
    left_out = [_LIGHT if token.is_light else _LEFT_OUT for token in window]
    width = len(window) + 1
    best = [0] * width
    came: list[bytearray] = []
    for at, token in enumerate(quote):
        added = _LIGHT if token.is_light else _ADDED
        key, is_alike = token.key, alike[at]
        kept = _LIGHT * -1 + 60 if token.is_light else _SAME
        row, marks = [best[0] + added], bytearray(width)
        marks[0] = 1
        before = row[0]
        for column in range(1, width):
            if window[column - 1].key == key:
                score, mark = best[column - 1] + kept, 0
            elif is_alike and column - 1 in is_alike:
                score, mark = best[column - 1] + _ALIKE, 0
            else:
                score, mark = best[column - 1] + _OTHER, 0
            if (other := best[column] + added) > score:
                score, mark = other, 1
            if (other := before + left_out[column - 1]) > score:
                score, mark = other, 2
            row.append(score)
            marks[column] = mark
            before = score
        best = row
        came.append(marks)
    end = max(range(width), key=best.__getitem__)
    most = sum(60 - _LIGHT if token.is_light else _SAME for token in quote) or 1
    steps = _walked(quote, window, came, end, first, alike)
    steps = _in_its_sentences(_trimmed(steps), said)
    return Alignment(tuple(steps), max(0.0, best[end] / most))


def _alike(quote: Sequence[Token], window: Sequence[Token], faces: Faces) -> list[frozenset[int]]:
    """For each word of the quote the places of those that may stand for it."""
    by_face: dict[str, list[int]] = {}
    for at, token in enumerate(window):
        if token.kind is Kind.WORD:
            for face in faces.of(token.key):
                by_face.setdefault(face, []).append(at)
    return [
        frozenset(at for face in faces.of(token.key) for at in by_face.get(face, ()))
        if token.kind is Kind.WORD
        else frozenset()
        for token in quote
    ]


def _walked(
    quote: Sequence[Token],
    window: Sequence[Token],
    came: list[bytearray],
    end: int,
    first: int,
    alike: list[frozenset[int]],
) -> list[Step]:
    steps: list[Step] = []
    row, column = len(quote), end
    while row:
        mark = came[row - 1][column]
        if mark == 0:
            row, column = row - 1, column - 1
            is_kept = window[column].key == quote[row].key or column in alike[row]
            steps.append(Step(row, first + column, is_kept))
        elif mark == 1:
            row -= 1
            steps.append(Step(row, None))
        else:
            column -= 1
            steps.append(Step(None, first + column))
    return steps[::-1]


def _in_its_sentences(steps: Sequence[Step], said: Sequence[Token]) -> list[Step]:
    """Added words at both ends beside nothing that stands in another sentence."""
    kept = [at for at, step in enumerate(steps) if step.is_kept]
    if not kept:
        return list(steps)
    made = list(steps)
    first, last = steps[kept[0]].said or 0, steps[kept[-1]].said or 0
    for at in (*range(kept[0]), *range(kept[-1] + 1, len(steps))):
        place = steps[at].said
        if place is None:
            continue
        between = said[place:first] if at < kept[0] else said[last:place]
        if any(token.ends is Ends.SENTENCE for token in between):
            made[at] = Step(steps[at].quote, None)
    return [step for step in made if step != Step(None, None)]


def _trimmed(steps: list[Step]) -> tuple[Step, ...]:
    """Without words of the recording before and behind the quote."""
    first = next((at for at, step in enumerate(steps) if step.quote is not None), 0)
    last = next((at for at, step in enumerate(steps[::-1]) if step.quote is not None), 0)
    return tuple(steps[first : len(steps) - last])
