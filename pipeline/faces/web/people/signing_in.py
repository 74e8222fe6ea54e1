"""Signing in and out: passwords, one-time links, and the first account."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.faces.web.newsroom import Newsroom, TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import LANGUAGE_COOKIE, LANGUAGES, page
from pipeline.faces.web.visitors import COOKIE, Looker, MaybeVisitor
from pipeline.ground.audit_file import record
from pipeline.ground.people_file import People, change_people, read_people
from pipeline.tools import passwords
from pipeline.tools.slugs import slug_of
from pipeline.words.people import Person, Role
from pipeline.words.web_text import short_line

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=200)]


@router.get("/sign-in")
def sign_in_page(request: Request, visitor: MaybeVisitor, next: str = "/") -> Response:
    return page(request, "sign_in.html", visitor, next=_own(next), problem="", login="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    login: Text,
    password: Text,
    next: Text = "/",
) -> Response:
    """Let somebody in by password; after a few wrong ones it takes longer and longer."""
    address = request.client.host if request.client else ""
    login = login.strip().lower()
    if wait_seconds := newsroom.throttle.wait_seconds(login, address):
        problem = "Too many wrong passwords. Wait a little, then try again."
        answer = page(
            request, "sign_in.html", None, 429, next=_own(next), problem=problem, login=login
        )
        answer.headers["Retry-After"] = str(int(wait_seconds) + 1)
        return answer
    person = _by_login(read_people(workspace), login)
    if not passwords.is_right(password, person.password if person else "") or person is None:
        newsroom.throttle.was_wrong(login, address)
        record(workspace, login[:80] or "?", "sign-in refused", address=address)
        problem = "Name or password is wrong."
        return page(
            request, "sign_in.html", None, 401, next=_own(next), problem=problem, login=login
        )
    newsroom.throttle.was_right(login, address)
    return let_in(request, newsroom, person, _own(next))


@router.get("/once/{token}")
def one_time_page(
    request: Request, token: str, newsroom: TheNewsroom, workspace: TheWorkspace
) -> Response:
    """Looking uses nothing up: mail programs and chats look at links too."""
    login = newsroom.links.look_at(token)
    if login is None:
        raise HTTPException(410, "This link was used already, or is too old.")
    person = _by_login(read_people(workspace), login)
    return page(request, "once.html", None, token=token, person=person, problem="", name="")


@router.post("/once/{token}")
def use_one_time_link(
    request: Request,
    token: str,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    password: Text,
    name: Text = "",
) -> Response:
    """Set a password (and, for the first account, a name), and sign in."""
    login = newsroom.links.look_at(token)
    if login is None:
        raise HTTPException(410, "This link was used already, or is too old.")
    person = _by_login(read_people(workspace), login)
    name = person.name if person else short_line(name)
    problem = _what_is_wrong(name, password)
    if problem:
        return page(
            request, "once.html", None, 422, token=token, person=person, problem=problem, name=name
        )
    if newsroom.links.use(token) is None:
        raise HTTPException(410, "This link was used already, or is too old.")
    person = person or Person(slug_of(name), name, Role.ADMIN)
    person = replace(person, password=passwords.hashed(password))
    change_people(workspace, lambda people: _with(people, person))
    newsroom.sessions.end_all_of(person.login)
    record(workspace, person.name, "password set")
    return let_in(request, newsroom, person, "/")


@router.post("/sign-out")
def sign_out(newsroom: TheNewsroom, visitor: MaybeVisitor) -> Response:
    if visitor is not None:
        newsroom.sessions.end(visitor.session)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/api/proof")
def proof(visitor: Looker) -> dict[str, str]:
    """For a page that was open before somebody signed in again: who it is, and the new proof."""
    return {"login": visitor.person.login, "proof": visitor.csrf}


@router.post("/language")
def choose_language(
    request: Request, _visitor: Looker, language: Text, next: Text = "/"
) -> Response:
    answer = RedirectResponse(_own(next), 303)
    if language in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, max_age=31536000, httponly=True, samesite="lax",
            secure=request.url.scheme == "https",
        )  # fmt: skip
    return answer


def let_in(request: Request, newsroom: Newsroom, person: Person, address: str) -> Response:
    """Begin a session of `person` and go to `address`."""
    token = newsroom.sessions.begin(person.login, request.headers.get("user-agent", ""))
    record(newsroom.workspace, person.name, "signed in")
    answer = RedirectResponse(address, 303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=30 * 86400,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def _own(address: str) -> str:
    """An address on this server; anything else would send people to a stranger's page."""
    parts = urlsplit(address)
    is_own = not parts.scheme and not parts.netloc and address.startswith("/")
    return address if is_own and "\\" not in address and not address.startswith("//") else "/"


def _by_login(people: People, login: str) -> Person | None:
    return next((person for person in people if person.login == login), None)


def _with(people: People, person: Person) -> People:
    others = [other for other in people if other.login != person.login]
    return (*others, person)


def _what_is_wrong(name: str, password: str) -> str:
    if not slug_of(name):
        return "Write the name with which you sign."
    if len(password) < passwords.SHORTEST:
        return "A password has at least 10 characters."
    return ""
