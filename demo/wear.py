"""What happens to sound before it is a recording: level, echo, noise; and sound without speech."""

import random

import numpy as np
from numpy.typing import NDArray

from demo.speech import SAMPLE_RATE

Samples = NDArray[np.float32]


class Wear:
    """Applies random wear; its noises are made once."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.arrays = np.random.default_rng(seed)
        self.noises = [noise(self.arrays, 60 * SAMPLE_RATE, steep) for steep in (0.0, 0.5, 1.0)]

    def apply(self, audio: Samples, noisy: bool = False) -> Samples:
        """The worn samples, padded to whole encoder positions."""
        rng = self.rng
        audio = np.pad(audio, (0, -len(audio) % 320))
        if rng.random() < 0.25:
            delay = rng.randint(100, 1100)
            audio[delay:] += audio[:-delay] * rng.uniform(0.05, 0.3)
        audio *= from_decibels(rng.uniform(-14, 3))
        if noisy or rng.random() < 0.6:
            source = rng.choice(self.noises)
            offset = rng.randrange(len(source) - len(audio))
            level = from_decibels(rng.uniform(-75, -36))
            audio = audio + source[offset : offset + len(audio)] * level
        return audio.clip(-1, 1)

    def without_speech(self, seconds: float) -> Samples:
        """Noise, most times with chords as music has them."""
        audio = np.zeros(int(seconds * SAMPLE_RATE), np.float32)
        if self.rng.random() < 0.6:
            level = from_decibels(self.rng.uniform(-30, -3))
            audio += chords(self.arrays, len(audio)) * level
        return self.apply(audio, noisy=True)


def noise(rng: np.random.Generator, count: int, steepness: float) -> Samples:
    """Noise of unit power whose spectrum falls with frequency to the power of -steepness."""
    bins = count // 2 + 1
    spectrum = rng.normal(size=bins) + 1j * rng.normal(size=bins)
    spectrum *= np.maximum(np.arange(bins), 50) ** -steepness
    made = np.fft.irfft(spectrum)
    return np.asarray(made / made.std(), np.float32)


def chords(rng: np.random.Generator, count: int) -> Samples:
    """Chords of a few decaying tones, a new one every second or so."""
    audio = np.zeros(count, np.float32)
    position = 0
    while position < count:
        length = min(int(rng.uniform(0.3, 2.0) * SAMPLE_RATE), count - position)
        seconds = np.arange(length, dtype=np.float32) / SAMPLE_RATE
        root = rng.uniform(70, 900)
        for interval in rng.choice([1, 1.25, 1.5, 2, 3], size=rng.integers(1, 5)):
            fading = np.exp(-seconds * rng.uniform(0, 5))
            audio[position : position + length] += (
                np.sin(2 * np.pi * root * interval * seconds) * fading
            )
        position += length
    return audio / np.float32(max(np.abs(audio).max(), 1e-6))


def from_decibels(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
