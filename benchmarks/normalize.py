"""How fast and how flat in memory normalizing is, against what else one could use.

Each contestant makes an MP3 of 128 kbit/s from the same recording in a process of its own; rounds
are interleaved, so that a busy machine is busy for all. `python -m benchmarks.normalize --help`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from pipeline.ground.config import Audio, Publish, Show, ShowInfo
from pipeline.ground.stage import Job
from pipeline.stages.normalize import NORMALIZE
from pipeline.tools.audio.decoding import decoded
from pipeline.tools.audio.loudness import measure_file
from pipeline.tools.audio.samples import RATE_HZ
from pipeline.tools.mp3 import Mp3Encoder
from pipeline.words.episode import Episode, EpisodeDetails, Recording, RecordingFile
from tests.signals import RATE, musiclike, speechlike, stereo


def main() -> None:
    options = _options()
    if options.contestant:
        _CONTESTANTS[options.contestant](options.recording, options.result)
        print(_peak_megabytes())
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording = _recording(folder / "recording.wav", options.minutes)
        runs = [
            _run(contestant, recording, folder / f"{contestant}.mp3")
            for _ in range(options.rounds)
            for contestant in _CONTESTANTS
        ]
        _print_table(runs, options.minutes)


@dataclass(frozen=True, slots=True)
class _Run:
    contestant: str
    cpu_seconds: float
    wall_seconds: float
    peak_megabytes: float
    lufs: float
    dbtp: float


def _ours(recording: Path, result: Path) -> None:
    """The stage as the runner calls it: MP3, speech file, figures, verified."""
    folder = result.parent / "ours" / "episodes" / "x"
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    (folder / "recording.wav").unlink(missing_ok=True)
    (folder / "recording.wav").hardlink_to(recording)
    seconds = recording.stat().st_size / RATE / 4
    file = RecordingFile("recording.wav", "", 0, seconds, 2, RATE, "pcm_s16le", "wav")
    episode = Episode(
        "x",
        folder,
        folder,
        EpisodeDetails("x", date(2026, 1, 1)),
        Recording("guid", datetime(2026, 1, 1, tzinfo=UTC), "x", (file,)),
    )
    info = ShowInfo(
        title="x", description="x", author="x", owner_email="a@example.org", categories=["News"]
    )
    show = Show(show=info, audio=Audio(), publish=Publish(base_url="http://127.0.0.1/"))
    NORMALIZE.run(Job(episode, show, folder.parent.parent, scratch, lambda _share: None))
    episode.normalized.replace(result)


def _pydub(recording: Path, result: Path) -> None:
    """pydub's `normalize`, which knows peaks only; LAME is called directly, for want of ffmpeg."""
    import lameenc
    from pydub import AudioSegment
    from pydub.effects import normalize

    made = normalize(AudioSegment.from_wav(str(recording)), headroom=1.0)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(2)
    encoder.set_in_sample_rate(made.frame_rate)
    encoder.set_bit_rate(128)
    encoder.set_quality(3)
    result.write_bytes(encoder.encode(made.raw_data) + encoder.flush())


def _loudnorm(recording: Path, result: Path) -> None:
    """FFmpeg's `loudnorm` in two passes, as ffmpeg-normalize uses it, through the same LAME."""
    import json

    import av

    from pipeline.tools.audio.graph import FilterChain

    aim = "I=-16:TP=-1:LRA=11"
    with av.logging.Capture() as said:
        av.logging.set_level(av.logging.INFO)
        for _ in FilterChain([("loudnorm", f"{aim}:print_format=json")], 2).through(
            decoded(recording, 2)
        ):
            pass
        import gc

        gc.collect()
    text = "".join(message for _, _, message in said)
    found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    measured = ":".join(
        f"measured_{key}={found[f'input_{name}']}"
        for key, name in (("I", "i"), ("TP", "tp"), ("LRA", "lra"), ("thresh", "thresh"))
    )
    chain = FilterChain(
        [
            ("loudnorm", f"{aim}:{measured}:offset={found['target_offset']}:linear=true"),
            ("aresample", str(RATE_HZ)),
        ],
        2,
    )
    encoder = Mp3Encoder(2, 128)
    with result.open("wb") as file:
        for block in chain.samples(decoded(recording, 2)):
            file.write(encoder.encode(block))
        file.write(encoder.finish())


def _bare_lame(recording: Path, result: Path) -> None:
    """Decoding and encoding, nothing else: the least that any contestant must do."""
    encoder = Mp3Encoder(2, 128)
    with result.open("wb") as file:
        for block in decoded(recording, 2):
            file.write(encoder.encode(block))
        file.write(encoder.finish())


_CONTESTANTS: dict[str, Callable[[Path, Path], None]] = {
    "ours": _ours,
    "pydub": _pydub,
    "loudnorm": _loudnorm,
    "bare LAME": _bare_lame,
}


def _run(contestant: str, recording: Path, result: Path) -> _Run:
    command = [sys.executable, "-m", "benchmarks.normalize", "--contestant", contestant]
    start = time.perf_counter()
    process = subprocess.Popen([*command, str(recording), str(result)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, contestant
    heard = measure_file(result, 2)
    return _Run(
        contestant,
        usage.ru_utime + usage.ru_stime,
        wall,
        float(said.split()[-1]),
        heard.integrated_lufs,
        heard.true_peak_dbtp,
    )


def _peak_megabytes() -> float:
    """Of this process alone; `ru_maxrss` begins with that of the parent it was forked from."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _recording(path: Path, minutes: float) -> Path:
    """Talk between two pieces of music, 48 kHz stereo, written a minute at a time."""
    import wave

    talk, music = stereo(speechlike(60, -24)), musiclike(60, -20)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for minute in range(round(minutes)):
            block = music if minute % 8 == 7 else talk * 10 ** ((minute % 3 - 1) * 4 / 20)
            file.writeframes((np.clip(block, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def _print_table(runs: list[_Run], minutes: float) -> None:
    def middle(name: str, figure: str) -> float:
        figures = [float(getattr(run, figure)) for run in runs if run.contestant == name]
        return statistics.median(figures)

    print(f"| {minutes:g} min stereo | CPU s | wall s | × real time | peak MB | LUFS | dBTP |")
    print("|---|---|---|---|---|---|---|")
    for name in _CONTESTANTS:
        cpu, wall = middle(name, "cpu_seconds"), middle(name, "wall_seconds")
        print(
            f"| {name} | {cpu:.1f} | {wall:.1f} | {minutes * 60 / wall:.0f} "
            f"| {middle(name, 'peak_megabytes'):.0f} "
            f"| {middle(name, 'lufs'):.1f} | {middle(name, 'dbtp'):.1f} |"
        )
    for name in ("pydub", "loudnorm", "bare LAME"):
        ratios = [middle("ours", f) / middle(name, f) for f in ("cpu_seconds", "wall_seconds")]
        print(f"ours / {name}: {ratios[0]:.2f} of the CPU time, {ratios[1]:.2f} of the wall time")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--contestant", choices=list(_CONTESTANTS), help=argparse.SUPPRESS)
    parser.add_argument("recording", type=Path, nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("result", type=Path, nargs="?", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
