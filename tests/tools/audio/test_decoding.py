from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.audio.decoding import UndecodableError, decoded
from tests.media import write_silent_film, write_sound
from tests.signals import RATE, Signal, noise, sine, stereo, write_wav


def _heard(path: Path, channels: int) -> Signal:
    return np.concatenate(list(decoded(path, channels))).astype(np.float64)


def _level_db(signal: Signal, hz: float) -> float:
    time = np.arange(len(signal)) / RATE
    return float(20 * np.log10(2 * np.abs(np.mean(signal * np.exp(-2j * np.pi * hz * time)))))


@pytest.mark.parametrize("bits", [16, 24, 32])
def test_samples_are_those_of_the_file(tmp_path: Path, bits: int) -> None:
    signal = np.stack([sine(-6, 1, 440), sine(-12, 1, 880)], axis=1)
    path = write_wav(tmp_path / "a.wav", signal, bits=bits)
    np.testing.assert_allclose(_heard(path, 2), signal, atol=2.0 ** (1 - min(bits, 22)))


def test_float_samples_beyond_full_scale_are_kept(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", sine(12, 1), is_float=True)
    assert np.abs(_heard(path, 1)).max() == pytest.approx(10 ** (12 / 20), rel=0.001)


def test_mono_is_the_same_on_both_sides_at_its_own_level(tmp_path: Path) -> None:
    signal = sine(-6, 1)
    heard = _heard(write_wav(tmp_path / "a.wav", signal), 2)
    np.testing.assert_allclose(heard, stereo(signal), atol=1e-4)


def test_every_channel_of_a_field_recorder_is_heard_alike(tmp_path: Path) -> None:
    tones = [300 * (number + 1) for number in range(8)]
    signal = np.stack([sine(-6, 2, hz) for hz in tones], axis=1)
    heard = _heard(write_wav(tmp_path / "a.wav", signal), 2)
    levels = [_level_db(heard[:, 0], hz) for hz in tones]
    assert max(levels) - min(levels) < 0.1


def test_the_middle_of_a_surround_film_is_on_both_sides(tmp_path: Path) -> None:
    signal = np.zeros((2 * RATE, 6))
    signal[:, 2] = sine(-6, 2)
    path = write_wav(tmp_path / "a.wav", signal)
    content = bytearray(path.read_bytes())
    assert content[16:20] == b"\x10\0\0\0"
    extension = b"\x16\0\x10\0\x3f\0\0\0\x01\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"
    content[36:36] = extension
    content[16:22] = b"\x28\0\0\0\xfe\xff"
    path.write_bytes(bytes(content))
    heard = _heard(path, 2)
    left, right = _level_db(heard[:, 0], 1000), _level_db(heard[:, 1], 1000)
    assert left == pytest.approx(right, abs=0.01)
    assert -12 < left < -6


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44100, 96000])
def test_any_rate_becomes_48_khz_of_the_same_length_and_pitch(tmp_path: Path, rate: int) -> None:
    path = write_wav(tmp_path / "a.wav", sine(-12, 2, 1000, rate), rate)
    heard = _heard(path, 1)[:, 0]
    assert len(heard) / RATE == pytest.approx(2, abs=0.01)
    assert _level_db(heard[RATE // 2 : RATE + RATE // 2], 1000) == pytest.approx(-12, abs=0.1)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.ogg", "libopus"), ("a.mkv", "aac")],
)
def test_compressed_sound_keeps_its_level(tmp_path: Path, name: str, codec: str) -> None:
    path = write_sound(tmp_path / name, stereo(sine(-12, 2)), codec, video=name.endswith("mkv"))
    heard = _heard(path, 2)[RATE // 2 : RATE + RATE // 2, 0]
    assert _level_db(heard, 1000) == pytest.approx(-12, abs=0.5)


def test_a_file_without_sound_or_that_is_not_there_is_undecodable(tmp_path: Path) -> None:
    with pytest.raises(UndecodableError):
        list(decoded(write_silent_film(tmp_path / "a.mp4"), 2))
    with pytest.raises(UndecodableError):
        list(decoded(tmp_path / "none.wav", 2))


def test_a_name_that_is_no_utf_8_is_opened(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", noise(-20, 1))
    odd = tmp_path / b"\xff\xfe.wav".decode("utf-8", "surrogateescape")
    path.rename(odd)
    assert len(_heard(odd, 1)) == RATE
