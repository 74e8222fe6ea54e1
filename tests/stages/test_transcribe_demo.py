"""The demo model hears the sample recording: real libraries, a real model, a known script."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import jiwer
import pytest

from pipeline.ground.workspace import Workspace
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.engine import load
from pipeline.tools.whisper.models import check_model, demo_folder
from pipeline.tools.whisper.transcribing import transcribe
from pipeline.words.captions import to_srt
from pipeline.words.transcript import Transcript

RECORDING_FOLDER = demo_folder().parent / "recording"


@pytest.fixture(scope="module")
def recording() -> Path:
    (file,) = RECORDING_FOLDER.glob("*.ogg")
    return file


@pytest.fixture(scope="module")
def transcript(recording: Path) -> Transcript:
    engine = load(demo_folder())
    return transcribe(
        engine,
        lambda: speech_blocks(recording),
        language="id",
        beam_size=5,
        hint="",
        model="demo",
        settings={},
        report=lambda _: None,
    )


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]", " ", text.lower()).split())


def script() -> str:
    lines = (RECORDING_FOLDER / "script.txt").read_text(encoding="utf-8").splitlines()
    return plain(" ".join(line.partition(":")[2] for line in lines))


def test_the_sample_recording_is_understood(transcript: Transcript) -> None:
    rate = jiwer.wer(script(), plain(transcript.text))
    print(f"word error rate of the demo model on the sample recording: {rate:.1%}")
    assert rate <= 0.15


def test_clean_speech_raises_no_doubt(transcript: Transcript) -> None:
    assert [segment.text for segment in transcript.segments if segment.flags] == []
    assert transcript.left_out == ()


def test_nothing_that_is_said_goes_unheard(transcript: Transcript) -> None:
    assert transcript.unheard == ()


def test_the_words_follow_the_script_in_time(transcript: Transcript) -> None:
    words = [word for segment in transcript.segments for word in segment.words]
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert all(word.end <= transcript.duration for word in words)
    lengths = [word.end - word.start for word in words]
    assert sum(0.03 <= length <= 1.2 for length in lengths) / len(lengths) > 0.95


def test_segments_are_sentences(transcript: Transcript) -> None:
    ends = [segment.text[-1] for segment in transcript.segments]
    assert sum(end in ".?!" for end in ends) / len(ends) > 0.8


def test_the_captions_hold_every_word(transcript: Transcript) -> None:
    shown = [
        line
        for line in to_srt(transcript).splitlines()
        if line and "-->" not in line and not line.isdigit()
    ]
    assert "".join("".join(shown).split()) == "".join(transcript.text.split())


def test_a_hint_that_confuses_the_model_costs_no_words(recording: Path) -> None:
    beginning = next(iter(speech_blocks(recording)))
    confused = transcribe(
        load(demo_folder()),
        lambda: [beginning],
        language="id",
        beam_size=5,
        hint="Diskominfo, Kutai Kartanegara, Rahma Yuliani",
        model="demo",
        settings={},
        report=lambda _: None,
    )
    assert confused.unheard == ()


def test_the_demo_model_needs_no_network_and_no_workspace(tmp_path: Path) -> None:
    ready, sentence = check_model("demo", Workspace(tmp_path).root)
    assert ready
    assert "ships with etam" in sentence
