"""The watcher takes in what is dropped, says each problem once, and outlives every failure."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from pipeline.faces.watcher import Watcher
from pipeline.ground.workspace import Workspace
from pipeline.tools.artwork import draw_artwork
from tests.shows import make_show

NOT_AUDIO = "Ini catatan rapat, bukan rekaman.\n" * 20


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    draw_artwork(workspace.feed_folder / "artwork.jpg", "Etam Berkesah", "Redaksi")
    return workspace


def _drop(show: Workspace, name: str) -> Path:
    path = show.inbox / name
    path.write_text(NOT_AUDIO)
    a_minute_ago = time.time_ns() - 60 * 10**9
    os.utime(path, ns=(a_minute_ago, a_minute_ago))
    return path


def test_a_bad_file_is_told_once_however_often_it_is_looked_at(
    show: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    _drop(show, "catatan.mp3")
    watcher = Watcher(show.root, threading.Event())
    watcher.look()
    watcher.look()
    assert capsys.readouterr().err.count("“catatan.mp3” is no audio") == 1


def test_a_broken_show_file_does_not_end_the_watch(
    show: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = show.show_file.read_text()
    show.show_file.write_text("[show")
    watcher = Watcher(show.root, threading.Event())
    assert watcher.look() == 30
    assert "is not valid TOML" in capsys.readouterr().err
    show.show_file.write_text(toml)
    _drop(show, "catatan.mp3")
    assert watcher.look() == 60
    assert (show.inbox / "catatan.mp3.masalah.txt").exists()


def test_a_drop_wakes_the_watcher_and_the_stop_ends_it(show: Workspace) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=Watcher(show.root, stop).watch)
    thread.start()
    try:
        time.sleep(0.5)
        _drop(show, "catatan.mp3")
        note = show.inbox / "catatan.mp3.masalah.txt"
        for _ in range(300):
            if note.exists():
                break
            time.sleep(0.1)
        assert note.exists()
    finally:
        stop.set()
        thread.join(timeout=30)
    assert not thread.is_alive()
