"""A disk that is full: a small file system of its own, or a limit on the size of files."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

_PROJECT = Path(__file__).parent.parent


def run_on_a_small_disk(folder: Path, size_kib: int, program: str) -> str:
    """What `program` prints, with `folder` an empty disk of `size_kib`. Skips where not allowed."""
    mount = f'mount -t tmpfs -o size={size_kib}k tmpfs "$1"'
    if subprocess.run(["unshare", "-rm", "sh", "-c", mount, "sh", folder], check=False).returncode:
        pytest.skip("this machine does not let a test mount a file system")
    command = ["unshare", "-rm", "sh", "-c", f'{mount} && exec "$2" -c "$3" "$1"', "sh", folder]
    return _printed([*command, sys.executable, program])


def run_with_small_files(folder: Path, size_kib: int, program: str) -> str:
    """What `program` prints while no file may grow beyond `size_kib`: works everywhere.

    It keeps no compiled modules (-B): Python up to 3.11 takes one that was cut short for whole.
    """
    limit = size_kib * 1024

    def limit_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return _printed([sys.executable, "-B", "-c", program, str(folder)], limit_files)


def _printed(command: list[object], before: object = None) -> str:
    done = subprocess.run(
        command,  # type: ignore[arg-type]
        cwd=_PROJECT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,  # type: ignore[arg-type]
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
