"""The command line as people and programs meet it: in any terminal, from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ground.workspace import Workspace
from tests.shows import make_episode, make_show

SLUG = "2026-11-05-layanan-informasi-publik-di-desa-loa-kulu-kota"


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "a show “in” Kutai")
    make_episode(workspace, SLUG)
    return workspace


def _etam(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", ["status", "plan"])
def test_a_terminal_that_knows_no_unicode_is_no_reason_to_fail(
    show: Workspace, command: str
) -> None:
    done = _etam(show.inbox, command, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-11-05" in done.stdout


def test_json_is_json_in_a_terminal_that_knows_no_unicode(show: Workspace) -> None:
    (show.inbox / "Éva 😀.mp3").write_bytes(b"text")
    done = _etam(show.root, "status", "--json", PYTHONIOENCODING="latin-1")
    assert json.loads(done.stdout)["inbox"] == ["Éva 😀.mp3"]


def test_a_slug_is_shown_whole_since_people_type_it(show: Workspace) -> None:
    table = _etam(show.root, "status", PYTHONIOENCODING="utf-8").stdout
    column = "".join(line.split("│")[1].strip() for line in table.splitlines() if "│" in line)
    assert column == SLUG


@pytest.mark.parametrize("command", ["status", "plan"])
def test_an_episode_that_cannot_even_be_looked_at_hides_no_other(
    show: Workspace, command: str
) -> None:
    make_episode(show, "broken")
    (show.episodes_folder / "broken" / "receipts" / "draft.json").mkdir(parents=True)
    done = _etam(show.root, command, "--json", PYTHONIOENCODING="utf-8")
    assert "reference" in done.stdout + done.stderr
    assert SLUG in done.stdout
    json.loads(done.stdout)


def test_a_plan_that_failed_does_not_say_that_there_are_no_episodes(show: Workspace) -> None:
    (show.episodes_folder / SLUG / "episode.toml").write_text("x =")
    done = _etam(show.root, "plan")
    assert (done.returncode, done.stdout) == (3, "")
    assert "is not valid TOML" in done.stderr


def test_several_episodes_are_approved_at_once_and_one_problem_hides_no_other(
    show: Workspace,
) -> None:
    done = _etam(show.root, "approve", SLUG, "nowhere", "--by", "Rina")
    assert done.returncode == 3
    assert f"“{SLUG}” cannot be approved yet" in done.stderr
    assert "There is no episode “nowhere”" in done.stderr
