"""A cluster of real processes on this machine: `etam scheduler` and `etam worker`, with keys."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from pipeline.ground.cluster_settings import Cluster
from pipeline.tools.cluster.keys import make_keys

_REPOSITORY = Path(__file__).parents[2]
_LONGEST_SECONDS = 60


@dataclass
class Machine:
    """One process and its log."""

    process: subprocess.Popen[bytes]
    log: Path

    def told(self, words: str) -> int:
        """How often the log says `words`."""
        return self.log.read_text(encoding="utf-8").count(words)

    def wait_until_told(self, words: str, times: int = 1) -> None:
        until(lambda: self.told(words) >= times or self.process.poll() is not None)
        assert self.told(words) >= times, self.log.read_text(encoding="utf-8")

    @property
    def inner(self) -> psutil.Process:
        """The process in which a worker hears; the nanny, which started it, watches it."""
        nanny = psutil.Process(self.process.pid)
        (found,) = [c for c in nanny.children() if "spawn_main" in " ".join(c.cmdline())]
        return found

    def kill(self) -> None:
        """As when the power goes: the process and all that it started."""
        with psutil_knows(self.process.pid) as process:
            for each in [*process.children(recursive=True), process]:
                each.kill()
        self.process.wait()

    def stop(self) -> None:
        """As an operator does it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass
class Machines:
    """The machines of a cluster; `settings` is what `[cluster]` says on the one with the files."""

    folder: Path
    port: int
    started: list[Machine] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tls://127.0.0.1:{self.port}"

    @property
    def settings(self) -> Cluster:
        return Cluster(scheduler=self.address, keys=str(self.folder / "keys" / "newsroom"))

    def scheduler(self) -> Machine:
        keys = str(self.folder / "keys" / "scheduler")
        arguments = ["scheduler", self.address, "--keys", keys, "--frozen-seconds", "5"]
        machine = self._start(*arguments)
        machine.wait_until_told("scheduler at")
        return machine

    def worker(self, *options: str) -> Machine:
        keys = str(self.folder / "keys" / "worker")
        machine = self._start("worker", self.address, "--keys", keys, "--windows", "1", *options)
        machine.wait_until_told("ready")
        return machine

    def worker_that_claims_a_gpu(self) -> Machine:
        machine = self._run("-m", "tests.cluster.gpu_worker", self.address, str(self.folder))
        machine.wait_until_told("ready")
        return machine

    def newsroom(self, workspace: Path) -> Machine:
        return self._start("-C", str(workspace), "run")

    def windows_heard(self) -> int:
        return sum(machine.told("s of sound in") for machine in self.started)

    def _start(self, *arguments: str) -> Machine:
        return self._run("-m", "pipeline", *arguments)

    def _run(self, *arguments: str) -> Machine:
        log = self.folder / f"{len(self.started)}.log"
        environment = {
            **os.environ,
            "PYTHONPATH": str(_REPOSITORY),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
        }
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=self.folder,
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        machine = Machine(process, log)
        self.started.append(machine)
        return machine


@contextmanager
def machines(folder: Path) -> Iterator[Machines]:
    """An empty cluster with keys; whatever is started in it ends with it."""
    make_keys(folder / "keys", ["scheduler", "worker", "newsroom"])
    cluster = Machines(folder, free_port())
    try:
        yield cluster
    finally:
        for machine in reversed(cluster.started):
            machine.stop()


@contextmanager
def psutil_knows(pid: int) -> Iterator[psutil.Process]:
    """The process, unless it ended meanwhile."""
    try:
        yield psutil.Process(pid)
    except psutil.NoSuchProcess:
        return


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def until(happened: object, seconds: float = _LONGEST_SECONDS) -> None:
    """Wait until `happened()`; a test says itself what should be then."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not happened():  # type: ignore[operator]
        time.sleep(0.05)
