"""Hostile material and hostile addresses, tried on every page there is, also those of tomorrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from pipeline.faces.web.app import ROOMS
from pipeline.faces.web.newsroom import Newsroom, open_newsroom
from pipeline.ground.files import write_text
from pipeline.ground.workspace import Workspace
from pipeline.words.episode import Guest
from pipeline.words.people import Role
from tests.episodes_on_disk import add_episode, make_workspace
from tests.faces.web.conftest import SignIn

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
SLUG = "jahat"
SECRET = "the content of a file outside"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A show whose only episode is full of scripts; a secret lies beside it."""
    workspace = make_workspace(tmp_path / "show", approval="editor")
    write_text(tmp_path / "secret.txt", SECRET)
    episode = add_episode(
        workspace, SLUG, title=HOSTILE, said=HOSTILE, guests=(Guest(HOSTILE[:100], HOSTILE),),
        place=HOSTILE, summary=HOSTILE, host=HOSTILE, tags=(HOSTILE,),
    )  # fmt: skip
    write_text(episode.article_md, f"# {HOSTILE}\n\n{HOSTILE}\n")
    return workspace


@pytest.fixture
def newsroom(workspace: Workspace) -> Newsroom:
    return open_newsroom(workspace)


def routes() -> list[tuple[str, str]]:
    """Method and address of everything there is, with the hostile episode for an episode."""
    found = (route for room in ROOMS for route in room.router.routes)
    return [
        (method, route.path.replace("{slug}", SLUG))
        for route in found
        if isinstance(route, APIRoute)
        for method in sorted(route.methods)
    ]


def pages() -> list[str]:
    """The address of everything that can be got without knowing more."""
    return [a for method, a in routes() if method == "GET" and "{" not in a and a != "/api/events"]


def test_there_is_something_to_try() -> None:
    assert {"/", "/people", "/audit", "/sign-in"} <= set(pages())


def test_no_page_runs_what_somebody_wrote(newsroom: Newsroom, sign_in: SignIn) -> None:
    boss = sign_in(Role.ADMIN, HOSTILE[:100])
    for address in pages():
        answer = boss.get(address)
        assert answer.status_code < 500, address
        if answer.headers.get("content-type", "").startswith("text/html"):
            for mark in ("<script>alert", "<img src=x", ">49<"):
                assert mark not in answer.text, address


def test_no_page_has_a_script_or_style_within(newsroom: Newsroom, sign_in: SignIn) -> None:
    boss = sign_in(Role.ADMIN)
    for address in pages():
        answer = boss.get(address)
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert "<style" not in answer.text, address
            assert " style=" not in answer.text, address
            assert " onclick=" not in answer.text, address


@pytest.mark.parametrize(
    "name",
    ["..%2f..%2fsecret.txt", "%2e%2e%2fsecret.txt", "jahat%00", "jahat%2f..", "JAHAT",
     "inbox", "%252e%252e%252fsecret.txt", "a" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("room", ["/transcript", "/article", "/details", "/publishing", ""])
def test_a_name_that_is_no_episodes_leads_nowhere(sign_in: SignIn, name: str, room: str) -> None:
    boss = sign_in(Role.ADMIN)
    for address in (f"/episodes/{name}{room}", f"/api/episodes/{name}{room}"):
        answer = boss.get(address)
        assert answer.status_code in (303, 307, 400, 404, 405, 422), address
        assert SECRET not in answer.text


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/%2e%2e/people.json", "/etc/passwd"]
)
def test_static_files_are_those_of_the_app(stranger: TestClient, name: str) -> None:
    answer = stranger.get(f"/static/{name}")
    assert answer.status_code == 404


def test_nothing_but_signing_in_is_there_for_strangers(stranger: TestClient) -> None:
    for method, address in routes():
        if address.startswith(("/sign-in", "/sign-out", "/once/")):
            continue
        answer = stranger.request(method, address)
        refused = answer.status_code in (401, 422) or (
            answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
        )
        assert refused, f"{method} {address}: {answer.status_code}"


def test_a_viewer_changes_nothing(sign_in: SignIn) -> None:
    """Whatever a room may change, it asks for an ability that looking is not."""
    viewer = sign_in(Role.VIEWER)
    own = ("/sign-in", "/sign-out", "/once/", "/account/", "/language")
    questions = (f"/api/episodes/{SLUG}/article/check",)  # too long for an address
    for method, address in routes():
        if method in ("GET", "HEAD") or address.startswith((*own, *questions)):
            continue
        answer = viewer.request(method, address, json={})
        assert answer.status_code == 403, f"{method} {address}: {answer.status_code}"
