"""The newsroom's words on their way through the stage: told before, written and suggested after."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import read_json, write_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.running.plan import Reason, plan_episode
from pipeline.running.runner import run_episode
from pipeline.stages.transcribe import TRANSCRIBE
from pipeline.words.episode import Guest
from pipeline.words.errors import SetupProblem
from pipeline.words.hotwords import MOST_HOTWORDS
from pipeline.words.transcript import Transcript
from tests.running.test_runner import Notes
from tests.shows import SHOW_TOML, make_episode, make_show
from tests.tools.random_whisper import random_whisper

THREE_VOICES = Path(__file__).parents[1] / "sounds" / "three-voices.ogg"
GLOSSARY = '[[places]]\nname = "Sebulu"\n\n[[terms]]\nshort = "Diskominfo"\n'


@pytest.fixture(scope="module")
def heard_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show whose one episode was heard with a first glossary."""
    root = tmp_path_factory.mktemp("words") / "show"
    model = random_whisper(root.parent / "random")
    toml = f'{SHOW_TOML}\n[transcription]\nmodel = "{model}"\nbeam_size = 1\nspeakers = "off"\n'
    workspace = make_show(root, toml)
    write_text(workspace.feed_folder / "glossary.toml", GLOSSARY)
    make_episode(workspace, "rapat")
    shutil.copy(THREE_VOICES, workspace.episode("rapat").speech)
    run(workspace)
    return root


@pytest.fixture
def show(heard_once: Path, tmp_path: Path) -> Workspace:
    root = tmp_path / "show"
    shutil.copytree(heard_once, root)
    return Workspace(root.resolve())


def run(workspace: Workspace, *forced: str) -> None:
    done = run_episode(Workspace(workspace.root), "rapat", (TRANSCRIBE,), Notes(), forced)
    if done.error:
        raise done.error


def hotwords(workspace: Workspace) -> list[str]:
    return list(read_json(workspace.episode("rapat").hotwords_json)["hotwords"])


def transcript(workspace: Workspace) -> Transcript:
    return Transcript.from_json(read_json(workspace.episode("rapat").transcript_json))


def misspell(workspace: Workspace, written: str, heard: str) -> None:
    """Put a word into what the model heard, as if it had heard it."""
    path = workspace.episode("rapat").heard_json
    content = read_json(path)
    segment = content["transcript"]["segments"][0]
    segment["words"][0]["text"] = heard
    segment["text"] = " ".join(word["text"] for word in segment["words"])
    write_json(path, content)
    # The receipt accounts for it, as for anything that the stage wrote itself.
    receipt = workspace.episode("rapat").receipt("transcribe")
    noted = read_json(receipt)
    noted["outputs"]["heard.json"] = Workspace(workspace.root).digests.of(path)
    write_json(receipt, noted)
    write_text(workspace.feed_folder / "glossary.toml", f'[[places]]\nname = "{written}"\n')


def test_the_model_is_told_the_names_of_the_glossary(show: Workspace) -> None:
    assert hotwords(show) == ["Sebulu", "Diskominfo"]
    assert transcript(show).settings["hint_given"] == "Sebulu, Diskominfo"


def test_a_new_glossary_hears_nothing_again_and_is_used_for_suggestions(show: Workspace) -> None:
    before = transcript(show)
    misspell(show, "Tenggarong", "tengarong")
    (step,) = plan_episode(show, show.episode("rapat"), (TRANSCRIBE,))
    assert (step.reason, step.detail) == (Reason.INPUT_CHANGED, "glossary.toml")
    run(show)
    after = transcript(show)
    # Had the model been asked again, the word put into heard.json would be gone.
    assert after.segments[0].words[0].text == "tengarong"
    assert [each.suggested for each in after.suggestions] == ["Tenggarong"]
    assert after.segments[1:] == before.segments[1:]
    assert hotwords(show) == ["Sebulu", "Diskominfo"]
    assert after.settings["hint_given"] == "Sebulu, Diskominfo"


def test_a_guest_who_gets_a_name_is_suggested_and_nothing_is_heard_again(show: Workspace) -> None:
    misspell(show, "Sebulu", "Widiatmoko")
    episode = show.episode("rapat")
    named = replace(episode.details, guests=(Guest("Widyatmoko"),))
    write_episode_file(episode.folder / "episode.toml", named)
    run(show)
    assert [each.suggested for each in transcript(show).suggestions] == ["Widyatmoko"]
    assert transcript(show).settings["names"] == ["Widyatmoko", "", ""]


@pytest.mark.parametrize("way", ["forced", "deleted"])
def test_forcing_the_stage_or_deleting_the_note_takes_todays_names(
    show: Workspace, way: str
) -> None:
    misspell(show, "Tenggarong", "tengarong")
    if way == "deleted":
        show.episode("rapat").hotwords_json.unlink()
        run(show)
    else:
        run(show, "transcribe")
    assert hotwords(show) == ["Tenggarong"]
    assert transcript(show).settings["hint_given"] == "Tenggarong"
    assert transcript(show).segments[0].words[0].text != "tengarong", "it was heard again"


def test_without_hotwords_the_model_is_told_the_hint_alone(show: Workspace) -> None:
    toml = show.show_file.read_text(encoding="utf-8")
    write_text(show.show_file, f'{toml}hotwords = false\nhint = "Etam"\n')
    run(show)
    assert transcript(show).settings["hint_given"] == "Etam"
    assert hotwords(show) == ["Sebulu", "Diskominfo"], "kept for the day they are wished for"


def test_damaged_notes_cost_a_hearing_and_nothing_else(show: Workspace) -> None:
    before = transcript(show)
    episode = show.episode("rapat")
    write_text(episode.hotwords_json, "{")
    write_text(episode.heard_json, '{"conditions": 1}')
    run(show, "transcribe")
    assert transcript(show) == before
    assert read_json(episode.heard_json)["transcript"]["segments"]


def test_a_mistake_in_the_glossary_is_told_before_anything_is_heard(show: Workspace) -> None:
    write_text(show.feed_folder / "glossary.toml", "[[places]]\nnama = 1\n")
    with pytest.raises(SetupProblem, match=r"glossary\.toml: .*did you mean “name”"):
        run(show)


def test_a_long_glossary_is_cut_to_what_the_model_can_be_given(show: Workspace) -> None:
    names = "".join(
        f'[[places]]\nname = "Wadungkirsotolepara{n}xwadungkirsotolepara"\n' for n in range(30)
    )
    write_text(show.feed_folder / "glossary.toml", names)
    run(show, "transcribe")
    given = transcript(show).settings["hint_given"].split(", ")
    assert 0 < len(given) < len(hotwords(show)) == MOST_HOTWORDS
    assert given == hotwords(show)[: len(given)]
