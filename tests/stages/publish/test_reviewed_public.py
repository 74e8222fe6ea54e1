"""What editors changed is public, once somebody has approved it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ground.review_file import append_to_review, read_review, read_reviewed
from pipeline.ground.workspace import Workspace
from pipeline.running.runner import run_episode
from pipeline.stages.caption import CAPTION
from pipeline.stages.publish import (
    ApprovalState,
    approval_state,
    approve,
    open_bucket,
    plan_publication,
    publish,
)
from pipeline.words.review.operations import ChangeText, TextEdit
from tests.episodes_on_disk import NOW, add_episode, make_workspace
from tests.shows import Silent


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    """A show of before there were reviews, with an episode that somebody approved."""
    workspace = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(workspace, "satu", said="Selamat pagi, Bapak Rianto.")
    approve(workspace, episode, "Redaksi", NOW)
    return workspace


def caption(show: Workspace) -> Workspace:
    assert run_episode(show, "satu", [CAPTION], Silent()).error is None
    return Workspace(show.root)


def edit(show: Workspace, text: str) -> None:
    episode = show.episode("satu")
    line = read_reviewed(episode).lines[0]
    change = ChangeText(id="op1", author="Ani", at=NOW, edits=(TextEdit(line.seen, text),))
    append_to_review(episode, read_review(episode), [change])


def state(show: Workspace) -> ApprovalState:
    fresh = Workspace(show.root)
    return approval_state(fresh, fresh.episode("satu"))


def test_an_approval_of_before_there_were_reviews_holds(show: Workspace) -> None:
    assert state(show) is ApprovalState.GIVEN

    caption(show)

    assert show.episode("satu").reviewed_json.is_file()
    assert state(show) is ApprovalState.GIVEN


def test_what_an_editor_changed_asks_for_approval_and_then_is_public(show: Workspace) -> None:
    caption(show)
    edit(show, "Selamat pagi, Bapak Arianto.")
    fresh = caption(show)
    assert state(show) is ApprovalState.STALE

    approve(fresh, fresh.episode("satu"), "Redaksi", NOW)
    bucket = open_bucket(fresh.show, fresh)
    publish(fresh, bucket, plan_publication(fresh, bucket, NOW), lambda _share: None)

    for name in ("index.html", "transcript-*.vtt", "transcript-*.html", "transcript-*.json"):
        [file] = (fresh.public / "episodes/satu").glob(name)
        text = file.read_text(encoding="utf-8")
        assert "Arianto" in text
        assert "Bapak Rianto" not in text


def test_a_change_that_is_in_no_caption_yet_cannot_be_approved(show: Workspace) -> None:
    fresh = caption(show)
    edit(show, "Selamat pagi, Bapak Arianto.")

    with pytest.raises(Exception, match=r"review\.jsonl changed"):
        approve(fresh, fresh.episode("satu"), "Redaksi", NOW)
