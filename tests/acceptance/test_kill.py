"""Pull the plug anywhere: the next run finishes the job and nobody ever sees half a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import av
import feedparser

from pipeline.ground.files import TEMPORARY_PREFIX
from pipeline.ground.workspace import Workspace
from tests.acceptance.conftest import Demo, Etam

# Where the plug is pulled: at the first touch of such a file, or so many seconds after it.
# In the order of the road.
PLUGS = (
    ("episodes/inbox/.etam-*", 0.0),
    ("episodes/inbox/[!.]*", 0.0),
    ("episodes/.incoming-*", 0.0),
    ("episodes/.incoming-*/*.toml", 0.0),
    ("episodes/*/recording.json", 0.0),
    (".cache/scratch/*.normalize.*/*", 0.0),
    (".cache/scratch/*.normalize.*/*", 0.3),
    ("episodes/*/.etam-normalized*", 0.3),
    ("episodes/*/normalized.mp3", 0.0),
    ("episodes/*/receipts/transcribe.json", 0.0),
    ("episodes/*/receipts/transcribe.json", 0.8),
    ("transcripts/*/transcript.json", 0.0),
    ("transcripts/*/reviewed.json", 0.0),
    ("transcripts/*/*.vtt", 0.0),
    ("episodes/*/.etam-enclosure*", 0.0),
    ("episodes/*/enclosure.mp3", 0.0),
    ("transcripts/*/draft.json", 0.0),
    ("feed/public/media/*", 0.0),
    ("feed/published/*.json", 0.0),
    ("feed/public/feed.xml", 0.0),
)


def test_a_demo_that_is_killed_at_every_step_ends_like_an_undisturbed_one(
    demo: Demo, etam: Etam
) -> None:
    root = etam.folder / "demo-show"
    for pattern, seconds in PLUGS:
        _kill_the_demo_at(pattern, seconds, etam.folder)
        _whatever_is_there_is_whole(root)
    etam("demo")
    _is_like(Workspace(root.resolve()), demo.workspace)
    _has_no_litter(root)


def _kill_the_demo_at(pattern: str, seconds: float, folder: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.acceptance.plug",
            f"demo-show/{pattern}",
            str(seconds),
            "demo",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    told = f"{pattern}: ended with {done.returncode}\n{done.stdout}{done.stderr}"
    assert done.returncode == -signal.SIGKILL, told


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
    # Half a window is removed when it is an hour old: another run may be writing it.
    hidden = [h for h in root.rglob(f"{TEMPORARY_PREFIX}*") if "windows" not in h.parts]
    incoming = list((root / "episodes").glob(".incoming-*"))
    scratch = list((root / ".cache" / "scratch").glob("*"))
    assert kept + hidden + incoming + scratch == []
