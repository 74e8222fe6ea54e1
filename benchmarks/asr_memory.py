"""How much memory transcribing takes as recordings grow, beyond the loaded model.

`python -m benchmarks.asr_memory 10 120 300` hears so many minutes, each in a process of its own;
the speech is the sample recording, again and again. By hand: five hours take minutes.
`--sequential` lets faster-whisper's own `transcribe` begin with the same.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.asr import WISHES, sample_speech
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper import engine, transcribing
from pipeline.tools.whisper.models import demo_folder


def main() -> None:
    """Print a line for each length."""
    options = _options()
    if options.speech:
        hear = _hear_sequentially if options.sequential else _hear
        hear(options.speech, options.beam)
        return
    for minutes in options.minutes:
        with tempfile.TemporaryDirectory() as folder:
            speech, _ = sample_speech(Path(folder) / "speech.flac", minutes)
            for more in [[], ["--sequential"]] if options.sequential else [[]]:
                subprocess.run(
                    [sys.executable, "-m", "benchmarks.asr_memory", "--speech", str(speech),
                     "--beam", str(options.beam), *more],
                    check=True,
                )  # fmt: skip


def _hear(speech: Path, beam: int) -> None:
    loaded = engine.load(demo_folder(), "cpu")
    reading = _Reading()
    transcript = transcribing.transcribe(
        loaded,
        lambda: speech_blocks(speech),
        language="id",
        beam_size=beam,
        hint="",
        model="benchmark",
        settings={},
        report=lambda _share: None,
        means=transcribing.Means(tell=lambda _window, _heard: reading.words()),
    )
    reading.print(transcript.duration, f"ours, beam of {beam}", heard_all=True)


def _hear_sequentially(speech: Path, beam: int) -> None:
    """To its first words only: by then it has taken all the memory that it will."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(demo_folder()), device="cpu", compute_type="int8")
    reading = _Reading()
    segments, about = model.transcribe(
        str(speech), **{**WISHES, "beam_size": beam}, vad_filter=True
    )
    next(iter(segments))
    reading.words()
    reading.print(about.duration, f"faster-whisper's transcribe, beam of {beam}")


class _Reading:
    """Begins when the model is loaded."""

    def __init__(self) -> None:
        self._model_mb = _peak_mb()
        self._started = time.perf_counter()
        self._first_words = 0.0

    def words(self) -> None:
        self._first_words = self._first_words or time.perf_counter() - self._started

    def print(self, duration: float, what: str, *, heard_all: bool = False) -> None:
        seconds = time.perf_counter() - self._started
        speed = f", all after {seconds:.0f} s ({duration / seconds:.0f} × real time)"
        print(
            f"{duration / 60:6.0f} minutes: {_peak_mb() - self._model_mb:5.0f} MB beyond the "
            f"model's {self._model_mb:.0f}; first words after {self._first_words:.1f} s"
            f"{speed if heard_all else ''}: {what}",
            flush=True,
        )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, nargs="*", default=[10.0])
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--sequential", action="store_true", help="the peer too")
    parser.add_argument("--speech", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
