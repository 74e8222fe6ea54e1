"""Having many windows heard at once, and taking the answers in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Protocol

from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.tools.whisper.windows import Window
from pipeline.tools.whisper.work_unit import WindowJob


class Hearers(Protocol):
    """Whoever hears windows: threads on this machine, or workers on many."""

    @property
    def most_in_flight(self) -> int:
        """How many jobs of one episode keep all of them at work."""

    def submit(self, job: WindowJob) -> Future[HeardWindow]:
        """The answer to come; may wait until there is room for the job."""


def answers(
    jobs: Iterable[tuple[Window, WindowJob]], hearers: Hearers, store: WindowStore | None = None
) -> Iterator[tuple[Window, HeardWindow]]:
    """Each window with what was heard in it, on the time line of the window; in order.

    `jobs` is drawn from no faster than they are done. What is in `store` is not asked for, and
    every answer is in there as soon as it is known. Raises what a hearer raises; the jobs that then
    wait are given up.
    """
    waiting: deque[tuple[Window, Future[HeardWindow]]] = deque()
    try:
        for window, job in jobs:
            waiting.append((window, _answer(job, hearers, store)))
            _wait_for_room(waiting, hearers.most_in_flight)
            while waiting and waiting[0][1].done():
                yield _placed(*waiting.popleft())
        while waiting:
            yield _placed(*waiting.popleft())
    finally:
        for _, answer in waiting:
            answer.cancel()


def _answer(job: WindowJob, hearers: Hearers, store: WindowStore | None) -> Future[HeardWindow]:
    if store is None:
        return hearers.submit(job)
    digest = job.digest
    if (kept := store.find(digest)) is not None:
        found: Future[HeardWindow] = Future()
        found.set_result(kept)
        return found
    return _Kept(hearers.submit(job), lambda heard: store.keep(digest, heard))


class _Kept(Future[HeardWindow]):
    """An answer that is written down, by whoever brings it, before it is given."""

    def __init__(self, asked: Future[HeardWindow], keep: Callable[[HeardWindow], None]) -> None:
        super().__init__()
        self._asked = asked
        self._keep = keep
        asked.add_done_callback(self._arrived)

    def cancel(self) -> bool:
        return self._asked.cancel()

    def _arrived(self, asked: Future[HeardWindow]) -> None:
        try:
            heard = asked.result()
            self._keep(heard)
        except BaseException as error:  # noqa: BLE001 - raised where the answer is taken
            self.set_exception(error)
        else:
            self.set_result(heard)


def _wait_for_room(
    waiting: Iterable[tuple[Window, Future[HeardWindow]]], most_in_flight: int
) -> None:
    while True:
        open_ = [answer for _, answer in waiting if not answer.done()]
        if len(open_) < most_in_flight:
            return
        wait(open_, return_when=FIRST_COMPLETED)


def _placed(window: Window, answer: Future[HeardWindow]) -> tuple[Window, HeardWindow]:
    return window, answer.result().moved(window.start)
