"""What this machine can carry: cores and memory, as far as its container lets it have them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Hardware:
    """`memory_gb` is all the memory in 10⁹ bytes, not only what is free; `gpus` speak CUDA."""

    cores: int
    memory_gb: float
    gpus: int

    def __str__(self) -> str:
        gpus = f"{self.gpus} GPU, " if self.gpus else "no GPU, "
        return f"{gpus}{self.cores} CPU cores, {self.memory_gb:.0f} GB of memory"


def usable_cores(cgroup: Path = _CGROUP) -> int:
    """How many cores this process may use: its affinity, and its container's share of time."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cores = allowed or 1
    quota, _, period = _first_line(cgroup / "cpu.max").partition(" ")
    if quota.isdigit() and period.isdigit() and int(period):
        cores = min(cores, round(int(quota) / int(period)))
    return max(1, cores)


def usable_memory_gb(cgroup: Path = _CGROUP) -> float:
    """The machine's memory, or the container's limit where that is lower. In 10⁹ bytes."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        memory = 8 * 10**9
    limit = _first_line(cgroup / "memory.max")
    if limit.isdigit():
        memory = min(memory, int(limit))
    return memory / 10**9


def free_memory_gb(cgroup: Path = _CGROUP, meminfo: Path = Path("/proc/meminfo")) -> float:
    """What programs may still take without swapping, in 10⁹ bytes; all of it where unknown."""
    usable = usable_memory_gb(cgroup)
    try:
        lines = meminfo.read_text(encoding="ascii").splitlines()
    except OSError:
        return usable
    available = next((line for line in lines if line.startswith("MemAvailable:")), "")
    kibibytes = available.removeprefix("MemAvailable:").strip().removesuffix(" kB")
    return min(usable, int(kibibytes) * 1024 / 1e9) if kibibytes.isdigit() else usable


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""
