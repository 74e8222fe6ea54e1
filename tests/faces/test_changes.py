"""`etam changes` tells what editors did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from pipeline.faces.changes import _DONE
from pipeline.faces.cli import app
from pipeline.ground.files import write_json
from pipeline.ground.review_file import append_to_review, read_review, read_reviewed
from pipeline.ground.workspace import Workspace
from pipeline.words.review import operations as ops
from pipeline.words.review.operations import Operation, TextEdit
from tests.shows import make_episode, make_show
from tests.transcripts import said
from tests.words.review.conftest import NOW


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "satu")
    talk = said("selamat pagi warga", "pak bupati datang ke desa", speaker="A")
    write_json(workspace.episode("satu").transcript_json, talk.to_json())
    return workspace


def etam(show: Workspace, *words: str) -> str:
    done = CliRunner().invoke(app, ["-C", str(show.root), *words])
    assert done.exit_code == 0, done.output
    return done.output


def edit_twice(show: Workspace) -> None:
    episode = show.episode("satu")
    line = read_reviewed(episode).lines[1]
    changes = [
        ops.ChangeText(id=f"op-{by}", author=by, at=NOW, edits=(TextEdit(line.seen, text),))
        for by, text in (("Ani", "pak bupati tiba di desa"), ("Budi", "pak bupati hadir ke desa"))
    ]
    append_to_review(episode, read_review(episode), changes)


def test_before_anybody_edits_it_says_so(show: Workspace) -> None:
    assert "Nobody has changed" in etam(show, "changes", "satu")


def test_each_change_is_shown_word_by_word_and_what_must_be_decided(show: Workspace) -> None:
    edit_twice(show)

    told = etam(show, "changes", "satu")

    assert "2026-11-24 09:00 Ani wrote" in told
    assert "[00:02] pak bupati [-datang ke-] {+tiba di+} desa" in told
    assert "“pak bupati tiba di desa” or, from Budi, “pak bupati hadir ke desa”" in told
    assert "0 of 2 lines are marked as reviewed." in told


def test_a_program_can_read_it(show: Workspace) -> None:
    edit_twice(show)

    told = json.loads(etam(show, "changes", "satu", "--json"))

    assert told["changes"][0]["lines"][0]["words"][1:3] == [["out", "datang ke"], ["in", "tiba di"]]
    assert told["conflicts"][0]["mine"] == "pak bupati hadir ke desa"


def test_every_kind_of_operation_has_a_word() -> None:
    assert set(_DONE) == {kind.__dataclass_fields__["kind"].default for kind in get_args(Operation)}
