"""Hearing windows: what a model makes of each, judged, and put on the episode's time line.

Decoding is beam search only. faster-whisper's fallback to sampling at higher temperatures is not
used: CTranslate2 seeds its random numbers once for each thread, so the same audio would give other
words the next time (docs/decisions/0030). A window that fails is asked again in another way.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.tools.whisper.engine import Engine, at_work
from pipeline.tools.whisper.windows import Numbers, Span, Window
from pipeline.words.transcript import Flag, LeftOut, Segment, Word

# Whisper's own thresholds (openai/whisper, `transcribe.py`).
_MOST_COMPRESSION = 2.4
_LEAST_LOG_PROBABILITY = -1.0
_MOST_NO_SPEECH = 0.6

_CLOSING = frozenset(".,?!…:;%)”’")
_SHORTEST_WORD_SECONDS = 0.02
_LONGEST_REPEAT_TOKENS = 4


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the text is to be made. `language` is Whisper's code."""

    language: str
    beam_size: int = 5
    hint: str = ""


def heard_at_once(
    engine: Engine, window: Window, audio: Numbers, wishes: Wishes
) -> tuple[tuple[Segment, ...], tuple[LeftOut, ...]]:
    """What the model hears in a window, as it cuts it, and what of that is left out; ids are 0.

    An answer that looks wrong is asked for again in another way, and the better one is taken. What
    the model itself takes for no speech is left out, as Whisper does; where the voice detector
    heard none either, one doubt is enough. Other doubts are flags.
    """
    answer = _asked(engine, audio, wishes)
    if _fails(answer, window):
        answer = min(answer, _asked_otherwise(engine, audio, wishes), key=_badness)
    heard: list[Segment] = []
    left_out: list[LeftOut] = []
    for segment in answer:
        if reason := _why_left_out(segment, window):
            left_out.append(_left_out(segment, window, reason))
        else:
            earliest = heard[-1].end if heard else window.start
            heard.append(_placed(segment, window, earliest))
    return tuple(s for s in heard if s.words), tuple(left for left in left_out if left.text)


def _why_left_out(segment: Any, window: Window) -> str:
    if _is_silence(segment):
        return "the model takes it for no speech and holds it unlikely"
    if window.unsure and _is_doubtful(segment):
        return "the voice detector hears no speech and the model doubts it"
    return ""


def _left_out(segment: Any, window: Window, reason: str) -> LeftOut:
    start, end = (round(float(time) + window.start, 2) for time in (segment.start, segment.end))
    return LeftOut(start, end, _clean(segment.text), reason)


def _asked(engine: Engine, audio: Numbers, wishes: Wishes, **otherwise: Any) -> list[Any]:
    wished = {
        "language": wishes.language,
        "beam_size": wishes.beam_size,
        "hotwords": wishes.hint or None,
    }
    fixed = {
        "temperature": 0.0,
        "condition_on_previous_text": False,
        "vad_filter": False,
        "word_timestamps": True,
        "no_speech_threshold": None,
    }
    with at_work(engine) as model:
        segments, _ = model.transcribe(audio, **{**wished, **fixed, **otherwise})
        return list(segments)


def _asked_otherwise(engine: Engine, audio: Numbers, wishes: Wishes) -> list[Any]:
    """Without the hint, which may have leaked, and without loops."""
    return _asked(engine, audio, wishes, hotwords=None, no_repeat_ngram_size=_LONGEST_REPEAT_TOKENS)


def _fails(answer: list[Any], window: Window) -> bool:
    """Whether to ask again: a loop, unlikely words, or no word although somebody speaks."""
    spoken = [segment for segment in answer if not _is_silence(segment)]
    if not spoken:
        return not window.unsure
    return any(_loops(segment) or _is_unlikely(segment) for segment in spoken)


def _badness(answer: list[Any]) -> tuple[bool, float]:
    """Loops are worst, then low probability; an empty answer to a window with speech is bad too."""
    if not answer:
        return True, math.inf
    return any(map(_loops, answer)), -min(segment.avg_logprob for segment in answer)


def _loops(segment: Any) -> bool:
    return bool(segment.compression_ratio > _MOST_COMPRESSION)


def _is_unlikely(segment: Any) -> bool:
    return bool(segment.avg_logprob < _LEAST_LOG_PROBABILITY)


def _is_doubtful(segment: Any) -> bool:
    return (
        _loops(segment) or _is_unlikely(segment) or bool(segment.no_speech_prob > _MOST_NO_SPEECH)
    )


def _is_silence(segment: Any) -> bool:
    return bool(segment.no_speech_prob > _MOST_NO_SPEECH and _is_unlikely(segment))


def _placed(segment: Any, window: Window, earliest: float) -> Segment:
    """The model's segment on the episode's time line, with its words inside the speech."""
    words, estimated = whole_words(segment)
    shifted = (
        replace(word, start=word.start + window.start, end=word.end + window.start)
        for word in words
    )
    inside = tuple(clamped(shifted, window.spans, earliest))
    start = inside[0].start if inside else earliest
    return Segment(
        id=0,
        start=start,
        end=inside[-1].end if inside else start,
        text=" ".join(word.text for word in inside),
        words=inside,
        average_log_probability=round(float(segment.avg_logprob), 3),
        compression_ratio=round(float(segment.compression_ratio), 3),
        no_speech_probability=round(float(segment.no_speech_prob), 3),
        flags=tuple(_flags(segment, window, estimated)),
    )


def _flags(segment: Any, window: Window, estimated: bool) -> Iterator[Flag]:
    doubts = {
        Flag.LOW_CONFIDENCE: _is_unlikely(segment),
        Flag.REPETITION: _loops(segment),
        Flag.PERHAPS_NO_SPEECH: window.unsure or segment.no_speech_prob > _MOST_NO_SPEECH,
        Flag.TIMES_ESTIMATED: estimated,
    }
    return (flag for flag, holds in doubts.items() if holds)


def whole_words(segment: Any) -> tuple[list[Word], bool]:
    """Whole words, and whether their times are estimates because the model gave none.

    faster-whisper cuts before a hyphen or a percent sign, so that “sama-sama” comes as two words:
    what does not start with a space belongs to the word before.
    """
    glued: list[Word] = []
    for part in segment.words or []:
        text = _clean(part.word)
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


def _spread(segment: Any) -> list[Word]:
    """The words of a text without word times, evenly over its time."""
    texts = _clean(segment.text).split()
    each = (segment.end - segment.start) / max(1, len(texts))
    probability = round(math.exp(min(0.0, segment.avg_logprob)), 3)
    return [
        Word(segment.start + n * each, segment.start + (n + 1) * each, text, probability)
        for n, text in enumerate(texts)
    ]


def _clean(text: str) -> str:
    """Without what is no text: characters that XML forbids, halves of a UTF-8 sequence."""
    return "".join(c for c in text if c == " " or (c.isprintable() and c != "\ufffd")).strip()


def clamped(
    words: Iterable[Word], spans: tuple[Span, ...], earliest: float = 0.0
) -> Iterator[Word]:
    """Words in order, none before the one before it has ended, none where nobody speaks.

    After a silence a model places words early or late; the voice detector knows better.
    """
    for word in words:
        middle = max(earliest, (word.start + word.end) / 2)
        span = min(spans, key=lambda span: _distance(middle, span))
        start = min(max(word.start, span.start, earliest), spans[-1].end)
        end = max(min(word.end, span.end), min(start + _SHORTEST_WORD_SECONDS, spans[-1].end))
        earliest = end
        yield replace(word, start=round(start, 2), end=round(end, 2))


def _distance(time: float, span: Span) -> float:
    return max(span.start - time, time - span.end, 0.0)
