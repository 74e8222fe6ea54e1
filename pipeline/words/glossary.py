"""What the newsroom knows already: people, places and terms in their right spelling."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person and the other ways in which the name is heard or spelled."""

    name: str
    role: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place and the other ways in which its name is heard or spelled."""

    name: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term or an acronym; `note` is a sentence for readers, `source` where that comes from."""

    short: str
    long: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The content of `feed/glossary.toml`."""

    people: tuple[KnownPerson, ...] = ()
    places: tuple[KnownPlace, ...] = ()
    terms: tuple[Term, ...] = ()
