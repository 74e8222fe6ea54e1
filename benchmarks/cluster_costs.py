"""What a window costs besides being heard, on one machine and in a cluster. For docs/scale.md.

A real scheduler and worker with mutual TLS run on loopback; jobs are windows of 28 s that nobody
hears. The peer is the same job in a thread pool. `--flac` asks whether packing the sound would pay.
"""

from __future__ import annotations

import argparse
import io
import pickle
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import psutil  # type: ignore[import-untyped]

from pipeline.tools.audio.flac import SPEECH_RATE_HZ
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.cluster.connecting import open_cluster
from pipeline.tools.whisper.decode import Wishes
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.models import demo_folder
from pipeline.tools.whisper.speech import Ear
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.tools.whisper.windows import Numbers, Window
from pipeline.tools.whisper.work_unit import ModelKey, WindowJob, window_job
from pipeline.words.transcript import Segment, Word
from tests.cluster.jobs import echo, size_of
from tests.cluster.machines import machines

_LONGEST_SECONDS = 28.0


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        speech = _speech(folder / "speech.flac", options.minutes)
        sounds = _show_reading(speech)
        job = _job(max((sound for _, sound in sounds), key=len))
        _show_keeping(folder, job)
        if options.flac:
            _show_flac(job)
        _show_travelling(folder, job, options.windows)


@dataclass(frozen=True, slots=True)
class _Cost:
    """Of one window: CPU of this process, of another one, and time; in milliseconds."""

    cpu_ms: float
    others_cpu_ms: tuple[float, ...]
    wall_ms: float


def _show_reading(speech: Path) -> list[tuple[Window, Numbers]]:
    began, cpu = time.perf_counter(), time.process_time()
    sounds = list(Ear(_LONGEST_SECONDS).listen(speech_blocks(speech)))
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    seconds = statistics.mean(window.end - window.start for window, _ in sounds)
    print(f"windows: {len(sounds)} of {seconds:.1f} s on average")
    print(f"decode and find speech: {cpu / len(sounds) * 1000:.1f} ms CPU a window ({wall:.1f} s)")
    began = time.process_time()
    for _ in speech_blocks(speech):
        pass
    print(f"  of which decoding: {(time.process_time() - began) / len(sounds) * 1000:.1f} ms")
    _show_side_by_side(speech)
    return sounds


def _show_side_by_side(speech: Path) -> None:
    """How many cores episodes use that are read by threads of one process; 1 if they wait."""

    def read(_: int) -> None:
        for _window in Ear(_LONGEST_SECONDS).listen(speech_blocks(speech)):
            pass

    lasted = []
    for threads in (1, 2):
        began = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(read, range(2)))
        lasted.append(time.perf_counter() - began)
    print(f"two episodes side by side: {lasted[0] / lasted[1]:.2f} times as fast as in turn")


def _show_keeping(folder: Path, job: WindowJob) -> None:
    """Making the job, its digest, and writing its answer down."""
    sound, times = job.audio, 50
    cpu = time.process_time()
    for _ in range(times):
        made = _job(sound)
        _ = made.digest
    print(f"make a job and digest it: {(time.process_time() - cpu) / times * 1000:.2f} ms CPU")
    store, answer = WindowStore(folder / "windows"), _answer()
    began, cpu = time.perf_counter(), time.process_time()
    for number in range(times):
        store.keep(f"{number:064x}", answer)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"keep an answer: {cpu / times * 1000:.2f} ms CPU, {wall / times * 1000:.2f} ms")
    print(f"bytes: job {len(pickle.dumps(job))}, answer {len(pickle.dumps(answer))}")


def _show_flac(job: WindowJob) -> None:
    times = 10
    cpu = time.process_time()
    for _ in range(times):
        packed = _packed(job.pcm)
    packing = (time.process_time() - cpu) / times * 1000
    cpu = time.process_time()
    for _ in range(times):
        _unpack(packed)
    unpacking = (time.process_time() - cpu) / times * 1000
    share = len(packed) / len(job.pcm)
    print(f"FLAC: {share:.0%} of the bytes, {packing:.1f} ms to pack, {unpacking:.1f} ms to unpack")


def _show_travelling(folder: Path, job: WindowJob, windows: int) -> None:
    with machines(folder) as cluster:
        scheduler = psutil.Process(cluster.scheduler().process.pid)
        worker = cluster.worker().inner
        hearers = open_cluster(cluster.settings, folder)
        try:
            for _ in range(20):
                hearers.run(size_of, job).result()
            latency = _median_ms(lambda: hearers.run(size_of, job).result(), 50)
            empty = _median_ms(lambda: hearers.run(echo, 0).result(), 50)
            cost = _cost(lambda: hearers.run(size_of, job), windows, [scheduler, worker])
        finally:
            hearers.close()
    with ThreadPoolExecutor(1) as threads:
        peer = _median_ms(lambda: threads.submit(size_of, job).result(), 200)
        peer_cost = _cost(lambda: threads.submit(size_of, job), windows, [])
    print(f"there and back: {latency:.1f} ms; of an empty job {empty:.1f} ms")
    print(
        f"CPU a window: {cost.cpu_ms:.1f} ms here, {cost.others_cpu_ms[0]:.1f} ms scheduler, "
        f"{cost.others_cpu_ms[1]:.1f} ms worker; {cost.wall_ms:.1f} ms with all at once"
    )
    print(f"thread pool: {peer:.3f} ms there and back, {peer_cost.cpu_ms:.3f} ms CPU")
    print(f"ratio there and back: {latency / peer:.0f}")


def _median_ms(ask: Callable[[], Any], times: int) -> float:
    lasted = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        lasted.append(time.perf_counter() - began)
    return statistics.median(lasted) * 1000


def _cost(ask: Callable[[], Future[Any]], times: int, others: list[psutil.Process]) -> _Cost:
    def cpu_of(process: psutil.Process) -> float:
        used = process.cpu_times()
        return float(used.user + used.system)

    before = [cpu_of(other) for other in others]
    began, cpu = time.perf_counter(), time.process_time()
    for answer in [ask() for _ in range(times)]:
        answer.result()
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    used = tuple(
        (cpu_of(other) - earlier) / times * 1000
        for other, earlier in zip(others, before, strict=True)
    )
    return _Cost(cpu / times * 1000, used, wall / times * 1000)


def _speech(path: Path, minutes: float) -> Path:
    """The sample recording again and again, as normalize writes it."""
    (recording,) = (demo_folder().parent / "recording").glob("*.ogg")
    blocks = list(speech_blocks(recording))
    once = np.concatenate(blocks)
    again = max(1, round(minutes * 60 * SPEECH_RATE_HZ / len(once)))
    with _flac(path) as write:
        for _ in range(again):
            write(np.rint(once * 32767).astype("<i2"))
    return path


@contextmanager
def _flac(target: Any) -> Iterator[Callable[[Any], None]]:
    with av.open(target if hasattr(target, "write") else str(target), "w", format="flac") as file:
        stream = file.add_stream("flac", rate=SPEECH_RATE_HZ, layout="mono")

        def write(samples: Any) -> None:
            for first in range(0, len(samples), 4096):
                part = np.ascontiguousarray(samples[first : first + 4096]).reshape(1, -1)
                frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
                frame.sample_rate = SPEECH_RATE_HZ
                file.mux(stream.encode(frame))

        yield write
        file.mux(stream.encode(None))


def _packed(pcm: bytes) -> bytes:
    target = io.BytesIO()
    with _flac(target) as write:
        write(np.frombuffer(pcm, "<i2"))
    return target.getvalue()


def _unpack(packed: bytes) -> None:
    with av.open(io.BytesIO(packed), "r") as container:
        for _frame in container.decode(audio=0):
            pass


def _job(sound: Numbers) -> WindowJob:
    window = Window(0.0, len(sound) / SPEECH_RATE_HZ, ())
    return window_job(window, sound, Wishes("id"), ModelKey("none", "0" * 64), "int8")


def _answer() -> HeardWindow:
    """Seventy words, as people say in 28 s."""
    words = tuple(Word(number * 0.4, number * 0.4 + 0.3, "informasi", 0.9) for number in range(70))
    text = " ".join(word.text for word in words)
    return HeardWindow((Segment(id=0, start=0.0, end=28.0, text=text, words=words),))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=6.0, help="length of the recording")
    parser.add_argument("--windows", type=int, default=300, help="how many are sent")
    parser.add_argument("--flac", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
