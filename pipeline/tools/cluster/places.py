"""How many windows the workers of a cluster can hear at once."""

# mypy: allow-untyped-calls
from __future__ import annotations

from typing import Any

from distributed import Client

from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem

GPU = "GPU"
"""The resource that a worker with a GPU has, one for each window it hears at once."""

_SECONDS_TO_ANSWER = 15


def count_places(client: Client, *, gpu: bool) -> int:
    """The places at workers, or at those with a GPU. Raises OSError or TimeoutError."""
    places = client.sync(
        client.run_on_scheduler, _places, gpu=gpu, callback_timeout=_SECONDS_TO_ANSWER
    )
    return int(places)


def _places(gpu: bool, dask_scheduler: Any = None) -> int:
    """Runs in the scheduler."""
    workers = dask_scheduler.workers.values()
    return sum(int(w.resources.get(GPU, 0)) if gpu else w.nthreads for w in workers)


def nobody_to_hear(address: str, *, gpu: bool, but_others: int = 0) -> PipelineError:
    """That nobody is there to hear a window; `but_others` counts places without a GPU."""
    if gpu and but_others:
        return SetupProblem(
            f"None of the workers at {address} has a GPU, and [cluster] gpu asks for one.",
            "Start a worker on a machine with a GPU, or set gpu = false in feed/show.toml.",
        )
    kind = "worker with a GPU" if gpu else "worker"
    return TemporaryProblem(
        f"No {kind} is at the scheduler {address} at this moment.",
        "Start one with `etam worker`; what was finished is kept, and the rest is heard as soon "
        "as one is there.",
    )
