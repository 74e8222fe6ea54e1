"""Whether anybody can say these words in that time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.words.plain_text import bare_word
from pipeline.words.transcript import Word

# Five words in a row: Indonesian is spoken at 12 to 20 letters a second, a fast reader reaches 25.
_WORDS_IN_A_ROW = 5
_MOST_LETTERS_A_SECOND = 35.0
# "2026" is "dua ribu dua puluh enam".
_LETTERS_OF_A_DIGIT = 5
# A drawn-out "eeee" lasts two seconds. A longer word usually covers what the model did not write.
_LONGEST_WORD_SECONDS = 3.0
# Where a language writes no spaces, a "word" is a phrase.
_LONGEST_LETTER_SECONDS = 0.3
_LONG_WORD_BECOMES_SECONDS = 1.0


def hurried(words: Sequence[Word]) -> Iterator[range]:
    """Indexes of words that follow each other faster than anybody speaks."""
    for first in range(len(words) - _WORDS_IN_A_ROW + 1):
        few = words[first : first + _WORDS_IN_A_ROW]
        seconds = few[-1].end - few[0].start
        if sum(_letters(word.text) for word in few) > _MOST_LETTERS_A_SECOND * seconds:
            yield range(first, first + _WORDS_IN_A_ROW)


def is_drawn_out(word: Word) -> bool:
    """Whether a word lasts longer than anybody speaks it."""
    longest = max(_LONGEST_WORD_SECONDS, _LONGEST_LETTER_SECONDS * _letters(word.text))
    return word.end - word.start > longest


def shortened(word: Word, *, at_start: bool) -> Word:
    """A drawn-out word in the time that it may have taken; the first of a phrase keeps its end."""
    if not is_drawn_out(word):
        return word
    if at_start:
        return replace(word, start=word.end - _LONG_WORD_BECOMES_SECONDS)
    return replace(word, end=word.start + _LONG_WORD_BECOMES_SECONDS)


def _letters(text: str) -> int:
    return sum(_LETTERS_OF_A_DIGIT if c.isdigit() else 1 for c in bare_word(text))
