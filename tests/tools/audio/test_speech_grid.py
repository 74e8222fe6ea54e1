"""Frames are counted from pauses: what is shifted is cut into frames as before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from pipeline.tools.audio.samples import RATE_HZ, Voice
from pipeline.tools.audio.speech_grid import (
    FRAME_MOMENTS,
    MOST_LATE_MOMENTS,
    on_the_grid,
    quiet_moments,
)


def talk(seconds: int, seed: int = 1, pause_level: float = 1e-3) -> Voice:
    """Noise with a pause of 0.4 s, each of another depth, about every two seconds."""
    random = np.random.default_rng(seed)
    voice = random.standard_normal(seconds * RATE_HZ).astype(np.float32) * 0.1
    start = 0
    while (start := start + int(random.integers(1, 3 * RATE_HZ))) < len(voice):
        voice[start : start + RATE_HZ * 2 // 5] *= random.uniform(1, 20) * pause_level
    return np.asarray(voice)


def in_blocks(voice: Voice, moments: int = RATE_HZ) -> Iterator[Voice]:
    for start in range(0, len(voice), moments):
        yield voice[start : start + moments]


def gridded(voice: Voice) -> Voice:
    return played(voice, quiet_moments(in_blocks(voice)))


def played(voice: Voice, quiet: list[int], block_moments: int = RATE_HZ) -> Voice:
    blocks = in_blocks(voice, block_moments)
    return np.concatenate(list(on_the_grid(blocks, quiet, len(voice))))


def frames(voice: Voice) -> set[bytes]:
    whole = len(voice) // FRAME_MOMENTS * FRAME_MOMENTS
    return {frame.tobytes() for frame in voice[:whole].reshape(-1, FRAME_MOMENTS)}


def test_quiet_moments_lie_in_pauses_and_not_near_each_other() -> None:
    voice = talk(240)
    found = quiet_moments(in_blocks(voice))
    assert 6 <= len(found) <= 22
    assert all(later - earlier >= 10 * RATE_HZ for earlier, later in pairwise(found))
    for moment in found:
        assert np.abs(voice[moment - RATE_HZ // 10 : moment + RATE_HZ // 10]).max() < 0.02


@pytest.mark.parametrize("cut", [1, 1000, RATE_HZ + 1, 5 * RATE_HZ + 777])
def test_they_are_found_again_wherever_they_lie(cut: int) -> None:
    voice = talk(240)
    found, found_later = quiet_moments(in_blocks(voice)), quiet_moments(in_blocks(voice[cut:]))
    shifted = [moment - cut for moment in found if moment > 30 * RATE_HZ]
    assert len(shifted) >= 2
    assert [moment for moment in found_later if moment >= shifted[0]] == shifted


@pytest.mark.parametrize("pause_level", [0.0, 1e-9])
def test_of_pauses_in_which_a_gate_leaves_nothing_some_are_chosen(pause_level: float) -> None:
    voice = talk(240, pause_level=pause_level)
    found = quiet_moments(in_blocks(voice))
    found_later = quiet_moments(in_blocks(voice[1234:]))
    assert len(found) >= 3
    assert [moment + 1234 for moment in found_later[-3:]] == found[-3:]


def test_behind_a_cut_the_frames_are_soon_those_of_before() -> None:
    voice = talk(300)
    before = frames(gridded(voice))
    cut = np.concatenate([voice[: 100 * RATE_HZ], voice[103 * RATE_HZ + 1001 :]])
    assert len(before & frames(cut)) < 0.4 * len(before), "without the grid they are others"
    assert len(frames(gridded(cut)) - before) < 0.3 * len(before)


@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_ever_much_too_early_or_late(seed: int) -> None:
    random = np.random.default_rng(seed)
    quiet = [int(moment) for moment in np.cumsum(random.integers(5_000, 20_000, 400))]
    count = np.arange(quiet[-1] + 50_000, dtype=np.float32)
    heard = played(count, quiet)
    late = np.arange(len(heard)) - heard
    assert np.abs(late).max() <= MOST_LATE_MOMENTS
    assert len(count) - MOST_LATE_MOMENTS <= len(heard) <= len(count)


def test_each_quiet_moment_begins_a_frame() -> None:
    quiet = [30_000, 100_001, 190_002, 300_007]
    count = np.arange(400_000, dtype=np.float32)
    assert set(quiet) <= set(played(count, quiet)[::FRAME_MOMENTS])


def test_how_the_sound_comes_in_blocks_makes_no_difference() -> None:
    voice = talk(100)
    quiet = quiet_moments(in_blocks(voice))
    assert quiet
    assert np.array_equal(played(voice, quiet, 480), played(voice, quiet, 48_000))


@pytest.mark.parametrize("moments", [1, 5000, RATE_HZ * 3])
def test_without_a_quiet_moment_all_stays_as_it_is(moments: int) -> None:
    voice = talk(3)[:moments]
    assert np.array_equal(played(voice, []), voice)


def test_the_shortest_sounds_have_a_grid_too() -> None:
    for moments in (0, 1, 5000, 20_000):
        quiet = quiet_moments(in_blocks(talk(1)[:moments]))
        assert all(0 <= moment <= moments for moment in quiet)
