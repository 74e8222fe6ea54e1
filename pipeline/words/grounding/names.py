"""Names that the newsroom knows, in all their spellings, as one token each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.words.degrees import without_degrees
from pipeline.words.glossary import Glossary
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.tokens import Kind, Token, atoms_of, merged

_LONGEST = 10

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Every spelling, as its comparable words, with the words of the name that it stands for."""

    spellings: Mapping[Key, str]
    longest: int
    firsts: frozenset[str]
    """The first words of all spellings."""

    @property
    def words(self) -> frozenset[str]:
        """All words of all names."""
        return frozenset(word for key in self.spellings for word in key)


def known_names(glossary: Glossary, lists: Lists) -> KnownNames:
    """The names of a glossary; a spelling that two of them share stands for neither."""
    found: dict[Key, str] = {}
    twice: set[Key] = set()
    for name, spelling in _spellings(glossary):
        key = tuple(token.key for token in atoms_of(spelling.split(), lists))[:_LONGEST]
        if found.get(key, name) != name:
            twice.add(key)
        if key:
            found[key] = name
    made = {key: name for key, name in found.items() if key not in twice}
    firsts = frozenset(key[0] for key in made)
    return KnownNames(made, max(map(len, made), default=0), firsts)


def with_names(tokens: Sequence[Token], known: KnownNames) -> list[Token]:
    """The tokens with each known name as one; the longest counts."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        size = _size(tokens, at, known)
        if size:
            name = known.spellings[tuple(t.key for t in tokens[at : at + size])]
            made.append(merged(tokens[at : at + size], f"={name.casefold()}", Kind.NAME))
        else:
            made.append(tokens[at])
        at += size or 1
    return made


def _spellings(glossary: Glossary) -> Iterator[tuple[str, str]]:
    for person in glossary.people:
        name = without_degrees(person.name)
        yield from (
            (name, text) for text in (name, *person.heard_as, *_alike(name, person.variants))
        )
    for place in glossary.places:
        yield from ((place.name, text) for text in (place.name, *place.variants, *place.heard_as))
    for term in glossary.terms:
        texts = (term.short, term.long, *term.heard_as)
        yield from ((term.short, text) for text in texts if text)


def _alike(name: str, variants: Sequence[str]) -> Iterator[str]:
    """Other ways of writing the whole name; a part of it stays what it is."""
    parts = set(name.casefold().split())
    return (text for text in variants if not set(text.casefold().split()) <= parts)


def _size(tokens: Sequence[Token], at: int, known: KnownNames) -> int:
    if tokens[at].key not in known.firsts:
        return 0
    for size in range(min(known.longest, len(tokens) - at), 0, -1):
        inside = tokens[at : at + size]
        is_whole = all(token.ends.value == 0 for token in inside[:-1])
        if is_whole and tuple(token.key for token in inside) in known.spellings:
            return size
    return 0
