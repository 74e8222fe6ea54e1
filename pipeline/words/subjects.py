"""What an episode is about: topics, people and places, each with the segments that say so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Origin(StrEnum):
    """How a name came to be known, from the surest to the least sure."""

    DETAILS = "details"
    GLOSSARY = "glossary"
    SELF_INTRODUCTION = "self-introduction"
    TITLE = "title"
    PREPOSITION = "preposition"
    CAPITALS = "capitals"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks or is spoken of; an unknown `role` is empty."""

    name: str
    role: str
    origin: Origin
    segments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is spoken of."""

    name: str
    origin: Origin
    segments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised name; whether of a person, a place or something else, nobody knows."""

    name: str
    segments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Subjects:
    """The content of `topics.json`."""

    topics: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    names: tuple[Name, ...] = ()


def subjects_to_json(subjects: Subjects) -> dict[str, Any]:
    """The content of `topics.json`."""
    return {"version": 1, **asdict(subjects)}


def subjects_from_json(content: dict[str, Any]) -> Subjects:
    """The subjects that `subjects_to_json` wrote. Raises KeyError or TypeError on other content."""
    return Subjects(
        topics=tuple(content["topics"]),
        people=tuple(
            Person(p["name"], p["role"], Origin(p["origin"]), tuple(p["segments"]))
            for p in content["people"]
        ),
        places=tuple(
            Place(p["name"], Origin(p["origin"]), tuple(p["segments"])) for p in content["places"]
        ),
        names=tuple(Name(n["name"], tuple(n["segments"])) for n in content["names"]),
    )
