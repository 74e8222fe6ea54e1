"""Hearing windows on a GPU: many at once, and again one by one where an answer fails."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from pipeline.tools.whisper.ahead import asked_ahead
from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.hearing import hear
from pipeline.tools.whisper.work_unit import WindowJob
from pipeline.words.errors import TemporaryProblem

# By faster-whisper's own figures a batch of 8 of large-v2 takes 6 GB in float16. Where that is too
# much, smaller batches are found by trying.
BATCH_SIZE = 8
_BATCHES_IN_FLIGHT = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """A job, and where its answer is awaited."""

    job: WindowJob
    answer: Future[HeardWindow]


class BatchedHearers:
    """One thread that hears up to `batch_size` windows with the same wishes at once.

    While a batch is computed the next one gathers, of all episodes, so that no job ever waits for
    others to come. The answer of a window goes through `hear`, which asks again where it fails;
    what it then asks is asked about that window alone.
    """

    def __init__(self, engine: Engine, batch_size: int = BATCH_SIZE) -> None:
        self._engine = engine
        self._batch_size = batch_size
        self._waiting: deque[_Asked] = deque()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hearing")

    @property
    def most_in_flight(self) -> int:
        """A batch in work and one that gathers."""
        return _BATCHES_IN_FLIGHT * self._batch_size

    def submit(self, job: WindowJob) -> Future[HeardWindow]:
        """Raises RuntimeError after `shutdown`."""
        asked = _Asked(job, Future())
        with self._lock:
            self._waiting.append(asked)
        # One turn for each job; those that find nothing left to do end at once.
        self._thread.submit(self._take_turn)
        return asked.answer

    def shutdown(self) -> None:
        """Give up the jobs that wait, and end when the batch in work is done."""
        with self._lock:
            given_up = list(self._waiting)
            self._waiting.clear()
        for asked in given_up:
            asked.answer.cancel()
            asked.answer.set_running_or_notify_cancel()
        self._thread.shutdown(wait=True)

    def _take_turn(self) -> None:
        for asked, engine in self._answered_ahead(self._next_batch()):
            _tell(asked, engine)

    def _next_batch(self) -> list[_Asked]:
        """The jobs that waited longest and wish the same; cancelled ones are dropped."""
        batch: list[_Asked] = []
        others: list[_Asked] = []
        with self._lock:
            while self._waiting and len(batch) < self._batch_size:
                asked = self._waiting.popleft()
                if batch and asked.job.wishes != batch[0].job.wishes:
                    others.append(asked)
                elif asked.answer.set_running_or_notify_cancel():
                    batch.append(asked)
            self._waiting.extendleft(reversed(others))
        return batch

    def _answered_ahead(self, batch: list[_Asked]) -> list[tuple[_Asked, Engine]]:
        """Each job with an engine that knows its first answer; none of them where that failed."""
        if len(batch) < 2:
            return [(asked, self._engine) for asked in batch]
        try:
            sounds = [asked.job.audio for asked in batch]
            engines = asked_ahead(self._engine, sounds, batch[0].job.wishes)
            return list(zip(batch, engines, strict=True))
        except TemporaryProblem:  # too little memory for so many at once
            self._batch_size = len(batch) // 2
            middle = self._batch_size
            return [*self._answered_ahead(batch[:middle]), *self._answered_ahead(batch[middle:])]
        except BaseException as error:  # noqa: BLE001 - raised where the answers are taken
            for asked in batch:
                asked.answer.set_exception(error)
            return []


def _tell(asked: _Asked, engine: Engine) -> None:
    job = asked.job
    try:
        heard = hear(engine, job.window, job.audio, job.wishes)
    except BaseException as error:  # noqa: BLE001 - raised where the answer is taken
        asked.answer.set_exception(error)
    else:
        asked.answer.set_result(heard)
