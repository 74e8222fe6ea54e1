"""Changed words get their own times by themselves: the demo's model on the sample recording."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from fastapi.testclient import TestClient

from pipeline.faces.web.background import aligning
from pipeline.faces.web.newsroom import Newsroom, open_newsroom
from pipeline.ground.review_file import read_reviewed
from pipeline.ground.workspace import Workspace
from pipeline.stages.transcribe import TRANSCRIBE
from pipeline.stages.transcribe.span import align_line
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.speakers.evidence import evidence_of, write_evidence
from pipeline.words.people import Role
from pipeline.words.review.line import Line
from pipeline.words.review.timing import is_estimated
from tests.acceptance.recordings import shipped_recording
from tests.faces.web.conftest import SignIn
from tests.shows import SHOW_TOML, make_episode, make_show
from tests.stages.test_transcribe import job, write_speech

SLUG = "rapat"
API = f"/api/episodes/{SLUG}/transcript"
LINE = 12


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The sample recording, heard."""
    demo = f'{SHOW_TOML}\n[transcription]\nmodel = "demo"\nhotwords = false\n'
    workspace = make_show(tmp_path / "show", demo)
    make_episode(workspace, SLUG)
    episode = workspace.episode(SLUG)
    write_speech(episode.speech, *speech_blocks(shipped_recording()))
    write_evidence(episode.voices_json, evidence_of(np.zeros((0, 1), np.uint8), (), 0.0, 0.0))
    TRANSCRIBE.run(job(workspace, model="demo", hotwords=False, speakers="off"))
    return workspace


@pytest.fixture
def newsroom(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setattr(aligning, "CALM_SECONDS", 0.2)
    return open_newsroom(workspace)


@pytest.fixture
def ani(sign_in: SignIn) -> TestClient:
    return sign_in(Role.EDITOR, "Ani")


def line_now(workspace: Workspace) -> Line:
    return read_reviewed(workspace.episode(SLUG)).lines[LINE]


def write(client: TestClient, line: Line, text: str) -> dict[str, Any]:
    edit = {"on": {"line": line.id, "version": line.version}, "text": text}
    at = datetime.now(UTC).isoformat()
    operation = {"id": str(uuid4()), "author": "", "at": at, "kind": "text", "edits": [edit]}
    answer = client.post(f"{API}/operations", json={"operations": [operation]})
    assert answer.status_code == 200, answer.text
    return operation


def wait_for_times(workspace: Workspace) -> Line:
    end = time.monotonic() + 60
    while any(map(is_estimated, (line := line_now(workspace)).words)):
        assert time.monotonic() < end, line
        time.sleep(0.1)
    return line


def test_words_that_were_joined_and_parted_again_are_where_they_are_heard(
    workspace: Workspace, ani: TestClient
) -> None:
    heard = line_now(workspace)
    short = " ".join(heard.texts[:1] + heard.texts[-1:])
    write(ani, heard, short)
    write(ani, line_now(workspace), heard.text)
    assert any(map(is_estimated, line_now(workspace).words))
    laid = wait_for_times(workspace)
    assert laid.text == heard.text
    apart = [abs(a.start - b.start) for a, b in zip(laid.words, heard.words, strict=True)]
    assert max(apart) < 0.25


def test_who_takes_the_change_back_meets_no_conflict(workspace: Workspace, ani: TestClient) -> None:
    heard = line_now(workspace)
    change = write(ani, heard, " ".join(heard.texts[:1] + heard.texts[2:] + ("sekali",)))
    wait_for_times(workspace)
    at = datetime.now(UTC).isoformat()
    undo = {"id": str(uuid4()), "author": "", "at": at, "kind": "undo", "operation": change["id"]}
    ani.post(f"{API}/operations", json={"operations": [undo]})
    reviewed = read_reviewed(workspace.episode(SLUG))
    assert not reviewed.conflicts
    assert reviewed.lines[LINE].text == heard.text


def mark_as_heard(client: TestClient, line: Line) -> None:
    at = datetime.now(UTC).isoformat()
    on = [{"line": line.id, "version": line.version}]
    mark = {"id": str(uuid4()), "author": "", "at": at, "kind": "reviewed", "lines": on,
            "reviewed": True}  # fmt: skip
    client.post(f"{API}/operations", json={"operations": [mark]})


def test_a_mark_of_having_listened_stays(workspace: Workspace, ani: TestClient) -> None:
    heard = line_now(workspace)
    write(ani, heard, f"{heard.text} Ya begitu")
    mark_as_heard(ani, line_now(workspace))
    assert wait_for_times(workspace).reviewed_by == "Ani"


def test_a_mark_that_comes_while_the_model_listens_costs_no_times(
    workspace: Workspace, ani: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    listened = []

    def disturbed(*asked: Any) -> Any:
        listened.append(asked)
        if len(listened) == 1:
            mark_as_heard(ani, line_now(workspace))
        return align_line(*asked)

    monkeypatch.setattr("pipeline.stages.transcribe.span.align_line", disturbed)
    heard = line_now(workspace)
    write(ani, heard, f"{heard.text} Ya begitu")
    assert wait_for_times(workspace).reviewed_by == "Ani"
    assert len(listened) == 2


def test_without_a_model_the_estimated_times_stay(
    workspace: Workspace, newsroom: Newsroom, ani: TestClient
) -> None:
    show = workspace.show_file.read_text(encoding="utf-8")
    workspace.show_file.write_text(show.replace('"demo"', '"small"'), encoding="utf-8")
    write(ani, line_now(workspace), "Kata yang lain sama sekali di sini")
    time.sleep(1)
    line = newsroom.reviews.standing(workspace.episode(SLUG)).reviewed.lines[LINE]
    assert line.text == "Kata yang lain sama sekali di sini"
    assert all(map(is_estimated, line.words))
