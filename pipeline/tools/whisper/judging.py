"""A model's answer for a window, judged: sentences with the doubts about each, what is left out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.doubting import HeardWords, doubts_about, has_little_speech
from pipeline.tools.whisper.placing import clamped, clean, whole_words
from pipeline.tools.whisper.windows import Numbers, Window
from pipeline.words.doubts.timing import shortened
from pipeline.words.segments import ends_sentence
from pipeline.words.transcript import Flag, LeftOut, Segment, WhyLeftOut, Word

# Whisper's own thresholds (openai/whisper, `transcribe.py`).
_MOST_COMPRESSION = 2.4
LEAST_LOG_PROBABILITY = -1.0
_MOST_NO_SPEECH = 0.6

# Of a single sentence. A word or two prove nothing.
_LEAST_LIKELIHOOD = 0.7
_FEWEST_WORDS = 3


def judged(
    answer: Sequence[Any], window: Window, audio: Numbers, wishes: Wishes
) -> tuple[tuple[Segment, ...], tuple[LeftOut, ...]]:
    """The sentences of an answer with their doubts, and what is left out of it; ids are 0.

    Left out is what the model itself takes for no speech and holds unlikely, unless the voice
    detector hears speech there; where that heard nobody in the window, one doubt is enough. Other
    doubts are flags.
    """
    whys = [(segment, _why_left_out(segment, window, audio)) for segment in answer]
    left_out = (_left_out(segment, window, why) for segment, why in whys if why)
    kept = [segment for segment, why in whys if not why]
    segments = tuple(_segments(kept, window, audio, wishes))
    return segments, tuple(each for each in left_out if each.text)


def likelihood(words: Sequence[Word]) -> float:
    """The geometric mean of the words' probabilities, 0..1."""
    logarithms = [math.log(max(word.probability, 1e-3)) for word in words]
    return math.exp(sum(logarithms) / max(1, len(logarithms)))


def _why_left_out(segment: Any, window: Window, audio: Numbers) -> WhyLeftOut | None:
    no_speech = _is_no_speech(segment)
    silent = window.unsure or (no_speech and _is_silent(segment, audio))
    if no_speech and _is_unlikely(segment) and silent:
        return WhyLeftOut.NO_SPEECH
    if window.unsure and (no_speech or _is_unlikely(segment) or _is_compressed(segment)):
        return WhyLeftOut.NO_VOICE
    return None


def _left_out(segment: Any, window: Window, why: WhyLeftOut) -> LeftOut:
    start, end = (round(float(time) + window.start, 2) for time in (segment.start, segment.end))
    return LeftOut(start, end, clean(segment.text), why)


def _segments(
    answer: Sequence[Any], window: Window, audio: Numbers, wishes: Wishes
) -> Iterator[Segment]:
    """The answer's segments, cut at sentences so that a doubt hits what it is about."""
    wholes = [whole_words(segment) for segment in answer]
    raw = [word for words, _ in wholes for word in words]
    likely = (shortened(word, at_start=word is words[0]) for words, _ in wholes for word in words)
    later = (_moved(word, window.start) for word in likely)
    placed = tuple(clamped(later, window.spans, window.start))
    heard = HeardWords(window, audio, wishes, raw, placed)
    doubts = doubts_about(heard)
    first = 0
    for segment, (words, estimated) in zip(answer, wholes, strict=True):
        own = [*_flags(segment, heard, estimated, doubts)]
        for part in _sentences(heard.texts, range(first, first + len(words))):
            said = placed[part.start : part.stop]
            flags = (*_of_sentence(heard, part), *own, *_touching(part, doubts))
            yield _segment(segment, said, flags)
        first += len(words)


def _flags(
    segment: Any, heard: HeardWords, estimated: bool, doubts: dict[Flag, list[range]]
) -> Iterator[Flag]:
    """Doubts about the whole of what the model answered at once.

    That the model takes it for no speech proves nothing: it says so of many a clear voice.
    """
    no_speech = _is_no_speech(segment) and _is_silent(segment, heard.audio)
    holds = {
        Flag.LOW_CONFIDENCE: _is_unlikely(segment),
        Flag.REPETITION: _is_compressed(segment) and not doubts[Flag.REPETITION],
        Flag.PERHAPS_NO_SPEECH: heard.window.unsure or no_speech,
        Flag.TIMES_ESTIMATED: estimated,
    }
    return (flag for flag, true in holds.items() if true)


def _of_sentence(heard: HeardWords, part: range) -> Iterator[Flag]:
    """Doubts about a sentence as such."""
    words = heard.raw[part.start : part.stop]
    if len(words) >= _FEWEST_WORDS and likelihood(words) < _LEAST_LIKELIHOOD:
        yield Flag.LOW_CONFIDENCE
    if heard.lies_outside_speech(part):
        yield Flag.PERHAPS_NO_SPEECH


def _touching(part: range, doubts: dict[Flag, list[range]]) -> Iterator[Flag]:
    for flag, stretches in doubts.items():
        if any(max(part[0], words[0]) <= min(part[-1], words[-1]) for words in stretches):
            yield flag


def _sentences(texts: Sequence[str], words: range) -> Iterator[range]:
    """Stretches of `words` that end with a sentence."""
    ends = [index + 1 for index in words[:-1] if ends_sentence(texts[index])]
    for first, last in pairwise([words.start, *ends, words.stop]):
        if first < last:
            yield range(first, last)


def _segment(segment: Any, words: tuple[Word, ...], flags: Iterable[Flag]) -> Segment:
    return Segment(
        id=0,
        start=words[0].start,
        end=words[-1].end,
        text=" ".join(word.text for word in words),
        words=words,
        average_log_probability=round(float(segment.avg_logprob), 3),
        compression_ratio=round(float(segment.compression_ratio), 3),
        no_speech_probability=round(float(segment.no_speech_prob), 3),
        flags=tuple(dict.fromkeys(flags)),
    )


def _is_unlikely(segment: Any) -> bool:
    return bool(segment.avg_logprob < LEAST_LOG_PROBABILITY)


def _is_no_speech(segment: Any) -> bool:
    return bool(segment.no_speech_prob > _MOST_NO_SPEECH)


def _is_silent(segment: Any, audio: Numbers) -> bool:
    return has_little_speech(audio, float(segment.start), float(segment.end))


def _is_compressed(segment: Any) -> bool:
    return bool(segment.compression_ratio > _MOST_COMPRESSION)


def _moved(word: Word, seconds: float) -> Word:
    return replace(word, start=word.start + seconds, end=word.end + seconds)
