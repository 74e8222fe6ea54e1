"""Pieces from all over a speech file: exactly the samples that lie there."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.tools.audio.speech_reading import speech_blocks, speech_places, speech_seconds

RATE = 16_000


def noise_file(path: Path, seconds: int) -> Path:
    loud = np.random.default_rng(7).standard_normal(RATE) * 3000
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        for second in range(seconds):
            samples = np.roll(loud, second * 37).astype("<i2").reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate = RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("seconds", "length"), [(203, 40.6), (301, 60.0)])
def test_places_are_spread_evenly_and_hold_the_samples_that_lie_there(
    tmp_path: Path, seconds: int, length: float
) -> None:
    path = noise_file(tmp_path / "speech.flac", seconds)
    whole = np.concatenate(list(speech_blocks(path)))
    places = list(speech_places(path))
    assert len(places) == 5
    for number, place in enumerate(places):
        first = round((seconds * (number + 0.5) / 5 - length / 2) * RATE)
        assert len(place) == round(length * RATE)
        assert np.array_equal(place, whole[first : first + len(place)])


def test_a_short_file_has_no_places(tmp_path: Path) -> None:
    path = noise_file(tmp_path / "speech.flac", 20)
    assert speech_seconds(path) == 20.0
    assert list(speech_places(path)) == []


def test_a_damaged_file_has_no_length(tmp_path: Path) -> None:
    path = tmp_path / "speech.flac"
    path.write_bytes(b"fLaC and then nothing")
    assert speech_seconds(path) == 0.0
