"""Hearing a window well: where an answer fails the model is asked again, in other ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from pipeline.tools.whisper.decode import Wishes, ask
from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.judging import LEAST_LOG_PROBABILITY, judged
from pipeline.tools.whisper.languages import OtherLanguage, other_language
from pipeline.tools.whisper.speech import halves, parts
from pipeline.tools.whisper.windows import Numbers, Window, unheard
from pipeline.words.plain_text import bare_word
from pipeline.words.transcript import Flag

# Halving stops here: a model without context understands less, and each level is as much work.
_SHORTEST_WINDOW_SECONDS = 8.0
_SHORTEST_PART_SECONDS = 1.0

# Of the words of two answers, how many must be the same for them to say the same.
_MOSTLY = 0.5

_FAILURES = frozenset([Flag.REPETITION, Flag.HINT_LEAK])


class Asked(StrEnum):
    """How the model was asked where its first answer failed, from the cheapest way on."""

    IN_ANOTHER_LANGUAGE = "in_another_language"
    WITHOUT_HINT = "without_hint"
    WITHOUT_REPEATS = "without_repeats"
    IN_PARTS = "in_parts"


_Way: TypeAlias = tuple[Asked, Callable[[], HeardWindow]]


def hear(engine: Engine, window: Window, audio: Numbers, wishes: Wishes) -> HeardWindow:
    """What is said in a window, in order; times count from where `window.start` counts from.

    The same arguments give the same answer, in whatever thread or process. Whisper sometimes stops
    before the end of a window, repeats one phrase until then, or reads out its hint: then it is
    asked again, in one way after the other until an answer passes, and the answer with the least in
    doubt is kept. What is said in another language is flagged.
    """
    first = _asked(engine, window, audio, wishes)
    other = other_language(engine, window, audio, wishes, first.segments)
    best = _drifted(first, other)
    answers: dict[Asked, HeardWindow] = {}
    for way, answer in _Ladder(engine, window, audio, wishes, other).ways():
        if _is_worth_trying(way, window, best, other, answers):
            answers[way] = _marked(answer(), way)
            best = min(best, answers[way], key=lambda heard: _badness(window, heard))
    return best


@dataclass(frozen=True, slots=True)
class _Ladder:
    """Other ways of asking about a window.

    The hint is given no second time: it may be what went wrong.
    """

    engine: Engine
    window: Window
    audio: Numbers
    wishes: Wishes
    other: OtherLanguage | None

    def ways(self) -> Iterator[_Way]:
        plain = replace(self.wishes, hint="")
        if self.other:
            there = replace(plain, language=self.other.code)
            yield Asked.IN_ANOTHER_LANGUAGE, lambda: self._asked(there)
        if self.wishes.hint:
            yield Asked.WITHOUT_HINT, lambda: self._asked(plain)
        yield Asked.WITHOUT_REPEATS, lambda: self._asked(plain, without_repeats=True)
        if self.window.end - self.window.start >= _SHORTEST_WINDOW_SECONDS:
            yield Asked.IN_PARTS, lambda: self._in_parts(plain)

    def _asked(self, wishes: Wishes, *, without_repeats: bool = False) -> HeardWindow:
        heard = _asked(
            self.engine, self.window, self.audio, wishes, without_repeats=without_repeats
        )
        return _drifted(heard, self.other)

    def _in_parts(self, wishes: Wishes) -> HeardWindow:
        cut = _language_changes_at(self.window, self.other)
        both = parts(self.window, self.audio, cut) if cut else halves(self.window, self.audio)
        return _joined(hear(self.engine, part, sound, wishes) for part, sound in both)


def _is_worth_trying(
    way: Asked,
    window: Window,
    best: HeardWindow,
    other: OtherLanguage | None,
    answers: Mapping[Asked, HeardWindow],
) -> bool:
    """Whether that way can mend what is wrong with the best of the answers so far.

    A window that is one language's all through is not cut up: each cut costs as much again.
    """
    failing = _failing_seconds(window, best) > 0
    unlikely = any(s.average_log_probability < LEAST_LOG_PROBABILITY for s in best.segments)
    loops = any(Flag.REPETITION in segment.flags for segment in best.segments)
    there = answers.get(Asked.IN_ANOTHER_LANGUAGE)
    return {
        Asked.IN_ANOTHER_LANGUAGE: other is not None and other.fills(window),
        Asked.WITHOUT_HINT: failing or unlikely,
        Asked.WITHOUT_REPEATS: loops or unlikely or not best.segments,
        Asked.IN_PARTS: failing or (other is not None and not _agree(there, best)),
    }[way]


def _agree(one: HeardWindow | None, other: HeardWindow) -> bool:
    """Whether two answers are mostly the same words: a model may write English unasked."""
    if one is None:
        return False
    words = [
        Counter(bare_word(word.text) for segment in heard.segments for word in segment.words)
        for heard in (one, other)
    ]
    return (words[0] & words[1]).total() >= _MOSTLY * max(map(Counter.total, words))


def _asked(
    engine: Engine, window: Window, audio: Numbers, wishes: Wishes, *, without_repeats: bool = False
) -> HeardWindow:
    answer = ask(engine, audio, wishes, without_repeats=without_repeats)
    return HeardWindow(*judged(answer, window, audio, wishes))


def _language_changes_at(window: Window, other: OtherLanguage | None) -> float:
    """When another language begins or ends in a window; 0 where it is not told."""
    if other is None:
        return 0.0
    inside = (
        time
        for time in (other.span.start, other.span.end)
        if min(time - window.start, window.end - time) >= _SHORTEST_PART_SECONDS
    )
    return next(inside, 0.0)


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


def _marked(heard: HeardWindow, way: Asked) -> HeardWindow:
    segments = (replace(segment, asked=segment.asked or way) for segment in heard.segments)
    return replace(heard, segments=tuple(segments))


def _drifted(heard: HeardWindow, other: OtherLanguage | None) -> HeardWindow:
    """With a flag on what is said where the model hears another language."""
    if other is None:
        return heard
    span, flag = other.span, Flag.LANGUAGE_DRIFT
    segments = (
        replace(segment, flags=tuple(dict.fromkeys((*segment.flags, flag))))
        if segment.start < span.end and segment.end > span.start
        else segment
        for segment in heard.segments
    )
    return replace(heard, segments=tuple(segments))


def _joined(heard: Iterable[HeardWindow]) -> HeardWindow:
    heard = tuple(heard)
    return HeardWindow(
        tuple(segment for part in heard for segment in part.segments),
        tuple(left_out for part in heard for left_out in part.left_out),
    )
