"""`etam gc` as an operator meets it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.faces.cli import app
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish
from pipeline.words.errors import SetupProblem
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_transcript

TWO_MONTHS_SECONDS = 60 * 24 * 3600.0


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    """A show that was published twice, two months ago."""
    workspace = make_workspace(tmp_path / "show")
    add_episode(workspace, "satu", title="Satu")
    for said in ("Selamat pagi.", "Selamat siang."):
        write_transcript(workspace.transcripts_folder / "satu", said)
        fresh = Workspace(workspace.root)
        bucket = open_bucket(fresh.show, fresh)
        publish(fresh, bucket, plan_publication(fresh, bucket, NOW), lambda _share: None)
    then = time.time() - TWO_MONTHS_SECONDS
    for file in workspace.public.rglob("*"):
        os.utime(file, (then, then))
    return workspace


def etam(show: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(show.root), "gc", *arguments])


def files(show: Workspace) -> set[str]:
    return {p.relative_to(show.public).as_posix() for p in show.public.rglob("*") if p.is_file()}


def test_it_shows_what_would_go_with_size_and_reason_and_deletes_nothing(show: Workspace) -> None:
    before = files(show)
    said = etam(show, "--keep", "1").stdout
    assert "would delete episodes/satu/transcript-" in said
    assert "text or picture of an episode that no kept publication names" in said
    assert "file(s) stay: public now." in said
    assert f"8 of {len(before)} file(s), 0.0 MB. Nothing was deleted" in said
    assert files(show) == before


def test_nothing_is_to_be_cleared_while_ten_publications_are_kept(show: Workspace) -> None:
    assert "There is nothing to clear." in etam(show).stdout


def test_it_deletes_when_asked_and_says_what(show: Workspace) -> None:
    before = files(show)
    done = etam(show, "--keep", "1", "--delete")
    assert done.exit_code == 0
    assert "8 file(s) deleted." in done.stdout
    assert len(before - files(show)) == 8
    assert files(show) - before == set()
    assert "There is nothing to clear." in etam(show, "--keep", "1").stdout


def test_a_cap_stops_it_before_the_first_file(show: Workspace) -> None:
    before = files(show)
    refused = etam(show, "--keep", "1", "--delete", "--most", "7")
    assert isinstance(refused.exception, SetupProblem)
    assert "--most 8" in refused.exception.remedy
    assert files(show) == before


def test_a_program_reads_all_of_it(show: Workspace) -> None:
    said = json.loads(etam(show, "--keep", "1", "--json").stdout)
    assert len(said["leftovers"]) == 8
    assert said["deleted"] == []
    assert said["staying"]["public now"] > 5
    done = json.loads(etam(show, "--keep", "1", "--delete", "--json").stdout)
    assert sorted(done["deleted"]) == sorted(each["file"]["key"] for each in said["leftovers"])
