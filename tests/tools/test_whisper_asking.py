"""Many windows asked about at once: in order, no more than wanted, and if one fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.whisper.asking import answers
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Span, Window
from pipeline.tools.whisper.work_unit import ModelKey, WindowJob, window_job
from pipeline.words.errors import SetupProblem
from pipeline.words.transcript import LeftOut

Answer = Future[HeardWindow]
ANSWER = HeardWindow((), (LeftOut(1.0, 2.0, "é", "no_speech"),))


@pytest.fixture
def empty(tmp_path: Path) -> WindowStore:
    return WindowStore(tmp_path / "windows")


class Scripted:
    """Answers nothing by itself; `asked` is what it was asked so far, `then` what it does then."""

    def __init__(self, most_in_flight: int, then: Callable[[list[Answer]], None]) -> None:
        self.most_in_flight = most_in_flight
        self.asked: list[Answer] = []
        self._then = then

    def submit(self, _job: WindowJob) -> Answer:
        answer = Answer()
        self.asked.append(answer)
        self._then(self.asked)
        return answer


def some_jobs(drawn: list[int]) -> Iterator[tuple[Window, WindowJob]]:
    for number in range(20):
        drawn.append(number)
        window = Window(float(number), number + 1.0, (Span(float(number), number + 1.0),))
        sound = np.full(SAMPLE_RATE_HZ, number / 100, np.float32)
        yield window, window_job(window, sound, Wishes("id"), ModelKey("m", ""), "int8")


def test_no_more_is_read_than_can_be_heard_and_answers_come_in_order(empty: WindowStore) -> None:
    def last_first(asked: list[Answer]) -> None:
        waiting = [each for each in asked if not each.done()]
        assert len(waiting) <= 4
        if len(waiting) == 4:
            for each in reversed(waiting):
                each.set_result(ANSWER)

    drawn: list[int] = []
    hearers = Scripted(4, last_first)
    taken = []
    for window, heard_window in answers(some_jobs(drawn), hearers, empty):
        taken.append(window.start)
        assert len(drawn) <= len(taken) + 4
        assert heard_window.left_out[0] == replace(
            ANSWER.left_out[0], start=window.start + 1, end=window.start + 2
        )
    assert taken == [float(number) for number in range(20)]


def test_one_failure_ends_it_and_gives_up_what_waits(empty: WindowStore) -> None:
    def third_breaks_the_first(asked: list[Answer]) -> None:
        if len(asked) == 3:
            asked[0].set_exception(SetupProblem("The model stopped.", "Copy it again."))

    hearers = Scripted(3, third_breaks_the_first)
    with pytest.raises(SetupProblem, match=r"The model stopped\."):
        list(answers(some_jobs([]), hearers, empty))
    assert all(answer.cancelled() for answer in hearers.asked[1:])


def test_an_answer_that_cannot_be_kept_is_no_success(
    empty: WindowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SetupProblem("There is no room.", "Free some disk space.")

    monkeypatch.setattr(WindowStore, "keep", full)
    at_once = Scripted(1, lambda asked: asked[-1].set_result(ANSWER))
    with pytest.raises(SetupProblem, match=r"There is no room\."):
        list(answers(some_jobs([]), at_once, empty))
