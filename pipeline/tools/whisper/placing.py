"""The words of a model's answer: whole, readable, and on the time line where somebody speaks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pipeline.tools.whisper.windows import Span
from pipeline.words.transcript import Word

_CLOSING = frozenset(".,?!…:;%)”’")
_SHORTEST_WORD_SECONDS = 0.02


def whole_words(segment: Any) -> tuple[list[Word], bool]:
    """Whole words, and whether their times are estimates because the model gave none.

    faster-whisper cuts before a hyphen or a percent sign, so that “sama-sama” comes as two words:
    what does not start with a space belongs to the word before.
    """
    glued: list[Word] = []
    for part in segment.words or []:
        text = clean(part.word)
        if glued and (not part.word[:1].isspace() or text in _CLOSING):
            last = glued[-1]
            glued[-1] = replace(
                last,
                end=max(last.end, float(part.end)),
                text=last.text + text,
                probability=min(last.probability, float(part.probability)),
            )
        elif text:
            glued.append(Word(float(part.start), float(part.end), text, float(part.probability)))
    if not glued:
        return _spread(segment), True
    return [replace(word, probability=round(word.probability, 3)) for word in glued], False


def clean(text: str) -> str:
    """Without what is no text: characters that XML forbids, halves of a UTF-8 sequence."""
    return "".join(c for c in text if c == " " or (c.isprintable() and c != "\ufffd")).strip()


def clamped(
    words: Iterable[Word], spans: tuple[Span, ...], earliest: float = 0.0
) -> Iterator[Word]:
    """Words in order, none before the one before it has ended, none where nobody speaks.

    After a silence a model places words early or late; the voice detector knows better.
    """
    for word in words:
        span = min(spans, key=lambda span: _distance(word, span, earliest))
        latest = span.end - _SHORTEST_WORD_SECONDS
        start = max(earliest, min(max(word.start, span.start), latest))
        start = min(start, spans[-1].end)
        end = max(min(word.end, span.end), min(start + _SHORTEST_WORD_SECONDS, spans[-1].end))
        earliest = end
        yield replace(word, start=round(start, 2), end=round(end, 2))


def _distance(word: Word, span: Span, earliest: float) -> float:
    middle = max(earliest, (word.start + word.end) / 2)
    return max(span.start - middle, middle - span.end, 0.0)


def _spread(segment: Any) -> list[Word]:
    """The words of a text without word times, evenly over its time."""
    texts = clean(segment.text).split()
    each = (segment.end - segment.start) / max(1, len(texts))
    probability = round(math.exp(min(0.0, segment.avg_logprob)), 3)
    return [
        Word(segment.start + n * each, segment.start + (n + 1) * each, text, probability)
        for n, text in enumerate(texts)
    ]
