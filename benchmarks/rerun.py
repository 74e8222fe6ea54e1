"""How long `etam run` takes when a hundred episodes need nothing, against starting etam at all.

One demo episode is made and copied; its recordings are linked, for nothing writes to them in place.
`python benchmarks/rerun.py 5000` takes another number. Prints medians of interleaved runs of whole
processes, their ratio, and the most memory that one of them took.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

EPISODES = int(sys.argv[1]) if len(sys.argv) > 1 else 100
ROUNDS = 5 if EPISODES <= 1000 else 3
_COMMANDS = ("--version", "run", "plan", "status", "publish --dry-run")


def main() -> None:
    """Print a table of medians."""
    with tempfile.TemporaryDirectory() as folder:
        show = _show_of_copies(Path(folder))
        for command in ("run", "publish"):
            _etam(show, command)
        times: dict[str, list[float]] = {command: [] for command in _COMMANDS}
        memory_mb = dict.fromkeys(_COMMANDS, 0.0)
        for _ in range(ROUNDS):
            for command, seconds in times.items():
                took, used_mb = _etam(show, command)
                seconds.append(took)
                memory_mb[command] = max(memory_mb[command], used_mb)
    start = statistics.median(times["--version"])
    print(f"{EPISODES} episodes, nothing to do; medians of {ROUNDS} interleaved runs")
    for command, seconds in times.items():
        median = statistics.median(seconds)
        ratio = f"{median / start:6.2f} × starting etam"
        print(f"etam {command:17} {median:6.2f} s  {ratio}  {memory_mb[command]:5.0f} MB")


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
        shutil.copytree(show / kind / original, show / kind / slug, copy_function=os.link)
    folder = show / "episodes" / slug
    guid = json.loads((folder / "recording.json").read_text())["guid"]
    for name in ("recording.json", "receipts/tag.json"):
        text = (folder / name).read_text().replace(guid, str(uuid5(NAMESPACE_URL, slug)))
        (folder / name).unlink()  # not to write into the one that it is linked to
        (folder / name).write_text(text)


def _etam(show: Path, command: str) -> tuple[float, float]:
    """Seconds, and the most megabytes that were resident."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "-C", str(show), *command.split()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"etam {command} ended with {process.returncode}")
    return seconds, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
