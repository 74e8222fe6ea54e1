"""How much memory transcribing takes as recordings grow, beyond the loaded model.

`python -m benchmarks.asr_memory 10 120 300` hears so many minutes, each in a process of its own;
the speech is the sample recording, again and again. By hand: five hours take minutes.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.asr import sample_speech
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper import engine, transcribing
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.models import demo_folder
from pipeline.tools.whisper.windows import Window


def main() -> None:
    """Print a line for each length."""
    options = _options()
    if options.speech:
        _hear(options.speech, options.beam)
        return
    for minutes in options.minutes:
        with tempfile.TemporaryDirectory() as folder:
            speech, _ = sample_speech(Path(folder) / "speech.flac", minutes)
            subprocess.run(
                [sys.executable, "-m", "benchmarks.asr_memory", "--speech", str(speech),
                 "--beam", str(options.beam)],
                check=True,
            )  # fmt: skip


def _hear(speech: Path, beam: int) -> None:
    loaded = engine.load(demo_folder(), "cpu")
    first_words: list[float] = []
    model_mb, started = _peak_mb(), time.perf_counter()

    def tell(_window: Window, _heard: HeardWindow) -> None:
        first_words.append(time.perf_counter() - started)

    transcript = transcribing.transcribe(
        loaded,
        lambda: speech_blocks(speech),
        language="id",
        beam_size=beam,
        hint="",
        model="benchmark",
        settings={},
        report=lambda _share: None,
        means=transcribing.Means(tell=tell),
    )
    seconds = time.perf_counter() - started
    print(
        f"{transcript.duration / 60:6.0f} minutes: {_peak_mb() - model_mb:4.0f} MB beyond the "
        f"model's {model_mb:.0f}; first words after {first_words[0]:.1f} s, all after "
        f"{seconds:.0f} s ({transcript.duration / seconds:.0f} × real time), beam of {beam}",
        flush=True,
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, nargs="*", default=[10.0])
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--speech", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
