"""Hearing a window well: where the model loops or leaves out speech, its halves are heard alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.tools.whisper.decode import Wishes, heard_at_once
from pipeline.tools.whisper.engine import Engine, at_work, language_of
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.speech import halves
from pipeline.tools.whisper.windows import Numbers, Window, unheard
from pipeline.words.transcript import Flag

# Halving stops here: a model without context understands less, and the work doubles each time.
_SHORTEST_WINDOW_SECONDS = 4.0


def hear(engine: Engine, window: Window, audio: Numbers, wishes: Wishes) -> HeardWindow:
    """What is said in a window, in order; times count from where `window.start` counts from.

    The same arguments give the same answer, in whatever thread or process. Whisper sometimes stops
    before the end of a window, or repeats one phrase until then. Without the hint, or in two halves
    cut at the deepest pause, the window then often comes out whole; that is taken if less of it is
    in doubt.
    """
    whole = HeardWindow(*heard_at_once(engine, window, audio, wishes))
    doubtful = _doubtful_seconds(window, whole)
    if doubtful and wishes.hint:
        return _less_doubtful(window, whole, hear(engine, window, audio, replace(wishes, hint="")))
    if doubtful == 0 or window.end - window.start < _SHORTEST_WINDOW_SECONDS:
        return whole
    parts = [hear(engine, part, sound, wishes) for part, sound in halves(window, audio)]
    return _less_doubtful(window, whole, _joined(parts))


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


def _joined(parts: Iterable[HeardWindow]) -> HeardWindow:
    parts = tuple(parts)
    return HeardWindow(
        tuple(segment for part in parts for segment in part.segments),
        tuple(left_out for part in parts for left_out in part.left_out),
    )


def _less_doubtful(window: Window, first: HeardWindow, second: HeardWindow) -> HeardWindow:
    """The first unless the second is better."""
    return min(first, second, key=lambda heard: _doubtful_seconds(window, heard))


def _doubtful_seconds(window: Window, heard: HeardWindow) -> float:
    """How much of a window holds speech without words, or words in a loop."""
    words = [word for segment in heard.segments for word in segment.words]
    missing = sum(end - start for start, end in unheard([window], words))
    return missing + sum(s.end - s.start for s in heard.segments if Flag.REPETITION in s.flags)
