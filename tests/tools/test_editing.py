from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.audio.decoding import decoded
from pipeline.tools.audio.loudness import measure
from pipeline.tools.editing import crossfaded, faded_in, faded_out, write_sting
from tests.signals import RATE, sine, stereo


def _tone(level_db: float, seconds: float, hz: float = 440) -> np.ndarray:
    return stereo(sine(level_db, seconds, hz)).astype(np.float32)


def test_a_crossfade_overlaps_by_its_length_and_keeps_what_is_outside() -> None:
    first, second = _tone(-12, 3), _tone(-6, 4, 880)
    joined = crossfaded(first, second, 1.0)
    assert len(joined) == 6 * RATE
    np.testing.assert_allclose(joined[: 2 * RATE], first[: 2 * RATE], atol=1e-6)
    np.testing.assert_allclose(joined[3 * RATE :], second[RATE:], atol=1e-6)


def test_samples_beyond_full_scale_are_not_clipped() -> None:
    first, second = _tone(9, 2), _tone(9, 2)
    joined = crossfaded(first, second, 0.5)
    assert np.abs(joined).max() > 2.8
    np.testing.assert_allclose(joined[:RATE], first[:RATE], atol=1e-5)


def test_a_crossfade_longer_than_a_piece_takes_all_of_it() -> None:
    assert len(crossfaded(_tone(-12, 1), _tone(-12, 3), 5)) == 3 * RATE


def test_without_a_crossfade_pieces_follow_each_other() -> None:
    assert len(crossfaded(_tone(-12, 1), _tone(-12, 1), 0)) == 2 * RATE
    nothing = np.zeros((0, 2), np.float32)
    assert len(crossfaded(_tone(-12, 1), nothing, 1)) == RATE


@pytest.mark.parametrize(
    ("fade", "quiet"), [(faded_in, slice(0, 480)), (faded_out, slice(-480, None))]
)
def test_a_fade_begins_or_ends_in_silence(fade, quiet: slice) -> None:  # type: ignore[no-untyped-def]
    faded = fade(_tone(-6, 2), 1.0)
    assert len(faded) == 2 * RATE
    assert np.abs(faded[quiet]).max() < 0.02
    assert np.abs(faded).max() == pytest.approx(0.5, abs=0.01)


def test_the_sting_is_music_of_a_few_seconds(tmp_path: Path) -> None:
    path = tmp_path / "intro.wav"
    write_sting(path)
    blocks = list(decoded(path, 2))
    seconds = sum(len(block) for block in blocks) / RATE
    loudness = measure(blocks, 2)
    assert 3 <= seconds <= 4
    assert -32 < loudness.integrated_lufs < -12
    assert loudness.true_peak_dbtp < -1
    write_sting(tmp_path / "again.wav")
    assert (tmp_path / "again.wav").read_bytes() == path.read_bytes()
