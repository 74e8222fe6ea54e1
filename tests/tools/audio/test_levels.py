"""Levels of channels: the same whatever the blocks, silence and damage included."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.tools.audio.levels import LevelMeter, decibels_of, side_by_side
from tests.signals import RATE, Signal, noise, sine


def _levels(signal: Signal, *lengths: int, together: bool = False) -> np.ndarray:
    meter, at = LevelMeter(together=together), 0
    columns = signal.reshape(len(signal), -1).astype(np.float32)
    for length in (*lengths, len(columns)):
        meter.add(columns[at : at + length])
        at += length
    return meter.levels()


def test_a_tone_is_as_loud_as_it_is() -> None:
    both = np.stack([sine(-20, 2), sine(-50, 2)], axis=1)
    decibels = decibels_of(_levels(both))
    assert decibels.shape == (100, 2)
    assert decibels[:, 0] == pytest.approx(-23, abs=0.3)
    assert decibels[:, 1] == pytest.approx(-53, abs=0.3)


def test_the_length_of_blocks_does_not_matter() -> None:
    signal = np.stack([noise(-30, 5, seed) for seed in (1, 2)], axis=1)
    whole = _levels(signal)
    assert (_levels(signal, 1, 0, 959, 1023, 50_000, 3) == whole).all()
    assert (_levels(signal, *[1024] * 200) == whole).all()


def test_silence_offset_and_damage_make_no_level_of_their_own() -> None:
    assert (_levels(np.zeros(RATE)) == 0).all()
    assert (decibels_of(_levels(np.full(RATE, 0.5))) < -100).all()
    broken = sine(-20, 1)
    broken[10], broken[2000] = np.nan, np.inf
    assert np.isfinite(decibels_of(_levels(broken))).all()
    assert decibels_of(_levels(broken))[10:] == pytest.approx(-23, abs=0.3)


def test_channels_together_are_one_voice_even_in_opposite_phase() -> None:
    tone = sine(-20, 1)
    level = decibels_of(_levels(np.stack([tone, -tone], axis=1), together=True))
    assert level == pytest.approx(np.full((50, 1), -23), abs=0.3)


def test_a_mono_part_counts_for_both_channels_and_keeps_the_time() -> None:
    meter = LevelMeter()
    for _ in range(3):
        meter.add(sine(-20, 0.5).astype(np.float32)[:, None])
    meter.add(np.stack([sine(-20, 1), sine(-60, 1)], axis=1).astype(np.float32))
    decibels = decibels_of(meter.levels())
    assert decibels.shape == (125, 2)
    assert decibels[5:70] == pytest.approx(-23, abs=0.3)
    assert decibels[80:, 1] == pytest.approx(-63, abs=0.3)


def test_a_track_that_ends_early_is_silent_from_there_on() -> None:
    together = side_by_side([_levels(sine(-20, 2)), _levels(sine(-20, 1))])
    assert together.shape == (100, 2)
    assert (together[50:, 1] == 0).all()


def test_nothing_has_no_levels() -> None:
    assert LevelMeter().levels().shape == (0, 1)
