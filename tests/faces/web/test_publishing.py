"""Approval and publishing from the review app: what is signed, shown, sent and taken back."""

from __future__ import annotations

import re
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.faces.publishing import Planned, plan_now
from pipeline.faces.web.newsroom import Newsroom
from pipeline.faces.web.publishing.press import Order
from pipeline.ground.audit_file import read_audit
from pipeline.ground.files import read_json, write_text
from pipeline.ground.workspace import Workspace
from pipeline.words.people import Role
from tests.episodes_on_disk import add_episode, make_workspace
from tests.faces.web.conftest import SignIn
from tests.finished import finish

AIR = "air-bersih"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    show = make_workspace(tmp_path / "show", approval="editor", base_url="http://127.0.0.1:8000/")
    _add(show, AIR)
    return show


def _add(show: Workspace, slug: str, **details: Any) -> None:
    add_episode(show, slug, **details)
    finish(show, slug)


def _mark(client: TestClient, slug: str = AIR) -> str:
    text = client.get(f"/episodes/{slug}/publishing").text
    found = re.search(r'data-mark="([0-9a-f]{64})"', text)
    assert found
    return found[1]


def _approve(client: TestClient, slug: str = AIR) -> None:
    answer = client.put(f"/api/episodes/{slug}/approval", json={"seen": _mark(client, slug)})
    assert answer.status_code == 200, answer.text


def _plan(client: TestClient, **wish: str) -> dict[str, Any]:
    answer = client.post("/api/publishing/plan", json=wish)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _publish(client: TestClient, newsroom: Newsroom, **wish: str) -> dict[str, Any]:
    begun = client.post("/api/publishing", json={"plan": _plan(client, **wish)["plan"]})
    assert begun.status_code == 202, begun.text
    return _ended(client, newsroom)


def _ended(client: TestClient, newsroom: Newsroom) -> dict[str, Any]:
    end = time.monotonic() + 30
    while newsroom.press.pressing.is_running:
        assert time.monotonic() < end
        time.sleep(0.02)
    return dict(client.get("/api/publishing").json())


def _did(workspace: Workspace) -> list[tuple[str, str]]:
    return [(entry.who, entry.did) for entry in read_audit(workspace) if entry.slug == AIR]


def test_an_editor_approves_publishes_and_listeners_have_it(
    sign_in: SignIn, newsroom: Newsroom
) -> None:
    editor = sign_in(Role.EDITOR, "Éva Redaktur")
    _approve(editor)
    plan = _plan(editor)
    assert {part["slug"] for part in plan["parts"]} == {"", AIR}
    done = _publish(editor, newsroom)
    assert (done["problem"], done["who"]) == ("", "Éva Redaktur")
    assert done["links"]["feed.xml"] == "http://127.0.0.1:8000/feed.xml"
    assert "Layanan air bersih" in (newsroom.workspace.public / "feed.xml").read_text("utf-8")
    assert ("Éva Redaktur", "approved") in _did(newsroom.workspace)
    assert "published" in {entry.did for entry in read_audit(newsroom.workspace)}
    assert "Éva Redaktur" in editor.get(f"/episodes/{AIR}/publishing").text


def test_what_changed_while_somebody_looked_is_not_signed(
    sign_in: SignIn, workspace: Workspace
) -> None:
    editor = sign_in(Role.EDITOR)
    seen = _mark(editor)
    write_text(workspace.episode(AIR).article_md, "# Baru\n")
    answer = editor.put(f"/api/episodes/{AIR}/approval", json={"seen": seen})
    assert answer.status_code == 409
    assert "berubah" in answer.json()["problem"]
    assert not workspace.episode(AIR).approval_json.exists()


def test_content_that_changed_asks_again_and_the_page_says_which(
    sign_in: SignIn, workspace: Workspace
) -> None:
    editor = sign_in(Role.EDITOR)
    _approve(editor)
    assert "Disetujui oleh" in editor.get(f"/episodes/{AIR}/publishing").text
    write_text(workspace.episode(AIR).article_md, "# Baru\n")
    text = editor.get(f"/episodes/{AIR}/publishing").text
    assert "Berubah setelah disetujui" in text
    changed = text.partition("Yang berubah sejak itu")[2].partition("</ul>")[0]
    assert "Artikel" in changed
    assert "Keterangan" not in changed


def test_an_episode_whose_stages_must_run_cannot_be_approved(
    sign_in: SignIn, workspace: Workspace
) -> None:
    workspace.episode(AIR).receipt("tag").unlink()
    editor = sign_in(Role.EDITOR)
    answer = editor.put(f"/api/episodes/{AIR}/approval", json={"seen": _mark(editor)})
    assert answer.status_code == 409
    assert "belum dapat disetujui" in answer.json()["problem"]


def test_the_plan_says_why_an_episode_stays_out(sign_in: SignIn) -> None:
    left_out = _plan(sign_in(Role.EDITOR))["left_out"]
    assert left_out[AIR] == f"“{AIR}” tidak ikut: belum disetujui siapa pun."


def test_what_was_shown_is_what_goes_out_or_it_asks_again(
    sign_in: SignIn, newsroom: Newsroom
) -> None:
    editor = sign_in(Role.EDITOR)
    _approve(editor)
    plan = _plan(editor)
    editor.delete(f"/api/episodes/{AIR}/approval")
    begun = editor.post("/api/publishing", json={"plan": plan["plan"]})
    assert begun.status_code == 202
    assert "berubah sejak" in _ended(editor, newsroom)["problem"]
    assert not (newsroom.workspace.public / "feed.xml").exists()


def test_a_plan_that_was_never_shown_is_not_carried_out(sign_in: SignIn) -> None:
    answer = sign_in(Role.EDITOR).post("/api/publishing", json={"plan": "abcdefghijk"})
    assert answer.status_code == 409


def test_of_two_who_press_at_once_one_is_told_who_was_first(
    sign_in: SignIn, newsroom: Newsroom
) -> None:
    _approve(budi := sign_in(Role.EDITOR, "Budi"))
    plan, is_over = _plan(budi), threading.Event()

    def prepare() -> Planned:
        is_over.wait(30)
        return plan_now(newsroom.workspace)

    newsroom.press.begin(newsroom.workspace, Order("Ani", "publishing"), prepare)
    refused = budi.post("/api/publishing", json={"plan": plan["plan"]})
    is_over.set()
    _ended(budi, newsroom)
    assert refused.status_code == 409
    assert "Ani sedang menerbitkan" in refused.json()["problem"]


def test_a_withdrawal_states_its_reason_and_can_be_taken_back(
    sign_in: SignIn, newsroom: Newsroom
) -> None:
    editor = sign_in(Role.EDITOR)
    _approve(editor)
    _publish(editor, newsroom)
    address = f"/api/episodes/{AIR}/withdrawal"
    assert editor.put(address, json={"reason": ""}).status_code == 422
    assert editor.put(address, json={"reason": "Salah narasumber"}).status_code == 202
    assert _ended(editor, newsroom)["problem"] == ""
    feed = newsroom.workspace.public / "feed.xml"
    assert "Layanan air bersih" not in feed.read_text("utf-8")
    notice = newsroom.workspace.public / "episodes" / AIR / "index.html"
    assert '<p dir="auto">Salah narasumber</p>' in notice.read_text("utf-8")
    page = editor.get(f"/episodes/{AIR}/publishing").text
    assert "Salah narasumber" in page
    assert "Ditarik" in page
    assert editor.delete(address).status_code == 202
    assert _ended(editor, newsroom)["problem"] == ""
    assert "Layanan air bersih" in feed.read_text("utf-8")
    assert "Salah narasumber" not in notice.read_text("utf-8")


def test_a_manager_brings_an_earlier_publication_back(
    sign_in: SignIn, newsroom: Newsroom, workspace: Workspace
) -> None:
    admin = sign_in(Role.ADMIN)
    _approve(admin)
    _publish(admin, newsroom)
    _add(workspace, "listrik", title="Listrik desa", tone_hz=550)
    _approve(admin, "listrik")
    _publish(admin, newsroom)
    saved = admin.get("/api/publications").json()
    assert [each["episodes"] for each in saved] == [2, 1]
    assert _publish(admin, newsroom, publication=saved[1]["id"])["problem"] == ""
    feed = (workspace.public / "feed.xml").read_text("utf-8")
    assert "Listrik desa" not in feed


def test_roles_are_kept(sign_in: SignIn) -> None:
    producer, editor = sign_in(Role.PRODUCER), sign_in(Role.EDITOR)
    seen = _mark(producer)
    refused = (
        producer.put(f"/api/episodes/{AIR}/approval", json={"seen": seen}),
        producer.post("/api/publishing/plan", json={}),
        producer.post("/api/publishing", json={"plan": "abcdefghijk"}),
        producer.put(f"/api/episodes/{AIR}/withdrawal", json={"reason": "salah"}),
        editor.get("/api/publications"),
        editor.post("/api/publishing/plan", json={"publication": "0" * 16}),
    )
    assert {answer.status_code for answer in refused} == {403}


@pytest.mark.parametrize("wish", [{"publication": "0" * 16}, {"publication": "../x"}])
def test_an_unknown_publication_is_no_fault_of_the_server(
    sign_in: SignIn, wish: dict[str, str]
) -> None:
    answer = sign_in(Role.ADMIN).post("/api/publishing/plan", json=wish)
    assert answer.status_code in (404, 422), answer.text


def test_what_changed_since_is_shown_word_by_word(sign_in: SignIn, workspace: Workspace) -> None:
    article = workspace.episode(AIR).article_md
    write_text(article, "# Air\n\nWarga menunggu pipa baru di desa.\n")
    editor = sign_in(Role.EDITOR)
    _approve(editor)
    write_text(article, "# Air\n\nWarga menerima pipa baru di desa.\n")
    text = editor.get(f"/episodes/{AIR}/publishing").text
    assert "<del>menunggu</del><ins>menerima</ins>" in text


INVENTED = "# Air\n\n“Semua warga Samarinda dapat 900 pipa gratis,” ujar Ahmad Rianto.\n"


def test_what_nothing_supports_needs_a_reason_which_is_kept(
    sign_in: SignIn, workspace: Workspace
) -> None:
    episode = workspace.episode(AIR)
    write_text(episode.article_md, INVENTED)
    editor = sign_in(Role.EDITOR, "Éva")
    text = editor.get(f"/episodes/{AIR}/publishing").text
    found = re.findall(r'data-finding="([0-9a-f]{10})"', text)
    assert found
    address = f"/api/episodes/{AIR}/approval"
    refused = editor.put(address, json={"seen": _mark(editor)})
    assert refused.status_code == 409
    assert "tidak didukung rekaman" in refused.json()["problem"]
    accepted = dict.fromkeys(found, "Disampaikan di luar rekaman.")
    given = editor.put(address, json={"seen": _mark(editor), "accepted": accepted})
    assert given.status_code == 200, given.text
    kept = read_json(episode.approval_json)["accepted"]
    assert {each["accepted_because"] for each in kept} == {"Disampaikan di luar rekaman."}


def test_a_consent_that_was_taken_back_is_told_before_the_approval(
    sign_in: SignIn, workspace: Workspace
) -> None:
    editor = sign_in(Role.EDITOR)
    address = f"/api/episodes/{AIR}/consents"
    entry = {
        "name": "Ahmad Rianto", "given_on": "2026-10-01", "withdrawn_on": "2026-11-02",
        "scope": ["podcast"],
    }  # fmt: skip
    seen = editor.get(address).json()["mark"]
    assert editor.put(address, json={"seen": seen, "consents": [entry]}).status_code == 200
    text = editor.get(f"/episodes/{AIR}/publishing").text
    assert "Ahmad Rianto menarik persetujuannya pada 2 November 2026" in text
    assert "Belum tercatat persetujuan dari Dewi &amp; Rekan" in text


def test_the_article_goes_to_wordpress_by_those_who_publish(
    sign_in: SignIn, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, page = f"/api/episodes/{AIR}/wordpress", f"/episodes/{AIR}/publishing"
    editor, producer = sign_in(Role.EDITOR), sign_in(Role.PRODUCER)
    assert 'id="send"' not in editor.get(page).text
    toml = workspace.show_file.read_text("utf-8")
    site = '[wordpress]\nurl = "http://127.0.0.1:9/"\nuser = "bot"\n'
    write_text(workspace.show_file, f"{toml}\n{site}")
    assert 'id="send"' in editor.get(page).text
    assert 'id="send"' not in producer.get(page).text
    assert producer.post(address, json={}).status_code == 403
    assert editor.post(address, json={"prefer": "everything"}).status_code == 422
    write_text(workspace.episode(AIR).article_md, "# Air\n\nPipa baru.\n")
    monkeypatch.setenv("ETAM_WORDPRESS_PASSWORD", "abcd efgh")
    answer = editor.post(address, json={})
    assert answer.status_code in (409, 503)
    assert "127.0.0.1:9" in answer.json()["problem"]


def test_what_must_run_before_an_approval_is_said_in_the_readers_language(
    workspace: Workspace, sign_in: SignIn
) -> None:
    add_episode(workspace, "listrik-desa")
    page = sign_in(Role.EDITOR).get("/episodes/listrik-desa/publishing").text
    assert "langkah suara masih harus dikerjakan: belum pernah dikerjakan" in page
    assert "never run" not in page


def test_when_it_goes_out_is_told_with_the_zone_and_whether_that_has_passed(
    workspace: Workspace, sign_in: SignIn
) -> None:
    on_the_shows_clocks = datetime(2099, 1, 5, 8, 30)
    add_episode(workspace, "listrik-desa", publish_at=on_the_shows_clocks)
    add_episode(workspace, "jalan-desa", publish_at=datetime(2020, 1, 5, 0, 30, tzinfo=UTC))
    editor = sign_in(Role.EDITOR)
    ahead = editor.get("/episodes/listrik-desa/publishing").text
    assert f"5 Jan 2099 08.30 ({workspace.show.show.timezone})" in ahead
    assert "Waktu itu sudah lewat" not in ahead
    assert "Waktu itu sudah lewat" in editor.get("/episodes/jalan-desa/publishing").text
