"""`etam watch` and `etam review` both at work on one show: each thing is done, and done once."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from pipeline.faces.demo import ANSWERS
from pipeline.faces.init import init_workspace
from pipeline.ground.workspace import Workspace
from tests.acceptance.recordings import few_seconds_of_talk, write_recording
from tests.browser.review.shown import ServerProcess

NAMES = ("Air Bersih", "Bank Sampah", "Jalan Desa")
PATIENCE_SECONDS = 300


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    return init_workspace(tmp_path / "show", replace(ANSWERS, approval="automatic"))


@pytest.fixture
def watch_said(show: Workspace) -> Iterator[Path]:
    """While both are at work: the file with what `etam watch` has said so far."""
    said = show.root.parent / "watch.txt"
    review = ServerProcess(show)
    command = [sys.executable, "-m", "pipeline", "-C", str(show.root), "watch"]
    with said.open("wb") as file:
        watch = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
    try:
        review.start()
        yield said
    finally:
        review.stop()
        watch.send_signal(signal.SIGINT)
        watch.wait(timeout=60)
    assert watch.returncode == 0, said.read_text(encoding="utf-8")


def test_three_recordings_become_three_episodes_once(show: Workspace, watch_said: Path) -> None:
    dropped = {drop(show, name, seconds) for seconds, name in enumerate(NAMES, start=6)}

    end = time.monotonic() + PATIENCE_SECONDS
    while len(published_titles(show)) < len(NAMES):
        assert time.monotonic() < end, watch_said.read_text(encoding="utf-8")
        time.sleep(0.5)

    assert published_titles(show) == sorted(NAMES)
    taken = [path for slug in show.slugs() for path in show.episode(slug).recordings]
    assert len(taken) == len(NAMES)
    assert {digest_of(path) for path in taken} == dropped
    log = show.cache / "etam.log"
    assert not log.exists() or "Traceback" not in log.read_text(encoding="utf-8")


def drop(show: Workspace, name: str, seconds: int) -> str:
    """Put a recording into the inbox at once; returns its digest."""
    path = show.root.parent / f"{name}.wav"
    write_recording(path, few_seconds_of_talk(seconds))
    digest = digest_of(path)
    path.rename(show.inbox / path.name)
    return digest


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def published_titles(show: Workspace) -> list[str]:
    feed = show.public / "feed.xml"
    if not feed.is_file():
        return []
    return sorted(entry.title for entry in feedparser.parse(feed.read_bytes()).entries)
