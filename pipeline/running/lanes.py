"""Runs episodes as they need it, for as long as a program runs: a long one keeps no other waiting.

Hearing a recording takes minutes to hours and has a lane of its own; captions, tags and drafts,
which an editor waits for, have another.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from enum import Enum

from pipeline.ground.receipts import read_receipt
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, Step, Verdict
from pipeline.running.road import ROAD
from pipeline.running.runner import Observer, run_episode
from pipeline.running.show import MOST_JOBS
from pipeline.running.standing import Standing

STILL_TYPING_SECONDS = 12.0
"""Who is typing goes on typing: what is made of the words is made in the next pause."""
_AFTER_A_FAILURE_SECONDS = 30.0
_HEAVY = frozenset({"normalize", "transcribe"})


class _Lane(Enum):
    HEARING = min(os.cpu_count() or 1, MOST_JOBS)
    QUICK = 2


class Lanes:
    """Starts what must run and says so to `observer`; `ended` is called after each episode."""

    def __init__(self, observer: Observer, ended: Callable[[], None]) -> None:
        self._stop = threading.Event()
        self._observer = _UntilStopped(observer, self._stop)
        self._ended = ended
        self._lock = threading.Lock()
        self._at_work: dict[str, tuple[_Lane, threading.Thread]] = {}
        self._rests_until: dict[str, float] = {}
        self._wanted: set[str] = set()

    def want(self, slug: str) -> None:
        """Somebody waits for this episode: no pause is awaited, and what failed is tried again."""
        with self._lock:
            self._wanted.add(slug)
            self._rests_until.pop(slug, None)

    def start_what_must_run(self, workspace: Workspace, standings: Iterable[Standing]) -> bool:
        """Start each episode that needs it and has a place; whether one waits for a pause."""
        is_awaiting_a_pause = False
        for standing in standings:
            slug, step = standing.slug, _first_step(standing)
            if step is None or self._stop.is_set() or not self._may_start(slug):
                continue
            is_wanted = slug in self._wanted
            if _is_final(workspace, slug, step) and not is_wanted:
                continue
            if step.stage not in _HEAVY and not is_wanted and _is_being_typed(workspace, slug):
                is_awaiting_a_pause = True
                continue
            self._start(workspace, slug, _Lane.HEARING if step.stage in _HEAVY else _Lane.QUICK)
        return is_awaiting_a_pause

    def close(self, patience_seconds: float = 10.0) -> None:
        """End what is at work at its next step; what did not end by then ends with the program.

        Either way the next run takes it up again.
        """
        self._stop.set()
        until = time.monotonic() + patience_seconds
        with self._lock:
            threads = [thread for _, thread in self._at_work.values()]
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _may_start(self, slug: str) -> bool:
        with self._lock:
            is_resting = self._rests_until.get(slug, 0.0) > time.monotonic()
            return slug not in self._at_work and not is_resting

    def _start(self, workspace: Workspace, slug: str, lane: _Lane) -> None:
        with self._lock:
            if sum(1 for other, _ in self._at_work.values() if other is lane) >= lane.value:
                return
            is_patient = slug not in self._wanted
            self._wanted.discard(slug)
            thread = threading.Thread(
                target=self._run, args=(workspace, slug, is_patient), name=slug, daemon=True
            )
            self._at_work[slug] = lane, thread
        thread.start()

    def _run(self, workspace: Workspace, slug: str, is_patient: bool) -> None:
        try:
            run = run_episode(workspace, slug, ROAD, self._observer, patient=is_patient)
            workspace.digests.save()
            with self._lock:
                if run.error is not None:
                    self._rests_until[slug] = time.monotonic() + _AFTER_A_FAILURE_SECONDS
        finally:
            with self._lock:
                del self._at_work[slug]
            self._ended()


class _Stopped(Exception):
    """The program ends. A stage that ends by this counts as interrupted, and is run again."""


class _UntilStopped:
    """Passes on what it is told, and ends the work where it next tells how far it is."""

    def __init__(self, observer: Observer, stop: threading.Event) -> None:
        self._observer = observer
        self._stop = stop

    def started(self, slug: str, step: Step) -> None:
        self._end_if_stopped()
        self._observer.started(slug, step)

    def progressed(self, slug: str, stage: str, share: float) -> None:
        self._end_if_stopped()
        self._observer.progressed(slug, stage, share)

    def told(self, slug: str, stage: str, text: str) -> None:
        self._observer.told(slug, stage, text)

    def finished(self, slug: str, stage: str, seconds: float) -> None:
        self._observer.finished(slug, stage, seconds)

    def failed(self, slug: str, stage: str, error: Exception) -> None:
        if not self._stop.is_set():
            self._observer.failed(slug, stage, error)

    def _end_if_stopped(self) -> None:
        if self._stop.is_set():
            raise _Stopped


def _first_step(standing: Standing) -> Step | None:
    """The first stage that must run; None where nothing must, or somebody must act first."""
    for step in standing.steps:
        if step.verdict in (Verdict.BLOCKED, Verdict.RUNNING):
            return None
        if step.verdict is Verdict.RUN:
            return step
    return None


def _is_final(workspace: Workspace, slug: str, step: Step) -> bool:
    """Whether the stage failed for its episode's own sake, and nothing has changed since."""
    if step.reason is not Reason.FAILED:
        return False
    receipt = read_receipt(workspace.episodes_folder / slug / "receipts" / f"{step.stage}.json")
    return receipt is not None and receipt.is_final


def _is_being_typed(workspace: Workspace, slug: str) -> bool:
    review = workspace.transcripts_folder / slug / "review.jsonl"
    try:
        age_seconds = time.time() - review.stat().st_mtime
    except FileNotFoundError:
        return False
    return 0 <= age_seconds < STILL_TYPING_SECONDS
