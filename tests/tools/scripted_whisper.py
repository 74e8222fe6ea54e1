"""A decoder that misbehaves on cue: the part of faster-whisper's WhisperModel that we use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ

Spoken = Callable[[Any], tuple[str, float]]
"""Of the samples, which language is spoken and how likely that is."""

Answer = Callable[[float, Mapping[str, Any]], Iterable[SimpleNamespace]]
"""Of the seconds of the sound and the options it is asked with, what the decoder hears."""


def said(
    text: str,
    start: float,
    end: float,
    *,
    log_probability: float = -0.2,
    compression: float = 1.2,
    no_speech: float = 0.01,
    probability: float = 0.9,
) -> SimpleNamespace:
    """A segment as faster-whisper gives it; its words share its time evenly."""
    texts = text.split()
    each = (end - start) / len(texts)
    starts = [start + number * each for number in range(len(texts))]
    words = [
        SimpleNamespace(word=f" {word}", start=at, end=at + each, probability=probability)
        for word, at in zip(texts, starts, strict=True)
    ]
    return SimpleNamespace(
        text=f" {text}",
        start=start,
        end=end,
        words=words,
        avg_logprob=log_probability,
        compression_ratio=compression,
        no_speech_prob=no_speech,
    )


class ScriptedWhisper:
    """Answers with what `answer` makes of each question, and remembers the questions."""

    def __init__(
        self,
        answer: Answer,
        spoken: Spoken = lambda _: ("id", 0.99),
        spoken_in_part: tuple[str, float] = ("en", 0.4),
    ) -> None:
        self._answer = answer
        self._spoken = spoken
        self.model = _Decoder(spoken_in_part)
        self.hf_tokenizer = SimpleNamespace(token_to_id=lambda token: 1, encode=lambda *_, **__: [])
        self.max_length = 448
        self.feature_extractor = _Extractor()
        self.asked: list[Mapping[str, Any]] = []

    def transcribe(self, audio: Any, **options: Any) -> tuple[Iterator[SimpleNamespace], None]:
        self.asked.append(options)
        return iter(self._answer(len(audio) / SAMPLE_RATE_HZ, options)), None

    def encode(self, _features: Any) -> _Encoding:
        return _Encoding()

    def detect_language(self, features: Any) -> tuple[str, float, list[tuple[str, float]]]:
        code, sure = self._spoken(features)
        rest = ("id" if code != "id" else "en", 1 - sure)
        return code, sure, [(code, sure), rest]


def scripted_engine(answer: Answer, **more: Any) -> Engine:
    """An engine whose model is a ScriptedWhisper."""
    model = ScriptedWhisper(answer, **more)
    return Engine(model, "cpu", "int8", 1, threading.Semaphore(1))


class _Decoder:
    """Names the language of any part of a window."""

    is_multilingual = True

    def __init__(self, spoken: tuple[str, float]) -> None:
        self._spoken = spoken

    def detect_language(self, _part: Any) -> list[list[tuple[str, float]]]:
        code, sure = self._spoken
        return [[(f"<|{code}|>", sure)]]


class _Encoding:
    """What an encoder gives, with nothing in it."""

    def to(self, _type: Any) -> Any:
        return np.zeros((1, 1500, 1), np.float32)


class _Extractor:
    """Its features are the samples."""

    chunk_length = 30

    def __call__(self, audio: Any) -> Any:
        return audio
