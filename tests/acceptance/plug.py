"""Run `etam` in this process and pull the plug when it is about to touch a certain file.

`python -m tests.acceptance.plug GLOB SECONDS ARGUMENT…` runs `etam ARGUMENT…` and sends itself
SIGKILL that many seconds after the first file below the current folder that matches GLOB is
opened for writing, renamed or removed. Python's audit events tell, so no moment is missed.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pipeline.faces.cli import main


def arm(pattern: str, seconds: float = 0.0, touch: int = 1) -> None:
    """Pull the plug so many seconds after the `touch`-th touch of a file that matches."""
    folder = str(Path.cwd())
    pulled = threading.Event()
    left = itertools.count(touch - 1, -1)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if pulled.is_set() or not any(
            _is_below(path, folder, pattern) for path in _touched(event, arguments)
        ):
            return
        if next(left) > 0:
            return
        pulled.set()
        if seconds == 0.0:
            _pull()
        threading.Timer(seconds, _pull).start()

    sys.addaudithook(watch)


def _pull() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _touched(event: str, arguments: tuple[Any, ...]) -> list[Any]:
    if event == "open":
        path, _mode, flags = arguments
        return [path] if flags & (os.O_WRONLY | os.O_RDWR) else []
    if event in ("os.rename", "os.link"):
        return list(arguments[:2])
    if event in ("os.remove", "os.mkdir", "os.rmdir"):
        return [arguments[0]]
    return []


def _is_below(path: object, folder: str, pattern: str) -> bool:
    if not isinstance(path, str | os.PathLike):
        return False
    name = os.path.relpath(os.fsdecode(path), folder)
    return fnmatchcase(name, pattern)


if __name__ == "__main__":
    arm(sys.argv[1], float(sys.argv[2]))
    sys.argv[1:] = sys.argv[3:]
    main()
