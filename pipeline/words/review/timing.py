"""When changed words are said: unchanged words keep their times, the others share what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.words.review.comparing import Run, runs_in_any_spelling
from pipeline.words.transcript import Word

_SECONDS_PER_LETTER = 0.07
_SURE = 1.0
"""The probability of a word that a person wrote."""


def retimed(
    words: Sequence[Word], texts: Sequence[str], earliest: float, latest: float
) -> tuple[Word, ...]:
    """`texts` with the times of `words` where they are the same words.

    Another spelling of a word keeps its time, and so does a word in the place of one other. Other
    changed words share the time of those they replace, or the pause they stand in; before the first
    and after the last word they take as long as words take, within `earliest` and `latest`.
    """
    made: list[Word] = []
    for run in runs_in_any_spelling([word.text for word in words], texts):
        new = texts[run.left : run.right]
        if run.last - run.first == len(new):
            made.extend(map(_spelt, words[run.first : run.last], new))
        else:
            made.extend(shared(new, *_room(words, run, new, earliest, latest)))
    return tuple(_never_back(made))


def is_estimated(word: Word) -> bool:
    """Whether a person wrote the word: its time is shared with others, not heard."""
    return word.probability == _SURE


def with_heard_times(words: Sequence[Word], heard: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with the times of `heard`, the same words, where they had estimated ones.

    Words that have times of their own keep them, and no word crosses one of those.
    """
    made: list[Word] = []
    for index, (word, other) in enumerate(zip(words, heard, strict=True)):
        if not is_estimated(word):
            made.append(word)
            continue
        earliest = made[-1].end if made else 0.0
        latest = next((w.start for w in words[index + 1 :] if not is_estimated(w)), other.end)
        start = min(max(other.start, earliest), max(latest, earliest))
        made.append(replace(other, start=start, end=min(max(other.end, start), max(latest, start))))
    return tuple(made)


def shared(texts: Sequence[str], start: float, end: float) -> Iterator[Word]:
    """Words that share a time, the longer ones more of it."""
    letters = sum(map(len, texts))
    said = 0
    for text in texts:
        begins = start + (end - start) * said / letters
        said += len(text)
        yield _word(begins, start + (end - start) * said / letters, text)


def moved(
    words: Sequence[Word], old: tuple[float, float], new: tuple[float, float]
) -> tuple[Word, ...]:
    """Words that were said between the `old` seconds, said between the `new` ones."""
    length = old[1] - old[0]
    stretch = (new[1] - new[0]) / length if length > 0 else 0.0

    def there(seconds: float) -> float:
        return min(max(new[0] + (seconds - old[0]) * stretch, new[0]), new[1])

    return tuple(
        replace(word, start=round(there(word.start), 3), end=round(there(word.end), 3))
        for word in words
    )


def held(words: Iterable[Word], earliest: float, latest: float) -> tuple[Word, ...]:
    """The words in order, none before `earliest` and none after `latest`."""

    def within(seconds: float) -> float:
        return min(max(seconds, earliest), latest)

    return in_order(replace(word, start=within(word.start), end=within(word.end)) for word in words)


def in_order(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words with times that never go back."""
    return tuple(_never_back(words))


def _spelt(word: Word, text: str) -> Word:
    return word if word.text == text else Word(word.start, word.end, text, _SURE)


def _room(
    words: Sequence[Word], run: Run, new: Sequence[str], earliest: float, latest: float
) -> tuple[float, float]:
    """Where changed words go: the time of what they replace, or the pause around them."""
    if run.first < run.last:
        return words[run.first].start, words[run.last - 1].end
    needed = _SECONDS_PER_LETTER * sum(map(len, new))
    if run.first == 0:
        end = words[0].start if words else latest
        return max(min(earliest, end), end - needed if words else earliest), end
    start = words[run.first - 1].end
    if run.first < len(words):
        return start, max(start, words[run.first].start)
    return start, min(max(latest, start), start + needed)


def _never_back(words: Iterable[Word]) -> Iterator[Word]:
    ordered = list(words)
    if all(one.start <= one.end <= other.start for one, other in pairwise(ordered)):
        yield from ordered
        return
    earliest = 0.0
    for word in ordered:
        start = max(earliest, word.start)
        yield replace(word, start=start, end=max(start, word.end))
        earliest = start


def _word(start: float, end: float, text: str) -> Word:
    return Word(round(start, 3), round(end, 3), text, _SURE)
