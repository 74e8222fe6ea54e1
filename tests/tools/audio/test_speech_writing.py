"""What the transcriber hears stays the same, sample by sample, where the recording does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.audio.gathering import gather
from pipeline.tools.audio.programme import whole
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.audio.speech_writing import write_speech
from tests.signals import RATE, Signal, noise, silence, sine, speechlike, write_wav

SPEECH_RATE = 16_000
FRAME = 512


def heard(folder: Path, signal: Signal) -> Signal:
    """The speech file of a recording, 16 kHz, as whole numbers of 16 bits."""
    recording = write_wav(folder / "recording.wav", signal, is_float=True)
    gathered = gather(
        [recording],
        folder / "programme.f32",
        channels=2,
        as_tracks=False,
        heard=lambda _seconds: None,
    )
    write_speech(
        whole(gathered.spool), gathered.loudness, folder / "speech.flac", lambda _share: None
    )
    return np.rint(np.concatenate(list(speech_blocks(folder / "speech.flac"))) * 32768)


def frames(speech: Signal) -> set[bytes]:
    whole_frames = len(speech) // FRAME * FRAME
    return {frame.tobytes() for frame in speech[:whole_frames].reshape(-1, FRAME)}


def level_dbfs(speech: Signal) -> float:
    return float(10 * np.log10(np.mean((speech / 32768) ** 2)))


def test_another_sentence_of_the_same_length_changes_nothing_else(tmp_path: Path) -> None:
    signal = speechlike(20, -28)
    signal[10 * RATE : 10 * RATE + RATE // 2] *= 1e-3  # remains the quietest moment
    before = heard(tmp_path, signal)
    signal[5 * RATE : 7 * RATE] = speechlike(2, -28, seed=9)
    changed = np.flatnonzero(before != heard(tmp_path, signal)) / SPEECH_RATE
    assert changed.min() > 5
    assert changed.max() < 8
    assert len(changed) > SPEECH_RATE


def test_a_cut_leaves_the_frames_of_what_comes_later(tmp_path: Path) -> None:
    signal = speechlike(200) + noise(-70, 200)
    before = frames(heard(tmp_path, signal))
    cut = np.concatenate([signal[: 60 * RATE], signal[63 * RATE + 1001 :]])
    assert len(frames(heard(tmp_path, cut)) - before) < 0.4 * len(before)


@pytest.mark.parametrize("level", [-62, -45, -26, -12, 0, 6])
def test_quiet_and_loud_recordings_come_to_about_one_level(tmp_path: Path, level: float) -> None:
    speech = heard(tmp_path, speechlike(12, level))
    assert level_dbfs(speech) == pytest.approx(-20, abs=4.5)
    assert np.mean(np.abs(speech) >= 32767) < 0.003


def test_a_small_change_of_loudness_is_no_change_of_gain(tmp_path: Path) -> None:
    speech = speechlike(12)
    louder = np.concatenate([speech, speechlike(2, -24)])
    before, after = heard(tmp_path, speech), heard(tmp_path, louder)
    assert np.array_equal(before[: 11 * SPEECH_RATE], after[: 11 * SPEECH_RATE])


def test_after_a_minute_and_more_the_times_are_those_of_the_recording(tmp_path: Path) -> None:
    signal = silence(200)[:, 0] + noise(-75, 200)
    beeps = range(7, 195, 17)
    for second in beeps:
        signal[second * RATE : (second + 3) * RATE] += sine(-20, 3)
    loud = np.abs(heard(tmp_path, signal)) > 1000
    for second in beeps:
        around = slice((second - 1) * SPEECH_RATE, (second + 1) * SPEECH_RATE)
        start = second - 1 + np.argmax(loud[around]) / SPEECH_RATE
        assert start == pytest.approx(second + 1105 / RATE, abs=0.066)
