"""Who asks: the signed-in person behind a request, and whether that person may."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from pipeline.faces.web.newsroom import TheNewsroom, TheWorkspace
from pipeline.ground.people_file import read_people
from pipeline.words.people import Ability, Person

COOKIE = "etam_session"
CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf_token"


class NotSignedIn(Exception):
    """Nobody is signed in: a page sends to where one signs in, an interface answers 401."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person. `csrf` must come with everything that changes something."""

    person: Person
    csrf: str
    session: str

    @property
    def name(self) -> str:
        """What changes and approvals are signed with."""
        return self.person.name

    def may(self, ability: str) -> bool:
        return self.person.may(Ability(ability))


def csrf_of(token: str) -> str:
    """The token against forged requests of a session: only a page of ours can know it."""
    return hashlib.sha256(f"csrf:{token}".encode()).hexdigest()


def visitor_or_none(
    request: Request, newsroom: TheNewsroom, workspace: TheWorkspace
) -> Visitor | None:
    """Who is signed in, if anybody."""
    token = request.cookies.get(COOKIE, "")
    session = newsroom.sessions.find(token) if token else None
    if session is None:
        return None
    people = read_people(workspace)
    person = next((person for person in people if person.login == session.login), None)
    return Visitor(person, csrf_of(token), session.key) if person else None


MaybeVisitor = Annotated[Visitor | None, Depends(visitor_or_none)]


def _visitor(visitor: MaybeVisitor) -> Visitor:
    if visitor is None:
        raise NotSignedIn
    return visitor


def needs(ability: Ability) -> Callable[[Visitor], Visitor]:
    """A dependency: the visitor, who must have the ability; answers 403 otherwise."""

    def able(visitor: Annotated[Visitor, Depends(_visitor)]) -> Visitor:
        if not visitor.person.may(ability):
            raise HTTPException(403, "Your role does not allow this.")
        return visitor

    return able


Looker = Annotated[Visitor, Depends(needs(Ability.LOOK))]
Dropper = Annotated[Visitor, Depends(needs(Ability.DROP))]
Describer = Annotated[Visitor, Depends(needs(Ability.DESCRIBE))]
Editor = Annotated[Visitor, Depends(needs(Ability.EDIT))]
Approver = Annotated[Visitor, Depends(needs(Ability.APPROVE))]
Publisher = Annotated[Visitor, Depends(needs(Ability.PUBLISH))]
Manager = Annotated[Visitor, Depends(needs(Ability.MANAGE))]
