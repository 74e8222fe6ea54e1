"""The processes of a cluster: a scheduler, and workers under a nanny that starts them again.

Both listen where they are told and nowhere else, have no dashboard, and run until SIGINT or
SIGTERM. A worker outlives its scheduler: it waits until there is one again.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dask
from distributed import Nanny, Scheduler
from distributed.security import Security
from distributed.utils import get_ip

from pipeline.tools.cluster.asking import check_scheduler
from pipeline.tools.cluster.places import GPU
from pipeline.tools.cluster.trust import trust_of
from pipeline.words.cluster_address import DEFAULT_PORT, fault_of, host_of, is_this_machine
from pipeline.words.errors import SetupProblem, TemporaryProblem

LOG = logging.getLogger("etam")

_NO_DASHBOARD: dict[str, Any] = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
# A worker's process tells our lines; that it dies or grows too large, its nanny tells.
_LOGGING = {
    "DASK_LOGGING__ETAM": "info",
    "DASK_LOGGING__DISTRIBUTED": "critical",
    "DASK_DISTRIBUTED__ADMIN__LOG_FORMAT": "%(asctime)s %(message)s",
}
_TRY_AGAIN_SECONDS = 3.0
_SECONDS_TO_JOIN = 60
# A window that was on two workers when they died is suspected (`hearers` gives it another chance).
_DEATHS_FORGIVEN = 1
_SECONDS_WITHOUT_WORKERS = 60


@dataclass(frozen=True, slots=True)
class WorkerPlan:
    """How a worker is to be. `models` are folders of models that jobs may ask for."""

    scheduler: str
    keys: Path | None
    folder: Path
    models: tuple[Path, ...]
    windows_at_once: int
    threads: int
    has_gpu: bool
    memory_bytes: int
    host: str = ""


def run_scheduler(address: str, keys: Path | None, frozen_seconds: float) -> None:
    """Hand out windows at `address` until SIGINT or SIGTERM.

    A worker that is silent for `frozen_seconds` is taken for dead. Raises SetupProblem when the
    address is not safe or cannot be had.
    """
    _refuse_unsafe(address, keys)
    dask.config.set(
        {
            "distributed.scheduler.worker-ttl": f"{frozen_seconds} s",
            "distributed.scheduler.allowed-failures": _DEATHS_FORGIVEN,
            "distributed.scheduler.no-workers-timeout": f"{_SECONDS_WITHOUT_WORKERS} s",
        }
    )
    asyncio.run(_schedule(address, trust_of(keys)))


def run_worker(plan: WorkerPlan) -> None:
    """Hear windows for the scheduler until SIGINT or SIGTERM.

    Raises SetupProblem when the address is not safe, or the scheduler has other keys or versions.
    """
    _refuse_unsafe(plan.scheduler, plan.keys)
    if plan.keys is None and plan.host and not is_this_machine(plan.host):
        raise SetupProblem(
            f"{plan.host} can be reached by others, and without keys whoever connects is obeyed.",
            "Give --keys and a tls:// scheduler, or leave --host out.",
        )
    asyncio.run(_work(plan, trust_of(plan.keys)))


def _refuse_unsafe(address: str, keys: Path | None) -> None:
    if fault := fault_of(address, has_keys=keys is not None):
        raise SetupProblem(
            f"{fault}.", "Give --keys FOLDER and a tls:// address; docs/cluster.md says how."
        )


async def _schedule(address: str, trust: Security) -> None:
    stop = _stopped_by_signals()
    parts = urlsplit(address)
    try:
        scheduler = Scheduler(
            host=parts.hostname,
            port=parts.port or DEFAULT_PORT,
            protocol=parts.scheme,
            security=trust,
            **_NO_DASHBOARD,
        )
        await scheduler
    except (OSError, RuntimeError) as error:
        raise SetupProblem(
            f"The address {address} cannot be used: {error.__cause__ or error}.",
            "End what uses it, or choose another.",
        ) from error
    LOG.info("scheduler at %s; workers: etam worker %s", scheduler.address, scheduler.address)
    try:
        await _first(stop.wait(), scheduler.finished())
    finally:
        await scheduler.close()


async def _work(plan: WorkerPlan, trust: Security) -> None:
    stop = _stopped_by_signals()
    told = ""
    while not stop.is_set():
        try:
            await check_scheduler(plan.scheduler, trust)
            told = ""
            async with _nanny(plan, trust) as nanny:
                LOG.info("ready: %s has joined", nanny.worker_address)
                await _first(stop.wait(), nanny.finished())
        except (TemporaryProblem, OSError, RuntimeError, TimeoutError) as problem:
            if str(problem) != told:
                told = str(problem)
                LOG.warning("%s Trying again.", told)
        await _first(stop.wait(), asyncio.sleep(_TRY_AGAIN_SECONDS))


def _nanny(plan: WorkerPlan, trust: Security) -> Nanny:
    """Starts the worker's process, and starts it again when it dies or takes too much memory."""
    host = plan.host or _reachable_host(plan)
    dask.config.set(_worker_settings(plan))
    return Nanny(
        plan.scheduler,
        host=host,
        nthreads=plan.windows_at_once,
        resources={GPU: plan.windows_at_once} if plan.has_gpu else {},
        security=trust,
        memory_limit=plan.memory_bytes,
        local_directory=str(plan.folder),
        death_timeout=_SECONDS_TO_JOIN,
        **_NO_DASHBOARD,
    )


def _reachable_host(plan: WorkerPlan) -> str:
    """This machine's address as the scheduler reaches it; without keys nobody else may."""
    if plan.keys is None:
        return "127.0.0.1"
    return str(get_ip(host_of(plan.scheduler)))


def _worker_settings(plan: WorkerPlan) -> dict[str, Any]:
    """The model is what fills memory, and it cannot be spilled to a disk: only a limit helps."""
    return {
        "etam": {
            "folder": str(plan.folder),
            "models": [str(each) for each in plan.models],
            "windows_at_once": plan.windows_at_once,
        },
        "distributed.worker.memory.target": False,
        "distributed.worker.memory.spill": False,
        "distributed.worker.memory.pause": False,
        "distributed.worker.profile.enabled": False,
        "distributed.nanny.pre-spawn-environ": {
            "MALLOC_TRIM_THRESHOLD_": 65536,
            "OMP_NUM_THREADS": plan.threads,
            **_LOGGING,
        },
    }


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _first(*things: Awaitable[object]) -> None:
    """Wait until one of `things` has happened; the others are given up."""
    tasks = [asyncio.ensure_future(thing) for thing in things]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    for task in done:
        task.result()
