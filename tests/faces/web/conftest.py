"""A newsroom, and browsers (without a screen) of people in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline.faces.web.app import make_review_app
from pipeline.faces.web.newsroom import Newsroom, open_newsroom
from pipeline.faces.web.visitors import COOKIE, CSRF_HEADER, csrf_of
from pipeline.ground.people_file import change_people
from pipeline.ground.workspace import Workspace
from pipeline.words.people import Person, Role
from tests.shows import make_show

ADDRESS = "http://127.0.0.1:8001"
SignIn = Callable[..., TestClient]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_show(tmp_path / "show")


@pytest.fixture
def newsroom(workspace: Workspace) -> Newsroom:
    return open_newsroom(workspace)


@pytest.fixture
def stranger(newsroom: Newsroom) -> TestClient:
    """A browser in which nobody is signed in."""
    return browser_of(newsroom)


@pytest.fixture
def sign_in(newsroom: Newsroom) -> SignIn:
    """Makes a person and gives the browser in which that person is signed in."""

    def sign_in(role: Role = Role.EDITOR, name: str = "") -> TestClient:
        name = name or role.value.title()
        person = Person(re.sub(r"\W+", "-", name.lower()), name, role)
        change_people(newsroom.workspace, lambda people: (*people, person))
        return signed_in(newsroom, person.login)

    return sign_in


def browser_of(newsroom: Newsroom) -> TestClient:
    app = make_review_app(newsroom)
    return TestClient(app, ADDRESS, follow_redirects=False, raise_server_exceptions=False)


def signed_in(newsroom: Newsroom, login: str) -> TestClient:
    """A browser with a session, which sends the page's proof as our scripts do."""
    client = browser_of(newsroom)
    token = newsroom.sessions.begin(login)
    client.cookies.set(COOKIE, token)
    client.headers[CSRF_HEADER] = csrf_of(token)
    return client
