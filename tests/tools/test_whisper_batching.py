"""Windows heard many at once: the same answers as one by one, and nobody is left waiting.

There is no GPU here: the batches are computed on the CPU, through the same calls.
"""

from __future__ import annotations

import contextlib
import copy
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.asking import answers
from pipeline.tools.whisper.batching import BatchedHearers
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.engine import Engine, load
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.pool import LocalHearers, local_hearers
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Span, Window
from pipeline.tools.whisper.work_unit import ModelKey, WindowJob, hear_job, window_job
from pipeline.words.errors import SetupProblem, TemporaryProblem
from tests.tools.random_whisper import random_whisper

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"
DEMO = Path(__file__).parents[2] / "pipeline" / "demo" / "model"
WISHES = Wishes("id", beam_size=2)
LENGTHS_SECONDS = (7.6, 2.0, 5.5, 0.3, 4.4)
SOON_SECONDS = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("models") / "random")


@pytest.fixture
def engine(folder: Path) -> Engine:
    return load(folder, workers=1)


@pytest.fixture(scope="module")
def jobs() -> list[WindowJob]:
    """Windows of several lengths, from places in the recording where somebody speaks."""
    return windows(LENGTHS_SECONDS)


@pytest.fixture(scope="module")
def alone(folder: Path, jobs: list[WindowJob]) -> list[HeardWindow]:
    """What is heard in `jobs` one by one."""
    engine = load(folder, workers=1)
    return [hear_job(job, engine) for job in jobs]


def windows(lengths: Sequence[float], wishes: Wishes = WISHES) -> list[WindowJob]:
    voices = np.concatenate(list(speech_blocks(THREE_VOICES)))
    found = []
    for number, seconds in enumerate(lengths):
        start = round((0.8 + 0.1 * number) * SAMPLE_RATE_HZ)
        sound = voices[start : start + round(seconds * SAMPLE_RATE_HZ)]
        window = Window(0.0, seconds, (Span(0.0, seconds),))
        found.append(window_job(window, sound, wishes, ModelKey("a model", ""), "int8"))
    return found


class CountingModel:
    """CTranslate2's model; it notes how many windows each call is about, or fails for some."""

    def __init__(self, model: Any, most: int = 99, error: Exception | None = None) -> None:
        self._model = model
        self._most = most
        self._error = error
        self.sizes: list[int] = []

    def generate(self, features: Any, prompts: Any, **options: Any) -> Any:
        self.sizes.append(len(prompts))
        if self._error and len(prompts) > self._most:
            raise self._error
        return self._model.generate(features, prompts, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def counted(engine: Engine, **fails: Any) -> tuple[Engine, list[int]]:
    model = copy.copy(engine.model)
    model.model = CountingModel(model.model, **fails)
    return replace(engine, model=model), model.model.sizes


@contextlib.contextmanager
def at_a_busy_time(engine: Engine, hearers: BatchedHearers, job: WindowJob) -> Iterator[None]:
    """While this lasts one window is in work, so that what is submitted gathers."""
    with engine.places:
        in_work = hearers.submit(job)
        while not in_work.running():
            time.sleep(0.001)
        yield


def heard_at_once(
    engine: Engine, jobs: Sequence[WindowJob], batch_size: int = 8
) -> list[HeardWindow]:
    hearers = BatchedHearers(engine, batch_size)
    with at_a_busy_time(engine, hearers, jobs[0]):
        asked = [hearers.submit(job) for job in jobs]
    return [answer.result(SOON_SECONDS) for answer in asked]


def test_windows_of_all_lengths_are_heard_at_once_as_one_by_one(
    engine: Engine, jobs: list[WindowJob], alone: list[HeardWindow]
) -> None:
    counting, sizes = counted(engine)
    assert heard_at_once(counting, jobs) == alone
    assert len(jobs) in sizes


def test_the_answer_does_not_depend_on_what_else_is_in_the_batch(
    engine: Engine, jobs: list[WindowJob], alone: list[HeardWindow]
) -> None:
    assert heard_at_once(engine, jobs[::-1], batch_size=2)[::-1] == alone


@pytest.mark.parametrize("compute_type", ["int8", "float32"])
@pytest.mark.parametrize("seconds", [[8.6, 4.0, 6.5], [8.6, 2.5, 8.3]])
def test_the_demo_model_hears_the_same_words_at_the_same_times(
    monkeypatch: pytest.MonkeyPatch, compute_type: str, seconds: list[float]
) -> None:
    # How threads share a matrix depends on its size, and on some processors digits on that.
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    engine = load(DEMO, compute_type=compute_type, workers=1)
    jobs = windows(seconds, Wishes("id", beam_size=5))
    alone = [hear_job(job, engine) for job in jobs]
    assert any(segment.words for heard in alone for segment in heard.segments)
    assert heard_at_once(engine, jobs) == alone


def test_a_window_that_loops_is_asked_again_alone(tmp_path: Path, jobs: list[WindowJob]) -> None:
    engine = load(random_whisper(tmp_path / "loops", eager_to_end=-3.0), workers=1)
    some = jobs[:3]
    alone = [hear_job(job, engine) for job in some]
    assert any(segment.asked for heard in alone for segment in heard.segments)
    counting, sizes = counted(engine)
    assert heard_at_once(counting, some) == alone
    assert sizes.count(len(some)) == 1
    assert set(sizes) == {1, len(some)}


def test_one_window_waits_for_no_other(
    engine: Engine, jobs: list[WindowJob], alone: list[HeardWindow]
) -> None:
    counting, sizes = counted(engine)
    heard = BatchedHearers(counting).submit(jobs[0]).result(SOON_SECONDS)
    assert heard == alone[0]
    assert set(sizes) == {1}


def test_windows_with_other_wishes_are_another_batch(engine: Engine) -> None:
    some = windows([4.0, 5.0])
    others = windows([4.0, 5.0], Wishes("id", beam_size=1))
    mixed = [some[0], others[0], some[1], others[1]]
    counting, sizes = counted(engine)
    assert heard_at_once(counting, mixed) == [hear_job(job, engine) for job in mixed]
    assert [size for size in sizes if size > 1] == [2, 2]


def test_episodes_heard_side_by_side_share_batches(
    engine: Engine, jobs: list[WindowJob], alone: list[HeardWindow]
) -> None:
    counting, sizes = counted(engine)
    hearers = BatchedHearers(counting, 4)
    episodes = [jobs[:3], jobs[2:], jobs[1:4]]

    def transcribed(episode: list[WindowJob]) -> list[HeardWindow]:
        placed = ((job.window, job) for job in episode)
        return [heard for _, heard in answers(placed, hearers)]

    with ThreadPoolExecutor(3) as people:
        with at_a_busy_time(engine, hearers, jobs[0]):
            working = [people.submit(transcribed, episode) for episode in episodes]
            while len(hearers._waiting) < 9:
                time.sleep(0.001)
        got = [episode.result(SOON_SECONDS) for episode in working]
    assert got == [alone[:3], alone[2:], alone[1:4]]
    assert [size for size in sizes if size > 1] == [4, 4]


def test_an_error_reaches_all_who_wait_and_the_next_are_heard(
    engine: Engine, jobs: list[WindowJob], alone: list[HeardWindow]
) -> None:
    broken, _ = counted(engine, most=1, error=RuntimeError("CUDA failed with error 700"))
    hearers = BatchedHearers(broken)
    with at_a_busy_time(engine, hearers, jobs[0]):
        asked = [hearers.submit(job) for job in jobs]
    for answer in asked:
        with pytest.raises(SetupProblem):
            answer.result(SOON_SECONDS)
    assert hearers.submit(jobs[1]).result(SOON_SECONDS) == alone[1]


def test_too_little_memory_makes_the_batches_smaller(
    engine: Engine, jobs: list[WindowJob], alone: list[HeardWindow]
) -> None:
    small, sizes = counted(engine, most=2, error=RuntimeError("CUDA failed: out of memory"))
    assert heard_at_once(small, jobs) == alone
    assert [size for size in sizes if size > 1][:2] == [5, 2]


def test_too_little_memory_for_one_window_is_said(engine: Engine, jobs: list[WindowJob]) -> None:
    tiny, _ = counted(engine, most=0, error=RuntimeError("CUDA failed: out of memory"))
    hearers = BatchedHearers(tiny)
    with at_a_busy_time(engine, hearers, jobs[0]):
        asked = [hearers.submit(job) for job in jobs[:2]]
    for answer in asked:
        with pytest.raises(TemporaryProblem, match="memory"):
            answer.result(SOON_SECONDS)


def test_what_is_cancelled_is_not_heard(
    engine: Engine, jobs: list[WindowJob], alone: list[HeardWindow]
) -> None:
    counting, sizes = counted(engine)
    hearers = BatchedHearers(counting)
    with at_a_busy_time(engine, hearers, jobs[0]):
        asked = [hearers.submit(job) for job in jobs]
        assert asked[1].cancel()
    assert asked[2].result(SOON_SECONDS) == alone[2]
    assert [size for size in sizes if size > 1] == [len(jobs) - 1]


def test_at_the_end_those_who_wait_are_told(engine: Engine, jobs: list[WindowJob]) -> None:
    hearers = BatchedHearers(engine)
    with ThreadPoolExecutor(1) as people:
        with at_a_busy_time(engine, hearers, jobs[0]):
            waiting: Future[HeardWindow] = hearers.submit(jobs[1])
            ending = people.submit(hearers.shutdown)
            with pytest.raises(CancelledError):
                waiting.result(SOON_SECONDS)
        ending.result(SOON_SECONDS)
    with pytest.raises(RuntimeError):
        hearers.submit(jobs[0])


def test_batches_are_for_gpus_only(engine: Engine) -> None:
    assert isinstance(local_hearers(engine), LocalHearers)
    assert isinstance(local_hearers(replace(engine, device="cuda")), BatchedHearers)
