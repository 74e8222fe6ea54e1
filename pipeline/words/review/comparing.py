"""Which words of two texts are the same, and what one text says instead of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.words.plain_text import bare_word


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` of one text are words `left` to `right` of the other (ends are out).

    `same`: they are equal one by one.
    """

    same: bool
    first: int
    last: int
    left: int
    right: int


def runs(one: Sequence[str], other: Sequence[str]) -> list[Run]:
    """Both texts from end to end, in runs that are the same and runs that differ."""
    return _runs(one, other, list)


def runs_in_any_spelling(one: Sequence[str], other: Sequence[str]) -> list[Run]:
    """The same, but “Warga,” is the same as “warga”."""
    return _runs(one, other, spelling_keys)


def spelling_keys(texts: Sequence[str]) -> list[str]:
    """For each word what its spellings have in common, so that “Warga,” is still “warga”."""
    return [bare_word(text) or text for text in texts]


def _runs(
    one: Sequence[str], other: Sequence[str], key: Callable[[Sequence[str]], list[str]]
) -> list[Run]:
    """Most edits change a word or two, so only what lies between equal ends is looked at."""
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    left, right = key(one[head : len(one) - tail]), key(other[head : len(other) - tail])
    found = [
        Run(True, 0, head, 0, head),
        *_between_equal_ends(left, right, head),
        Run(True, len(one) - tail, len(one), len(other) - tail, len(other)),
    ]
    return [run for run in found if run.first < run.last or run.left < run.right]


def _between_equal_ends(left: list[str], right: list[str], head: int) -> Iterator[Run]:
    """The runs of two texts that both begin after the word `head`."""
    if not left or not right or len(left) == len(right) == 1:
        yield Run(left == right, head, head + len(left), head, head + len(right))
        return
    for kind, *at in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield Run(kind == "equal", *(head + index for index in at))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words at the start are the same."""
    most = min(len(one), len(other))
    return next((n for n in range(most) if one[n] != other[n]), most)
