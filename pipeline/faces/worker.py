"""`etam worker`, `etam scheduler` and `etam cluster-keys`: the machines of a cluster."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.tools.cluster import check_installed
from pipeline.tools.whisper.engine import count_gpus
from pipeline.tools.whisper.hardware import Hardware, usable_cores, usable_memory_gb

_SHARE_OF_MEMORY = 0.9


def start_scheduler(address: str, keys: Path | None, frozen_seconds: float) -> None:
    """Hand out windows at `address` until stopped."""
    check_installed()
    _log_to_stderr()
    from pipeline.tools.cluster.processes import run_scheduler

    run_scheduler(address, keys, frozen_seconds)


def start_worker(
    scheduler: str,
    keys: Path | None,
    models: Sequence[Path],
    *,
    windows: int,
    memory_gb: float,
    host: str,
) -> None:
    """Hear windows for `scheduler` until stopped; 0 and empty choose by the machine."""
    check_installed()
    _log_to_stderr()
    from pipeline.tools.cluster.processes import WorkerPlan, run_worker

    here = Hardware(usable_cores(), usable_memory_gb(), count_gpus())
    windows = windows or (1 if here.gpus else here.cores)
    memory_gb = memory_gb or here.memory_gb * _SHARE_OF_MEMORY
    folder = _folder()
    logging.getLogger("etam").info(
        "worker for %s: %s; hears %d windows at once in at most %.1f GB; models: %s; keeps %s",
        scheduler,
        here,
        windows,
        memory_gb,
        ", ".join(map(str, models)) or "as jobs name them",
        folder,
    )
    run_worker(
        WorkerPlan(
            scheduler=scheduler,
            keys=keys.resolve() if keys else None,
            folder=folder,
            models=tuple(model.resolve() for model in models),
            windows_at_once=windows,
            threads=max(1, here.cores // windows),
            has_gpu=bool(here.gpus),
            memory_bytes=int(memory_gb * 10**9),
            host=host,
        )
    )


def make_cluster_keys(folder: Path, names: Sequence[str]) -> list[Path]:
    """Make a folder of keys for each of `names` and return them."""
    check_installed()
    from pipeline.tools.cluster.keys import make_keys

    return make_keys(folder, names)


def _folder() -> Path:
    """Where a worker keeps what it can make again: digests of models, scratch."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "etam" / "worker"


def _log_to_stderr() -> None:
    """One line for each thing worth knowing; dask.distributed speaks when something is wrong."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(message)s", force=True
    )
    logging.getLogger("etam").setLevel(logging.INFO)
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "warning")
