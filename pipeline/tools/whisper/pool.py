"""Hearing windows on this machine: one model, shared by all episodes.

A CPU is kept at work by a few threads, a GPU by batches.
"""

from __future__ import annotations

import functools
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from pipeline.tools.whisper.asking import Hearers
from pipeline.tools.whisper.batching import BatchedHearers
from pipeline.tools.whisper.engine import Engine, before_loading
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.work_unit import WindowJob, hear_job

_JOBS_A_WORKER = 2
_making = threading.Lock()


class LocalHearers:
    """Threads that share a loaded model. CTranslate2 computes without Python's lock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(engine.workers, thread_name_prefix="hearing")

    @property
    def most_in_flight(self) -> int:
        """One job in work and one waiting for each thread."""
        return _JOBS_A_WORKER * self._engine.workers

    def submit(self, job: WindowJob) -> Future[HeardWindow]:
        return self._threads.submit(hear_job, job, self._engine)


def local_hearers(engine: Engine) -> Hearers:
    """Those that belong to a loaded model; the same ones each time."""
    with _making:
        return _hearers(engine)


@functools.lru_cache(maxsize=1)
def _hearers(engine: Engine) -> Hearers:
    return BatchedHearers(engine) if engine.device == "cuda" else LocalHearers(engine)


before_loading.append(_hearers.cache_clear)
