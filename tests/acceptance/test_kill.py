"""Pull the plug anywhere: the next run finishes the job and nobody ever sees half a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import feedparser

from pipeline.ground.files import TEMPORARY_PREFIX
from pipeline.ground.workspace import Workspace
from tests.acceptance.conftest import Demo, Etam

# The plug is pulled as soon as the first file appears that matches; in the order of the road.
PLUGS = (
    f"episodes/inbox/{TEMPORARY_PREFIX}*",
    "episodes/.incoming-*",
    "episodes/*/recording.json",
    ".cache/scratch/*.normalize.*/*",
    f"episodes/*/{TEMPORARY_PREFIX}normalized*",
    "episodes/*/normalized.mp3",
    "episodes/*/receipts/transcribe.json",
    "transcripts/*/transcript.json",
    f"episodes/*/{TEMPORARY_PREFIX}enclosure*",
    "episodes/*/enclosure.mp3",
    "transcripts/*/draft.json",
    "feed/public/media/*",
    "feed/published/*.json",
    "feed/public/feed.xml",
)


def test_a_demo_that_is_killed_at_every_step_ends_like_an_undisturbed_one(
    demo: Demo, etam: Etam
) -> None:
    root = etam.folder / "demo-show"
    pulled = 0
    for plug in PLUGS:
        pulled += _was_killed_at(plug, etam.folder, root)
        _whatever_is_there_is_whole(root)
    assert pulled >= len(PLUGS) - 2, "a file may pass too quickly to be seen, but not many"
    etam("demo")
    _is_like(Workspace(root.resolve()), demo.workspace)
    _has_no_litter(root)


def _was_killed_at(pattern: str, folder: Path, root: Path) -> bool:
    child = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "demo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    before = {path: path.stat().st_mtime_ns for path in root.glob(pattern)}
    while child.poll() is None and not _is_new(root, pattern, before):
        time.sleep(0.001)
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def _is_new(root: Path, pattern: str, before: dict[Path, int]) -> bool:
    try:
        return any(before.get(p) != p.stat().st_mtime_ns for p in root.glob(pattern))
    except FileNotFoundError:
        return True


def _whatever_is_there_is_whole(root: Path) -> None:
    for path in root.rglob("*"):
        if path.name.startswith(TEMPORARY_PREFIX) or ".cache" in path.parts or not path.is_file():
            continue
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".mp3":
            _decodes_to_the_end(path)
        elif path.suffix == ".xml":
            assert not feedparser.parse(path.read_bytes()).bozo


def _decodes_to_the_end(path: Path) -> None:
    with av.open(str(path)) as container:
        seconds = sum(f.samples / f.sample_rate for f in container.decode(audio=0))
        assert seconds > 60


def _is_like(survivor: Workspace, undisturbed: Workspace) -> None:
    (slug,) = survivor.slugs()
    one, other = survivor.episode(slug), undisturbed.episode(slug)
    assert one.recordings[0].read_bytes() == other.recordings[0].read_bytes()
    for name in ("normalized", "speech", "transcript_json", "captions_vtt", "chapters_json"):
        assert getattr(one, name).read_bytes() == getattr(other, name).read_bytes(), name
    feed = feedparser.parse((survivor.public / "feed.xml").read_bytes())
    assert [item.id for item in feed.entries] == [one.recording.guid]


def _has_no_litter(root: Path) -> None:
    kept = list(root.rglob("kept"))
    hidden = list(root.rglob(f"{TEMPORARY_PREFIX}*"))
    incoming = list((root / "episodes").glob(".incoming-*"))
    scratch = list((root / ".cache" / "scratch").glob("*"))
    assert kept + hidden + incoming + scratch == []
