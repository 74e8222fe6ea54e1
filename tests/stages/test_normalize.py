from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyloudnorm
import pytest

from pipeline.ground.config import Audio, read_show
from pipeline.ground.stage import Job
from pipeline.stages import normalize
from pipeline.stages.normalize import NORMALIZE
from pipeline.tools.audio.decoding import decoded, opened
from pipeline.words.episode import (
    Episode,
    EpisodeDetails,
    Layout,
    Recording,
    RecordingFile,
)
from pipeline.words.errors import EpisodeProblem, SetupProblem
from tests.full_disk import run_on_a_small_disk
from tests.shows import make_show
from tests.signals import (
    RATE,
    Signal,
    musiclike,
    noise,
    silence,
    sine,
    speechlike,
    stereo,
    write_wav,
)


def _job(
    root: Path, signals: Sequence[Signal], audio: dict[str, Any], layout: Layout = Layout.AUTO
) -> Job:
    workspace = make_show(root)
    folder = workspace.episodes_folder / "x"
    folder.mkdir()
    scratch = root / "scratch"
    scratch.mkdir()
    files = []
    for number, signal in enumerate(signals):
        path = write_wav(folder / f"{number}.wav", signal, is_float=True)
        seconds = len(signal) / RATE
        files.append(
            RecordingFile(path.name, "", path.stat().st_size, seconds, 1, RATE, "pcm", "wav")
        )
    show = read_show(workspace.show_file).model_copy(update={"audio": Audio(**audio)})
    details = EpisodeDetails("X", date(2026, 1, 1), layout=layout)
    recording = Recording("guid", datetime(2026, 1, 1, tzinfo=UTC), "x", tuple(files))
    episode = Episode("x", folder, workspace.transcripts_folder / "x", details, recording)
    return Job(episode, show, workspace.root, scratch, lambda _share: None)


def _normalized(root: Path, *signals: Signal, layout: Layout = Layout.AUTO, **audio: Any) -> Job:
    job = _job(root, signals, {"trim_silence": False, **audio}, layout)
    NORMALIZE.run(job)
    return job


def _heard(path: Path, channels: int = 2) -> Signal:
    return np.concatenate(list(decoded(path, channels))).astype(np.float64)


def _lufs(signal: Signal) -> float:
    return float(pyloudnorm.Meter(RATE).integrated_loudness(signal))


def _true_peak_db(signal: Signal) -> float:
    """4-fold oversampling by a windowed sinc, as BS.1770 annex 2 asks."""
    taps = np.arange(-48, 49)
    kernel = np.sinc(taps / 4) * np.hanning(len(taps) + 2)[1:-1]
    peak = 0.0
    for channel in signal.T:
        raised = np.zeros(4 * len(channel))
        raised[::4] = channel
        peak = max(peak, float(np.abs(np.convolve(raised, kernel, "same")).max()))
    return 20 * np.log10(peak)


def _level_db(signal: Signal, hz: float) -> float:
    """The level of one tone in a signal."""
    time = np.arange(len(signal)) / RATE
    turned = np.exp(-2j * np.pi * hz * time)
    return float(20 * np.log10(2 * np.abs(np.mean(signal[:, 0] * turned)) + 1e-12))


def _figures(job: Job) -> dict[str, Any]:
    return dict(json.loads(job.episode.loudness_json.read_text()))


_SIGNALS = {
    "speech": stereo(speechlike(16)),
    "music": musiclike(12),
    "very quiet": stereo(speechlike(12, -62)),
    "clipped": stereo(np.clip(speechlike(12, -3), -1, 1)),
    "beyond full scale": stereo(speechlike(12, 3)),
    "off centre": stereo(speechlike(12, -30) + 0.4),
    "wide range": stereo(np.concatenate([speechlike(8, -45), speechlike(4, -18)])),
    "clicks": stereo(speechlike(12, -40) + (np.arange(12 * RATE) % RATE == 0) * 0.99),
    "one side": np.stack([speechlike(12), np.zeros(12 * RATE)], axis=1),
    "short": stereo(speechlike(2.0)),
    "loud noise": stereo(noise(-6, 8)),
}


@pytest.mark.parametrize("name", _SIGNALS)
def test_the_target_is_met_by_an_independent_meter(tmp_path: Path, name: str) -> None:
    job = _normalized(tmp_path, _SIGNALS[name])
    heard = _heard(job.episode.normalized)
    assert _lufs(heard) == pytest.approx(-16, abs=0.5)
    assert _true_peak_db(heard) <= -1.0 + 0.1
    figures = _figures(job)
    assert figures["after"]["integrated_lufs"] == pytest.approx(-16, abs=0.3)
    assert figures["after"]["true_peak_dbtp"] <= -1.0


@pytest.mark.parametrize("name", ["speech", "music"])
def test_mono_is_met_at_its_own_target(tmp_path: Path, name: str) -> None:
    job = _normalized(tmp_path, _SIGNALS[name], channels="mono")
    heard = _heard(job.episode.normalized, 1)
    assert _lufs(heard) == pytest.approx(-19, abs=0.5)
    assert _true_peak_db(heard) <= -0.9
    with opened(job.episode.normalized) as container:
        stream = container.streams.audio[0]
        assert (stream.channels, stream.rate, stream.bit_rate) == (1, 48_000, 96_000)


@pytest.mark.parametrize("bitrate", [64, 192, 320])
def test_every_bit_rate_meets_the_target(tmp_path: Path, bitrate: int) -> None:
    job = _normalized(tmp_path, _SIGNALS["speech"], bitrate_kbps=bitrate)
    heard = _heard(job.episode.normalized)
    assert _lufs(heard) == pytest.approx(-16, abs=0.5)
    assert _true_peak_db(heard) <= -0.9


def test_another_target_and_ceiling_are_met(tmp_path: Path) -> None:
    job = _normalized(tmp_path, _SIGNALS["speech"], target_lufs=-23, true_peak_dbtp=-3)
    heard = _heard(job.episode.normalized)
    assert _lufs(heard) == pytest.approx(-23, abs=0.5)
    assert _true_peak_db(heard) <= -2.9


def test_the_enclosure_is_a_plain_mp3_of_constant_rate(tmp_path: Path) -> None:
    job = _normalized(tmp_path, _SIGNALS["speech"])
    content = job.episode.normalized.read_bytes()
    assert content[:2] == b"\xff\xfb"
    assert b"ID3" not in content[:10]
    assert b"TAG" not in content[-128:]
    with opened(job.episode.normalized) as container:
        stream = container.streams.audio[0]
        assert (stream.channels, stream.rate, stream.bit_rate) == (2, 48_000, 128_000)
        sizes = {packet.size for packet in container.demux(stream) if packet.size}
    assert sizes == {384}


def test_the_speech_file_has_the_time_line_of_the_enclosure(tmp_path: Path) -> None:
    signal = silence(6)
    signal[3 * RATE : 5 * RATE] = sine(-12, 2)[:, None]
    job = _normalized(tmp_path, signal)
    with opened(job.episode.speech) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.channels) == ("flac", 16_000, 1)
    starts = []
    for path in (job.episode.normalized, job.episode.speech):
        heard = np.abs(_heard(path, 1)[:, 0])
        starts.append(int(np.argmax(heard > 0.1)) / RATE)
        assert len(heard) / RATE == pytest.approx(6, abs=0.06)
    assert starts[0] == pytest.approx(starts[1], abs=0.003)


def test_parts_follow_each_other_in_order(tmp_path: Path) -> None:
    parts = [sine(-20, 3, hz) for hz in (500, 1000, 2000)]
    job = _normalized(tmp_path, *parts, layout=Layout.PARTS)
    heard = _heard(job.episode.normalized)
    for number, hz in enumerate((500, 1000, 2000)):
        stretch = heard[number * 3 * RATE + RATE :][:RATE]
        levels = {other: _level_db(stretch, other) for other in (500, 1000, 2000)}
        assert max(levels, key=levels.__getitem__) == hz
    assert _figures(job)["duration_seconds"] == pytest.approx(9, abs=0.01)


def test_recordings_of_one_length_are_tracks_and_sound_together(tmp_path: Path) -> None:
    job = _normalized(tmp_path, sine(-20, 5, 500), sine(-20, 5.5, 1500))
    stretch = _heard(job.episode.normalized)[RATE : 3 * RATE]
    assert _level_db(stretch, 500) == pytest.approx(_level_db(stretch, 1500), abs=0.5)
    assert _figures(job)["duration_seconds"] == pytest.approx(5.5, abs=0.01)


def test_recordings_of_different_lengths_are_parts(tmp_path: Path) -> None:
    job = _normalized(tmp_path, sine(-20, 3, 500), sine(-20, 5, 1500))
    assert _figures(job)["duration_seconds"] == pytest.approx(8, abs=0.01)


def test_silent_ends_are_cut_and_silence_inside_is_kept(tmp_path: Path) -> None:
    hiss = noise(-75, 12)
    hiss[3 * RATE : 5 * RATE] += sine(-20, 2)
    hiss[7 * RATE : 9 * RATE] += sine(-20, 2)
    job = _normalized(tmp_path, hiss, trim_silence=True)
    assert _figures(job)["duration_seconds"] == pytest.approx(6 + 2 * 0.3, abs=0.05)


def test_stings_are_heard_at_both_ends_as_loud_as_the_talk(tmp_path: Path) -> None:
    job = _job(
        tmp_path,
        [sine(-30, 6, 500)],
        {"intro": "in.wav", "outro": "out.wav", "crossfade_seconds": 0.5, "trim_silence": False},
    )
    feed = job.root / "feed"
    write_wav(feed / "in.wav", sine(-6, 3, 2000))
    write_wav(feed / "out.wav", sine(-50, 3, 3000))
    NORMALIZE.run(job)
    heard = _heard(job.episode.normalized)
    assert len(heard) / RATE == pytest.approx(3 + 6 + 3 - 2 * 0.5, abs=0.06)
    opening, talk, closing = heard[RATE : 2 * RATE], heard[5 * RATE :][:RATE], heard[-2 * RATE :]
    assert _lufs(opening) == pytest.approx(_lufs(talk), abs=0.5)
    assert _lufs(closing[:RATE]) == pytest.approx(_lufs(talk), abs=0.5)
    assert _level_db(opening, 2000) > -30
    assert _level_db(closing[:RATE], 3000) > -30
    assert _level_db(talk, 2000) < -60
    assert _lufs(heard) == pytest.approx(-16, abs=0.5)
    assert {path.name for path in NORMALIZE.inputs(job.episode, job.show)} >= {"in.wav", "out.wav"}


def test_the_end_fades_out(tmp_path: Path) -> None:
    job = _normalized(tmp_path, sine(-20, 6), fade_out_seconds=2)
    heard = _heard(job.episode.normalized)
    loud, quiet = heard[2 * RATE : 3 * RATE], heard[int(5.8 * RATE) : int(5.95 * RATE)]
    assert np.abs(quiet).max() < np.abs(loud).max() * 0.2


def test_a_missing_sting_is_a_setup_problem(tmp_path: Path) -> None:
    job = _job(tmp_path, [sine(-20, 3)], {"intro": "none.wav"})
    with pytest.raises(SetupProblem, match=r"none\.wav"):
        NORMALIZE.run(job)


@pytest.mark.parametrize("signal", [silence(3), noise(-85, 3), np.full(3 * RATE, 0.3)])
def test_silence_is_the_episodes_problem(tmp_path: Path, signal: Signal) -> None:
    with pytest.raises(EpisodeProblem, match="silent"):
        _normalized(tmp_path, signal)


@pytest.mark.parametrize("other", [-1.0, -0.99])
def test_channels_that_cancel_each_other_are_the_episodes_problem(
    tmp_path: Path, other: float
) -> None:
    voice = noise(-20, 3)
    with pytest.raises(EpisodeProblem, match="cancel each other"):
        _normalized(tmp_path, np.column_stack([voice, other * voice]))


@pytest.mark.parametrize("other", [0.0, -0.9])
def test_a_dead_channel_and_a_difference_between_channels_are_no_problem(
    tmp_path: Path, other: float
) -> None:
    voice = noise(-20, 3)
    assert _normalized(tmp_path, np.column_stack([voice, other * voice])).episode.speech.is_file()


def test_what_is_not_a_number_does_not_silence_the_rest(tmp_path: Path) -> None:
    signal = speechlike(6)
    signal[RATE : RATE + 10] = np.nan
    signal[2 * RATE] = np.inf
    job = _normalized(tmp_path, signal)
    assert _lufs(_heard(job.episode.normalized)) == pytest.approx(-16, abs=0.5)


def test_equal_recordings_give_equal_bytes(tmp_path: Path) -> None:
    first = _normalized(tmp_path / "1", _SIGNALS["speech"])
    second = _normalized(tmp_path / "2", _SIGNALS["speech"])
    for one, other in zip(
        NORMALIZE.outputs(first.episode), NORMALIZE.outputs(second.episode), strict=True
    ):
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("moment", [0.1, 0.5, 0.9])
def test_interrupted_it_leaves_no_file_under_a_final_name(tmp_path: Path, moment: float) -> None:
    job = _job(tmp_path, [speechlike(6)], {})

    def stop(share: float) -> None:
        if share >= moment:
            raise KeyboardInterrupt

    stopped = Job(job.episode, job.show, job.root, job.scratch, stop)
    with pytest.raises(KeyboardInterrupt):
        NORMALIZE.run(stopped)
    assert [path.name for path in job.episode.folder.iterdir()] == ["0.wav"]


def test_progress_only_rises_and_ends_at_one(tmp_path: Path) -> None:
    job = _job(tmp_path, [_SIGNALS["speech"]], {})
    shares: list[float] = []
    NORMALIZE.run(Job(job.episode, job.show, job.root, job.scratch, shares.append))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 10


def test_a_recording_is_not_touched(tmp_path: Path) -> None:
    job = _job(tmp_path, [speechlike(3)], {})
    before = job.episode.recordings[0].read_bytes()
    NORMALIZE.run(job)
    assert job.episode.recordings[0].read_bytes() == before


def test_settings_name_what_changes_the_result_and_no_more(tmp_path: Path) -> None:
    job = _job(tmp_path, [speechlike(3)], {})
    settings = NORMALIZE.settings(job.episode, job.show)
    assert settings["target_lufs"] == -16
    assert settings["bitrate_kbps"] == 128
    assert "title" not in json.dumps(settings)
    assert normalize.NORMALIZE.name == "normalize"


_NORMALIZE_ON_A_FULL_DISK = """
import sys
from pathlib import Path
from pipeline.words.errors import SetupProblem
from tests.signals import speechlike
from tests.stages.test_normalize import NORMALIZE, _job
job = _job(Path(sys.argv[1]) / "show", [speechlike({seconds})], {{}})
before = sorted(path.name for path in job.episode.folder.iterdir())
try:
    NORMALIZE.run(job)
except SetupProblem as problem:
    print(problem.problem)
print(before == sorted(path.name for path in job.episode.folder.iterdir()))
"""


@pytest.mark.parametrize("kib", [2600, 4000, 4680])
def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(tmp_path: Path, kib: int) -> None:
    """12 s are 2.3 MB of recording and 4.6 MB of scratch: the disk ends at different moments."""
    program = _NORMALIZE_ON_A_FULL_DISK.format(seconds=12)
    disk = tmp_path / "disk"
    disk.mkdir()
    said, left = run_on_a_small_disk(disk, kib + 2300, program).splitlines()
    assert said.startswith("There is no room to write ")
    assert left == "True"


def test_progress_rises_through_a_second_render(tmp_path: Path) -> None:
    job = _job(tmp_path, [stereo(noise(-1, 6))], {})
    shares: list[float] = []
    NORMALIZE.run(Job(job.episode, job.show, job.root, job.scratch, shares.append))
    assert _figures(job)["renders"] > 1
    assert shares == sorted(shares)


def test_what_cannot_be_reached_is_said_and_not_hidden(tmp_path: Path) -> None:
    clicks = (np.arange(4 * RATE) % (RATE // 2) == 0) * 0.9
    job = _normalized(tmp_path, clicks)
    figures = _figures(job)
    assert "was not reached" in figures["warnings"][0]
    assert figures["after"]["true_peak_dbtp"] <= -1.0
    assert _lufs(_heard(job.episode.normalized)) == pytest.approx(
        figures["after"]["integrated_lufs"], abs=0.3
    )
