"""Speak the sample recording's script: two voices, slightly left and right, as Opus in Ogg.

python -m demo.make_recording
"""

import argparse
import random
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demo.lossy import encode
from demo.sentences import SCRIPT
from demo.speech import GUEST, HOST, speak

RECORDING = SCRIPT.parent / "2026-11-05 Budi Santoso - Layanan Informasi Publik.ogg"
RATE = 48_000
BITS_PER_SECOND = 48_000
VOICES = {"Rahma Yuliani": (HOST, 166, 55, 0.42), "Budi Santoso": (GUEST, 164, 45, 0.58)}


def make_recording(target: Path) -> None:
    """Write the recording; sentences are 0.3 to 0.6 s apart, turns up to 1 s."""
    rng = random.Random(5)
    pieces = [_silence(0.6)]
    for line in SCRIPT.read_text().splitlines():
        name, said = line.split(": ", 1)
        for sentence in re.split(r"(?<=[.?])\s", said):
            pieces += [_spoken(sentence, name), _silence(rng.uniform(0.3, 0.55))]
        pieces.append(_silence(rng.uniform(0.0, 0.3)))
    samples = _with_room_noise(np.concatenate(pieces, axis=1))
    target.write_bytes(encode(samples, RATE, "ogg", "libopus", BITS_PER_SECOND))


def _spoken(sentence: str, name: str) -> NDArray[np.float32]:
    """Two channels; the share is the right one's part of the power."""
    voice, words_per_minute, pitch, right_share = VOICES[name]
    samples = speak(sentence, voice, words_per_minute, pitch, RATE).samples
    return np.stack([samples * (1 - right_share) ** 0.5, samples * right_share**0.5])


def _silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros((2, int(seconds * RATE)), np.float32)


def _with_room_noise(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    noise = np.random.default_rng(5).normal(size=samples.shape) * 10 ** (-66 / 20)
    return (samples * 0.6 + noise).astype(np.float32)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--target", type=Path, default=RECORDING)
    make_recording(**vars(arguments.parse_args()))
