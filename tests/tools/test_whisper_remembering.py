"""A sound is analysed once, and other sounds and other threads get answers of their own."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.decode import Wishes, ask, language_heard
from pipeline.tools.whisper.engine import load
from pipeline.tools.whisper.models import demo_folder
from pipeline.tools.whisper.remembering import remember_sounds
from pipeline.tools.whisper.windows import Numbers

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"


@pytest.fixture
def voices() -> Numbers:
    return np.concatenate(list(speech_blocks(THREE_VOICES)))[: 9 * 16_000]


def counted() -> tuple[Any, list[str]]:
    """A model that notes each time it works."""
    worked: list[str] = []

    def encode(features: Numbers) -> float:
        worked.append("encode")
        return float(features.sum())

    def extract(audio: Numbers, **_: Any) -> Numbers:
        worked.append("extract")
        return audio * 2

    model = SimpleNamespace(encode=encode, feature_extractor=extract)
    remember_sounds(model)
    return model, worked


def test_a_sound_is_analysed_once() -> None:
    model, worked = counted()
    audio = np.ones(10, np.float32)
    for _ in range(3):
        assert model.encode(model.feature_extractor(audio)) == 20.0
    assert worked == ["extract", "encode"]


def test_another_sound_has_another_answer() -> None:
    model, _ = counted()
    sounds = [np.full(10, value, np.float32) for value in (1, 2, 3, 1)]
    answers = [model.encode(model.feature_extractor(sound)) for sound in sounds]
    assert answers == [20.0, 40.0, 60.0, 20.0]


def test_threads_share_no_memory() -> None:
    model, worked = counted()
    audio = np.ones(10, np.float32)
    threads = [threading.Thread(target=lambda: model.feature_extractor(audio)) for _ in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    assert worked == ["extract"] * 3


def test_what_is_remembered_gives_the_words_that_fresh_work_gives(voices: Numbers) -> None:
    engine = load(demo_folder())
    first = ask(engine, voices, Wishes("id"))
    likely = language_heard(engine, voices)
    again = ask(engine, voices, Wishes("id"))
    fresh = ask(engine, voices.copy(), Wishes("id"))
    assert [segment.text for segment in first] != []
    assert first == again == fresh
    assert max(likely, key=lambda each: each[1])[0] == "id"
