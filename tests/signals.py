"""Signals for tests: tones, noise, something like speech and music, and WAV files of them."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 48_000
Signal = npt.NDArray[np.float64]


def sine(level_db: float, seconds: float, hz: float = 1000.0, rate: int = RATE) -> Signal:
    """A tone in one channel; `level_db` is its peak in dBFS."""
    time = np.arange(round(seconds * rate)) / rate
    return 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * time)


def steps(*levels_and_seconds: tuple[float, float], hz: float = 1000.0) -> Signal:
    """Tones behind each other, as EBU Tech 3341 and 3342 ask."""
    return np.concatenate([sine(level, seconds, hz) for level, seconds in levels_and_seconds])


def stereo(signal: Signal) -> Signal:
    return np.stack([signal, signal], axis=1)


def silence(seconds: float, channels: int = 1, rate: int = RATE) -> Signal:
    return np.zeros((round(seconds * rate), channels))


def noise(level_db: float, seconds: float, seed: int = 1, rate: int = RATE) -> Signal:
    """White noise with an effective level in dBFS."""
    random = np.random.default_rng(seed)
    return random.standard_normal(round(seconds * rate)) * 10 ** (level_db / 20)


def pink_noise(level_db: float, seconds: float, seed: int = 1, rate: int = RATE) -> Signal:
    """Noise of equal power in each octave, with an effective level in dBFS."""
    length = round(seconds * rate)
    hz = np.maximum(np.fft.rfftfreq(length, 1 / rate), 20.0)
    signal = np.fft.irfft(np.fft.rfft(noise(0, seconds, seed, rate)) / np.sqrt(hz), length)
    return np.asarray(signal / np.sqrt(np.mean(signal**2)) * 10 ** (level_db / 20))


def plucked(seconds: float, level_db: float = -18.0, seed: int = 5, rate: int = RATE) -> Signal:
    """A melody on strings, four notes a second: harmonics that die away, the higher the sooner."""
    random = np.random.default_rng(seed)
    signal = np.zeros(round(seconds * rate))
    time = np.arange(round(1.5 * rate)) / rate
    for start in range(0, len(signal), rate // 4):
        hz = random.choice([196.0, 220.0, 246.9, 261.6, 293.7, 329.6, 392.0])
        note = sum(
            np.sin(2 * np.pi * k * hz * time) * np.exp(-(2 + 1.5 * k) * time) / k
            for k in range(1, 16)
        )
        signal[start : start + len(time)] += np.asarray(note)[: len(signal) - start]
    return np.asarray(signal / np.sqrt(np.mean(signal**2)) * 10 ** (level_db / 20))


def speechlike(seconds: float, level_db: float = -26.0, seed: int = 2, rate: int = RATE) -> Signal:
    """Bursts of harmonics with the rhythm, pauses and crest of talk (about 18 dB)."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * rate)) / rate
    pitch = 120 + 25 * np.sin(2 * np.pi * 0.4 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    voice = sum(np.cos(k * phase + k * k) / k**1.1 for k in range(1, 25))
    syllables = np.clip(np.sin(2 * np.pi * 3.7 * time), 0, None) ** 1.5
    words = np.repeat(random.uniform(0.15, 1.0, len(time) // 9000 + 1), 9000)[: len(time)]
    pauses = np.repeat(random.random(len(time) // 24000 + 1) > 0.2, 24000)[: len(time)]
    shaped = np.asarray(voice * syllables * words * pauses)
    shaped = shaped + random.standard_normal(len(time)) * 1e-3
    return np.asarray(shaped / np.sqrt(np.mean(shaped**2)) * 10 ** (level_db / 20))


def musiclike(seconds: float, level_db: float = -18.0, rate: int = RATE) -> Signal:
    """Chords in stereo with a beat."""
    time = np.arange(round(seconds * rate)) / rate
    beat = np.exp(-((time * 2) % 1) * 6)
    drum = np.sin(2 * np.pi * 60 * time) * beat
    sides = []
    for detune in (1.0, 1.003):
        chord = sum(np.sin(2 * np.pi * hz * detune * time) for hz in (220, 277, 330, 440, 1760))
        sides.append(chord * (0.6 + 0.4 * np.sin(2 * np.pi * 0.2 * time)) + 3 * drum)
    both = np.stack(sides, axis=1)
    return np.asarray(both / np.sqrt(np.mean(both**2)) * 10 ** (level_db / 20))


def write_wav(
    path: Path, signal: Signal, rate: int = RATE, *, bits: int = 16, is_float: bool = False
) -> Path:
    """A WAV file; a signal has one column for each channel, or one dimension for mono."""
    columns = signal.reshape(len(signal), -1)
    content = _float(columns) if is_float else _integers(columns, bits)
    bits = 32 if is_float else bits
    channels = columns.shape[1]
    frame = channels * bits // 8
    head = struct.pack("<HHIIHH", 3 if is_float else 1, channels, rate, rate * frame, frame, bits)
    path.write_bytes(
        b"RIFF" + struct.pack("<I", 28 + len(head) + len(content) - 8 + 8) + b"WAVEfmt "
        + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", len(content)) + content
    )  # fmt: skip
    return path


def _float(columns: Signal) -> bytes:
    return columns.astype("<f4").tobytes()


def _integers(columns: Signal, bits: int) -> bytes:
    whole = np.clip(np.rint(columns * 2 ** (bits - 1)), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    if bits == 24:
        return whole.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    return whole.astype(f"<i{bits // 8}").tobytes()
