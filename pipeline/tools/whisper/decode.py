"""Asking a model what it hears in a window, by beam search.

faster-whisper's fallback to sampling at higher temperatures is not used: CTranslate2 seeds its
random numbers once for each thread of a loaded model, so the same audio would give other words the
next time (docs/decisions/0030, 0055).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.tools.whisper.engine import Engine, at_work
from pipeline.tools.whisper.windows import Numbers

_LONGEST_REPEAT_TOKENS = 4
_POSITIONS_A_SECOND = 50  # of what the encoder gives


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the text is to be made. `language` is Whisper's code."""

    language: str
    beam_size: int = 5
    hint: str = ""


def ask(
    engine: Engine, audio: Numbers, wishes: Wishes, *, without_repeats: bool = False
) -> list[Any]:
    """faster-whisper's segments of a window; `without_repeats` allows no phrase of 4 tokens twice.

    Nothing of it depends on another window or on chance.
    """
    with at_work(engine) as model:
        segments, _ = model.transcribe(
            audio,
            language=wishes.language,
            beam_size=wishes.beam_size,
            hotwords=wishes.hint or None,
            no_repeat_ngram_size=_LONGEST_REPEAT_TOKENS if without_repeats else 0,
            temperature=0.0,
            condition_on_previous_text=False,
            vad_filter=False,
            word_timestamps=True,
            no_speech_threshold=None,
        )
        return list(segments)


def language_heard(engine: Engine, audio: Numbers) -> list[tuple[str, float]]:
    """Whisper's codes of the languages that may be spoken in a window, and how likely each is.

    The model is shown exactly what `ask` shows it, so that what it remembers of that serves again.
    """
    with at_work(engine) as model:
        features = model.feature_extractor(audio)[..., :-1]
        _, _, found = model.detect_language(features=features)
        return list(found)


def language_of_part(engine: Engine, audio: Numbers, start: float, end: float) -> dict[str, float]:
    """How likely each language is between two times of a window that was asked about already.

    Told by what the encoder made of the whole window: a step of the decoder instead of encoding
    the part by itself, which costs as much as a window. Empty on a GPU, where encodings stay.
    """
    import ctranslate2
    from faster_whisper.audio import pad_or_trim

    if engine.device != "cpu":
        return {}
    with at_work(engine) as model:
        encoding = model.encode(pad_or_trim(model.feature_extractor(audio)[..., :-1]))
        positions = np.array(encoding.to(ctranslate2.DataType.float32))
        first, last = (round(time * _POSITIONS_A_SECOND) for time in (start, end))
        part = ctranslate2.StorageView.from_array(np.ascontiguousarray(positions[:, first:last]))
        (found,) = model.model.detect_language(part)
        return {token.strip("<|>"): float(probability) for token, probability in found}
