"""The meter against the signals of EBU Tech 3341 and 3342 and of BS.1770."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.tools.audio.loudness import Meter, measure
from pipeline.tools.audio.samples import in_blocks
from pipeline.words.loudness import Loudness
from tests.signals import RATE, Signal, silence, sine, steps, stereo


def _measured(signal: Signal) -> Loudness:
    return measure(in_blocks(signal.astype(np.float32)), signal.shape[1])


@pytest.mark.parametrize(
    ("levels_and_seconds", "expected"),
    [
        (((-23.0, 20),), -23.0),
        (((-33.0, 20),), -33.0),
        (((-36.0, 10), (-23.0, 60), (-36.0, 10)), -23.0),
        (((-72.0, 10), (-36.0, 10), (-23.0, 60), (-36.0, 10), (-72.0, 10)), -23.0),
        (((-26.0, 20), (-20.0, 20.1), (-26.0, 20)), -23.0),
    ],
    ids=["3341-1", "3341-2", "3341-3", "3341-4", "3341-5"],
)
def test_integrated_loudness(
    levels_and_seconds: tuple[tuple[float, float], ...], expected: float
) -> None:
    measured = _measured(stereo(steps(*levels_and_seconds)))
    assert measured.integrated_lufs == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((-20, -30), 10),
        ((-20, -15), 5),
        ((-40, -20), 20),
        ((-50, -35, -20, -35, -50), 15),
    ],
    ids=["3342-1", "3342-2", "3342-3", "3342-4"],
)
def test_loudness_range(levels: tuple[float, ...], expected: float) -> None:
    measured = _measured(stereo(steps(*((level, 20.0) for level in levels))))
    assert measured.range_lu == pytest.approx(expected, abs=1)


@pytest.mark.parametrize(
    ("divisor", "amplitude", "degrees", "expected"),
    [
        (4, 0.50, 0, -6),
        (4, 0.50, 45, -6),
        (6, 0.50, 60, -6),
        (8, 0.50, 67.5, -6),
        (4, 1.41, 45, 3),
    ],
    ids=["3341-15", "3341-16", "3341-17", "3341-18", "3341-19"],
)
def test_true_peak(divisor: int, amplitude: float, degrees: float, expected: float) -> None:
    turns = np.arange(RATE) / divisor
    signal = amplitude * np.sin(2 * np.pi * turns + np.radians(degrees))
    ramp = np.minimum(1, np.minimum(np.arange(RATE), np.arange(RATE)[::-1]) / 4800)
    measured = _measured(stereo(signal * ramp))
    assert expected - 0.4 <= measured.true_peak_dbtp <= expected + 0.2


def test_a_tone_at_full_scale_in_one_channel_is_3_lufs_below() -> None:
    tone = sine(0, 5, 997)
    one_side = np.stack([tone, np.zeros_like(tone)], axis=1)
    assert _measured(one_side).integrated_lufs == pytest.approx(-3.01, abs=0.05)


def test_silence_has_no_loudness() -> None:
    assert _measured(silence(3, 2)).integrated_lufs == float("-inf")
    assert _measured(silence(3, 2)).true_peak_dbtp == float("-inf")


def test_a_peak_in_the_last_moments_counts() -> None:
    signal = silence(2.05, 2)
    signal[-3] = 0.5
    assert _measured(signal).true_peak_dbtp >= -6.1


def test_the_length_of_the_blocks_does_not_matter() -> None:
    signal = stereo(steps((-26, 2), (-20, 2.3))).astype(np.float32)
    meter = Meter(2)
    at = 0
    for length in (1, 7, 480, 4801, 100_000, 1_000_000):
        meter.add(signal[at : at + length])
        at += length
    assert meter.result() == _measured(signal)
