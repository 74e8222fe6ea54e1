"""Hearing a window well: where an answer fails the model is asked again, in other ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import TypeAlias

from pipeline.tools.whisper.decode import Wishes, ask, language_heard
from pipeline.tools.whisper.engine import Engine, at_work, language_of
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.judging import LEAST_LOG_PROBABILITY, judged
from pipeline.tools.whisper.speech import halves
from pipeline.tools.whisper.windows import Numbers, Window, unheard
from pipeline.words.doubts.foreign import are_kin
from pipeline.words.transcript import Flag

# Halving stops here: a model without context understands less, and each level is as much work.
_SHORTEST_WINDOW_SECONDS = 8.0

# How sure the model must be that another language is spoken, and how much speech it must hear.
_SURE_OF_LANGUAGE = 0.8
_LEAST_SPEECH_SECONDS = 2.0

_FAILURES = frozenset([Flag.REPETITION, Flag.HINT_LEAK])


class Asked(StrEnum):
    """How the model was asked where its first answer failed, from the cheapest way on."""

    IN_ANOTHER_LANGUAGE = "in_another_language"
    WITHOUT_HINT = "without_hint"
    WITHOUT_REPEATS = "without_repeats"
    IN_HALVES = "in_halves"


_Way: TypeAlias = tuple[Asked, Callable[[], HeardWindow]]


def hear(engine: Engine, window: Window, audio: Numbers, wishes: Wishes) -> HeardWindow:
    """What is said in a window, in order; times count from where `window.start` counts from.

    The same arguments give the same answer, in whatever thread or process. Whisper sometimes stops
    before the end of a window, repeats one phrase until then, or reads out its hint: then it is
    asked again, in one way after the other until an answer passes, and the answer with the least in
    doubt is kept. Where another language is spoken the whole window is flagged.
    """
    best = _heard(engine, window, audio, wishes)
    other = _other_language(engine, window, audio, wishes)
    for way, answer in _ways(engine, window, audio, wishes, other):
        if _is_worth_trying(way, window, best):
            best = min(best, _marked(answer(), way), key=lambda heard: _badness(window, heard))
    return _drifted(best) if other else best


def detect_language(engine: Engine, audios: Iterable[Numbers]) -> tuple[str, float]:
    """The language most likely spoken in some windows taken together, and how likely it is."""
    if not engine.multilingual:
        return "en", 1.0
    total: dict[str, float] = {}
    count = 0
    for audio in audios:
        with at_work(engine) as model:
            _, _, found = model.detect_language(audio)
        count += 1
        for code, probability in found:
            total[code] = total.get(code, 0.0) + probability
    code = max(sorted(total), key=total.__getitem__)
    return language_of(code), round(total[code] / count, 3)


def _ways(
    engine: Engine, window: Window, audio: Numbers, wishes: Wishes, other: str
) -> Iterator[_Way]:
    """Other ways of asking. The hint is given no second time: it may be what went wrong."""
    plain = replace(wishes, hint="")
    if other:
        there = replace(plain, language=other)
        yield Asked.IN_ANOTHER_LANGUAGE, lambda: _heard(engine, window, audio, there)
    if wishes.hint:
        yield Asked.WITHOUT_HINT, lambda: _heard(engine, window, audio, plain)
    yield (
        Asked.WITHOUT_REPEATS,
        lambda: _heard(engine, window, audio, plain, without_repeats=True),
    )
    if window.end - window.start >= _SHORTEST_WINDOW_SECONDS:
        parts = ((part, sound) for part, sound in halves(window, audio))
        yield (
            Asked.IN_HALVES,
            lambda: _joined(hear(engine, part, sound, plain) for part, sound in parts),
        )


def _is_worth_trying(way: Asked, window: Window, best: HeardWindow) -> bool:
    """Whether that way can mend what is wrong with the best answer so far."""
    failing = _failing_seconds(window, best) > 0
    unlikely = any(s.average_log_probability < LEAST_LOG_PROBABILITY for s in best.segments)
    return {
        Asked.IN_ANOTHER_LANGUAGE: True,
        Asked.WITHOUT_HINT: failing or unlikely,
        Asked.WITHOUT_REPEATS: _has(best, Flag.REPETITION) or unlikely or not best.segments,
        Asked.IN_HALVES: failing,
    }[way]


def _heard(
    engine: Engine, window: Window, audio: Numbers, wishes: Wishes, *, without_repeats: bool = False
) -> HeardWindow:
    answer = ask(engine, audio, wishes, without_repeats=without_repeats)
    return HeardWindow(*judged(answer, window, audio, wishes))


def _other_language(engine: Engine, window: Window, audio: Numbers, wishes: Wishes) -> str:
    """Whisper's code of the language of a window, where it is surely not the one asked for."""
    speech = sum(span.seconds for span in window.spans)
    if window.unsure or speech < _LEAST_SPEECH_SECONDS or not engine.multilingual:
        return ""
    code, probability = max(language_heard(engine, audio), key=lambda each: each[1])
    is_other = probability >= _SURE_OF_LANGUAGE and not are_kin(code, wishes.language)
    return code if is_other else ""


def _badness(window: Window, heard: HeardWindow) -> tuple[float, float]:
    """First how much failed, then how unlikely the words are."""
    weights = [len(segment.words) for segment in heard.segments]
    if not heard.segments:
        return _failing_seconds(window, heard), 0.0
    likely = sum(
        weight * segment.average_log_probability
        for weight, segment in zip(weights, heard.segments, strict=True)
    )
    return _failing_seconds(window, heard), -likely / sum(weights)


def _failing_seconds(window: Window, heard: HeardWindow) -> float:
    """How much of a window holds speech without words, words in a loop, or the hint read out."""
    words = [word for segment in heard.segments for word in segment.words]
    if not words:
        return 0.0 if window.unsure else sum(span.seconds for span in window.spans)
    missing = sum(end - start for start, end in unheard([window], words))
    failed = (s.end - s.start for s in heard.segments if _FAILURES.intersection(s.flags))
    return round(missing + sum(failed), 2)


def _has(heard: HeardWindow, flag: Flag) -> bool:
    return any(flag in segment.flags for segment in heard.segments)


def _marked(heard: HeardWindow, way: Asked) -> HeardWindow:
    segments = (replace(segment, asked=segment.asked or way) for segment in heard.segments)
    return replace(heard, segments=tuple(segments))


def _drifted(heard: HeardWindow) -> HeardWindow:
    flag = Flag.LANGUAGE_DRIFT
    segments = (replace(s, flags=(*dict.fromkeys((*s.flags, flag)),)) for s in heard.segments)
    return replace(heard, segments=tuple(segments))


def _joined(parts: Iterable[HeardWindow]) -> HeardWindow:
    parts = tuple(parts)
    return HeardWindow(
        tuple(segment for part in parts for segment in part.segments),
        tuple(left_out for part in parts for left_out in part.left_out),
    )
