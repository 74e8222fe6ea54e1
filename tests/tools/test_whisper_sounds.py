"""Real sound through a real model: what nobody says does not get into the transcript unmarked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.engine import Engine, load
from pipeline.tools.whisper.models import demo_folder
from pipeline.tools.whisper.transcribing import transcribe
from pipeline.tools.whisper.windows import Numbers
from pipeline.words.doubts.places import places_to_check
from pipeline.words.transcript import Flag, Transcript
from tests.signals import musiclike, noise, pink_noise, plucked

SOUNDS = Path(__file__).parents[1] / "sounds"
RATE = 16_000
NOISES = {
    "chords": lambda: musiclike(12, rate=RATE).mean(axis=1),
    "strings": lambda: plucked(12, rate=RATE),
    "white noise": lambda: noise(-20, 12, rate=RATE),
    "pink noise": lambda: pink_noise(-20, 12, rate=RATE),
    "silence": lambda: np.zeros(120 * RATE),
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load(demo_folder())


@pytest.fixture(scope="module")
def exact_engine() -> Engine:
    """In int8 a comma may come or go where a talk begins at another frame, on some processors."""
    return load(demo_folder(), compute_type="float32")


@pytest.fixture(scope="module")
def voices() -> Numbers:
    return np.concatenate(list(speech_blocks(SOUNDS / "three-voices.ogg")))


def heard(engine: Engine, *sounds: Numbers) -> Transcript:
    audio = np.concatenate([sound.astype(np.float32) for sound in sounds])
    return transcribe(
        engine,
        lambda: iter([audio]),
        language="id",
        beam_size=5,
        hint="",
        model="demo",
        settings={},
        report=lambda _: None,
    )


@pytest.mark.parametrize("sound", NOISES)
def test_where_nobody_speaks_every_word_is_flagged_or_left_out(engine: Engine, sound: str) -> None:
    transcript = heard(engine, NOISES[sound]())
    assert all(segment.flags for segment in transcript.segments)


@pytest.mark.parametrize("sound", NOISES)
def test_what_lies_between_two_talks_does_not_harm_them(
    exact_engine: Engine, voices: Numbers, sound: str
) -> None:
    engine = exact_engine
    between = NOISES[sound]()
    alone = heard(engine, voices)
    transcript = heard(engine, voices, between, voices)
    first, last = len(voices) / RATE, (len(voices) + len(between)) / RATE
    said = [segment for segment in transcript.segments if not first < segment.start < last]
    assert [segment.text for segment in said] == [s.text for s in alone.segments] * 2
    others = (segment for segment in transcript.segments if first < segment.start < last)
    assert all(segment.flags for segment in others)


def test_a_passage_in_another_language_is_kept_and_flagged(engine: Engine) -> None:
    """Indonesian to 4.2 s, English from 5.5 to 10.8 s, Indonesian from 12 s."""
    transcript = heard(engine, *speech_blocks(SOUNDS / "two-languages.ogg"))
    english = [segment for segment in transcript.segments if 5 < segment.start < 11]
    indonesian = [segment for segment in transcript.segments if segment not in english]
    assert sum(len(segment.words) for segment in english) > 5
    assert all(Flag.LANGUAGE_DRIFT in segment.flags for segment in english)
    assert [segment.flags for segment in indonesian] == [(), ()]
    assert transcript.unheard == ()


def test_clean_voices_raise_no_doubt(engine: Engine, voices: Numbers) -> None:
    assert places_to_check(heard(engine, voices)) == ()
