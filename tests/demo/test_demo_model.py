"""The shipped model, through the real faster-whisper, on the shipped recording."""

import re
from functools import cache
from pathlib import Path

import jiwer
import numpy as np
import pytest
from faster_whisper import WhisperModel, decode_audio
from faster_whisper.transcribe import Segment
from numpy.typing import NDArray

DEMO = Path(__file__).parents[2] / "pipeline" / "demo"
SCRIPT = DEMO / "recording" / "script.txt"
MODEL_FILES = {
    "model.bin",
    "config.json",
    "vocabulary.json",
    "tokenizer.json",
    "preprocessor_config.json",
}


def test_the_recording_is_understood() -> None:
    assert jiwer.wer(spoken(), heard_text()) <= 0.15


def test_the_recording_is_understood_when_cut_at_pauses_too() -> None:
    assert jiwer.wer(spoken(), text_of(transcribe(samples(), vad_filter=True))) <= 0.15


@pytest.mark.parametrize(
    "name", ["kutai kartanegara", "tenggarong", "diskominfo", "budi santoso", "rahma yuliani"]
)
def test_names_are_understood(name: str) -> None:
    assert name in heard_text()


def test_words_are_timed_in_order_from_start_to_end() -> None:
    starts = [word.start for segment in heard() for word in segment.words or []]
    assert len(starts) > 200
    assert starts == sorted(starts)
    assert starts[0] < 1.5
    assert len(samples()) / 16_000 - starts[-1] < 5


def test_the_model_is_multilingual_and_finds_indonesian() -> None:
    assert model().model.is_multilingual
    language, probability, _ = model().detect_language(samples())
    assert language == "id"
    assert probability > 0.9


@pytest.mark.parametrize("level", [0.0, 0.001, 0.05])
def test_nothing_is_written_where_nobody_speaks(level: float) -> None:
    noise = np.random.default_rng(1).normal(size=8 * 16_000) * level
    assert transcribe(noise.astype(np.float32)) == []


def test_model_and_recording_are_small() -> None:
    files = [path for path in DEMO.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= MODEL_FILES
    assert sum(path.stat().st_size for path in files) < 12_000_000


@cache
def heard() -> list[Segment]:
    return transcribe(samples(), word_timestamps=True)


def heard_text() -> str:
    return text_of(heard())


def transcribe(sound: NDArray[np.float32], **options: object) -> list[Segment]:
    settings = {"language": "id", "beam_size": 1, "condition_on_previous_text": False}
    segments, _ = model().transcribe(sound, **(settings | options))
    return list(segments)


@cache
def model() -> WhisperModel:
    return WhisperModel(str(DEMO / "model"), device="cpu", compute_type="int8", cpu_threads=2)


@cache
def samples() -> NDArray[np.float32]:
    (recording,) = SCRIPT.parent.glob("*.ogg")
    return decode_audio(str(recording))


def spoken() -> str:
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    return plain(" ".join(line.split(": ", 1)[1] for line in lines))


def text_of(segments: list[Segment]) -> str:
    return plain(" ".join(segment.text for segment in segments))


def plain(text: str) -> str:
    """Lower case, without punctuation."""
    return " ".join(re.sub(r"[^a-z0-9\- ]", " ", text.lower()).split())
