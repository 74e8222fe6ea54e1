"""What `etam status` says of an episode that is being heard at this moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.faces import status
from pipeline.ground.files import write_text
from pipeline.ground.receipts import Outcome, Receipt, write_receipt
from pipeline.stages.transcribe import TRANSCRIBE
from tests.shows import make_episode, make_show


def test_what_was_heard_so_far_is_named_while_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "ROAD", (TRANSCRIBE,))
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "rapat")
    episode = workspace.episode("rapat")
    at_work = Receipt("transcribe", TRANSCRIBE.version, Outcome.STARTED)
    write_receipt(episode.receipt("transcribe"), at_work)
    with workspace.episode_locked("rapat"):
        (before,) = status.status_of_all(workspace)
        write_text(episode.so_far, "[0:00:01] Selamat pagi.\n")
        (after,) = status.status_of_all(workspace)
    assert before.waits == "another etam is at work on it"
    assert after.waits == f"{before.waits}; what it heard so far: .cache/partial/rapat.txt"
