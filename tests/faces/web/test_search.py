"""Searching the archive in the app: hits lead to the second, and no question is an error."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from pipeline.ground.workspace import Workspace
from pipeline.words.people import Role
from tests.episodes_on_disk import add_episode
from tests.faces.web.conftest import SignIn


@pytest.fixture
def editor(workspace: Workspace, sign_in: SignIn) -> TestClient:
    add_episode(workspace, "air-bersih", said="Warga <b>mengirim</b> surat ke PDAM kemarin.")
    return sign_in(Role.VIEWER)


def test_a_hit_leads_to_its_second_and_is_marked(editor: TestClient) -> None:
    html = editor.get("/search", params={"q": "surat dikirim"}).text
    assert 'href="/episodes/air-bersih/transcript?t=0.00"' in html
    assert "<mark>mengirim</mark>" in html
    assert "<b>" not in html
    said = editor.get("/api/search", params={"q": "pda"}).json()
    assert said["is_whole"] is True
    (episode,) = said["episodes"]
    assert (episode["slug"], episode["title"]) == ("air-bersih", "Layanan air bersih")
    assert episode["hits"][0]["address"] == "/episodes/air-bersih/transcript?t=0.00"


def test_what_is_not_there_is_said(editor: TestClient) -> None:
    assert "Tidak ditemukan." in editor.get("/search", params={"q": "tidakada"}).text
    assert "Tidak ditemukan." not in editor.get("/search").text


@pytest.mark.parametrize("query", ['"', "NEAR(", "a:b*", "\x00", "<script>", "x" * 1000])
def test_no_question_is_an_error(editor: TestClient, query: str) -> None:
    assert editor.get("/search", params={"q": query}).status_code == 200
    assert editor.get("/api/search", params={"q": query}).status_code == 200


def test_only_who_is_signed_in_searches(stranger: TestClient) -> None:
    assert stranger.get("/search").status_code == 303
    assert stranger.get("/api/search", params={"q": "air"}).status_code == 401
