"""The demo show, made once by the command that people run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.ground.workspace import Workspace


@dataclass(frozen=True)
class Etam:
    """The command line in a process of its own."""

    folder: Path

    def __call__(self, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run `etam` with `arguments`; `code` is the exit status to insist on, None for any."""
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *arguments],
            cwd=self.folder,
            env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
        )
        if code is not None:
            assert done.returncode == code, done.stdout + done.stderr
        return done


@pytest.fixture
def etam(tmp_path: Path) -> Etam:
    """`etam`, run in an empty folder."""
    return Etam(tmp_path)


@dataclass(frozen=True)
class Demo:
    """The demo show after `etam demo`, and what the command printed."""

    workspace: Workspace
    printed: str
    etam: Etam


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The whole road from the shipped recording to the feed; nobody changes it."""
    folder = tmp_path_factory.mktemp("demo")
    etam = Etam(folder)
    printed = etam("demo").stdout
    return Demo(Workspace((folder / "demo-show").resolve()), printed, etam)


@pytest.fixture
def own_demo(demo: Demo, etam: Etam) -> Demo:
    """The same show in a folder of its own, for a test that changes something."""
    root = etam.folder / demo.workspace.root.name
    shutil.copytree(demo.workspace.root, root)
    return Demo(Workspace(root.resolve()), demo.printed, etam)
