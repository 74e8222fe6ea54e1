"""The first question about many windows, asked of a model in one call.

faster-whisper's own batches take another road than its `transcribe`: other options, no word of the
rest of a window. Here `transcribe` runs as ever, with a model that knows its first answers already.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipeline.tools.whisper.decode import Wishes, ask
from pipeline.tools.whisper.engine import Engine, at_work
from pipeline.tools.whisper.windows import Numbers


def asked_ahead(engine: Engine, audios: Sequence[Numbers], wishes: Wishes) -> list[Engine]:
    """For each window an engine that has encoded it and knows what `ask` is answered first.

    Any other question goes to the model itself, alone. Raises what `ask` raises.
    """
    questions = [_first_question(engine, audio, wishes) for audio in audios]
    asked = [question for question in questions if question]
    answers = iter(_answered(engine, asked) if asked else ())
    return [_knowing(engine, next(answers)) if question else engine for question in questions]


@dataclass(frozen=True, slots=True)
class _Question:
    """What faster-whisper asks CTranslate2 first about a sound.

    `sound_features` are of all of it, `features` of what the model is shown: (bands, frames).
    """

    audio: Numbers
    sound_features: Numbers
    features: Numbers
    prompt: list[int]
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Answered:
    """A question with its answer. `encoding` is of this window alone: (1, positions, width)."""

    question: _Question
    encoding: Any
    answer: Any


def _first_question(engine: Engine, audio: Numbers, wishes: Wishes) -> _Question | None:
    """What `ask` would ask first; None where the sound is too short to ask anything."""
    sound_features = engine.model.feature_extractor(audio)
    listening = copy.copy(engine.model)
    listening.encode = lambda features: features
    listening.model = _Eavesdropper(engine.model.model)
    free = replace(engine, model=listening, places=threading.Semaphore(1))
    try:
        ask(free, audio, wishes)
    except _Overheard as asked:
        return _Question(audio, sound_features, asked.features, asked.prompt, asked.options)
    return None


def _answered(engine: Engine, questions: Sequence[_Question]) -> list[_Answered]:
    """The answers to questions that differ in nothing but the sound."""
    import ctranslate2

    features = np.stack([question.features for question in questions])
    with at_work(engine) as model:
        # On the CPU, where the encodings can be told apart; CTranslate2 brings them back itself.
        encodings = model.model.encode(ctranslate2.StorageView.from_array(features), to_cpu=True)
        answers = model.model.generate(
            encodings, [question.prompt for question in questions], **questions[0].options
        )
    rows = np.array(encodings.to(ctranslate2.DataType.float32))
    return [
        _Answered(question, ctranslate2.StorageView.from_array(rows[n : n + 1]), answer)
        for n, (question, answer) in enumerate(zip(questions, answers, strict=True))
    ]


def _knowing(engine: Engine, first: _Answered) -> Engine:
    question, model = first.question, copy.copy(engine.model)
    model.feature_extractor = _Knowing(
        engine.model.feature_extractor, question.audio, question.sound_features
    )
    model.encode = _Knowing(engine.model.encode, question.features, first.encoding)
    model.model = _Decoder(engine.model.model, first)
    return replace(engine, model=model)


class _Overheard(Exception):
    def __init__(self, features: Numbers, prompt: list[int], options: dict[str, Any]) -> None:
        super().__init__()
        self.features = features
        self.prompt = prompt
        self.options = options


class _Eavesdropper:
    """CTranslate2's model, as long as nothing is asked of it."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def generate(self, features: Numbers, prompts: list[list[int]], **options: Any) -> Any:
        raise _Overheard(features, prompts[0], options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


class _Knowing:
    """A function of numbers that knows already what comes of some of them."""

    def __init__(self, function: Any, numbers: Numbers, outcome: Any) -> None:
        self._function = function
        self._numbers = numbers
        self._outcome = outcome

    def __call__(self, numbers: Numbers, **more: Any) -> Any:
        if np.array_equal(numbers, self._numbers):
            return self._outcome
        return self._function(numbers, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)


class _Decoder:
    """CTranslate2's model that knows one answer already."""

    def __init__(self, model: Any, first: _Answered) -> None:
        self._model = model
        self._first = first

    def generate(self, encoding: Any, prompts: list[list[int]], **options: Any) -> Any:
        known = self._first.question
        same_sound = encoding is self._first.encoding
        if same_sound and prompts == [known.prompt] and options == known.options:
            return [self._first.answer]
        return self._model.generate(encoding, prompts, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)
