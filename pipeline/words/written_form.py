"""What was said as it is written: capitals, digits, and marks where a model gave none.

The words of a segment stay as they were spoken; `written` is the text for readers. Everything here
is a pure function, and what is written already comes out unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.words.casing import Names, with_capitals
from pipeline.words.languages import primary_language
from pipeline.words.punctuation import is_unpunctuated, punctuated
from pipeline.words.segments import ends_sentence
from pipeline.words.tokens import Token, text_of, token_of, tokens_of
from pipeline.words.transcript import Segment
from pipeline.words.written_numbers import with_digits

_LANGUAGES = ("id", "ms")
_PAUSE_SECONDS = 0.7


def in_writing(segments: Sequence[Segment], names: Names, language: str) -> tuple[Segment, ...]:
    """The segments with `written` filled where it differs from what was said.

    Languages whose writing is not known here are left alone.
    """
    if primary_language(language) not in _LANGUAGES:
        return tuple(replace(segment, written="") for segment in segments)
    lines = [_tokens(segment) for segment in segments]
    if is_unpunctuated(lines):
        ends = _sentence_ends(segments)
        lines = [
            punctuated(line, language, goes_on=not end)
            for line, end in zip(lines, ends, strict=True)
        ]
    made, starts = [], True
    for segment, line in zip(segments, lines, strict=True):
        text = _written(line, names, language, starts)
        starts = ends_sentence(text) if text else starts
        made.append(replace(segment, written="" if text == _said(segment) else text))
    return tuple(made)


def written(text: str, names: Names, language: str = "id", first_starts: bool = True) -> str:
    """One text with capitals and digits; its marks stay as they are."""
    return _written(tokens_of(text), names, language, first_starts)


def _written(tokens: Sequence[Token], names: Names, language: str, first_starts: bool) -> str:
    # Digits first: "undang-undang nomor 14" takes capitals, "nomor empat belas" alone would not.
    return text_of(with_capitals(with_digits(tokens, first_starts), names, language, first_starts))


def _tokens(segment: Segment) -> list[Token]:
    """The words of a segment with the pauses between them; of one without times, without."""
    if not segment.words:
        return tokens_of(segment.text)
    pauses = [after.start - before.end for before, after in pairwise(segment.words)]
    return [
        token_of(" ".join(word.text.split()), max(0.0, pause))
        for word, pause in zip(segment.words, [*pauses, 0.0], strict=True)
        if word.text.strip()
    ]


def _said(segment: Segment) -> str:
    return " ".join(segment.text.split())


def _sentence_ends(segments: Sequence[Segment]) -> list[bool]:
    """Whether a sentence ends with each segment: a pause or another voice follows."""
    ends = [
        after.start - before.end >= _PAUSE_SECONDS or before.speaker != after.speaker
        for before, after in pairwise(segments)
    ]
    return [*ends, True][: len(segments)]
