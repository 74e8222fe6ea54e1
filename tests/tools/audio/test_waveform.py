"""The drawn shape of a sound follows how loud it is, however long it is."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from pipeline.tools.audio.samples import RATE_HZ
from pipeline.tools.audio.waveform import waveform


def tone(seconds: float, level: float, channels: int = 1) -> np.ndarray:
    moments = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    signal = level * np.sin(2 * np.pi * 440 * moments)
    return np.repeat(signal[:, None], channels, axis=1).astype(np.float32)


def test_bars_follow_the_level() -> None:
    bars = waveform([tone(2, 0.1), tone(2, 0.8), tone(2, 0.4)], 6)
    assert bars[2] == bars[3] == max(bars) == 1.0
    assert bars[0] == pytest.approx(bars[1], abs=0.02)
    assert bars[0] < bars[4] < bars[3]


def test_silence_and_nothing_have_no_bars() -> None:
    assert waveform([np.zeros((RATE_HZ, 1), np.float32)], 5) == (0.0,) * 5
    assert waveform([], 5) == (0.0,) * 5
    assert waveform([tone(0.001, 1)], 3) == (0.0,) * 3


def test_a_pause_is_a_gap() -> None:
    bars = waveform([tone(1, 0.5), np.zeros((RATE_HZ, 1), np.float32), tone(1, 0.5)], 3)
    assert bars == (1.0, 0.0, 1.0)


def test_an_even_sound_has_even_bars_even_where_there_are_more_of_them_than_windows() -> None:
    bars = waveform([tone(0.5, 0.5)], 98)
    assert len(bars) == 98
    assert min(bars) > 0.9


def test_it_does_not_matter_how_the_sound_is_cut_or_how_many_channels_it_has() -> None:
    sound = np.concatenate([tone(1, 0.2), tone(1, 0.7)])
    pieces = np.array_split(sound, 37)
    assert waveform(pieces, 10) == waveform([sound], 10)
    assert waveform([np.repeat(sound, 2, axis=1)], 10) == waveform([sound], 10)


def test_broken_samples_are_drawn_as_something() -> None:
    sound = tone(1, 0.5)
    sound[100:200] = np.nan
    sound[300] = np.inf
    assert all(0 <= bar <= 1 for bar in waveform([sound], 20))


def test_memory_does_not_grow_with_the_length() -> None:
    second = tone(1, 0.3)
    tracemalloc.start()
    told: list[float] = []
    waveform((second for _ in range(1200)), 98, told.append)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told[-1] == 1200
    assert peak < 8_000_000
