"""The shipped model, through the real faster-whisper, on the shipped recording."""

import re
from functools import cache
from pathlib import Path

import jiwer
import pytest
from faster_whisper import WhisperModel, decode_audio
from faster_whisper.transcribe import Segment

DEMO = Path(__file__).parents[2] / "pipeline" / "demo"
MODEL = DEMO / "model"
SCRIPT = DEMO / "recording" / "script.txt"
HIGHEST_WORD_ERROR_RATE = 0.15


def test_the_recording_is_understood() -> None:
    assert jiwer.wer(spoken(), plain(" ".join(text for text, _ in heard()))) <= (
        HIGHEST_WORD_ERROR_RATE
    )


def test_the_names_are_understood() -> None:
    said = plain(" ".join(text for text, _ in heard()))
    for name in ("kutai kartanegara", "tenggarong", "diskominfo", "budi santoso"):
        assert name in said


def test_words_are_timed_in_order_and_within_the_recording() -> None:
    starts = [word.start for _, words in heard() for word in words]
    assert len(starts) > 200
    assert starts == sorted(starts)
    assert 110 < starts[-1] < 120


def test_the_model_is_multilingual_and_finds_indonesian() -> None:
    assert model().model.is_multilingual
    language, probability, _ = model().detect_language(samples())
    assert (language, probability > 0.9) == ("id", True)


@pytest.mark.parametrize("level", [0.0, 0.001, 0.05])
def test_nothing_is_invented_where_nobody_speaks(level: float) -> None:
    import numpy as np

    noise = np.random.default_rng(1).normal(size=8 * 16_000).astype(np.float32) * level
    segments, _ = model().transcribe(noise, language="id", beam_size=1)
    assert list(segments) == []


def test_model_and_recording_are_small() -> None:
    files = [path for path in DEMO.rglob("*") if path.is_file()]
    assert {"model.bin", "config.json", "vocabulary.json", "tokenizer.json"} <= {
        path.name for path in files
    }
    assert sum(path.stat().st_size for path in files) < 12_000_000


@cache
def model() -> WhisperModel:
    return WhisperModel(str(MODEL), device="cpu", compute_type="int8", cpu_threads=2)


@cache
def samples():  # type: ignore[no-untyped-def]
    (recording,) = SCRIPT.parent.glob("*.ogg")
    return decode_audio(str(recording))


@cache
def heard() -> list[tuple[str, list]]:  # type: ignore[type-arg]
    segments, _ = model().transcribe(
        samples(),
        language="id",
        beam_size=1,
        condition_on_previous_text=False,
        word_timestamps=True,
    )
    return [(segment.text, words_of(segment)) for segment in segments]


def words_of(segment: Segment) -> list:  # type: ignore[type-arg]
    assert segment.words
    return segment.words


def spoken() -> str:
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    return plain(" ".join(line.split(": ", 1)[1] for line in lines))


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9\- ]", " ", text.lower()).split())
