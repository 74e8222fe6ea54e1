"""Who works here: accounts and roles, which administrators look after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Path, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.faces.web.rendering import page
from pipeline.faces.web.visitors import Manager
from pipeline.ground.audit_file import record
from pipeline.ground.people_file import People, change_people, read_people
from pipeline.ground.workspace import Workspace
from pipeline.tools.slugs import slug_of
from pipeline.words.people import Person, Role, has_an_admin
from pipeline.words.web_text import short_line

router = APIRouter(prefix="/people", include_in_schema=False)

Login = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=120)]
ROLE_WORDS = {
    Role.ADMIN: "Administrator",
    Role.EDITOR: "Editor",
    Role.PRODUCER: "Producer",
    Role.VIEWER: "Viewer",
}
ROLE_HINTS = {
    Role.ADMIN: "may do everything, and looks after accounts",
    Role.EDITOR: "edits, approves and publishes",
    Role.PRODUCER: "adds recordings, describes and edits",
    Role.VIEWER: "looks and listens",
}


@router.get("")
def people_page(request: Request, workspace: TheWorkspace, visitor: Manager) -> Response:
    return _page(request, workspace, visitor)


@router.post("")
def add_person(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Manager,
    name: Annotated[str, Form(max_length=120)],
    role: Annotated[Role, Form()],
) -> Response:
    """Make an account; the link that sets its password is shown once, to be handed over."""
    name = short_line(name)
    login = slug_of(name)
    if not login:
        return _page(request, workspace, visitor, problem="Write the name of this person.")
    if any(person.login == login for person in read_people(workspace)):
        return _page(request, workspace, visitor, problem="Somebody of this name is here already.")
    person = Person(login, name, role)
    change_people(workspace, lambda people: (*_without(people, login), person))
    record(workspace, visitor.name, "person added", person=name, role=role.value)
    return _page(request, workspace, visitor, link_for=person, token=newsroom.links.make(login))


@router.post("/{login}/role")
def change_role(
    workspace: TheWorkspace, visitor: Manager, login: Login, role: Annotated[Role, Form()]
) -> Response:
    person = replace(_known(workspace, login), role=role)
    _change(workspace, lambda people: (*_without(people, login), person))
    record(workspace, visitor.name, "role changed", person=person.name, role=role.value)
    return RedirectResponse("/people", 303)


@router.post("/{login}/link")
def make_link(
    request: Request,
    newsroom: TheNewsroom,
    workspace: TheWorkspace,
    visitor: Manager,
    login: Login,
) -> Response:
    """A link that lets somebody set a new password, who is signed out everywhere by using it."""
    person = _known(workspace, login)
    record(workspace, visitor.name, "link made", person=person.name)
    return _page(request, workspace, visitor, link_for=person, token=newsroom.links.make(login))


@router.post("/{login}/remove")
def remove_person(
    newsroom: TheNewsroom, workspace: TheWorkspace, visitor: Manager, login: Login
) -> Response:
    """Take an account away; what the person did stays signed with the name."""
    person = _known(workspace, login)
    _change(workspace, lambda people: _without(people, login))
    newsroom.sessions.end_all_of(login)
    record(workspace, visitor.name, "person removed", person=person.name)
    return RedirectResponse("/people", 303)


def _page(
    request: Request,
    workspace: Workspace,
    visitor: Manager,
    problem: str = "",
    link_for: Person | None = None,
    token: str = "",
) -> Response:
    people = sorted(read_people(workspace), key=lambda person: person.name.casefold())
    return page(
        request,
        "people.html",
        visitor,
        422 if problem else 200,
        people=people,
        roles=list(Role),
        role_words=ROLE_WORDS,
        role_hints=ROLE_HINTS,
        problem=problem,
        link_for=link_for,
        link=f"{request.url.scheme}://{request.url.netloc}/once/{token}" if token else "",
    )


def _known(workspace: Workspace, login: str) -> Person:
    for person in read_people(workspace):
        if person.login == login:
            return person
    raise HTTPException(404, "There is no such account.")


def _change(workspace: Workspace, change: Callable[[People], People]) -> None:
    """Change the list, unless nobody would be left who can let others in."""

    def checked(people: People) -> People:
        changed = change(people)
        if not has_an_admin(changed):
            raise HTTPException(409, "One administrator with a password must stay.")
        return changed

    change_people(workspace, checked)


def _without(people: People, login: str) -> People:
    return tuple(person for person in people if person.login != login)
