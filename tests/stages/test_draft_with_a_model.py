"""The stage with a language model: never without being told, never silently without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.faces.doctor import examine
from pipeline.ground.files import read_json, write_text
from pipeline.ground.receipts import Outcome, Receipt, read_receipt
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, plan_episode
from pipeline.running.runner import EpisodeRun, run_episode
from pipeline.stages.draft import DRAFT
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem
from tests.language_models import Server, Turn, language_model
from tests.shows import Silent
from tests.tagged import TOML, tagged_interview

ROAD = (DRAFT,)
PAID = "price_in = 1.0\nprice_out = 10.0\n"


def show_of(root: Path, base_url: str, more: str = "") -> Workspace:
    llm = f'[article.llm]\nbase_url = "{base_url}"\nmodel = "uji"\nretries = 0\n{more}\n[publish]'
    return tagged_interview(root, TOML.replace("[publish]", llm))


def told(workspace: Workspace, base_url: str) -> Workspace:
    """The same workspace with another endpoint."""
    text = workspace.show_file.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith('base_url = "http://'))
    write_text(workspace.show_file, text.replace(old, f'base_url = "{base_url}"', 1))
    return Workspace(workspace.root)


def run(workspace: Workspace, *forced: str) -> EpisodeRun:
    return run_episode(workspace, "kim", ROAD, Silent(), forced)


def receipt(workspace: Workspace) -> Receipt:
    found = read_receipt(workspace.episode("kim").receipt("draft"))
    assert found is not None
    return found


def draft_md(workspace: Workspace) -> str:
    return workspace.episode("kim").draft_md.read_text(encoding="utf-8")


@pytest.fixture
def server() -> Iterator[Server]:
    with language_model() as running:
        yield running


NOWHERE = "http://127.0.0.1:9/v1"


def test_without_settings_nobody_is_asked(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "ETAM_LLM_KEY"):
        monkeypatch.setenv(name, "rahasia")
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    workspace = tagged_interview(tmp_path / "show")
    assert run(workspace).error is None
    assert server.asked == []
    assert receipt(workspace).spent == {}
    assert not any(name.startswith("llm.") for name in receipt(workspace).settings)
    assert read_json(workspace.episode("kim").draft_json)["drafter"] == "offline"


def test_the_receipt_says_what_it_cost(tmp_path: Path, server: Server) -> None:
    workspace = show_of(tmp_path / "show", server.base_url, PAID)
    assert run(workspace).error is None
    assert receipt(workspace).spent == {
        "model": "uji",
        "requests": 2,
        "input_tokens": 200,
        "output_tokens": 40,
        "cost": 0.0006,
        "currency": "USD",
    }
    assert read_json(workspace.episode("kim").draft_json)["drafter"] == "uji"


def test_the_key_is_in_no_file(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETAM_LLM_KEY", "rahasia-123")
    workspace = show_of(tmp_path / "show", server.base_url)
    assert run(workspace).error is None
    assert server.asked[0].headers["authorization"] == "Bearer rahasia-123"
    files = [path for path in workspace.root.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"rahasia-123" in path.read_bytes()]


def test_when_the_endpoint_is_down_there_is_a_skeleton_that_says_so(tmp_path: Path) -> None:
    workspace = show_of(tmp_path / "show", NOWHERE)
    assert isinstance(run(workspace).error, TemporaryProblem)
    assert (receipt(workspace).outcome, receipt(workspace).is_final) == (Outcome.FAILED, False)
    assert "Model bahasa tidak menulis draf ini" in draft_md(workspace)
    assert "cannot be reached" in draft_md(workspace)
    (step,) = plan_episode(workspace, workspace.episode("kim"), ROAD)
    assert step.reason is Reason.FAILED


def test_the_next_run_asks_again_and_leaves_nothing_behind(tmp_path: Path, server: Server) -> None:
    workspace = told(show_of(tmp_path / "show", NOWHERE), NOWHERE)
    run(workspace)
    workspace = told(workspace, server.base_url)
    assert run(workspace).error is None
    assert "Ditulis oleh model bahasa uji" in draft_md(workspace)
    assert not (workspace.episode("kim").texts / "kept").exists()
    (step,) = plan_episode(workspace, workspace.episode("kim"), ROAD)
    assert step.reason is Reason.SAME


def test_a_skeleton_that_somebody_edited_is_put_aside_not_lost(
    tmp_path: Path, server: Server
) -> None:
    workspace = show_of(tmp_path / "show", NOWHERE)
    run(workspace)
    write_text(workspace.episode("kim").draft_md, "Suntingan saya.\n")
    assert run(told(workspace, server.base_url)).error is None
    (kept,) = (workspace.episode("kim").texts / "kept").iterdir()
    assert kept.read_text(encoding="utf-8") == "Suntingan saya.\n"


def test_a_models_draft_is_not_replaced_by_a_skeleton(tmp_path: Path, server: Server) -> None:
    workspace = show_of(tmp_path / "show", server.base_url)
    run(workspace)
    before = draft_md(workspace)
    workspace = told(workspace, NOWHERE)
    assert isinstance(run(workspace).error, TemporaryProblem)
    assert draft_md(workspace) == before


@pytest.mark.parametrize(
    ("script", "problem", "final"),
    [([lambda _: "{}"] * 3, EpisodeProblem, True), ([lambda _: "ok"] * 3, EpisodeProblem, True)],
)
def test_a_model_that_cannot_do_it_is_not_paid_forever(
    tmp_path: Path, script: list[Turn], problem: type[PipelineError], final: bool
) -> None:
    with language_model(*script) as server:
        workspace = show_of(tmp_path / "show", server.base_url)
        assert isinstance(run(workspace).error, problem)
        assert receipt(workspace).is_final is final
        assert receipt(workspace).spent["requests"] == 3
        patient = run_episode(workspace, "kim", ROAD, Silent(), patient=True)
        assert isinstance(patient.error, EpisodeProblem)
        assert len(server.asked) == 3
    assert "Model bahasa tidak menulis draf ini" in draft_md(workspace)


def test_a_changed_prompt_or_model_makes_a_new_draft(tmp_path: Path, server: Server) -> None:
    workspace = show_of(tmp_path / "show", server.base_url)
    run(workspace)
    write_text(workspace.feed_folder / "prompts" / "article.md", "Tulis pendek.\n")
    (step,) = plan_episode(workspace, workspace.episode("kim"), ROAD)
    assert (step.reason, step.detail) == (Reason.INPUT_CHANGED, "article.md")
    run(workspace)
    assert server.asked[-1].body["messages"][0]["content"].startswith("Tulis pendek.")
    text = workspace.show_file.read_text(encoding="utf-8")
    write_text(workspace.show_file, text.replace('model = "uji"', 'model = "lain"'))
    again = Workspace(workspace.root)
    (step,) = plan_episode(again, again.episode("kim"), ROAD)
    assert (step.reason, step.detail) == (Reason.SETTINGS_CHANGED, "llm.model")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00"])
def test_an_unreadable_prompt_is_said_so(tmp_path: Path, server: Server, content: bytes) -> None:
    workspace = show_of(tmp_path / "show", server.base_url)
    path = workspace.feed_folder / "prompts" / "article.md"
    path.parent.mkdir()
    path.write_bytes(content)
    assert isinstance(run(workspace).error, SetupProblem)
    assert server.asked == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('base_url = "http://x/v1"', "belong together"),
        ('model = "m"', "belong together"),
        ('base_url = "http://u:p@x/v1"\nmodel = "m"', "no name or password"),
        ('base_url = "http://x/v1"\nmodel = "m"\nkey = "sk-1"', "“article.llm.key” is unknown"),
        (
            'base_url = "http://x/v1"\nmodel = "m"\nkey_variable = "sk-1"',
            "article.llm.key_variable",
        ),
    ],
)
def test_settings_that_make_no_sense_are_said_so(tmp_path: Path, more: str, words: str) -> None:
    workspace = tagged_interview(
        tmp_path / "show", TOML.replace("[publish]", f"[article.llm]\n{more}\n[publish]")
    )
    with pytest.raises(SetupProblem, match=words):
        _ = workspace.show


def test_the_doctor_asks_whether_the_model_answers(tmp_path: Path, server: Server) -> None:
    workspace = show_of(tmp_path / "show", server.base_url)
    server.script.append(lambda _: '{"ready": true}')
    told_of = {finding.about: finding for finding in examine(workspace.root)}
    assert told_of["language model"].ok
    assert "uji at 127.0.0.1 answers" in told_of["language model"].sentence
    told(workspace, NOWHERE)
    told_of = {finding.about: finding for finding in examine(workspace.root)}
    assert not told_of["language model"].ok
    assert "cannot be reached" in told_of["language model"].sentence


def test_the_doctor_says_nothing_of_a_model_that_nobody_wants(tmp_path: Path) -> None:
    workspace = tagged_interview(tmp_path / "show")
    assert "language model" not in {finding.about for finding in examine(workspace.root)}
