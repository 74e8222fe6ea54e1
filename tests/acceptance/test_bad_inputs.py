"""Whatever is dropped, the other episodes finish and each bad one gets its own sentence."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.ground.files import sha256_of
from pipeline.ground.workspace import Workspace
from tests.acceptance.conftest import Etam
from tests.acceptance.recordings import RATE, few_seconds_of_talk

SHOW = """\
[show]
title = "Etam Berkesah"
description = "Uji."
author = "Redaksi"
owner_email = "redaksi@example.org"
categories = ["Government"]

[transcription]
model = "demo"

[publish]
base_url = "http://127.0.0.1:8000/"
approval = "automatic"
"""


@dataclass(frozen=True)
class Aftermath:
    """A show after a run over good and bad recordings."""

    workspace: Workspace
    dropped: dict[str, str | None]
    problems: dict[str, str]
    slugs: dict[str, str]
    failed: dict[str, str]
    code: int


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """Everything dropped at once, then one `etam run` and one `etam publish`."""
    root = tmp_path_factory.mktemp("bad")
    workspace = Workspace((root / "show").resolve())
    workspace.inbox.mkdir(parents=True)
    workspace.transcripts_folder.mkdir()
    workspace.feed_folder.mkdir()
    workspace.show_file.write_text(SHOW, encoding="utf-8")
    _drop_everything(workspace.inbox)
    dropped = {
        path.name: sha256_of(path) if path.is_file() else None for path in workspace.inbox.iterdir()
    }
    done = Etam(root)("-C", "show", "run", "--json", code=None)
    result = json.loads(done.stdout)
    arrivals = result["arrivals"]
    return Aftermath(
        workspace,
        dropped,
        problems={a["name"]: " ".join(a["problem"]) for a in arrivals if a["problem"]},
        slugs={a["name"]: a["slug"] for a in arrivals if a["slug"]},
        failed={e["slug"]: " ".join(e["problem"]) for e in result["episodes"] if e["problem"]},
        code=done.returncode,
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kosong.mp3", "is empty"),
        ("teks.mp3", "no audio or video recording"),
        ("terpotong.wav", "cut off"),
        ("singkat.wav", "at least 1 s"),
        ("daftar.m3u8", "playlist"),
        ("daftar.mp3", "playlist"),
        ("gambar.mp4", "no sound"),
        ("tak-selesai.m4a", "damaged"),
        ("folder kosong", "no recording"),
        ("sampah.wav", "no audio or video recording"),
    ],
)
def test_a_bad_recording_stays_with_a_note_and_a_sentence_of_its_own(
    aftermath: Aftermath, name: str, words: str
) -> None:
    assert words in aftermath.problems[name]
    assert name in aftermath.problems[name]
    assert (aftermath.workspace.inbox / name).exists()
    note = aftermath.workspace.inbox / f"{name}.masalah.txt"
    assert words in note.read_text(encoding="utf-8")


def test_no_two_bad_recordings_share_a_sentence(aftermath: Aftermath) -> None:
    assert len(set(aftermath.problems.values())) == len(aftermath.problems)


def test_silence_becomes_an_episode_that_says_so(aftermath: Aftermath) -> None:
    slug = aftermath.slugs["sunyi.wav"]
    assert "silent" in aftermath.failed[slug]
    assert slug in aftermath.failed[slug]


def test_odd_but_sound_recordings_are_finished(aftermath: Aftermath) -> None:
    good = {
        "baik.wav",
        "delapan kanal.wav",
        "8 kHz.wav",
        "video.mkv",
        "emoji 🎙️ dan\nbaris baru.wav",
        "-o keluar.wav",
        "naik ..%2f..%2fetc.wav",
        "concat:a|b.wav",
    }
    assert good <= aftermath.slugs.keys()
    for name in good:
        episode = aftermath.workspace.episode(aftermath.slugs[name])
        assert aftermath.slugs[name] not in aftermath.failed
        assert episode.enclosure.stat().st_size > 10_000
        assert episode.draft_md.exists()


def test_nothing_that_was_dropped_is_lost(aftermath: Aftermath) -> None:
    workspace = aftermath.workspace
    found = {path.name for path in workspace.inbox.iterdir()}
    for name in aftermath.dropped:
        if name in aftermath.slugs:
            (recording,) = workspace.episode(aftermath.slugs[name]).recordings
            assert sha256_of(recording) == aftermath.dropped[name]
        else:
            assert name in found


def test_the_exit_code_names_an_episode_problem(aftermath: Aftermath) -> None:
    assert aftermath.code == 3


def test_slugs_are_plain_ascii_inside_the_workspace(aftermath: Aftermath) -> None:
    for slug in aftermath.workspace.slugs():
        assert slug.isascii()
        assert "/" not in slug
        assert not slug.startswith((".", "-"))


def test_a_second_run_repeats_the_sentences_and_does_no_work(aftermath: Aftermath) -> None:
    etam = Etam(aftermath.workspace.root.parent)
    done = etam("-C", "show", "run", "--json", code=3)
    again = json.loads(done.stdout)
    assert {a["name"] for a in again["arrivals"] if a["problem"]} == aftermath.problems.keys()
    assert [e["slug"] for e in again["episodes"] if e["seconds"]] == []


def _drop_everything(inbox: Path) -> None:
    voice = few_seconds_of_talk()
    _write(inbox / "baik.wav", voice)
    _write(inbox / "delapan kanal.wav", np.repeat(voice[:, :1] * 0.9, 8, axis=1))
    _write(inbox / "8 kHz.wav", voice[::6] * 0.8, rate=8_000)
    _write(inbox / "emoji 🎙️ dan\nbaris baru.wav", voice * 0.7)
    _write(inbox / "-o keluar.wav", voice * 0.6)
    _write(inbox / "naik ..%2f..%2fetc.wav", voice * 0.5)
    _write(inbox / "concat:a|b.wav", voice * 0.4)
    _write_video(inbox / "video.mkv", voice * 0.3)
    _write_video(inbox / "gambar.mp4", None)
    _write(inbox / "sunyi.wav", np.zeros((RATE * 3, 1)))
    _write(inbox / "singkat.wav", voice[: RATE // 5])
    (inbox / "kosong.mp3").touch()
    (inbox / "teks.mp3").write_text("Ini catatan rapat, bukan rekaman.\n" * 50)
    (inbox / "sampah.wav").write_bytes(np.random.default_rng(1).bytes(50_000))
    whole = (inbox / "baik.wav").read_bytes()
    (inbox / "terpotong.wav").write_bytes(whole[: len(whole) // 3])
    playlist = "#EXTM3U\n#EXTINF:5,\nbaik.wav\n#EXT-X-ENDLIST\n"
    (inbox / "daftar.m3u8").write_text(playlist)
    (inbox / "daftar.mp3").write_text(playlist.replace("baik.wav", "/etc/passwd"))
    _write(inbox / "tak-selesai.m4a", voice, codec="aac")
    whole = (inbox / "tak-selesai.m4a").read_bytes()
    (inbox / "tak-selesai.m4a").write_bytes(whole[: len(whole) // 2])
    (inbox / "folder kosong").mkdir()
    _make_old(inbox)


def _make_old(inbox: Path) -> None:
    """As if they had been dropped a minute ago, so that nothing counts as still being copied."""
    for path in [*inbox.rglob("*"), inbox]:
        stat = path.stat()
        os.utime(path, ns=(stat.st_atime_ns - 60 * 10**9, stat.st_mtime_ns - 60 * 10**9))


def _write(path: Path, samples: np.ndarray, rate: int = RATE, codec: str = "pcm_s16le") -> None:
    layout = {1: "mono", 8: "7.1"}[samples.shape[1]]
    sound = path.parent / f"{path.stem[:5].strip('.-')}.tmp.{path.suffix[1:]}"
    with av.open(str(sound), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        _encode(container, stream, samples, rate, layout)
    shutil.move(sound, path)


def _encode(container, stream, samples: np.ndarray, rate: int, layout: str) -> None:
    interleaved = np.clip(samples * 32767, -32768, 32767).astype("<i2").reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout=layout)
    frame.sample_rate = rate
    frame.pts = 0
    resampler = av.AudioResampler(stream.format, stream.layout, rate, stream.frame_size or 1024)
    for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
        container.mux(stream.encode(piece))


def _write_video(path: Path, samples: np.ndarray | None) -> None:
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=5, width=64, height=64, pix_fmt="yuv420p")
        sound = samples is not None and container.add_stream("aac", rate=RATE, layout="mono")
        for number in range(15):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 5)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        if sound:
            _encode(container, sound, samples, RATE, "mono")
