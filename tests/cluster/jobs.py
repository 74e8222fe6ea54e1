"""What workers are asked to do in tests besides hearing."""

from __future__ import annotations

import os
import signal
import time

import numpy as np

from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.windows import Window
from pipeline.tools.whisper.work_unit import ModelKey, WindowJob, window_job
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


def size_after(job: WindowJob, seconds: float) -> int:
    time.sleep(seconds)
    return len(job.pcm)


def silent_job() -> WindowJob:
    """As large as a job can be: 28 s of 16 kHz."""
    window = Window(0.0, 28.0, ())
    silence = np.zeros(28 * 16_000, np.float32)
    return window_job(window, silence, Wishes("id"), ModelKey("none", "0" * 64), "int8")
