"""A stretch of sound is exact, and what lies before it takes no memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.audio.decoding import UndecodableError, decoded
from pipeline.tools.audio.samples import RATE_HZ
from pipeline.tools.audio.stretches import stretch_of
from tests.media import write_sound
from tests.signals import noise


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stretches") / "sound.mp3"
    return write_sound(path, noise(-20, 30), "libmp3lame")


@pytest.mark.parametrize(("start", "end"), [(0.0, 1.0), (0.9, 3.1), (7.123, 7.124), (29.0, 40.0)])
def test_it_is_those_samples(sound: Path, start: float, end: float) -> None:
    whole = np.concatenate(list(decoded(sound, 1)))
    found = stretch_of(sound, start, end)
    assert found.shape[1] == 1
    assert np.array_equal(found, whole[round(start * RATE_HZ) : round(end * RATE_HZ)])


def test_what_lies_behind_the_end_is_nothing(sound: Path) -> None:
    assert stretch_of(sound, 40.0, 50.0).shape == (0, 1)


def test_what_lies_before_it_takes_no_memory(sound: Path) -> None:
    tracemalloc.start()
    stretch_of(sound, 28.0, 28.5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_500_000  # all of it would be 5.8 MB


def test_reading_ends_with_the_stretch(sound: Path) -> None:
    told: list[float] = []
    stretch_of(sound, 2.0, 3.0, told.append)
    assert told[-1] < 5


def test_no_sound_is_said(tmp_path: Path) -> None:
    with pytest.raises(UndecodableError):
        stretch_of(tmp_path / "gone.mp3", 0.0, 1.0)
