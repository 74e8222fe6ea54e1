"""A long hearing that is killed goes on where it was; a change costs what lies around it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.ground.files import write_text
from pipeline.ground.workspace import Workspace
from pipeline.running.runner import run_episode
from pipeline.stages.transcribe import TRANSCRIBE
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper.models import demo_folder
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ, Numbers
from tests.running.test_runner import Notes
from tests.shows import SHOW_TOML, make_episode, make_show

PROJECT = Path(__file__).parents[2]
SHOW = f'{SHOW_TOML}\n[transcription]\nmodel = "demo"\nbeam_size = 1\nspeakers = "off"\n'
KEPT_BEFORE_THE_KILL = 9


@pytest.fixture(scope="module")
def sound() -> Numbers:
    """2.5 minutes of the sample recording; what comes again is softer, so no two are equal."""
    (file,) = (demo_folder().parent / "recording").glob("*.ogg")
    recording = np.concatenate(list(speech_blocks(file)))
    return np.concatenate([recording, 0.7 * recording])[: 150 * SAMPLE_RATE_HZ]


@pytest.fixture(scope="module")
def heard(sound: Numbers, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The episode, heard from start to end by a process that nobody disturbed."""
    workspace = prepare(tmp_path_factory.mktemp("heard") / "show", sound)
    run(workspace)
    return workspace


@pytest.fixture
def show(heard: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(heard.root, tmp_path / "show")
    return Workspace((tmp_path / "show").resolve())


def prepare(root: Path, sound: Numbers) -> Workspace:
    workspace = make_show(root, SHOW)
    make_episode(workspace, "rapat")
    write_speech(workspace, sound)
    return workspace


def write_speech(workspace: Workspace, sound: Numbers) -> None:
    with av.open(str(workspace.episode("rapat").speech), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE_HZ, layout="mono")
        samples = np.rint(sound * 32767).astype("<i2").reshape(1, -1)
        for piece in np.array_split(samples, 100, axis=1):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(piece), format="s16", layout="mono"
            )
            frame.sample_rate = SAMPLE_RATE_HZ
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def run(workspace: Workspace, *forced: str) -> None:
    done = run_episode(Workspace(workspace.root), "rapat", (TRANSCRIBE,), Notes(), forced)
    if done.error:
        raise done.error


def set_beam_size(workspace: Workspace, size: int) -> None:
    write_text(workspace.show_file, SHOW.replace("beam_size = 1", f"beam_size = {size}"))


def windows(workspace: Workspace) -> dict[str, int]:
    """The answers that are kept, and which file holds each: another one if it was written anew."""
    return {path.name: path.stat().st_ino for path in workspace.cache.glob("windows/??/[!.]*.json")}


def outputs(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in TRANSCRIBE.outputs(workspace.episode("rapat"))}


def test_killed_in_the_middle_it_goes_on_and_ends_like_an_undisturbed_one(
    heard: Workspace, sound: Numbers, tmp_path: Path
) -> None:
    killed = prepare(tmp_path / "show", sound)
    run_and_kill(killed, KEPT_BEFORE_THE_KILL)
    before = windows(killed)
    # Another thread may be about to rename its file when the plug is pulled.
    assert KEPT_BEFORE_THE_KILL - 4 < len(before) <= KEPT_BEFORE_THE_KILL
    assert len(before) < len(windows(heard)) - 5
    so_far = killed.episode("rapat").so_far.read_text(encoding="utf-8")
    assert so_far.startswith("[0:00:0")
    run(killed)
    after = windows(killed)
    assert {name: after[name] for name in before} == before, "none of them was heard again"
    assert after.keys() == windows(heard).keys()
    assert outputs(killed) == outputs(heard)
    assert not killed.episode("rapat").so_far.exists()


def run_and_kill(workspace: Workspace, after_windows: int) -> None:
    """Transcribe in another process, which is gone before it has kept one window more."""
    program = f"""
import os
from tests.acceptance.plug import arm
from tests.stages.test_transcribe_resume import Workspace, Path, run

arm(".cache/windows/??/[0-9a-f]*.json", touch={after_windows + 1})
run(Workspace(Path.cwd()))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=workspace.root,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_another_beam_size_hears_all_again_and_the_old_one_nothing(
    heard: Workspace, show: Workspace
) -> None:
    set_beam_size(show, 2)
    run(show)
    both = windows(show)
    assert len(both) == 2 * len(windows(heard))
    set_beam_size(show, 1)
    run(show)
    assert windows(show) == both
    assert outputs(show) == outputs(heard)


def test_a_damaged_window_is_heard_again_and_no_other(heard: Workspace, show: Workspace) -> None:
    before = windows(show)
    damaged = next(show.cache.glob("windows/??/*.json"))
    damaged.write_bytes(damaged.read_bytes()[:-20])
    show.episode("rapat").heard_json.unlink()
    run(show)
    after = windows(show)
    assert [name for name in after if after[name] != before[name]] == [damaged.name]
    assert outputs(show) == outputs(heard)


def test_force_hears_every_window_anew(heard: Workspace, show: Workspace) -> None:
    before = windows(show)
    run(show, "transcribe")
    after = windows(show)
    assert after.keys() == before.keys()
    assert not set(after.items()) & set(before.items()), "each answer is written anew"
    assert outputs(show) == outputs(heard)


def test_a_changed_span_is_heard_again_with_its_neighbours_only(
    show: Workspace, sound: Numbers
) -> None:
    changed = sound.copy()
    first, last = 70 * SAMPLE_RATE_HZ, 73 * SAMPLE_RATE_HZ
    changed[first:last] = 0.2 * np.sin(np.arange(last - first) * 0.4)
    write_speech(show, changed)
    before = windows(show)
    run(show)
    assert 1 <= len(windows(show).keys() - before.keys()) <= 4 < len(before) / 4


def test_new_words_at_the_end_leave_what_was_heard_before(show: Workspace, sound: Numbers) -> None:
    longer = np.concatenate([sound, sound[20 * SAMPLE_RATE_HZ : 30 * SAMPLE_RATE_HZ] * 0.5])
    write_speech(show, longer)
    before = windows(show)
    run(show)
    assert 1 <= len(windows(show).keys() - before.keys()) <= 4
