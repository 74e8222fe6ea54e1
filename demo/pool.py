"""A pool of spoken sentences on disk, made once by all cores and read through memory maps.

A shard is `shard-N.pcm` (int16 samples at 16 kHz, clips end to end) and `shard-N.json` (what is
said where). A third of the shards have been through lossy coding.
"""

import argparse
import json
import os
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demo.lossy import coded_and_back
from demo.sentences import ENGLISH, sentence
from demo.speech import GUEST, HOST, SAMPLE_RATE, SEEN_VOICES, Speech, speak

CLIPS_PER_SHARD = 500
ENGLISH_VOICES = ["en-us+m3", "en-us+f2", "en+m1", "en+f4", "en-us", "en+m7"]
CODECS = [
    ("mp3", "libmp3lame", 32_000),
    ("mp3", "libmp3lame", 48_000),
    ("ogg", "libopus", 20_000),
    ("ogg", "libopus", 32_000),
]


@dataclass(frozen=True)
class Spoken:
    """One sentence, spoken."""

    text: str
    language: str
    voice: str
    speech: Speech


@dataclass(frozen=True)
class Clip:
    """One spoken sentence; `start` and `length` count samples within the shard."""

    text: str
    language: str
    voice: str
    word_seconds: list[tuple[float, float]]
    start: int
    length: int

    @property
    def seconds(self) -> float:
        return self.length / SAMPLE_RATE


class Shard:
    """One shard, opened for reading."""

    def __init__(self, index: Path) -> None:
        self.samples = np.memmap(index.with_suffix(".pcm"), dtype=np.int16, mode="r")
        self.clips = [Clip(**clip) for clip in json.loads(index.read_text())]

    def audio(self, clip: Clip) -> NDArray[np.float32]:
        samples = self.samples[clip.start : clip.start + clip.length]
        return samples.astype(np.float32) / np.float32(32768)


def make(folder: Path, shards: range, processes: int) -> None:
    """Speak the missing shards of the range into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [shard for shard in shards if not (folder / f"shard-{shard:04}.json").exists()]
    with Pool(processes) as workers:
        for done in workers.imap_unordered(partial(make_shard, folder), missing):
            print(f"shard {done} spoken", flush=True)


def make_shard(folder: Path, shard: int) -> int:
    rng = random.Random(shard)
    spoken = [speak_one(rng) for _ in range(CLIPS_PER_SHARD)]
    samples = np.concatenate([clip.speech.samples for clip in spoken])
    if shard % 3 == 0:
        samples = coded_and_back(samples, SAMPLE_RATE, *rng.choice(CODECS))
    index = folder / f"shard-{shard:04}.json"
    (np.clip(samples, -1, 1) * 32767).astype(np.int16).tofile(index.with_suffix(".pcm"))
    unfinished = index.with_suffix(".tmp")
    unfinished.write_text(json.dumps([asdict(clip) for clip in _end_to_end(spoken)]))
    unfinished.replace(index)
    return shard


def speak_one(rng: random.Random) -> Spoken:
    """A random sentence; the sample recording's two voices come more often."""
    if rng.random() < 0.02:
        text, language, voice = rng.choice(ENGLISH), "en", rng.choice(ENGLISH_VOICES)
    else:
        text, language, voice = sentence(rng), "id", rng.choice([HOST, GUEST] * 2 + SEEN_VOICES)
    speed, pitch = rng.randint(130, 170), rng.randint(35, 65)
    return Spoken(text, language, voice, speak(text, voice, speed, pitch))


def _end_to_end(spoken: list[Spoken]) -> Iterator[Clip]:
    start = 0
    for clip in spoken:
        length = len(clip.speech.samples)
        yield Clip(clip.text, clip.language, clip.voice, clip.speech.word_seconds, start, length)
        start += length


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path, default=Path(".cache/demo-model/pool"))
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--shards", type=int, default=60)
    arguments.add_argument("--processes", type=int, default=os.cpu_count())
    options = arguments.parse_args()
    make(options.folder, range(options.first, options.first + options.shards), options.processes)
