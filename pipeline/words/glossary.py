"""What the newsroom knows already: people, places, terms and titles in their right spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.words.degrees import without_degrees
from pipeline.words.episode import EpisodeDetails


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person, other ways of writing the name, and what a model has made of it (`heard_as`)."""

    name: str
    role: str = ""
    variants: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place, other names of it, and what a model has made of the name (`heard_as`)."""

    name: str
    variants: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term or an acronym; `note` is a sentence for readers, `source` where that comes from."""

    short: str
    long: str = ""
    note: str = ""
    source: str = ""
    heard_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """What an official is called in front of the name: “Bupati”; `variants` are short for it."""

    name: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """The content of `feed/glossary.toml`."""

    people: tuple[KnownPerson, ...] = ()
    places: tuple[KnownPlace, ...] = ()
    terms: tuple[Term, ...] = ()
    titles: tuple[Title, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in its right spelling, its other right spellings, and known mishearings of it."""

    name: str
    variants: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()
    is_person: bool = False

    @property
    def right(self) -> tuple[str, ...]:
        return (self.name, *self.variants)


def with_episode(glossary: Glossary, details: EpisodeDetails, host: str) -> Glossary:
    """The glossary and, before its own, the names that the episode's details bring."""
    known = {person.name for person in glossary.people} | {p.name for p in glossary.places}
    people = [KnownPerson(guest.name, guest.role) for guest in details.guests]
    people += [KnownPerson(name) for name in (host,) if name]
    places = [KnownPlace(details.place)] if details.place else []
    return replace(
        glossary,
        people=(*(p for p in people if p.name not in known), *glossary.people),
        places=(*(p for p in places if p.name not in known), *glossary.places),
    )


def spellings(glossary: Glossary) -> Iterator[Spelling]:
    """Every name of a glossary, in the order people, places, terms; titles are no names."""
    for person in glossary.people:
        name = without_degrees(person.name)
        yield Spelling(name, person.variants, person.heard_as, is_person=True)
    for place in glossary.places:
        yield Spelling(place.name, place.variants, place.heard_as)
    for term in glossary.terms:
        yield Spelling(term.short, (), term.heard_as)
        if term.long:
            yield Spelling(term.long)
