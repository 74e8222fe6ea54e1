"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.faces.web.newsroom import Newsroom, TheNewsroom, TheWorkspace
from pipeline.faces.web.people.signing_in import let_in
from pipeline.faces.web.rendering import page
from pipeline.faces.web.visitors import Looker
from pipeline.ground.audit_file import record
from pipeline.ground.people_file import change_people
from pipeline.tools import passwords

router = APIRouter(prefix="/account", include_in_schema=False)

Password = Annotated[str, Form(max_length=passwords.LONGEST)]
SessionKey = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.get("")
def account_page(request: Request, newsroom: TheNewsroom, visitor: Looker) -> Response:
    return _page(request, newsroom, visitor)


@router.post("/password")
def change_password(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Looker,
    present: Password,
    password: Password,
) -> Response:
    """Set a new password; everywhere else the person is signed out."""
    login = visitor.person.login
    address = request.client.host if request.client else ""
    if newsroom.throttle.wait_seconds(login, address):
        problem = "Too many wrong passwords. Wait a little, then try again."
        return _page(request, newsroom, visitor, problem, 429)
    if not passwords.is_right(present, visitor.person.password):
        newsroom.throttle.was_wrong(login, address)
        return _page(request, newsroom, visitor, "The present password is wrong.", 422)
    if len(password) < passwords.SHORTEST:
        return _page(request, newsroom, visitor, "A password has at least 10 characters.", 422)
    person = replace(visitor.person, password=passwords.hashed(password))
    change_people(
        workspace,
        lambda people: tuple(person if each.login == login else each for each in people),
    )
    newsroom.sessions.end_all_of(login)
    record(workspace, visitor.name, "password set")
    return let_in(request, newsroom, person, "/account")


@router.post("/sessions/{key}/end")
def end_session(newsroom: TheNewsroom, visitor: Looker, key: SessionKey) -> Response:
    """Sign oneself out elsewhere; only sessions of one's own."""
    if any(session.key == key for session in newsroom.sessions.of(visitor.person.login)):
        newsroom.sessions.end(key)
    return RedirectResponse("/account", 303)


def _page(
    request: Request, newsroom: Newsroom, visitor: Looker, problem: str = "", status: int = 200
) -> Response:
    sessions = newsroom.sessions.of(visitor.person.login)
    return page(request, "account.html", visitor, status, sessions=sessions, problem=problem)
