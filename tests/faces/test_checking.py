from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.faces.cli import app
from pipeline.ground.files import write_text
from tests.episodes_on_disk import add_episode, make_workspace

SAID = "Air bersih tidak dijual kepada warga, sambungannya dua ratus lima rumah."


@pytest.fixture
def show(tmp_path: Path) -> Path:
    workspace = make_workspace(tmp_path, approval="editor")
    add_episode(workspace, "air", said=SAID)
    return tmp_path


def _etam(show: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["-C", str(show), *arguments])
    return done.exit_code, done.output


def _article(show: Path, text: str) -> None:
    write_text(show / "transcripts/air/article.md", text)


def test_a_right_article_is_no_problem(show: Path) -> None:
    _article(show, "“Sambungannya 205 rumah,” ujar Siti Aminah.\n")
    code, said = _etam(show, "check", "air")
    assert code == 0
    assert "edited" in said
    assert "00:00" in said
    assert "[-dua ratus lima-] {+205+}" in said


def test_what_is_blocked_is_shown_with_its_reason_and_the_exit_code_says_so(show: Path) -> None:
    _article(show, "“Air bersih dijual kepada warga,” ujar Siti Aminah. Ada 900 rumah di Kediri.\n")
    code, said = _etam(show, "check", "air")
    assert code == 3
    assert "“tidak” was said here and is missing" in said
    assert "number: “900”" in said
    assert "name: “Kediri”" in said


def test_programs_get_json_with_places(show: Path) -> None:
    _article(show, "“Air bersih dijual kepada warga,” ujar Siti Aminah.\n")
    code, said = _etam(show, "check", "air", "--json")
    told = json.loads(said)
    assert code == 3
    assert told["file"] == "article.md"
    assert told["quotes"][0]["verdict"] == "blocked"
    assert told["quotes"][0]["passages"][0]["segments"] == [0]


def test_the_draft_is_checked_while_there_is_no_article(show: Path) -> None:
    code, said = _etam(show, "check", "air")
    assert (code, "draft.md" in said) == (0, True)
    (show / "transcripts/air/draft.md").unlink()
    code, _ = _etam(show, "check", "air")
    assert code != 0


def test_words_of_the_show_count_too(show: Path) -> None:
    _article(show, "“Air bersih ora dijual kepada warga,” ujar Siti Aminah.\n")
    assert _etam(show, "check", "air")[0] == 3
    make_workspace(show, approval="editor", show='\n[grounding]\nspoken = { "ora" = "tidak" }')
    assert _etam(show, "check", "air")[0] == 0


def test_a_reason_is_asked_for_and_is_about_one_article(show: Path) -> None:
    _article(show, "“Air bersih dijual kepada warga,” ujar Siti Aminah.\n")
    name = json.loads(_etam(show, "check", "air", "--json")[1])["quotes"][0]["id"]
    for wrong in (name, f"{name}=", "=Salah dengar"):
        code, said = _etam(show, "approve", "air", "--by", "Ani", "--accept", wrong)
        assert (code, "ID=REASON" in said) == (2, True)
    accept = f"{name}=Salah dengar"
    code, said = _etam(show, "approve", "air", "dua", "--by", "Ani", "--accept", accept)
    assert (code, "one article" in said) == (2, True)
    assert not (show / "transcripts/air/approval.json").exists()
