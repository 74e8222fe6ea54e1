"""A transcriber's segments made into sentences, so that each segment can be read by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from pipeline.words.transcript import Segment, Word

LONGEST_SECONDS = 30.0
_PAUSE_SECONDS = 2.0

_ENDS = re.compile(r"[.?!…]+[\"'”’)\]]*$")
_ENDS_A_CLAUSE = re.compile(r"[,;:–—]+[\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"\W*(?:[A-Za-z]|\d{1,2}|dr|drs|dra|ir|hj|kh|no|jl|tgl|prof|bpk|sdr|mr|mrs|ms|st|"
    r"(?:[A-Za-z]{1,3}\.)+[A-Za-z]{1,4})\.",
    re.IGNORECASE,
)

_Placed: TypeAlias = tuple[Word, Segment]


def into_sentences(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The same words in the same order, a sentence or clause of at most 30 s in each segment.

    Sentences that the transcriber cut are joined; ids count from 1. A segment takes over the doubts
    of all segments that its words come from.
    """
    placed = [(word, segment) for segment in segments for word in segment.words]
    sentences = (part for sentence in _sentences(placed) for part in _short_enough(sentence))
    return tuple(_segment(number, sentence) for number, sentence in enumerate(sentences, start=1))


def cut_at(segment: Segment, before: Sequence[int]) -> tuple[Segment, ...]:
    """The parts of a segment, cut before the words with these indexes; each keeps its doubts."""
    if not before:
        return (segment,)
    words = [segment.words[first:last] for first, last in pairwise((0, *before, None))]
    return tuple(
        replace(
            segment,
            start=part[0].start,
            end=part[-1].end,
            text=" ".join(word.text for word in part),
            words=part,
        )
        for part in words
    )


def ends_sentence(text: str) -> bool:
    """Whether a word ends a sentence, as far as its last characters tell."""
    return bool(_ENDS.search(text)) and not _ABBREVIATION.fullmatch(text)


def ends_clause(text: str) -> bool:
    """Whether a speaker would breathe after this word: a sentence, a comma, a colon, a dash."""
    return bool(_ENDS_A_CLAUSE.search(text)) or ends_sentence(text)


def _sentences(placed: Sequence[_Placed]) -> Iterator[Sequence[_Placed]]:
    first = 0
    for index, (one, following) in enumerate(pairwise(placed), start=1):
        if _cut_between(one, following):
            yield placed[first:index]
            first = index
    if placed:
        yield placed[first:]


def _cut_between(one: _Placed, following: _Placed) -> bool:
    (word, segment), (next_word, next_segment) = one, following
    return (
        ends_sentence(word.text)
        or segment.speaker != next_segment.speaker
        or next_word.start - word.end >= _PAUSE_SECONDS
    )


def _short_enough(sentence: Sequence[_Placed]) -> Iterator[Sequence[_Placed]]:
    """A sentence, or its parts where it is too long: cut at clauses and pauses near the middle."""
    seconds = sentence[-1][0].end - sentence[0][0].start
    if seconds <= LONGEST_SECONDS or len(sentence) == 1:
        yield sentence
        return
    cut = max(range(1, len(sentence)), key=lambda index: _worth(sentence, index))
    yield from _short_enough(sentence[:cut])
    yield from _short_enough(sentence[cut:])


def _worth(sentence: Sequence[_Placed], index: int) -> float:
    """How good a place to cut before `index` is: a pause of a second weighs as much as a comma."""
    before, after = sentence[index - 1][0], sentence[index][0]
    first, last = sentence[0][0].start, sentence[-1][0].end
    off_middle = abs((before.end + after.start) / 2 - (first + last) / 2) / (last - first)
    return (after.start - before.end) + ends_clause(before.text) - 4 * off_middle


def _segment(number: int, sentence: Sequence[_Placed]) -> Segment:
    words = tuple(word for word, _ in sentence)
    sources = [segment for _, segment in sentence]
    mean = sum(segment.average_log_probability for segment in sources) / len(sources)
    return Segment(
        id=number,
        start=words[0].start,
        end=words[-1].end,
        text=" ".join(word.text for word in words),
        words=words,
        speaker=sources[0].speaker,
        average_log_probability=round(mean, 3),
        compression_ratio=max(segment.compression_ratio for segment in sources),
        no_speech_probability=max(segment.no_speech_probability for segment in sources),
        flags=tuple(dict.fromkeys(flag for segment in sources for flag in segment.flags)),
        asked=next((segment.asked for segment in sources if segment.asked), ""),
    )
