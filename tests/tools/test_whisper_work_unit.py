"""The job of hearing one window: what makes two jobs equal, and that an answer survives travel."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.ground.files import Digests
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import Engine, load
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.hearing import hear
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Numbers, Span, Window
from pipeline.tools.whisper.work_unit import ModelKey, WindowJob, hear_job, model_key, window_job
from pipeline.words.transcript import LeftOut
from tests.tools.random_whisper import random_whisper

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"
MODEL = ModelKey("random", "0" * 64)
WISHES = Wishes("id", beam_size=1)
WINDOW = Window(1.0, 9.2, (Span(1.0, 3.1), Span(3.9, 9.2)))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return load(random_whisper(tmp_path_factory.mktemp("models") / "random"))


@pytest.fixture(scope="module")
def sound() -> Numbers:
    """The part of the recording that WINDOW means, as a file of 16 bits holds it."""
    voices = np.concatenate(list(speech_blocks(THREE_VOICES)))
    part = voices[round(WINDOW.start * SAMPLE_RATE_HZ) : round(WINDOW.end * SAMPLE_RATE_HZ)]
    return (np.rint(part * 32768) / 32768).astype(np.float32)


@pytest.fixture(scope="module")
def job(sound: Numbers) -> WindowJob:
    return window_job(WINDOW, sound, WISHES, MODEL, "int8")


def test_a_job_carries_the_sound_unchanged(job: WindowJob, sound: Numbers) -> None:
    assert np.array_equal(job.audio, sound)
    assert job.window.start == 0.0
    assert [(span.start, span.end) for span in job.window.spans] == [(0.0, 2.1), (2.9, 8.2)]


def test_what_is_too_loud_for_16_bits_is_clipped_and_does_not_wrap() -> None:
    loud = window_job(
        Window(0.0, 1.0, ()), np.array([1.5, -1.5], np.float32), WISHES, MODEL, "int8"
    )
    assert loud.audio == pytest.approx([1.0, -1.0], abs=1e-4)


def test_the_same_sound_elsewhere_is_the_same_job(job: WindowJob, sound: Numbers) -> None:
    for seconds in (0.32, 1234.592, 17_999.968):
        moved = Window(
            WINDOW.start + seconds,
            WINDOW.end + seconds,
            tuple(Span(span.start + seconds, span.end + seconds) for span in WINDOW.spans),
        )
        assert window_job(moved, sound, WISHES, MODEL, "int8").digest == job.digest


def test_the_name_of_a_model_does_not_change_the_answer(job: WindowJob) -> None:
    assert replace(job, model=replace(MODEL, name="./other")).digest == job.digest


def test_whatever_changes_the_answer_changes_the_digest(job: WindowJob) -> None:
    others = [
        replace(job, pcm=b"\x7f" + job.pcm[1:]),
        replace(job, window=replace(job.window, unsure=True)),
        replace(job, window=replace(job.window, spans=job.window.spans[:1])),
        replace(job, wishes=replace(WISHES, beam_size=2)),
        replace(job, wishes=replace(WISHES, hint="Etam")),
        replace(job, wishes=replace(WISHES, language="en")),
        replace(job, model=ModelKey("random", "1" * 64)),
        replace(job, compute_type="float32"),
    ]
    assert len({each.digest for each in [job, *others]}) == len(others) + 1


def test_a_job_is_answered_as_its_window_would_be(
    engine: Engine, job: WindowJob, sound: Numbers
) -> None:
    heard = hear_job(job, engine)
    assert heard.segments
    assert heard == hear(engine, job.window, sound, WISHES)
    on_the_time_line = hear(engine, WINDOW, sound, WISHES)
    words = [word for segment in on_the_time_line.segments for word in segment.words]
    moved = [w for segment in heard.moved(1.0).segments for w in segment.words]
    assert [word.text for word in moved] == [word.text for word in words]
    assert [word.start for word in moved] == pytest.approx([w.start for w in words], abs=0.011)


def test_an_answer_reads_back_from_json(engine: Engine, job: WindowJob) -> None:
    heard = hear_job(job, engine)
    heard = HeardWindow(heard.segments, (LeftOut(1.0, 2.5, "é “x”", "a test"),))
    text = json.dumps(heard.to_json())
    assert HeardWindow.from_json(json.loads(text)) == heard


def test_a_model_is_known_by_its_files(tmp_path: Path) -> None:
    folder = random_whisper(tmp_path / "one")
    digests = Digests(tmp_path / "digests.json")
    key = model_key("one", folder, digests)
    assert model_key("one", random_whisper(tmp_path / "two"), digests) == key
    (folder / "preprocessor_config.json").write_text('{"chunk_length": 9}')
    assert model_key("one", folder, digests) != key
