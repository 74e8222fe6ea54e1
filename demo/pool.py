"""A pool of spoken sentences on disk, made once by all cores and read through memory maps.

A shard is `shard-N.pcm` (int16 samples at 16 kHz, clips end to end) and `shard-N.json` (what is said where).
"""

import argparse
import io
import json
import os
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from demo.sentences import ENGLISH, sentence
from demo.speech import GUEST, HOST, SAMPLE_RATE, SEEN_VOICES, speak

CLIPS_PER_SHARD = 500
ENGLISH_VOICES = ["en-us+m3", "en-us+f2", "en+m1", "en+f4", "en-us", "en+m7"]


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
        return self.samples[clip.start : clip.start + clip.length].astype(np.float32) / 32768


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
    samples = np.concatenate([audio for _, _, _, _, audio in spoken])
    if shard % 3 == 0:
        samples = through_codec(samples, *rng.choice([("mp3", "libmp3lame", 32), ("mp3", "libmp3lame", 48), ("ogg", "libopus", 20), ("ogg", "libopus", 32)]))
    index = folder / f"shard-{shard:04}.json"
    (np.clip(samples, -1, 1) * 32767).astype(np.int16).tofile(index.with_suffix(".pcm"))
    unfinished = index.with_suffix(".tmp")
    unfinished.write_text(json.dumps([asdict(clip) for clip in _as_clips(spoken)]))
    os.replace(unfinished, index)
    return shard


def speak_one(rng: random.Random) -> tuple[str, str, str, list[tuple[float, float]], NDArray[np.float32]]:
    """Text, language, voice, word times and samples of one random clip; the recording's two voices come more often."""
    if rng.random() < 0.02:
        text, language, voice = rng.choice(ENGLISH), "en", rng.choice(ENGLISH_VOICES)
    else:
        text, language, voice = sentence(rng), "id", rng.choice([HOST, GUEST] * 2 + SEEN_VOICES)
    spoken = speak(text, voice, words_per_minute=rng.randint(130, 170), pitch=rng.randint(35, 65))
    return text, language, voice, spoken.word_seconds, spoken.samples


def _as_clips(spoken: list[tuple[str, str, str, list[tuple[float, float]], NDArray[np.float32]]]) -> Iterator[Clip]:
    start = 0
    for text, language, voice, spans, audio in spoken:
        yield Clip(text, language, voice, [(float(begin), float(end)) for begin, end in spans], start, len(audio))
        start += len(audio)


def through_codec(samples: NDArray[np.float32], container: str, codec: str, kilobits: int) -> NDArray[np.float32]:
    """The samples after lossy coding, aligned with the originals again."""
    coded = io.BytesIO()
    with av.open(coded, "w", format=container) as sink:
        stream = sink.add_stream(codec, rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = kilobits * 1000
        frame = av.AudioFrame.from_ndarray((samples * 32767).astype(np.int16)[None], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=SAMPLE_RATE, frame_size=stream.codec_context.frame_size or 960)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            sink.mux(stream.encode(piece))
        sink.mux(stream.encode(None))
    coded.seek(0)
    with av.open(coded) as source:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        pieces = [out.to_ndarray()[0] for frame in source.decode(audio=0) for out in resampler.resample(frame)]
    decoded = np.concatenate(pieces)
    return _aligned(decoded, samples)


def _aligned(delayed: NDArray[np.float32], original: NDArray[np.float32]) -> NDArray[np.float32]:
    """The delayed samples shifted to where they correlate best with the first ten seconds of the original."""
    size = 1 << 18
    spectrum = np.fft.rfft(delayed[: 10 * SAMPLE_RATE], size) * np.conj(np.fft.rfft(original[: 10 * SAMPLE_RATE], size))
    shift = int(np.argmax(np.fft.irfft(spectrum)))
    shift -= size if shift > size // 2 else 0
    shifted = delayed[shift:] if shift >= 0 else np.concatenate([np.zeros(-shift, np.float32), delayed])
    return np.concatenate([shifted[: len(original)], np.zeros(max(len(original) - len(shifted), 0), np.float32)])


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path, default=Path(".cache/demo-model/pool"))
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--shards", type=int, default=60)
    arguments.add_argument("--processes", type=int, default=os.cpu_count())
    options = arguments.parse_args()
    make(options.folder, range(options.first, options.first + options.shards), options.processes)
