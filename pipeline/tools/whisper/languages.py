"""Which language is spoken: in an episode, in a window, in a part of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.tools.whisper.decode import Wishes, language_heard, language_of_part
from pipeline.tools.whisper.engine import Engine, at_work, language_of
from pipeline.tools.whisper.judging import likelihood
from pipeline.tools.whisper.speech import halves
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Numbers, Span, Window
from pipeline.words.doubts.foreign import are_kin
from pipeline.words.transcript import Segment

# How sure the model must be that another language is spoken, and how much speech it must hear.
_SURE = 0.8
_LEAST_SECONDS = 2.0
# When improbable sentences are held for what was asked for, without a closer look.
_LIKELY_OURS = 0.5
# Whisper names the language by how a sound begins. One that comes later makes improbable words.
_SUSPICIOUS_LIKELIHOOD = 0.85


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """Whisper's code of a language that was not asked for, and where in a window it is spoken."""

    code: str
    span: Span

    def fills(self, window: Window) -> bool:
        """Whether nothing else is spoken in the window."""
        return (self.span.start, self.span.end) == (window.start, window.end)


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


def other_language(
    engine: Engine, window: Window, audio: Numbers, wishes: Wishes, answer: Sequence[Segment]
) -> OtherLanguage | None:
    """The language of a window, or of the improbable sentences in `answer`, if it is another.

    The window's costs a step of the decoder, and so does that of improbable sentences; only where
    these do not sound like the language asked for are they encoded by themselves.
    """
    speech = sum(span.seconds for span in window.spans)
    if window.unsure or speech < _LEAST_SECONDS or not engine.multilingual:
        return None
    if code := _surely_other(engine, audio, wishes):
        return OtherLanguage(code, _how_far(engine, window, audio, wishes))
    stretch = _suspicious_stretch(answer)
    if stretch is None:
        return None
    start, end = stretch.start - window.start, stretch.end - window.start
    if _sounds_like_ours(engine, audio, start, end, wishes):
        return None
    first, last = (round(time * SAMPLE_RATE_HZ) for time in (start, end))
    code = _surely_other(engine, audio[first:last], wishes)
    return OtherLanguage(code, stretch) if code else None


def _how_far(engine: Engine, window: Window, audio: Numbers, wishes: Wishes) -> Span:
    """The whole window, or its first half where the second is surely in the language asked for."""
    (first, _), (second, sound) = halves(window, audio)
    speech = sum(span.seconds for span in second.spans)
    code, probability = _likeliest(engine, sound) if speech >= _LEAST_SECONDS else ("", 0.0)
    if probability >= _SURE and are_kin(code, wishes.language):
        return Span(first.start, first.end)
    return Span(window.start, window.end)


def _sounds_like_ours(
    engine: Engine, audio: Numbers, start: float, end: float, wishes: Wishes
) -> bool:
    found = language_of_part(engine, audio, start, end)
    ours = sum(likely for code, likely in found.items() if are_kin(code, wishes.language))
    return ours >= _LIKELY_OURS


def _surely_other(engine: Engine, audio: Numbers, wishes: Wishes) -> str:
    code, probability = _likeliest(engine, audio)
    is_other = probability >= _SURE and not are_kin(code, wishes.language)
    return code if is_other else ""


def _likeliest(engine: Engine, audio: Numbers) -> tuple[str, float]:
    return max(language_heard(engine, audio), key=lambda each: each[1])


def _suspicious_stretch(answer: Sequence[Segment]) -> Span | None:
    """The longest run of improbable sentences, if it is long enough to tell its language."""
    runs = (
        list(run)
        for suspicious, run in groupby(
            answer, key=lambda segment: likelihood(segment.words) < _SUSPICIOUS_LIKELIHOOD
        )
        if suspicious
    )
    spans = (Span(run[0].start, run[-1].end) for run in runs)
    longest = max(spans, key=lambda span: span.seconds, default=None)
    return longest if longest and longest.seconds >= _LEAST_SECONDS else None
