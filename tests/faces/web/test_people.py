"""Accounts: administrators look after them, everybody after one's own."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pipeline.faces.web.newsroom import Newsroom
from pipeline.ground.audit_file import read_audit
from pipeline.ground.people_file import change_people, read_people
from pipeline.tools import passwords
from pipeline.words.people import Ability, Person, Role
from tests.faces.web.conftest import SignIn, browser_of, signed_in

PASSWORD = "sungai mahakam"
BOSS = Person("bos", "Bos Redaksi", Role.ADMIN, passwords.hashed(PASSWORD))


@pytest.fixture
def boss(newsroom: Newsroom):
    change_people(newsroom.workspace, lambda _people: (BOSS,))
    return signed_in(newsroom, "bos")


def test_a_new_colleague_gets_a_link_and_signs_in_with_it(newsroom: Newsroom, boss) -> None:
    answer = boss.post("/people", data={"name": "Siti Aminah", "role": "producer"})
    link = re.search(r"http://127\.0\.0\.1:8001(/once/[\w-]+)", answer.text)
    assert link is not None
    siti = browser_of(newsroom)
    assert siti.post(link[1], data={"password": PASSWORD}).status_code == 303
    assert siti.get("/").status_code == 200
    assert siti.get("/people").status_code == 403
    assert {person.login: person.role for person in read_people(newsroom.workspace)} == {
        "bos": Role.ADMIN,
        "siti-aminah": Role.PRODUCER,
    }


def test_two_people_have_no_account_together(newsroom: Newsroom, boss) -> None:
    boss.post("/people", data={"name": "Siti", "role": "viewer"})
    answer = boss.post("/people", data={"name": "SITI ", "role": "admin"})
    assert answer.status_code == 422
    assert [p.role for p in read_people(newsroom.workspace) if p.login == "siti"] == [Role.VIEWER]


@pytest.mark.parametrize(
    ("address", "data"), [("/people/bos/remove", {}), ("/people/bos/role", {"role": "viewer"})]
)
def test_the_last_administrator_stays(newsroom: Newsroom, boss, address, data) -> None:
    assert boss.post(address, data=data).status_code == 409
    assert read_people(newsroom.workspace) == (BOSS,)


def test_a_removed_colleague_is_out_everywhere(newsroom: Newsroom, boss, sign_in: SignIn) -> None:
    editor = sign_in(Role.EDITOR, "Ani")
    assert editor.get("/").status_code == 200
    boss.post("/people/ani/remove")
    assert editor.get("/").status_code == 303


def test_a_new_role_counts_at_once(newsroom: Newsroom, boss, sign_in: SignIn) -> None:
    editor = sign_in(Role.EDITOR, "Ani")
    boss.post("/people/ani/role", data={"role": "admin"})
    assert editor.get("/people").status_code == 200


def test_a_new_link_replaces_the_password_and_signs_out(newsroom: Newsroom, boss) -> None:
    old = signed_in(newsroom, "bos")
    token = newsroom.links.make("bos")
    fresh = browser_of(newsroom)
    assert fresh.post(f"/once/{token}", data={"password": "another one!"}).status_code == 303
    assert old.get("/").status_code == 303
    assert fresh.get("/people").status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PRODUCER, Role.VIEWER])
@pytest.mark.parametrize("address", ["/people", "/audit"])
def test_only_administrators_see_accounts(sign_in: SignIn, role: Role, address: str) -> None:
    assert sign_in(role).get(address).status_code == 403


def test_who_did_what_is_kept(newsroom: Newsroom, boss) -> None:
    boss.post("/people", data={"name": "Siti", "role": "viewer"})
    boss.post("/people/siti/role", data={"role": "editor"})
    boss.post("/people/siti/remove")
    entries = [(entry.who, entry.did) for entry in read_audit(newsroom.workspace)]
    assert entries == [
        ("Bos Redaksi", "person added"),
        ("Bos Redaksi", "role changed"),
        ("Bos Redaksi", "person removed"),
    ]
    shown = boss.get("/audit").text
    assert "menghapus pengguna" in shown
    assert PASSWORD not in newsroom.workspace.audit_file.read_text()


def test_a_password_is_changed_with_the_present_one(newsroom: Newsroom, boss) -> None:
    elsewhere = signed_in(newsroom, "bos")
    wrong = {"present": "wrong one!", "password": "a new password"}
    assert boss.post("/account/password", data=wrong).status_code == 422
    right = {"present": PASSWORD, "password": "a new password"}
    assert boss.post("/account/password", data=right).status_code == 303
    assert elsewhere.get("/").status_code == 303
    stranger = browser_of(newsroom)
    data = {"login": "bos", "password": "a new password"}
    assert stranger.post("/sign-in", data=data).status_code == 303


def test_one_signs_oneself_out_elsewhere_and_nobody_else(
    newsroom: Newsroom, boss, sign_in: SignIn
) -> None:
    elsewhere = signed_in(newsroom, "bos")
    ani = sign_in(Role.EDITOR, "Ani")
    (anis,) = newsroom.sessions.of("ani")
    boss.post(f"/account/sessions/{anis.key}/end")
    assert ani.get("/").status_code == 200
    own = newsroom.sessions.find(boss.cookies["etam_session"])
    assert own is not None
    for session in newsroom.sessions.of("bos"):
        if session.key != own.key:
            boss.post(f"/account/sessions/{session.key}/end")
    assert elsewhere.get("/").status_code == 303
    assert boss.get("/").status_code == 200


def test_sessions_outlive_a_restart_and_no_token_is_on_the_disk(newsroom: Newsroom, boss) -> None:
    from pipeline.faces.web.newsroom import open_newsroom

    token = boss.cookies["etam_session"]
    assert token not in newsroom.workspace.sessions_file.read_text()
    assert open_newsroom(newsroom.workspace).sessions.find(token) is not None


def test_the_folder_is_its_owners_alone(newsroom: Newsroom, boss) -> None:
    assert newsroom.workspace.newsroom.stat().st_mode & 0o077 == 0


def test_each_role_may_less_than_the_one_above() -> None:
    people = [Person(role.value, role.value, role) for role in Role]
    allowed = [{ability for ability in Ability if person.may(ability)} for person in people]
    assert all(more > less for more, less in pairwise(allowed))
