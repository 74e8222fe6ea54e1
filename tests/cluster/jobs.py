"""What workers are asked to do in tests besides hearing."""

from __future__ import annotations

import os
import signal
import time

from pipeline.tools.whisper.work_unit import WindowJob
from pipeline.words.errors import SetupProblem, TemporaryProblem


def echo(value: object, seconds: float = 0.0) -> object:
    time.sleep(seconds)
    return value


def die() -> None:
    """As when a library crashes or the system kills for memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def setup_problem() -> SetupProblem:
    return SetupProblem("The worker lacks something.", "Give it that.", "detail")


def temporary_problem() -> None:
    raise TemporaryProblem("The worker has no memory free.", "Wait.", "detail")


def size_of(job: WindowJob) -> int:
    return len(job.pcm)
