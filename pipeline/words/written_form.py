"""What was said as it is written: capitals, digits, and marks where a model gave none.

The words of a segment stay as they were spoken; `written` is the text for readers. Everything here
is a pure function, and what is written already comes out unchanged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from pipeline.words.casing import Names, with_capitals
from pipeline.words.languages import primary_language
from pipeline.words.punctuation import is_unpunctuated, punctuated
from pipeline.words.segments import ends_sentence
from pipeline.words.tokens import Token, text_of, token_of, tokens_of
from pipeline.words.transcript import Segment
from pipeline.words.written_numbers import with_digits

_LANGUAGES = ("id", "ms")


def in_writing(segments: Sequence[Segment], names: Names, language: str) -> tuple[Segment, ...]:
    """The segments with `written` filled where it differs from what was said.

    Languages whose writing is not known here are left alone.
    """
    if not knows_writing(language):
        return tuple(replace(segment, written="") for segment in segments)
    lines = _lines(segments, language)
    made, starts = [], True
    for segment, line in zip(segments, lines, strict=True):
        text = _written(line, names, language, starts)
        starts = ends_sentence(text) if text else starts
        made.append(replace(segment, written="" if text == _said(segment) else text))
    return tuple(made)


def knows_writing(language: str) -> bool:
    """Whether it is known here how a language writes numbers and names."""
    return primary_language(language) in _LANGUAGES


def written(text: str, names: Names, language: str = "id", first_starts: bool = True) -> str:
    """One text with capitals and digits; its marks stay as they are."""
    return _written(tokens_of(text), names, language, first_starts)


def _written(tokens: Sequence[Token], names: Names, language: str, first_starts: bool) -> str:
    # Digits first: "undang-undang nomor 14" takes capitals, "nomor empat belas" alone would not.
    return text_of(with_capitals(with_digits(tokens, first_starts), names, language, first_starts))


def _lines(segments: Sequence[Segment], language: str) -> list[list[Token]]:
    """The words of each segment, with marks where the whole talk has none."""
    lines = [_tokens(one, following) for one, following in pairwise([*segments, None]) if one]
    talk = [token for line in lines for token in line]
    if not is_unpunctuated(talk):
        return lines
    marked = iter(punctuated(talk, language))
    return [list(islice(marked, len(line))) for line in lines]


def _tokens(segment: Segment, following: Segment | None) -> list[Token]:
    """The words of a segment with the pauses after them; another voice is a pause without end."""
    words = [word for word in segment.words if word.text.strip()]
    if words:
        pauses = [round(after.start - before.end, 3) for before, after in pairwise(words)]
        texts = [" ".join(word.text.split()) for word in words]
    else:  # of a segment without word times
        texts = segment.text.split()
        pauses = [0.0] * (len(texts) - 1)
    pauses.append(_pause_between(segment, following))
    return [token_of(text, pause) for text, pause in zip(texts, pauses, strict=False)]


def _pause_between(segment: Segment, following: Segment | None) -> float:
    if following is None or following.speaker != segment.speaker:
        return math.inf
    return round(following.start - segment.end, 3)


def _said(segment: Segment) -> str:
    return " ".join(segment.text.split())
