"""From sound to a transcript with real libraries and a model of random weights.

What the model writes is nonsense, which makes it a good test of everything around it.
"""

from __future__ import annotations

import json
import math
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.engine import Engine, load
from pipeline.tools.whisper.placing import clamped, whole_words
from pipeline.tools.whisper.transcribing import Means, transcribe
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Numbers, Span
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.transcript import Flag, Transcript, Word
from tests.tools.random_whisper import random_whisper

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("models") / "random")


@pytest.fixture(scope="module")
def voices() -> Numbers:
    return np.concatenate(list(speech_blocks(THREE_VOICES)))


def heard(
    engine: Engine, audio: Numbers, told: list[float] | None = None, **more: Any
) -> Transcript:
    asked = {"language": "id", "beam_size": 1, "hint": "", "model": "random", "settings": {}}
    report = (told if told is not None else []).append
    return transcribe(engine, lambda: iter([audio]), **{**asked, **more}, report=report)


@pytest.fixture(scope="module")
def transcript(folder: Path, voices: Numbers) -> Transcript:
    return heard(load(folder), voices)


def test_the_same_sound_gives_the_same_transcript(
    folder: Path, voices: Numbers, transcript: Transcript
) -> None:
    again = json.dumps(heard(load(folder), voices).to_json())
    assert again == json.dumps(transcript.to_json())


def test_episodes_heard_at_the_same_time_do_not_disturb_each_other(
    folder: Path, voices: Numbers, transcript: Transcript
) -> None:
    engine = load(folder)
    together: list[Transcript] = []
    threads = [
        threading.Thread(target=lambda: together.append(heard(engine, voices))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [transcript] * 2


def test_one_worker_writes_what_several_write(folder: Path, voices: Numbers) -> None:
    longer = np.concatenate([voices, 0.8 * voices, 0.6 * voices])
    written = [heard(load(folder, workers=workers), longer) for workers in (1, 2, 3)]
    one, *others = [json.dumps(transcript.to_json()) for transcript in written]
    assert others == [one, one]


def test_episodes_that_share_a_store_write_what_each_writes_alone(
    folder: Path, voices: Numbers, tmp_path: Path
) -> None:
    engine = load(folder)
    sounds = [voices, np.concatenate([voices, 0.7 * voices]), 0.7 * voices]
    alone = [json.dumps(heard(engine, sound).to_json()) for sound in sounds]
    means = Means(store=WindowStore(tmp_path / "windows"), model_digest="one")
    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(lambda sound: heard(engine, sound, means=means), sounds))
    again = [heard(engine, sound, means=means) for sound in sounds]
    for transcripts in (together, again):
        assert [json.dumps(transcript.to_json()) for transcript in transcripts] == alone


def test_words_lie_in_order_and_where_somebody_speaks(transcript: Transcript) -> None:
    words = [word for segment in transcript.segments for word in segment.words]
    assert words
    assert all(word.start <= word.end for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))
    for word in words:
        assert 0.8 <= word.start <= word.end <= 15.8
        assert not 9.4 < word.start < 13.5, "nobody speaks there"
    assert transcript.duration == pytest.approx(16.667, abs=0.01)


def test_nonsense_is_kept_and_flagged(transcript: Transcript) -> None:
    assert all(Flag.LOW_CONFIDENCE in segment.flags for segment in transcript.segments)


def test_progress_rises_to_the_end(folder: Path, voices: Numbers) -> None:
    told: list[float] = []
    heard(load(folder), voices, told)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) >= 3


def test_what_is_written_reads_back(transcript: Transcript) -> None:
    text = json.dumps(transcript.to_json())
    assert Transcript.from_json(json.loads(text)) == transcript


def test_the_language_is_detected_when_it_is_not_given(folder: Path, voices: Numbers) -> None:
    transcript = heard(load(folder), voices, language="auto")
    assert transcript.language in ("id", "en")
    assert 0.5 <= transcript.settings["language_probability"] <= 1.0


def test_the_language_is_told_by_the_places_where_there_are_some(
    folder: Path, voices: Numbers
) -> None:
    engine = load(folder)
    place = voices[13 * SAMPLE_RATE_HZ :]

    def likely(**more: Any) -> float:
        transcript = heard(engine, voices, language="auto", **more)
        return float(transcript.settings["language_probability"])

    by_place = heard(engine, place, language="auto").settings["language_probability"]
    silence = np.zeros(80_000, np.float32)
    assert likely(means=Means(places=lambda: [silence, place])) == by_place != likely()
    assert likely(means=Means(places=lambda: [silence])) == likely()


def test_a_model_that_knows_one_language_only_needs_no_detection(
    tmp_path: Path, voices: Numbers
) -> None:
    english = load(random_whisper(tmp_path / "english", languages=()))
    assert heard(english, voices, language="auto").language == "en"
    with pytest.raises(SetupProblem, match="it knows en"):
        heard(english, voices, language="id")


def test_silence_has_no_segments(folder: Path) -> None:
    transcript = heard(load(folder), np.zeros(160_000, np.float32), language="auto")
    assert transcript.segments == ()
    assert transcript.unheard == ()


def test_a_fraction_of_a_second_does_not_crash(folder: Path, voices: Numbers) -> None:
    for samples in (1, 200, 3_200):
        assert heard(load(folder), voices[16_500:][:samples]).duration < 0.3


def test_a_damaged_speech_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "rapat").mkdir()
    file = tmp_path / "rapat" / "speech.flac"
    file.write_bytes(b"fLaC" + bytes(100))
    with pytest.raises(EpisodeProblem, match=r"speech\.flac of “rapat” is damaged"):
        list(speech_blocks(file))


def answer(*parts: tuple[str, float, float], text: str = "") -> SimpleNamespace:
    """A segment as faster-whisper gives it."""
    words = [SimpleNamespace(word=w, start=s, end=e, probability=0.5) for w, s, e in parts]
    return SimpleNamespace(words=words, text=text, start=1.0, end=3.0, avg_logprob=math.log(0.25))


def test_reduplication_and_percent_signs_stay_in_their_word() -> None:
    words, estimated = whole_words(
        answer((" Sama", 0, 1), ("-sama,", 1, 2), (" 50", 2, 3), ("%", 3, 4), (" .", 4, 5))
    )
    assert [(word.text, word.start, word.end) for word in words] == [
        ("Sama-sama,", 0.0, 2.0),
        ("50%.", 2.0, 5.0),
    ]
    assert not estimated


def test_text_without_word_times_is_spread_over_its_segment() -> None:
    words, estimated = whole_words(answer(text=" selamat pagi"))
    assert words == [Word(1.0, 2.0, "selamat", 0.25), Word(2.0, 3.0, "pagi", 0.25)]
    assert estimated


def test_halves_of_characters_and_controls_do_not_reach_the_text() -> None:
    words, _ = whole_words(answer((" a\ufffdb", 0, 1), (" \x00", 1, 2), (" c\x1b", 2, 3)))
    assert [word.text for word in words] == ["ab", "c"]


def test_words_are_moved_into_the_speech() -> None:
    spans = (Span(1.0, 3.0), Span(8.0, 9.0))
    words = [Word(0.2, 1.5, "awal", 1), Word(2.9, 7.0, "telat", 1), Word(8.5, 12.0, "akhir", 1)]
    assert [(word.start, word.end) for word in clamped(words, spans)] == [
        (1.0, 1.5),
        (2.9, 3.0),
        (8.5, 9.0),
    ]


def test_words_that_the_model_lays_over_each_other_are_put_in_order() -> None:
    words = [Word(2.0, 2.5, "satu", 1), Word(1.0, 1.2, "dua", 1), Word(9.0, 9.9, "tiga", 1)]
    placed = list(clamped(words, (Span(1.0, 3.0),)))
    assert all(before.end <= after.start for before, after in pairwise(placed))
    assert placed[-1].end <= 3.0


def test_files_of_two_models_are_found_out(tmp_path: Path, voices: Numbers) -> None:
    mixed = random_whisper(tmp_path / "mixed")
    (mixed / "preprocessor_config.json").write_text('{"feature_size": 128}')
    for language in ("id", "auto"):
        with pytest.raises(SetupProblem, match=r"preprocessor_config\.json belongs to another"):
            heard(load(mixed), voices, language=language)


def test_what_the_model_makes_of_noise_is_left_out(folder: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 48_000).astype(np.float32)
    assert heard(load(folder), noise).segments == ()
