"""How long `etam run` takes when a hundred episodes need nothing, against starting etam at all.

One demo episode is made and copied. Prints medians of interleaved runs of whole processes, and
their ratio.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EPISODES = 100
ROUNDS = 5


def main() -> None:
    """Print a table of medians."""
    with tempfile.TemporaryDirectory() as folder:
        show = _show_of_copies(Path(folder))
        _etam(show, "run")
        times: dict[str, list[float]] = {"--version": [], "run": [], "plan": [], "status": []}
        for _ in range(ROUNDS):
            for command, seconds in times.items():
                seconds.append(_etam(show, command))
    start = statistics.median(times["--version"])
    print(f"{EPISODES} episodes, nothing to do; medians of {ROUNDS} interleaved runs")
    for command, seconds in times.items():
        median = statistics.median(seconds)
        print(f"etam {command:10} {median:6.2f} s   {median / start:5.2f} × starting etam")


def _show_of_copies(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "pipeline", "demo", str(folder / "show")],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    show = folder / "show"
    original = next((show / "episodes").glob("*/recording.json")).parent.name
    for number in range(1, EPISODES):
        _copy(show, original, f"copy-{number:03}")
    return show


def _copy(show: Path, original: str, slug: str) -> None:
    for kind in ("episodes", "transcripts"):
        shutil.copytree(show / kind / original, show / kind / slug)


def _etam(show: Path, command: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pipeline", "-C", str(show), command],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
