"""The stage: its files, what makes it run again, and what it says when it cannot."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.ground.config import Show, Transcription
from pipeline.ground.stage import Job
from pipeline.ground.workspace import Workspace
from pipeline.stages.transcribe import TRANSCRIBE
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.speakers.evidence import evidence_of, write_evidence
from pipeline.tools.whisper.windows import Numbers
from pipeline.words.errors import EpisodeProblem, SetupProblem, TemporaryProblem
from pipeline.words.transcript import Transcript
from tests.shows import make_episode, make_show
from tests.tools.random_whisper import random_whisper

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("models") / "random")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "rapat")
    one_voice = evidence_of(np.zeros((0, 1), np.uint8), (), 0.0, 0.0)
    write_evidence(workspace.episode("rapat").voices_json, one_voice)
    return workspace


def job(workspace: Workspace, told: list[float] | None = None, **wishes: object) -> Job:
    asked = Transcription(**{"beam_size": 1, **wishes})  # type: ignore[arg-type]
    show = workspace.show.model_copy(update={"transcription": asked})
    report = (told if told is not None else []).append
    return Job(workspace.episode("rapat"), show, workspace.root, workspace.root, report)


def write_speech(path: Path, *blocks: Numbers) -> None:
    """A speech file as normalize writes it, of the given blocks of samples."""
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=16_000, layout="mono")
        for block in blocks:
            samples = (block * 32767).astype("<i2").reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate = 16_000
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def test_the_transcript_is_written_and_can_be_read(workspace: Workspace, folder: Path) -> None:
    told: list[float] = []
    work = job(workspace, told, model=str(folder), hint="Tenggarong")
    write_speech(work.episode.speech, *speech_blocks(THREE_VOICES))
    TRANSCRIBE.run(work)
    written = json.loads(work.episode.transcript_json.read_text(encoding="utf-8"))
    transcript = Transcript.from_json(written)
    assert transcript.model == str(folder)
    assert transcript.language == "id"
    assert transcript.settings["hint"] == "Tenggarong"
    assert transcript.duration == pytest.approx(16.67, abs=0.05)
    assert [segment.id for segment in transcript.segments] == list(
        range(1, len(transcript.segments) + 1)
    )
    assert told[-1] == 1.0
    before = {path: path.read_bytes() for path in TRANSCRIBE.outputs(work.episode)}
    TRANSCRIBE.run(work)
    assert {path: path.read_bytes() for path in before} == before


def test_an_episode_without_speech_ends_in_a_sentence_and_writes_nothing(
    workspace: Workspace, folder: Path
) -> None:
    work = job(workspace, model=str(folder))
    write_speech(work.episode.speech, np.zeros(80_000, np.float32))
    with pytest.raises(EpisodeProblem, match="Nobody is heard to speak in “rapat”"):
        TRANSCRIBE.run(work)
    assert not any(path.exists() for path in TRANSCRIBE.outputs(work.episode))


def test_a_model_that_understands_no_word_ends_in_a_sentence(
    workspace: Workspace, tmp_path: Path
) -> None:
    deaf = random_whisper(tmp_path / "deaf", eager_to_end=6.0)
    work = job(workspace, model=str(deaf))
    write_speech(work.episode.speech, *speech_blocks(THREE_VOICES))
    with pytest.raises(EpisodeProblem, match="Somebody speaks in “rapat”, but the model"):
        TRANSCRIBE.run(work)
    assert not any(path.exists() for path in TRANSCRIBE.outputs(work.episode))


def test_without_the_model_the_episode_waits_and_nothing_is_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    work = job(workspace, model="large-v3-turbo")
    with pytest.raises(TemporaryProblem, match=r"“large-v3-turbo” is not on this machine yet"):
        TRANSCRIBE.run(work)
    assert not any(path.exists() for path in TRANSCRIBE.outputs(work.episode))


def test_a_language_that_the_model_does_not_know_is_said_before_the_work(
    workspace: Workspace, folder: Path
) -> None:
    with pytest.raises(SetupProblem, match="does not know the language “su”"):
        TRANSCRIBE.run(job(workspace, model=str(folder), language="su"))


def of(show: Show, **wishes: object) -> Show:
    changed = show.transcription.model_copy(update=wishes)
    return show.model_copy(update={"transcription": changed})


def test_only_what_changes_the_text_is_a_setting(workspace: Workspace) -> None:
    episode, show = workspace.episode("rapat"), workspace.show
    settings = TRANSCRIBE.settings(episode, show)
    assert json.loads(json.dumps(settings)) == settings
    assert TRANSCRIBE.settings(episode, of(show, device="cpu")) == settings
    other = dataclasses.replace(episode.details, title="Lain")
    assert TRANSCRIBE.settings(dataclasses.replace(episode, details=other), show) == settings
    changes: tuple[dict[str, object], ...] = (
        *({"model": "demo"}, {"language": "en"}, {"beam_size": 2}),
        *({"hint": "Etam"}, {"hotwords": False}),
    )
    for change in changes:
        assert TRANSCRIBE.settings(episode, of(show, **change)) != settings


def test_a_new_model_in_the_same_folder_is_a_new_input(workspace: Workspace, folder: Path) -> None:
    episode = workspace.episode("rapat")
    by_name = TRANSCRIBE.inputs(episode, of(workspace.show, model="small"))
    assert list(by_name) == [episode.speech, episode.voices_json, episode.glossary_toml]
    by_folder = TRANSCRIBE.inputs(episode, of(workspace.show, model=str(folder)))
    assert folder / "model.bin" in by_folder
    (workspace.root / "models" / "ours").mkdir(parents=True)
    relative = TRANSCRIBE.inputs(episode, of(workspace.show, model="models/ours"))
    assert workspace.root / "models" / "ours" / "model.bin" in relative


def test_the_first_words_are_on_disk_and_shown_before_the_last_are_heard(
    workspace: Workspace, folder: Path
) -> None:
    shares: list[float] = []
    work = job(workspace, shares, model=str(folder))
    write_speech(work.episode.speech, *speech_blocks(THREE_VOICES), *speech_blocks(THREE_VOICES))
    seen: list[tuple[str, str]] = []

    def look(words: str) -> None:
        there = work.episode.so_far.is_file()
        seen.append((words, work.episode.so_far.read_text("utf-8") if there else ""))

    TRANSCRIBE.run(dataclasses.replace(work, tell=look))
    assert len(seen) >= 2
    assert all(words for words, _ in seen)
    assert seen[1][1].startswith("[0:00:0")
    assert not work.episode.so_far.exists()
    assert len([share for share in shares if 0.0 < share < 1.0]) >= 2
    assert shares == sorted(shares)


def test_what_was_heard_so_far_stays_when_the_work_is_broken_off(
    workspace: Workspace, folder: Path
) -> None:
    work = job(workspace, model=str(folder))
    write_speech(work.episode.speech, *speech_blocks(THREE_VOICES), *speech_blocks(THREE_VOICES))
    shown: list[str] = []

    def stop_at_the_second(words: str) -> None:
        shown.append(words)
        if len(shown) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        TRANSCRIBE.run(dataclasses.replace(work, tell=stop_at_the_second))
    so_far = work.episode.so_far
    assert so_far.read_text(encoding="utf-8").count("\n") >= 1
    so_far.with_name(".etam-rapat.half.txt").touch()
    so_far.with_name(".etam-other.half.txt").touch()
    TRANSCRIBE.run(work)
    assert [path.name for path in so_far.parent.iterdir()] == [".etam-other.half.txt"]
