"""What readers read, with the times of what was said: written words beside spoken ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from pipeline.words.plain_text import bare_word, one_line
from pipeline.words.transcript import Segment, Word


def words_to_read(segment: Segment) -> tuple[Word, ...]:
    """Each word of `segment.for_readers` once, in order, with the time in which it is said.

    "seribu lima ratus rupiah" may be written "Rp1.500": words that are written as they were spoken
    take over their times, and what stands between two of those shares the time between them. Times
    never go back within the segment.
    """
    spoken = [word for word in segment.words if one_line(word.text)]
    written = one_line(segment.for_readers).split() or [one_line(word.text) for word in spoken]
    if written == [word.text for word in spoken]:
        return tuple(_never_back(spoken))
    if not spoken:
        return tuple(_shared(written, segment.start, segment.end, 0.0))
    return tuple(_never_back(_aligned(written, spoken)))


def _aligned(written: Sequence[str], spoken: Sequence[Word]) -> list[Word]:
    keys, others = [_key(word.text) for word in spoken], [_key(text) for text in written]
    if keys == others:  # most sentences are written as they are said
        pairs = zip(spoken, written, strict=True)
        return [Word(word.start, word.end, text, word.probability) for word, text in pairs]
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    made: list[Word] = []
    for kind, first, last, left, right in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(spoken[first:last], written[left:right], strict=True)
            made.extend(replace(word, text=text) for word, text in pairs)
        elif kind == "delete" and made:  # "rupiah" is said after the number that is written "Rp5"
            made[-1] = replace(made[-1], end=spoken[last - 1].end)
        else:
            start, end = _room(spoken, first, last)
            sure = min((word.probability for word in spoken[first:last]), default=0.0)
            made.extend(_shared(written[left:right], start, end, sure))
    return made


def _room(spoken: Sequence[Word], first: int, last: int) -> tuple[float, float]:
    """The time of the spoken words `first` to `last`, or the pause where there are none."""
    if first < last:
        return spoken[first].start, spoken[last - 1].end
    before = spoken[first - 1].end if first else spoken[0].start
    return before, spoken[first].start if first < len(spoken) else before


def _shared(texts: Sequence[str], start: float, end: float, probability: float) -> Iterator[Word]:
    """Words that share a time, the longer ones more of it."""
    letters = sum(map(len, texts))
    said = 0
    for text in texts:
        begins = start + (end - start) * said / letters
        said += len(text)
        yield Word(begins, start + (end - start) * said / letters, text, probability)


def _never_back(words: Iterable[Word]) -> Iterator[Word]:
    earliest = 0.0
    for word in words:
        start = max(earliest, word.start)
        yield Word(start, max(start, word.end), word.text, word.probability)
        earliest = start


def _key(text: str) -> str:
    """What two spellings of a word have in common: its letters and digits."""
    return bare_word(text) or text
