"""Where: places named in a transcript, without guessing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.tools.naming import (
    Key,
    Token,
    is_calendar,
    is_part,
    key_of,
    mentions,
    name_at,
    name_of,
    tokens_of,
)
from pipeline.words.glossary import Glossary
from pipeline.words.sentences import Sentence
from pipeline.words.spoken import SpokenLanguage, spoken
from pipeline.words.subjects import Origin, Person, Place

_Entry = tuple[str, Origin]


def places_in(
    sentences: Sequence[Sentence], glossary: Glossary, people: Sequence[Person], language: str
) -> tuple[Place, ...]:
    """Places by first mention: the glossary's, "kecamatan X", a name after "di", "ke" or "dari"."""
    table = spoken(language)
    lines = [tokens_of(sentence) for sentence in sentences]
    known = _from_glossary(glossary)
    not_places = _not_places(glossary, people, table)
    for line in lines:
        for run, entry in _after_a_place_word(line, table):
            key = key_of(name_of(run))
            if not set(key) & not_places and not any(is_part(key, k) for k in known):
                known[key] = entry
    segments: dict[_Entry, dict[int, None]] = {}
    for line in lines:
        for entry, index, _ in mentions(line, known):
            segments.setdefault(entry, {})[line[index].segment] = None
    return tuple(Place(name, origin, tuple(ids)) for (name, origin), ids in segments.items())


def _from_glossary(glossary: Glossary) -> dict[Key, _Entry]:
    return {
        key_of(name): (place.name, Origin.GLOSSARY)
        for place in glossary.places
        for name in (place.name, *place.variants)
    }


def _not_places(glossary: Glossary, people: Sequence[Person], table: SpokenLanguage) -> set[str]:
    """Words that make a capitalised name a person, an institution or a network instead."""
    names = [person.name for person in people]
    names += [name for term in glossary.terms for name in (term.short, term.long)]
    in_names = {word for name in names for word in key_of(name)}
    in_places = {word for place in glossary.places for word in key_of(place.name)}
    return (in_names - in_places) | table.never_places | table.honorifics | table.role_starts


def _after_a_place_word(
    line: list[Token], table: SpokenLanguage
) -> Iterator[tuple[list[Token], _Entry]]:
    for index, token in enumerate(line):
        run = name_at(line, index + 1)
        if not run or token.ends_clause or is_calendar(run[0].key, table):
            continue
        if token.key in table.place_kinds:
            kind = token.bare[:1].upper() + token.bare[1:]
            yield run, (f"{kind} {name_of(run)}", Origin.TITLE)
        elif token.key in table.place_prepositions and run[0].key not in table.place_kinds:
            yield run, (name_of(run), Origin.PREPOSITION)
