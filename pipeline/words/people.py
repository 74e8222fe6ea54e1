"""Who works on a show, and what each may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Ability(StrEnum):
    """Something that the review app lets some people do."""

    LOOK = "look"
    DROP = "drop"
    DESCRIBE = "describe"
    EDIT = "edit"
    APPROVE = "approve"
    PUBLISH = "publish"
    MANAGE = "manage"


class Role(StrEnum):
    """What somebody is in the newsroom."""

    ADMIN = "admin"
    EDITOR = "editor"
    PRODUCER = "producer"
    VIEWER = "viewer"


ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.ADMIN: frozenset(Ability),
    Role.EDITOR: frozenset(Ability) - {Ability.MANAGE},
    Role.PRODUCER: frozenset({Ability.LOOK, Ability.DROP, Ability.DESCRIBE, Ability.EDIT}),
    Role.VIEWER: frozenset({Ability.LOOK}),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in as `login`; changes and approvals carry the `name`.

    `password` is a salted hash; with an empty one nobody can sign in by password.
    """

    login: str
    name: str
    role: Role
    password: str = ""

    def may(self, ability: Ability) -> bool:
        """Whether the person's role allows it."""
        return ability in ABILITIES[self.role]


def has_an_admin(people: Iterable[Person]) -> bool:
    """Whether somebody can still sign in and let others in."""
    return any(person.role is Role.ADMIN and person.password for person in people)
