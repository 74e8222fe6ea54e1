"""Words that repeat themselves as a model's loops do, and as people hardly ever do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.words.plain_text import bare_word

# How many words a phrase has, and how often it must follow itself to be a loop. People say "ya, ya,
# ya", read out "nol nol nol", and say a telephone number twice; a looping model does not stop.
_LEAST_TIMES = {1: 6, 2: 5, 3: 4, 4: 4, 5: 4, **dict.fromkeys(range(6, 13), 3)}


def loops(texts: Sequence[str]) -> Iterator[range]:
    """Indexes of the words of each loop, the shortest repeated phrase first; loops may overlap."""
    bare = [bare_word(text) for text in texts]
    for length, times in _LEAST_TIMES.items():
        for stretch in _equal_runs(bare, length):
            if len(stretch) >= length * times:
                yield stretch


def _equal_runs(words: Sequence[str], length: int) -> Iterator[range]:
    """Stretches in which each word is the one `length` places before it, that one included."""
    first = 0
    for index in range(length, len(words) + 1):
        if index == len(words) or words[index] != words[index - length]:
            if index - length > first:
                yield range(first, index)
            first = index - length + 1
