"""`etam audiogram` makes a film of a soundbite, and nobody's file is lost for it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.faces.cli import app
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import approve
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem
from pipeline.words.podcasting import Soundbite
from tests.episodes_on_disk import NOW, add_episode, make_workspace

BITES = (Soundbite(0.0, 1.0, "Awal"), Soundbite(1.0, 1.0, "Akhir"))


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path / "show")
    add_episode(workspace, "satu", soundbites=BITES)
    add_episode(workspace, "dua")
    return workspace


def etam(show: Workspace, *arguments: str) -> Result:
    arguments = ("-C", str(show.root), "audiogram", *arguments)
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def films(show: Workspace, slug: str = "satu") -> list[str]:
    return sorted(path.name for path in (show.episodes_folder / slug / "clips").glob("*"))


def test_the_first_soundbite_is_shown_unless_another_is_asked_for(show: Workspace) -> None:
    done = etam(show, "satu")
    assert (done.exit_code, done.output[:4]) == (0, "Made")
    assert films(show) == ["satu-0-1-square.mp4"]
    assert etam(show, "satu", "--soundbite", "2", "--shape", "landscape").exit_code == 0
    assert films(show) == ["satu-0-1-square.mp4", "satu-1-2-landscape.mp4"]


def test_any_stretch_goes_where_one_wants_it(show: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "clip.mp4"
    done = etam(show, "dua", "--from", "0:00.5", "--to", "1.5s", "-o", str(target))
    assert done.exit_code == 0, done.output
    assert str(target) in done.output
    assert [path.name for path in target.parent.iterdir()] == ["clip.mp4"]


def test_what_is_missing_is_said(show: Workspace) -> None:
    assert "has no soundbite" in problem(etam(show, "dua"))
    assert "has 2 soundbite(s), no number 3" in problem(etam(show, "satu", "--soundbite", "3"))
    assert "is over before 9 s" in problem(etam(show, "satu", "--from", "9", "--to", "12"))
    show.episode("satu").transcript_json.unlink()
    assert "has no transcript.json yet" in problem(etam(show, "satu"))
    assert films(show) == []


def problem(done: Result) -> str:
    assert isinstance(done.exception, EpisodeProblem | SetupProblem)
    assert isinstance(done.exception, PipelineError)
    return done.exception.problem


@pytest.mark.parametrize(
    "arguments",
    [("--from", "1"), ("--to", "1"), ("--from", "1", "--to", "2", "--soundbite", "1"),
     ("--from", "2", "--to", "1"), ("--from", "0", "--to", "1e3"), ("--shape", "round"),
     ("--from", "0", "--to", "1:00:00"), ("--soundbite", "0"), ("--from", "-1", "--to", "3")],
)  # fmt: skip
def test_contradictions_are_told_before_anything_is_made(
    show: Workspace, arguments: tuple[str, ...]
) -> None:
    assert etam(show, "satu", *arguments).exit_code == 2
    assert films(show) == []


def test_our_own_film_is_replaced_and_nobody_elses(show: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    assert etam(show, "satu", "-o", str(target)).output.startswith("Made")
    assert etam(show, "satu", "-o", str(target)).output.startswith("Replaced")
    for content in (b"", b"a film of somebody else"):
        target.write_bytes(content)
        assert "did not make it" in problem(etam(show, "satu", "-o", str(target)))
        assert target.read_bytes() == content
    assert "does not end in .mp4" in problem(etam(show, "satu", "-o", str(tmp_path / "clip.mp3")))
    (tmp_path / "folder.mp4").mkdir()
    assert "did not make it" in problem(etam(show, "satu", "-o", str(tmp_path / "folder.mp4")))


def test_a_write_that_fails_leaves_the_old_film(show: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    etam(show, "satu", "-o", str(target))
    before = target.read_bytes()
    show.episode("satu").enclosure.write_bytes(b"no sound")
    assert "cannot be decoded" in problem(etam(show, "satu", "-o", str(target)))
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["clip.mp4"]


def test_what_a_kill_left_behind_is_cleared(show: Workspace) -> None:
    clips = show.episodes_folder / "satu" / "clips"
    clips.mkdir()
    (clips / ".etam-satu-0-1-square.x.mp4").write_bytes(b"half")
    etam(show, "satu")
    assert films(show) == ["satu-0-1-square.mp4"]


def test_a_place_that_cannot_be_written_is_said(show: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = etam(show, "satu", "-o", str(tmp_path / "file" / "clip.mp4"))
    assert "cannot be written" in problem(done)
    assert not list((show.cache / "scratch").iterdir())


def test_a_kill_leaves_nothing_where_the_film_should_go(show: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "desktop" / "clip.mp4"
    target.parent.mkdir()
    arguments = ["-C", str(show.root), "audiogram", "dua", "--from", "0", "--to", "2",
                 "--shape", "portrait", "-o", str(target)]  # fmt: skip
    running = subprocess.Popen([sys.executable, "-m", "pipeline", *arguments])
    films = show.cache / "scratch"
    end = time.monotonic() + 60
    while not list(films.glob("*/.etam-*.mp4")) and time.monotonic() < end:
        time.sleep(0.01)
    running.kill()
    assert running.wait() != 0
    assert list(target.parent.iterdir()) == []
    assert etam(show, "dua", *arguments[4:]).exit_code == 0
    assert [path.name for path in target.parent.iterdir()] == ["clip.mp4"]
    assert not list(films.iterdir())


def test_who_has_not_approved_is_told_and_the_film_is_made(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", approval="editor")
    episode = add_episode(show, "satu", soundbites=BITES)
    assert "nobody has approved" in etam(show, "satu").stderr
    approve(show, episode, "Redaktur", NOW)
    assert "nobody has approved" not in etam(show, "satu").stderr


def test_hostile_words_are_filmed(show: Workspace) -> None:
    title = "🎙️ 中文 " + "x" * 90 + "\x00"
    episode = add_episode(show, "tiga", title=title, soundbites=(Soundbite(0.0, 1.0, title),))
    assert episode.details.title
    assert etam(show, "tiga").exit_code == 0
