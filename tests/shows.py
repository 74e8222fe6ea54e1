"""Small shows on disk for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import sha256_of, write_json, write_text
from pipeline.ground.workspace import Workspace, recording_to_json
from pipeline.running.plan import Step
from pipeline.words.episode import EpisodeDetails, Recording, RecordingFile

SHOW_TOML = """\
[show]
title = "Etam Berkesah"
description = "Percakapan tentang informasi publik."
author = "Redaksi"
owner_email = "redaksi@example.org"
categories = ["Government"]

[publish]
base_url = "http://127.0.0.1:8000/"
"""


class Silent:
    """An observer of runs that says nothing."""

    def started(self, slug: str, step: Step) -> None: ...

    def progressed(self, slug: str, stage: str, share: float) -> None: ...

    def told(self, slug: str, stage: str, text: str) -> None: ...

    def finished(self, slug: str, stage: str, seconds: float) -> None: ...

    def failed(self, slug: str, stage: str, error: Exception) -> None: ...


def make_show(root: Path, toml: str = SHOW_TOML) -> Workspace:
    """A workspace with nothing but its configuration and folders."""
    workspace = Workspace(root.resolve())
    for folder in (workspace.inbox, workspace.transcripts_folder):
        folder.mkdir(parents=True)
    write_text(workspace.show_file, toml)
    return workspace


def make_episode(workspace: Workspace, slug: str, content: bytes = b"recording") -> None:
    """An episode as ingest leaves it, with `content` for a recording."""
    folder = workspace.episodes_folder / slug
    folder.mkdir(parents=True)
    (folder / "recording.wav").write_bytes(content)
    file = RecordingFile(
        name="recording.wav",
        sha256=sha256_of(folder / "recording.wav"),
        size=len(content),
        duration_seconds=1.0,
        channels=1,
        sample_rate_hz=48_000,
        codec="pcm_s16le",
        container="wav",
    )
    received = datetime(2026, 11, 5, tzinfo=UTC)
    recording = Recording(f"guid-{slug}", received, "recording.wav", (file,))
    write_json(folder / "recording.json", recording_to_json(recording))
    write_episode_file(folder / "episode.toml", EpisodeDetails(slug.title(), date(2026, 11, 5)))
