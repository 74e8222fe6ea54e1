"""How fast, how exact and how flat in memory transcribing is, against what else one could use.

Each contestant transcribes the same speech file with the same model (int8, beam of 5, word times)
in a process of its own, the model's loading included; rounds are interleaved, so that a busy
machine is busy for all. The speech is the sample recording, again and again. “bare decoding” has
the windows already cut and only asks the model: what ours takes beyond it is overhead.
`python -m benchmarks.asr --help`.
"""

from __future__ import annotations

import argparse
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer
import numpy as np

from benchmarks.heavier import heavier
from pipeline.tools.audio.decoding import decoded
from pipeline.tools.audio.flac import SpeechFile
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper import engine, transcribing
from pipeline.tools.whisper.models import demo_folder
from pipeline.tools.whisper.speech import Ear

SAMPLE = Path("pipeline/demo/recording")
WISHES: dict[str, Any] = {"language": "id", "beam_size": 5, "word_timestamps": True}
# The demo model was not trained with previous text; the others then hear next to nothing.
WISHES["condition_on_previous_text"] = False


def main() -> None:
    """Print a table of medians and ratios."""
    options = _options()
    if options.contestant:
        _CONTESTANTS[options.contestant](options.model, options.speech, options.text)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        speech, times = sample_speech(folder / "speech.flac", options.minutes)
        model = options.model
        if options.layers:
            model = heavier(model, folder / "heavier", options.layers)
        _cut_windows(model, speech)
        names = options.only.split(",") if options.only else list(_CONTESTANTS)
        reference = " ".join([_script()] * times)
        runs = [
            _run(contestant, model, speech, folder / f"{contestant}.txt", reference)
            for _ in range(options.rounds)
            for contestant in names
        ]
    _print_table(runs, options)


@dataclass(frozen=True, slots=True)
class _Run:
    contestant: str
    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float
    word_error_rate: float


def _ours(model: Path, speech: Path, text: Path) -> None:
    transcript = transcribing.transcribe(
        engine.load(model, "cpu"),
        lambda: speech_blocks(speech),
        language="id",
        beam_size=5,
        hint="",
        model="benchmark",
        settings={},
        report=lambda _share: None,
    )
    text.write_text(transcript.text, encoding="utf-8")


def _bare(model: Path, speech: Path, text: Path) -> None:
    sounds: list[Any] = pickle.loads(_windows_of(speech).read_bytes())  # noqa: S301 - our own
    loaded = engine.load(model, "cpu")

    def said(sound: Any) -> str:
        segments, _ = loaded.model.transcribe(sound, **WISHES, temperature=0.0, vad_filter=False)
        return " ".join(segment.text for segment in segments)

    with ThreadPoolExecutor(loaded.workers) as threads:
        text.write_text(" ".join(threads.map(said, sounds)), encoding="utf-8")


def _sequential(model: Path, speech: Path, text: Path) -> None:
    segments, _ = _whisper(model).transcribe(str(speech), **WISHES, vad_filter=True)
    text.write_text(" ".join(segment.text for segment in segments), encoding="utf-8")


def _batched(model: Path, speech: Path, text: Path) -> None:
    from faster_whisper import BatchedInferencePipeline

    pipeline = BatchedInferencePipeline(_whisper(model))
    segments, _ = pipeline.transcribe(str(speech), **WISHES, batch_size=8)
    text.write_text(" ".join(segment.text for segment in segments), encoding="utf-8")


def _command(model: Path, speech: Path, text: Path, *more: str) -> None:
    command = [
        str(Path(sys.executable).with_name("whisper-ctranslate2")), str(speech),
        "--model_directory", str(model), "--local_files_only", "True", "--device", "cpu",
        "--language", "id", "--compute_type", "int8", "--beam_size", "5",
        "--word_timestamps", "True", "--condition_on_previous_text", "False",
        "--output_format", "txt", "--verbose", "False",
        "--output_dir", str(text.parent), *more,
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (text.parent / f"{speech.stem}.txt").replace(text)


_CONTESTANTS: dict[str, Callable[[Path, Path, Path], None]] = {
    "ours": _ours,
    "bare decoding": _bare,
    "faster-whisper": _sequential,
    "faster-whisper batched": _batched,
    "whisper-ctranslate2": lambda model, speech, text: _command(
        model, speech, text, "--vad_filter", "True"
    ),
    "whisper-ctranslate2 batched": lambda model, speech, text: _command(
        model, speech, text, "--batched", "True", "--batch_size", "8"
    ),
}


def _whisper(model: Path) -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)


def sample_speech(path: Path, minutes: float) -> tuple[Path, int]:
    """The sample recording as a speech file of about so many minutes, and how often it is in it."""
    recording = next(SAMPLE.glob("*.ogg"))
    blocks = list(decoded(recording, 1))
    seconds = sum(map(len, blocks)) / 48_000
    times = max(1, round(minutes * 60 / seconds))
    with SpeechFile(path) as speech:
        for _ in range(times):
            for block in blocks:
                speech.write(block)
            speech.write(np.zeros((48_000, 1), np.float32))
    return path, times


def _cut_windows(model: Path, speech: Path) -> None:
    """Beside the speech: its windows as samples, cut as ours cuts them."""
    seconds = transcribing.longest_window_seconds(engine.load(model, "cpu"))
    sounds = [sound for _, sound in Ear(seconds).listen(speech_blocks(speech))]
    _windows_of(speech).write_bytes(pickle.dumps(sounds))


def _windows_of(speech: Path) -> Path:
    return speech.with_suffix(".windows")


def _run(contestant: str, model: Path, speech: Path, text: Path, reference: str) -> _Run:
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.asr", "--contestant", contestant,
         "--model", str(model), "--speech", str(speech), "--text", str(text)],
    )  # fmt: skip
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{contestant} failed")
    return _Run(
        contestant,
        time.perf_counter() - started,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1000,
        jiwer.wer(_words(reference), _words(text.read_text(encoding="utf-8"))),
    )


def _script() -> str:
    """What is said in the sample recording, without the names of the speakers."""
    lines = (SAMPLE / "script.txt").read_text(encoding="utf-8").splitlines()
    return " ".join(line.partition(": ")[2] for line in lines)


def _words(text: str) -> str:
    letters = "".join(c if c.isalnum() or c == "-" else " " for c in text.lower())
    return " ".join(letters.split())


def _print_table(runs: list[_Run], options: argparse.Namespace) -> None:
    print(f"{options.minutes:g} minutes of speech, medians of {options.rounds} interleaved rounds")
    print(f"the model: {options.model.name} with {options.layers} more layers")
    print(f"{'':28}{'wall s':>9}{'× ours':>8}{'CPU s':>9}{'× ours':>8}{'MB':>8}{'WER':>8}")
    names = list(dict.fromkeys(run.contestant for run in runs))
    rows = {name: [run for run in runs if run.contestant == name] for name in names}
    ours = rows[names[0]]
    for name, row in rows.items():
        wall, cpu = _median(row, "wall_seconds"), _median(row, "cpu_seconds")
        print(
            f"{name:28}{wall:9.1f}{wall / _median(ours, 'wall_seconds'):8.2f}"
            f"{cpu:9.1f}{cpu / _median(ours, 'cpu_seconds'):8.2f}"
            f"{_median(row, 'peak_megabytes'):8.0f}{_median(row, 'word_error_rate'):8.1%}"
        )


def _median(runs: list[_Run], figure: str) -> float:
    return float(statistics.median(getattr(run, figure) for run in runs))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", type=Path, default=demo_folder())
    parser.add_argument(
        "--layers", type=int, default=0, help="silent layers to add: the work of a larger model"
    )
    parser.add_argument("--only", default="", help="contestants, with commas between")
    for hidden in ("--speech", "--text"):
        parser.add_argument(hidden, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--contestant", choices=_CONTESTANTS, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
