"""Words that repeat themselves as a model's loops do, and as people hardly ever do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.words.plain_text import bare_word

# How many words a phrase has, and how often it must follow itself to be a loop. People say "ya, ya,
# ya", read out "nol nol nol", and say a telephone number twice; a looping model does not stop.
_LEAST_TIMES = {1: 6, 2: 5, 3: 4, 4: 4, 5: 4, **dict.fromkeys(range(6, 13), 3)}
# "Apa-apa-apa-apa" is one word to a model that is stuck; Indonesian doubles, people stammer thrice.
_LEAST_TIMES_IN_A_WORD = 4
_HYPHEN = re.compile(r"[-‐‑–]")
# "wkwkwkwkwk", "aaaaaaaaaa": up to three letters again and again, longer than anybody writes.
_SAME_LETTERS = re.compile(r"(\w{1,3}?)\1{9,}")


def loops(texts: Sequence[str]) -> Iterator[range]:
    """Indexes of the words of each loop, the shortest repeated phrase first; loops may overlap."""
    bare = [bare_word(text) for text in texts]
    for length, times in _LEAST_TIMES.items():
        for stretch in _equal_runs(bare, length):
            if len(stretch) >= length * times:
                yield stretch
    yield from (range(n, n + 1) for n, text in enumerate(texts) if _is_a_loop(text))


def _is_a_loop(word: str) -> bool:
    """Whether a word repeats a part of itself as no word does; figures do ("1000000000000")."""
    if not any(map(str.isalpha, word)):
        return False
    parts = [bare_word(part) for part in _HYPHEN.split(word)]
    runs = [len(list(run)) for part, run in groupby(parts) if part]
    return max(runs, default=0) >= _LEAST_TIMES_IN_A_WORD or bool(
        _SAME_LETTERS.search(bare_word(word))
    )


def _equal_runs(words: Sequence[str], length: int) -> Iterator[range]:
    """Stretches in which each word is the one `length` places before it, that one included."""
    first = 0
    for index in range(length, len(words) + 1):
        if index == len(words) or words[index] != words[index - length]:
            if index - length > first:
                yield range(first, index)
            first = index - length + 1
