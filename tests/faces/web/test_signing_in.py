"""Who may come in, and how."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from pipeline.faces.web.newsroom import Newsroom
from pipeline.faces.web.visitors import COOKIE
from pipeline.ground.audit_file import read_audit
from pipeline.ground.people_file import change_people, read_people
from pipeline.tools import passwords
from pipeline.words.people import Person, Role
from tests.faces.web.conftest import SignIn, browser_of

PASSWORD = "sungai mahakam"


@pytest.fixture
def ani(newsroom: Newsroom) -> Person:
    person = Person("ani", "Ani Lestari", Role.EDITOR, passwords.hashed(PASSWORD))
    change_people(newsroom.workspace, lambda _people: (person,))
    return person


def test_who_is_not_signed_in_is_sent_to_where_one_signs_in(stranger: TestClient) -> None:
    answer = stranger.get("/")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/"


def test_the_first_link_makes_an_account_that_may_do_everything(
    newsroom: Newsroom, stranger: TestClient
) -> None:
    token = newsroom.links.make("")
    assert stranger.get(f"/once/{token}").status_code == 200
    answer = stranger.post(f"/once/{token}", data={"name": "Ani Lestari", "password": PASSWORD})
    assert answer.status_code == 303
    (person,) = read_people(newsroom.workspace)
    assert (person.login, person.name, person.role) == ("ani-lestari", "Ani Lestari", Role.ADMIN)
    assert PASSWORD not in newsroom.workspace.people_file.read_text()
    assert stranger.get("/").status_code == 200


def test_a_link_works_once(newsroom: Newsroom, stranger: TestClient) -> None:
    token = newsroom.links.make("")
    data = {"name": "Ani", "password": PASSWORD}
    assert stranger.post(f"/once/{token}", data=data).status_code == 303
    assert browser_of(newsroom).post(f"/once/{token}", data=data).status_code == 410


def test_a_short_password_does_not_use_the_link_up(
    newsroom: Newsroom, stranger: TestClient
) -> None:
    token = newsroom.links.make("")
    assert stranger.post(f"/once/{token}", data={"name": "A", "password": "x"}).status_code == 422
    data = {"name": "Ani", "password": PASSWORD}
    assert stranger.post(f"/once/{token}", data=data).status_code == 303


def test_the_right_password_lets_in(ani: Person, stranger: TestClient) -> None:
    data = {"login": "ani", "password": PASSWORD, "next": "/"}
    answer = stranger.post("/sign-in", data=data)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("login", ["ani", "nobody", "../ani", "a" * 200])
def test_a_wrong_name_or_password_does_not(ani: Person, stranger: TestClient, login: str) -> None:
    answer = stranger.post("/sign-in", data={"login": login, "password": "wrong password"})
    assert answer.status_code == 401
    assert COOKIE not in answer.cookies


def test_guessing_becomes_slow(ani: Person, newsroom: Newsroom, stranger: TestClient) -> None:
    codes = [
        stranger.post("/sign-in", data={"login": "ani", "password": f"guess {n}"}).status_code
        for n in range(7)
    ]
    assert codes == [401] * 5 + [429] * 2
    refused = [entry for entry in read_audit(newsroom.workspace) if entry.did == "sign-in refused"]
    assert len(refused) == 5


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example/", "/\\evil.example", "x"]
)
def test_signing_in_leads_to_no_other_site(ani: Person, stranger: TestClient, next: str) -> None:
    answer = stranger.post("/sign-in", data={"login": "ani", "password": PASSWORD, "next": next})
    assert answer.headers["location"] == "/"


def test_signing_out_ends_the_session_on_the_server(newsroom: Newsroom, sign_in: SignIn) -> None:
    client = sign_in()
    cookies = dict(client.cookies)
    assert client.get("/").status_code == 200
    assert client.post("/sign-out").status_code == 303
    again = browser_of(newsroom)
    again.cookies.update(cookies)
    assert again.get("/").status_code == 303


def test_somebody_who_was_removed_is_out_at_once(newsroom: Newsroom, sign_in: SignIn) -> None:
    client = sign_in()
    change_people(newsroom.workspace, lambda _people: ())
    assert client.get("/").status_code == 303


def test_a_script_of_somebody_whose_session_ended_is_told_what_to_do(
    newsroom: Newsroom, sign_in: SignIn
) -> None:
    client = sign_in(Role.EDITOR)
    newsroom.sessions.end_all_of("editor")
    answer = client.post("/api/publishing/plan", json={})
    assert answer.status_code == 401
    assert answer.json()["problem"] == "Sesi Anda sudah berakhir."
    assert "jendela lain" in answer.json()["remedy"]


def test_a_proof_of_an_earlier_session_is_refused_in_the_readers_language(
    newsroom: Newsroom, sign_in: SignIn
) -> None:
    client = sign_in(Role.EDITOR)
    client.cookies.clear()
    client.cookies.set(COOKIE, newsroom.sessions.begin("editor"))
    answer = client.post("/api/publishing/plan", json={})
    assert answer.status_code == 403
    assert answer.text.startswith("Muat ulang halaman ini")
    new = client.get("/api/proof").json()
    assert new["login"] == "editor"
    client.headers["x-csrf-token"] = new["proof"]
    assert client.post("/language", data={"language": "en"}).status_code == 303
