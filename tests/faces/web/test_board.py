"""The board: every episode with its road, and what waits for whom."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from pipeline.faces.web.background.at_work import Trouble
from pipeline.faces.web.newsroom import Newsroom
from pipeline.ground.files import write_json
from pipeline.ground.receipts import Outcome, Receipt, write_receipt
from pipeline.ground.workspace import Workspace, recording_to_json
from pipeline.running.plan import Reason, Step, Verdict
from pipeline.words.people import Role
from tests.faces.web.conftest import SignIn
from tests.shows import make_episode


def groups_of(client: TestClient, slug: str) -> set[str]:
    found = re.search(rf'id="row-{slug}"[^>]*data-groups="([^"]*)"', client.get("/").text)
    assert found is not None
    return set(found[1].split())


def test_an_empty_board_says_what_to_do(sign_in: SignIn) -> None:
    html = sign_in(Role.PRODUCER).get("/").text
    assert "Belum ada episode." in html
    assert 'href="/drop"' in html


def test_each_episode_has_six_steps_that_are_told_in_words(
    workspace: Workspace, sign_in: SignIn
) -> None:
    make_episode(workspace, "rapat")
    html = sign_in(Role.EDITOR).get("/").text
    assert len(re.findall(r'<li class="waiting" title="[^"]+: menunggu">', html)) == 6
    assert groups_of(sign_in(Role.VIEWER), "rapat") == {"all", "work"}


def test_a_failure_is_a_sentence_in_the_readers_language_and_waits_for_staff(
    workspace: Workspace, sign_in: SignIn
) -> None:
    make_episode(workspace, "rapat")
    episode = workspace.episode("rapat")
    failed = Receipt(
        "normalize", 1, Outcome.FAILED, problem="The recording of “rapat” is silent from start to "
        "end.", remedy="Check that the right file was dropped and that its microphone was on.",
        is_final=True,
    )  # fmt: skip
    from pipeline.running.plan import digests_of_inputs, settings_of
    from pipeline.stages.normalize import NORMALIZE

    known = Receipt(
        **{
            **{name: getattr(failed, name) for name in failed.__slots__},
            "version": NORMALIZE.version,
            "inputs": digests_of_inputs(workspace, episode, NORMALIZE),
            "settings": settings_of(NORMALIZE, episode, workspace.show),
        }
    )
    write_receipt(episode.receipt("normalize"), known)
    producer = sign_in(Role.PRODUCER)
    assert groups_of(producer, "rapat") == {"all", "me", "problem"}
    assert groups_of(sign_in(Role.VIEWER), "rapat") == {"all", "problem"}
    assert "Rekaman “rapat” sunyi dari awal sampai akhir." in producer.get("/").text
    producer.cookies.set("etam_language", "en")
    assert "is silent from start to end." in producer.get("/").text


def test_what_is_at_work_shows_how_far_it_is(
    newsroom: Newsroom, workspace: Workspace, sign_in: SignIn
) -> None:
    make_episode(workspace, "rapat")
    newsroom.at_work.begins("rapat", "transcribe")
    newsroom.at_work.goes_on("rapat", "transcribe", 0.43, "selamat pagi")
    html = sign_in(Role.VIEWER).get("/board/rows/rapat").text
    assert '<progress max="1" value="0.43"' in html
    assert "43 %" in html
    assert "selamat pagi" in html
    assert 'class="working"' in html


def test_a_bug_is_told_with_its_reference(
    newsroom: Newsroom, workspace: Workspace, sign_in: SignIn
) -> None:
    make_episode(workspace, "rapat")
    newsroom.at_work.ends("rapat", Trouble("It broke (reference 1234).", "Report it."))
    assert "reference 1234" in sign_in(Role.EDITOR).get("/").text


def test_an_episode_that_cannot_be_read_hides_no_other(
    workspace: Workspace, sign_in: SignIn
) -> None:
    make_episode(workspace, "rapat")
    make_episode(workspace, "pasar")
    (workspace.episodes_folder / "rapat" / "episode.toml").write_text("title = ")
    editor = sign_in(Role.EDITOR)
    assert groups_of(editor, "rapat") == {"all", "me", "problem"}
    assert groups_of(editor, "pasar") == {"all", "work"}
    assert editor.get("/board/rows/rapat").status_code == 200


def test_what_was_not_taken_in_is_shown_in_the_readers_language(
    workspace: Workspace, sign_in: SignIn
) -> None:
    note = workspace.inbox / "catatan.mp3.masalah.txt"
    note.write_text("Tidak terbaca.\nSalin ulang.\n\nNot readable.\nCopy it again.\n")
    editor = sign_in(Role.EDITOR)
    shown = editor.get("/board/inbox").text
    assert "catatan.mp3" in shown
    assert "Tidak terbaca." in shown
    assert "Not readable." not in shown
    editor.cookies.set("etam_language", "en")
    assert "Copy it again." in editor.get("/board/inbox").text


def test_names_from_outside_are_text_and_never_markup(
    workspace: Workspace, sign_in: SignIn
) -> None:
    (workspace.inbox / "<img src=x>.mp3.masalah.txt").write_text("<script>alert(1)</script>")
    html = sign_in(Role.EDITOR).get("/").text
    assert "<img src=x>" not in html
    assert "<script>alert" not in html


def test_overview_shows_the_road_and_tries_again(
    newsroom: Newsroom, workspace: Workspace, sign_in: SignIn
) -> None:
    make_episode(workspace, "rapat")
    editor = sign_in(Role.EDITOR)
    page = editor.get("/episodes/rapat")
    assert page.status_code == 200
    assert page.text.count('<th scope="row">') == 6
    assert editor.post("/api/episodes/rapat/run").status_code == 409  # nobody works here
    assert sign_in(Role.VIEWER).post("/api/episodes/rapat/run").status_code == 403
    assert editor.get("/episodes/gone").status_code == 404
    assert editor.get("/board/rows/gone").status_code == 404


@pytest.mark.parametrize(
    ("seconds", "said", "length"),
    [((600.0, 600.4), "Trek, terdengar bersamaan", "10:00"),
     ((600.0, 480.0), "Bagian, berurutan", "18:00")],
)  # fmt: skip
def test_how_several_recordings_were_taken_is_told(
    workspace: Workspace,
    sign_in: SignIn,
    seconds: tuple[float, ...],
    said: str,
    length: str,
) -> None:
    make_episode(workspace, "rapat")
    episode = workspace.episode("rapat")
    (file,) = episode.recording.files
    files = tuple(replace(file, name=f"{n}.wav", duration_seconds=s) for n, s in enumerate(seconds))
    recording = replace(episode.recording, files=files)
    write_json(episode.folder / "recording.json", recording_to_json(recording))
    html = sign_in(Role.VIEWER).get("/episodes/rapat").text
    assert said in html
    assert f"<dd>{length}</dd>" in html


def test_a_step_is_kept_waiting_done_working_or_a_problem() -> None:
    from pipeline.faces.web.board.rows import road_of
    from pipeline.running.standing import Standing

    steps = (
        Step("normalize", Verdict.UP_TO_DATE, Reason.SAME),
        Step("transcribe", Verdict.KEPT, Reason.EDITED),
        Step("caption", Verdict.RUN, Reason.FAILED),
        Step("tag", Verdict.BLOCKED, Reason.EDITED),
        Step("draft", Verdict.RUNNING, Reason.AT_WORK),
        Step("illustrate", Verdict.RUN, Reason.NEVER_RUN),
    )
    states = {step.stage: step.state for step in road_of(Standing("rapat", steps=steps), None)}
    assert states == {
        "normalize": "done",
        "transcribe": "kept",
        "caption": "problem",
        "tag": "problem",
        "draft": "working",
        "illustrate": "waiting",
    }


def test_a_broken_show_toml_is_a_sentence_on_pages_and_to_scripts(
    workspace: Workspace, sign_in: SignIn
) -> None:
    make_episode(workspace, "rapat")
    client = sign_in(Role.EDITOR)
    workspace.show_file.write_text("[[[ garbage", encoding="utf-8")
    told = client.post("/api/publishing/plan", json={})
    assert told.status_code == 503
    assert "bukan TOML yang benar" in told.json()["problem"]
    shown = client.get("/episodes/rapat/publishing")
    assert shown.status_code == 503
    assert "bukan TOML yang benar" in shown.text
    assert client.get("/sign-in").status_code == 200
