"""`etam export` writes articles and transcripts for other programs, over nobody's file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from typer.testing import CliRunner

from pipeline.faces.cli import app
from pipeline.ground.files import write_text
from pipeline.ground.workspace import Workspace
from pipeline.words.errors import EpisodeProblem
from tests.episodes_on_disk import add_episode, make_workspace

ARTICLE = "# Air Bersih\n\nLead. [00:01]\n\n“Kutipan,” ujar Rianto.\n"


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = make_workspace(tmp_path / "show")
    episode = add_episode(workspace, "satu")
    write_text(episode.article_md, ARTICLE)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return workspace


def export(show: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(show.root), "export", *arguments])


def test_an_article_is_a_word_document_beside_you_unless_told(show: Workspace) -> None:
    done = export(show, "satu")
    assert done.exit_code == 0, done.output
    document = Document("satu-article.docx")
    assert [p.text for p in document.paragraphs][:2] == ["Air Bersih", "Lead."]
    assert export(show, "satu").exit_code == 0, "the same content is no conflict"


def test_a_file_that_holds_something_else_stays(show: Workspace) -> None:
    Path("satu-article.txt").write_text("punya orang")
    done = export(show, "satu", "-f", "text")
    assert isinstance(done.exception, EpisodeProblem)
    assert Path("satu-article.txt").read_text() == "punya orang"
    assert export(show, "satu", "-f", "text", "-o", "lain.txt").exit_code == 0
    assert Path("lain.txt").read_text(encoding="utf-8").startswith("Air Bersih\n\nLead.\n")


def test_a_folder_gets_the_usual_name(show: Workspace, tmp_path: Path) -> None:
    assert export(show, "satu", "-f", "html", "-o", str(tmp_path)).exit_code == 0
    assert (tmp_path / "satu-article.html").is_file()


def test_a_dash_prints_it(show: Workspace) -> None:
    done = export(show, "satu", "-f", "social", "-o", "-")
    assert "== WhatsApp (" in done.stdout
    assert not list(Path().iterdir())


def test_the_transcript_is_asked_for_or_meant_by_its_format(show: Workspace) -> None:
    assert export(show, "satu", "-f", "vtt", "-o", "-").stdout.startswith("WEBVTT")
    done = export(show, "satu", "-f", "docx", "--transcript")
    assert done.exit_code == 0, done.output
    document = Document(io.BytesIO(Path("satu-transcript.docx").read_bytes()))
    assert "Siti Aminah [00:00] Selamat pagi, Bapak Ahmad." in [
        paragraph.text for paragraph in document.paragraphs
    ]


def test_without_an_article_the_draft_is_taken_only_when_asked_for(show: Workspace) -> None:
    show.episode("satu").article_md.unlink()
    done = export(show, "satu", "-f", "text")
    assert isinstance(done.exception, EpisodeProblem)
    assert "no article.md" in done.exception.problem
    assert export(show, "satu", "-f", "text", "--draft", "-o", "-").stdout.startswith("Draf\n")


def test_what_the_draft_said_to_its_editor_is_noticed(show: Workspace) -> None:
    path = show.episode("satu").article_md
    write_text(path, ARTICLE + "\n*(pembicara diduga, periksa)*\n")
    done = export(show, "satu", "-f", "text", "-o", "-")
    assert "pembicara diduga, periksa" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("-f", "html", "--transcript"), ("-f", "vtt", "--draft"), ("--draft", "--transcript")],
)
def test_what_does_not_fit_together_is_refused(show: Workspace, arguments: tuple[str, ...]) -> None:
    assert export(show, "satu", *arguments).exit_code == 2
