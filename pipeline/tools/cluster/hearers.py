"""The workers of a cluster as hearers of windows: at most two jobs for each of their places."""

# mypy: allow-untyped-calls
from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from distributed import Client, KilledWorker
from distributed.client import Future as Task
from distributed.scheduler import NoValidWorkerError

from pipeline.tools.cluster.asking import no_answer
from pipeline.tools.cluster.hearing import hear_here
from pipeline.tools.cluster.places import GPU, count_places, nobody_to_hear
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.work_unit import WindowJob
from pipeline.words.errors import EpisodeProblem, PipelineError, TemporaryProblem

_IN_FLIGHT_FOR_EACH_PLACE = 2
_TRIES = 3
_LOOK_SECONDS = 2.0
_LOOKS_WITHOUT_WORKERS = 30

Send = Callable[[], "Task[Any]"]
"""Gives a job to the scheduler; called again for a second chance."""


class ClusterHearers:
    """Hears windows of all episodes on workers; what cannot be done fails with a PipelineError.

    `submit` waits while every place at the workers has two jobs, so neither this machine nor the
    scheduler holds more sound than that. Once `lost` says why, everything fails with it and a new
    connection is needed.
    """

    def __init__(self, client: Client, address: str, *, gpu: bool) -> None:
        self._client = client
        self._address = address
        self._gpu = gpu
        self._changed = threading.Condition()
        self._in_flight: dict[Future[Any], Task[Any] | None] = {}
        self._one_suspect = threading.Lock()
        self._places = count_places(client, gpu=gpu)
        self.lost: PipelineError | None = None
        threading.Thread(target=self._watch, name="cluster", daemon=True).start()

    @property
    def places(self) -> int:
        """How many windows the workers hear at once at this moment."""
        return self._places

    @property
    def most_in_flight(self) -> int:
        """One job in work and one waiting for each place, as many as there are at this moment."""
        return max(1, _IN_FLIGHT_FOR_EACH_PLACE * self._places)

    def submit(self, job: WindowJob) -> Future[HeardWindow]:
        """The coming answer to a job."""
        return self.run(hear_here, job)

    def run(self, work: Callable[..., Any], *args: Any) -> Future[Any]:
        """The coming answer of an importable function.

        A PipelineError that `work` returns is raised by its answer; one that it raises, after it
        was tried three times.
        """
        answer: Future[Any] = Future()
        with self._changed:
            self._changed.wait_for(lambda: self.lost or len(self._in_flight) < self.most_in_flight)
            if self.lost:
                raise self.lost
            self._in_flight[answer] = None
        answer.add_done_callback(self._given_up)
        self._send(answer, lambda: self._task(work, *args), self._second_chance)
        return answer

    def close(self) -> None:
        """Let go of the scheduler; jobs that are not done are given up."""
        self._lose(TemporaryProblem("The cluster was let go.", "Run again."))
        self._client.close(timeout=2)

    def _task(self, work: Callable[..., Any], *args: Any) -> Task[Any]:
        wanted = {GPU: 1} if self._gpu else None
        return self._client.submit(work, *args, retries=_TRIES - 1, pure=False, resources=wanted)

    def _send(self, answer: Future[Any], send: Send, if_killed: Callable[..., None]) -> None:
        try:
            task = send()
        except Exception as error:  # noqa: BLE001 - a client without a scheduler raises many things
            self._lose(no_answer(error, self._address))
            return
        with self._changed:
            if answer not in self._in_flight:
                task.cancel()
                return
            self._in_flight[answer] = task
        task.add_done_callback(lambda done: self._deliver(done, answer, send, if_killed))

    def _deliver(
        self, task: Task[Any], answer: Future[Any], send: Send, if_killed: Callable[..., None]
    ) -> None:
        """Pass on what came of a task; runs in a thread of the client's."""
        try:
            value = task.result()
        except KilledWorker as error:
            if_killed(answer, send, error)
        except NoValidWorkerError:
            self._lose(nobody_to_hear(self._address, gpu=self._gpu))
        except (CancelledError, OSError, TimeoutError) as error:
            if not answer.cancelled():
                self._lose(no_answer(error, self._address))
        except Exception as error:  # noqa: BLE001 - what the worker raised is raised by the answer
            self._settle(answer, error)
        else:
            self._settle(answer, value)

    def _second_chance(self, answer: Future[Any], send: Send, _error: KilledWorker) -> None:
        """Try a job again that was on workers when they died.

        One such job at a time: those that only were beside the one that kills get through.
        """

        def alone() -> None:
            with self._one_suspect:
                over = threading.Event()
                answer.add_done_callback(lambda _: over.set())
                self._send(answer, send, self._condemn)
                over.wait()

        threading.Thread(target=alone, name="second chance", daemon=True).start()

    def _condemn(self, answer: Future[Any], _send: Send, error: KilledWorker) -> None:
        problem = EpisodeProblem(
            "Every worker died that was given one certain window of this episode, even when it was "
            "tried again alone.",
            "Read the log of a worker. If memory was short, start workers with fewer --windows or "
            "choose a smaller model; else run the episode without [cluster], and report it.",
            str(error),
        )
        self._settle(answer, problem)

    def _settle(self, answer: Future[Any], value: Any) -> None:
        """Give `answer` its value, or its exception; the first who comes does."""
        with self._changed:
            if answer not in self._in_flight:
                return
            del self._in_flight[answer]
            self._changed.notify_all()
        if not answer.set_running_or_notify_cancel():
            return
        if isinstance(value, BaseException):
            answer.set_exception(value)
        else:
            answer.set_result(value)

    def _given_up(self, answer: Future[Any]) -> None:
        """Whoever asked does not want the answer any more."""
        if not answer.cancelled():
            return
        with self._changed:
            task = self._in_flight.pop(answer, None)
            self._changed.notify_all()
        if task is not None:
            task.cancel()

    def _lose(self, problem: PipelineError) -> None:
        """Fail everything with `problem`: no answer will come this way any more."""
        with self._changed:
            self.lost = self.lost or problem
            waiting = list(self._in_flight)
            self._changed.notify_all()
        for answer in waiting:
            self._settle(answer, self.lost)

    def _watch(self) -> None:
        """Follow workers as they come and go; notice when the scheduler or all of them are gone."""
        looks = 0
        while not self.lost:
            try:
                places = count_places(self._client, gpu=self._gpu)
            except Exception as error:  # noqa: BLE001 - as in _send
                self._lose(no_answer(error, self._address))
                return
            with self._changed:
                self._places = places
                looks = 0 if places or not self._in_flight else looks + 1
                self._changed.notify_all()
                self._changed.wait_for(lambda: self.lost, _LOOK_SECONDS)
            if looks > _LOOKS_WITHOUT_WORKERS:
                self._lose(nobody_to_hear(self._address, gpu=self._gpu))
