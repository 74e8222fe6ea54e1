"""What `etam status` says of an episode that is being heard at this moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.faces import status
from pipeline.ground.files import write_text
from pipeline.ground.receipts import Outcome, Receipt, write_receipt
from pipeline.ground.workspace import Workspace
from pipeline.running import standing
from pipeline.stages.transcribe import TRANSCRIBE
from tests.episodes_on_disk import add_episode, make_workspace
from tests.shows import make_episode, make_show


@pytest.fixture(autouse=True)
def _zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    time.tzset()


def test_what_was_heard_so_far_is_named_while_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "ROAD", (TRANSCRIBE,))
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


@pytest.mark.parametrize(("minutes", "waits"), [(-1, "etam publish"), (2, "its time: ")])
def test_a_time_without_a_zone_is_the_shows_wherever_the_machine_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minutes: int, waits: str
) -> None:
    monkeypatch.setattr(standing, "ROAD", ())
    show = make_workspace(tmp_path / "show", show='timezone = "Asia/Jayapura"')
    due = datetime.now(ZoneInfo("Asia/Jayapura")) + timedelta(minutes=minutes)
    add_episode(show, "rapat", publish_at=due.replace(tzinfo=None, microsecond=0))
    for machine in ("America/New_York", "Pacific/Auckland"):
        monkeypatch.setenv("TZ", machine)
        time.tzset()
        (row,) = status.status_of_all(Workspace(show.root))
        assert row.waits.startswith(waits), machine
        assert waits == "etam publish" or row.waits.endswith(f"{due:%H:%M}+09:00")
