"""A model's answer for a window, judged: segments with the doubts about each, and what is left out.

Nothing is judged by its text alone where honest speech could read the same: known inventions and
words of the hint are doubted where the voice detector hears little speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from pipeline.tools.keywords import function_words
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import language_of
from pipeline.tools.whisper.placing import clamped, clean, whole_words
from pipeline.tools.whisper.speech import listen
from pipeline.tools.whisper.windows import FRAME_SECONDS, Numbers, Window
from pipeline.words.doubts.foreign import foreign_stretches, strange_scripts
from pipeline.words.doubts.inventions import hint_terms, known_inventions, recited_hint
from pipeline.words.doubts.loops import loops
from pipeline.words.doubts.timing import hurried, is_drawn_out, shortened
from pipeline.words.segments import ends_sentence
from pipeline.words.transcript import Flag, LeftOut, Segment, WhyLeftOut, Word

# Whisper's own thresholds (openai/whisper, `transcribe.py`).
_MOST_COMPRESSION = 2.4
_LEAST_LOG_PROBABILITY = -1.0
_MOST_NO_SPEECH = 0.6

# Of the frames of a spoken word, at least 0.43 are sure speech (docs/transcription.md, "Doubts").
_SURE_SPEECH = 0.5
_LITTLE_SPEECH = 0.3
# The demo recording's words are moved by at most 0.2 s into the speech that was heard.
_FAR_SECONDS = 1.0

# Languages whose function words are looked for where another one was asked for.
_OTHER_LANGUAGES = ("en", "nl", "es", "pt", "fr", "de", "it", "tl", "vi")


@dataclass(frozen=True)
class _Heard:
    """All words of an answer: as the model placed them, from 0, and where they belong."""

    window: Window
    audio: Numbers
    wishes: Wishes
    raw: Sequence[Word]
    placed: Sequence[Word]

    @cached_property
    def texts(self) -> list[str]:
        return [word.text for word in self.raw]

    @cached_property
    def _sure(self) -> Numbers:
        """1 in each frame of 32 ms that is surely speech, 0 elsewhere."""
        return np.asarray(listen([self.audio]).speech >= _SURE_SPEECH, np.float32)

    def has_little_speech(self, words: range) -> bool:
        """Whether the detector hears little speech where the model heard these words."""
        start, end = self.raw[words[0]].start, self.raw[words[-1]].end
        frames = self._sure[int(start / FRAME_SECONDS) : int(end / FRAME_SECONDS) + 1]
        return not len(frames) or float(frames.mean()) < _LITTLE_SPEECH


def judged(
    answer: Sequence[Any], window: Window, audio: Numbers, wishes: Wishes
) -> tuple[tuple[Segment, ...], tuple[LeftOut, ...]]:
    """The sentences of an answer with their doubts, and what is left out of it; ids are 0.

    What the model itself takes for no speech is left out, as Whisper does; where the voice detector
    heard none either, one doubt is enough. Other doubts are flags.
    """
    whys = [(segment, _why_left_out(segment, window)) for segment in answer]
    left_out = (_left_out(segment, window, why) for segment, why in whys if why)
    kept = [segment for segment, why in whys if not why]
    segments = tuple(_segments(kept, window, audio, wishes))
    return segments, tuple(each for each in left_out if each.text)


def is_unlikely(segment: Any) -> bool:
    """Whether the model itself holds its words unlikely."""
    return bool(segment.avg_logprob < _LEAST_LOG_PROBABILITY)


def _why_left_out(segment: Any, window: Window) -> WhyLeftOut | None:
    no_speech = segment.no_speech_prob > _MOST_NO_SPEECH
    if no_speech and is_unlikely(segment):
        return WhyLeftOut.NO_SPEECH
    if window.unsure and (no_speech or is_unlikely(segment) or _is_compressed(segment)):
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
    raw = [
        shortened(word, at_start=number == 0)
        for words, _ in wholes
        for number, word in enumerate(words)
    ]
    later = (_moved(word, window.start) for word in raw)
    heard = _Heard(window, audio, wishes, raw, list(clamped(later, window.spans, window.start)))
    doubts = dict(_doubts(heard))
    doubts[Flag.IMPOSSIBLE_TIMING] += _drawn_out(wholes)
    first = 0
    for segment, (words, estimated) in zip(answer, wholes, strict=True):
        own = _flags(segment, window, estimated, doubts)
        for part in _sentences(heard.texts, range(first, first + len(words))):
            yield _segment(segment, heard, part, (*own, *_touching(part, doubts)))
        first += len(words)


def _doubts(heard: _Heard) -> Iterator[tuple[Flag, list[range]]]:
    """For each kind of doubt, the words that it is about."""
    language = language_of(heard.wishes.language)
    others = {code: function_words(code) for code in _OTHER_LANGUAGES if code != language}
    quiet = heard.has_little_speech
    texts, hint = heard.texts, heard.wishes.hint
    yield Flag.REPETITION, list(loops(texts))
    yield Flag.INVENTION, [words for words in known_inventions(texts) if quiet(words)]
    yield (
        Flag.HINT_LEAK,
        [*recited_hint(texts, hint), *(words for words in hint_terms(texts, hint) if quiet(words))],
    )
    yield (
        Flag.LANGUAGE_DRIFT,
        [
            *strange_scripts(texts, language),
            *foreign_stretches(texts, function_words(language), others),
        ],
    )
    yield Flag.IMPOSSIBLE_TIMING, [*hurried(heard.placed), *_far_off(heard)]


def _far_off(heard: _Heard) -> Iterator[range]:
    """Words that the model placed far from any speech."""
    for index, (raw, placed) in enumerate(zip(heard.raw, heard.placed, strict=True)):
        start, end = raw.start + heard.window.start, raw.end + heard.window.start
        if max(placed.start - end, start - placed.end) > _FAR_SECONDS:
            yield range(index, index + 1)


def _drawn_out(wholes: Iterable[tuple[list[Word], bool]]) -> list[range]:
    words = [word for words, _ in wholes for word in words]
    return [range(n, n + 1) for n, word in enumerate(words) if is_drawn_out(word)]


def _flags(
    segment: Any, window: Window, estimated: bool, doubts: dict[Flag, list[range]]
) -> Iterator[Flag]:
    """Doubts about the whole of what the model answered at once."""
    holds = {
        Flag.LOW_CONFIDENCE: is_unlikely(segment),
        Flag.REPETITION: _is_compressed(segment) and not doubts[Flag.REPETITION],
        Flag.PERHAPS_NO_SPEECH: window.unsure or segment.no_speech_prob > _MOST_NO_SPEECH,
        Flag.TIMES_ESTIMATED: estimated,
    }
    return (flag for flag, true in holds.items() if true)


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


def _segment(segment: Any, heard: _Heard, part: range, flags: Iterable[Flag]) -> Segment:
    words = tuple(heard.placed[part.start : part.stop])
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


def _is_compressed(segment: Any) -> bool:
    return bool(segment.compression_ratio > _MOST_COMPRESSION)


def _moved(word: Word, seconds: float) -> Word:
    return replace(word, start=word.start + seconds, end=word.end + seconds)
