"""Recordings of any length are gathered in the same memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.signals import noise, stereo, write_wav

_GATHER = """
import sys
from pathlib import Path
from pipeline.tools.audio.gathering import gather

def tell(seconds: float) -> None:
    if seconds in (60, 240):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        print(pages * 4096 // 1_000_000)

recording, scratch = map(Path, sys.argv[1:])
gather([recording], scratch, channels=2, as_tracks=False, heard=tell)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells the memory")
def test_memory_does_not_grow_with_the_length_of_a_recording(tmp_path: Path) -> None:
    minute = noise(-30, 60)
    recording = write_wav(tmp_path / "long.wav", stereo(np.tile(minute, 4)))
    told = subprocess.run(
        [sys.executable, "-c", _GATHER, recording, tmp_path / "spool"],
        capture_output=True,
        text=True,
        check=True,
    )
    after_one_minute, after_four = map(int, told.stdout.split())
    assert after_four - after_one_minute < 25
