"""Normalize and transcribe together: what changes about a recording costs what lies around it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipeline.ground.files import read_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.running.runner import run_episode
from pipeline.stages.normalize import NORMALIZE
from pipeline.stages.transcribe import TRANSCRIBE
from pipeline.tools.audio.decoding import decoded
from pipeline.tools.whisper.models import demo_folder
from tests.running.test_runner import Notes
from tests.shows import SHOW_TOML, make_episode, make_show
from tests.signals import RATE, Signal, musiclike, write_wav

SHOW = f'{SHOW_TOML}\n[transcription]\nmodel = "demo"\nbeam_size = 1\nspeakers = "off"\n'
SLUG = "rapat"


@pytest.fixture(scope="module")
def sound() -> Signal:
    """The sample recording, almost two minutes."""
    (file,) = (demo_folder().parent / "recording").glob("*.ogg")
    return np.concatenate(list(decoded(file, 1)))[:, 0].astype(np.float64)


@pytest.fixture(scope="module")
def heard(sound: Signal, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_show(tmp_path_factory.mktemp("heard") / "show", SHOW)
    make_episode(workspace, SLUG)
    record(workspace, sound)
    run(workspace)
    return workspace


@pytest.fixture
def show(heard: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(heard.root, tmp_path / "show")
    return Workspace((tmp_path / "show").resolve())


def record(workspace: Workspace, sound: Signal) -> None:
    write_wav(workspace.episodes_folder / SLUG / "recording.wav", sound, bits=24)


def set_audio(workspace: Workspace, *lines: str) -> None:
    write_text(workspace.show_file, "\n".join([SHOW, "[audio]", *lines, ""]))


def run(workspace: Workspace) -> list[str]:
    """The stages that were run."""
    notes = Notes()
    done = run_episode(Workspace(workspace.root), SLUG, (NORMALIZE, TRANSCRIBE), notes)
    if done.error:
        raise done.error
    return [line.split()[1] for line in notes.said if " started: " in line]


def windows(workspace: Workspace) -> set[str]:
    return {path.name for path in workspace.cache.glob("windows/??/[!.]*.json")}


def words(workspace: Workspace) -> list[tuple[str, float]]:
    segments = read_json(workspace.episode(SLUG).transcript_json)["segments"]
    return [(word["text"], word["start"]) for segment in segments for word in segment["words"]]


def test_how_the_enclosure_sounds_does_not_change_what_is_heard(show: Workspace) -> None:
    enclosure = show.episode(SLUG).normalized.read_bytes()
    set_audio(show, "bitrate_kbps = 64", "target_lufs = -20", "true_peak_dbtp = -3")
    assert run(show) == ["normalize"]
    assert show.episode(SLUG).normalized.read_bytes() != enclosure


def test_an_intro_costs_the_windows_beside_it(show: Workspace) -> None:
    before, spoken = windows(show), words(show)
    write_wav(show.feed_folder / "in.wav", musiclike(4.321))
    set_audio(show, 'intro = "in.wav"', "crossfade_seconds = 0.5")
    assert run(show) == ["normalize", "transcribe"]
    assert 1 <= len(windows(show) - before) < len(before) / 2
    assert _shifts(spoken, words(show)) == pytest.approx(4.321 - 0.5, abs=0.1)


def _replaced(sound: Signal) -> Signal:
    changed = sound.copy()
    changed[25 * RATE : 28 * RATE] = 0.5 * sound[80 * RATE : 83 * RATE]
    return changed


def _cut(sound: Signal) -> Signal:
    return np.concatenate([sound[: 25 * RATE], sound[28 * RATE + 12_345 :]])


def _begins_later(sound: Signal) -> Signal:
    return sound[1001:]


@pytest.mark.parametrize(
    ("edit", "shift_seconds"),
    [(_replaced, 0.0), (_cut, -3 - 12_345 / RATE), (_begins_later, -1001 / RATE)],
)
def test_an_edit_of_the_recording_costs_the_windows_around_it(
    show: Workspace,
    sound: Signal,
    edit: Callable[[Signal], Signal],
    shift_seconds: float,
) -> None:
    before, spoken = windows(show), words(show)
    record(show, edit(sound))
    assert run(show) == ["normalize", "transcribe"]
    assert 1 <= len(windows(show) - before) < len(before) / 2
    assert _shifts(spoken, words(show)) == pytest.approx(shift_seconds, abs=0.1)


def _shifts(before: list[tuple[str, float]], after: list[tuple[str, float]]) -> float:
    """How much later the last words come; they are the same."""
    last, last_after = before[-30:], after[-30:]
    assert [text for text, _ in last] == [text for text, _ in last_after]
    later = [end - start for (_, start), (_, end) in zip(last, last_after, strict=True)]
    return float(np.median(later))
