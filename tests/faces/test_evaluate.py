"""`etam evaluate`: what people see, what programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.faces import cli
from pipeline.ground.files import write_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.transcript import Transcript
from tests.shows import make_episode, make_show
from tests.talks import GOLDEN, talk

SCRIPT = (GOLDEN / "interview.txt").read_text(encoding="utf-8")


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    for slug in ("satu", "dua"):
        make_episode(workspace, slug)
        hear(workspace, slug, "small")
    return workspace


def hear(show: Workspace, slug: str, model: str, text: str = SCRIPT) -> None:
    heard = Transcript.from_json({**talk("interview").to_json(), "model": model})
    write_json(show.episode(slug).transcript_json, heard.to_json())
    write_text(show.episode(slug).texts / "reference.txt", text)


def etam(show: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["-C", str(show.root), "evaluate", *arguments])


def test_every_episode_with_a_reference_is_measured(show: Workspace) -> None:
    make_episode(show, "tanpa-acuan")
    hear(show, "dua", "small", SCRIPT.replace("sobat", "kawan"))
    result = etam(show, "--json")
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert sorted(content["episodes"]) == ["dua", "satu"]
    assert content["episodes"]["satu"]["word_error_rate"] == 0
    assert content["episodes"]["dua"]["confusions"][0] == {
        "said": "kawan",
        "heard": "sobat",
        "times": 2,
    }
    (whole, month) = content["standings"]
    assert (whole["episodes"], month["month"]) == (2, "2026-11")


def test_people_see_rates_confusions_and_the_models(show: Workspace) -> None:
    hear(show, "dua", "small", SCRIPT.replace("sobat", "kawan"))
    shown = etam(show).stdout
    assert "word error rate 0.0%" in shown
    assert "kawan → sobat ×2" in shown
    assert "small" in shown
    assert "2026-11" in shown


def test_models_are_compared_on_the_episodes_that_both_heard(show: Workspace) -> None:
    etam(show)
    hear(show, "satu", "large-v3-turbo")
    shown = etam(show, "satu").stdout
    assert "On the 1 episode(s) that both heard: large-v3-turbo 0.0%, small 0.0%" in shown


def test_an_unusable_reference_hides_no_other_episode(show: Workspace) -> None:
    write_text(show.episode("dua").texts / "reference.txt", "...")
    result = etam(show, "--json")
    assert result.exit_code == EpisodeProblem.exit_code
    content = json.loads(result.stdout)
    assert list(content["episodes"]) == ["satu"]
    assert "holds no word" in content["problems"]["dua"][0]


def test_without_any_reference_people_are_told_how_to_give_one(show: Workspace) -> None:
    for slug in ("satu", "dua"):
        (show.episode(slug).texts / "reference.txt").unlink()
    result = etam(show)
    assert result.exit_code == 0
    assert "transcripts/SLUG/reference.txt" in result.stdout


def test_a_reference_elsewhere_is_of_one_episode(show: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "naskah.txt"
    write_text(path, SCRIPT)
    assert etam(show, "--reference", str(path)).exit_code == 2
    assert etam(show, "satu", "--reference", str(path)).exit_code == 0
    assert "naskah.txt" in etam(show, "satu", "--reference", str(path)).stdout


def test_the_picture_is_drawn_where_people_ask_for_it(show: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "accuracy.svg"
    assert etam(show, "--picture", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("<svg ")
    wrong = etam(show, "--picture", str(tmp_path / "accuracy.png"))
    assert isinstance(wrong.exception, SetupProblem)
