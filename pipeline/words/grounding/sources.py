"""What may support an article beside the recording: the details, the show, the glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary
from pipeline.words.grounding.counting import with_numbers
from pipeline.words.grounding.digits import number_key
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.names import KnownNames, with_names
from pipeline.words.grounding.stutters import with_stutters
from pipeline.words.grounding.tokens import Token, atoms_of

DETAILS, SHOW, GLOSSARY = "episode.toml", "show.toml", "glossary.toml"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the show's settings say about who publishes an article."""

    title: str = ""
    author: str = ""
    description: str = ""
    host: str = ""
    outlet: str = ""
    place: str = ""
    byline: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that supports, made comparable, and the file that it stands in."""

    file: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Sources:
    """All of them, with the words in each."""

    texts: tuple[Source, ...]
    published: date

    @cached_property
    def where(self) -> dict[str, tuple[str, ...]]:
        """The files that hold a comparable word."""
        found: dict[str, list[str]] = {}
        for source in self.texts:
            for token in source.tokens:
                found.setdefault(token.key, []).append(source.file)
        return {key: tuple(dict.fromkeys(files)) for key, files in found.items()}

    def holding(self, keys: Sequence[str]) -> str:
        """The file in which these words stand one after the other, or nothing."""
        wanted = tuple(keys)
        for source in self.texts:
            line = tuple(token.key for token in source.tokens)
            if any(line[at : at + len(wanted)] == wanted for at in range(len(line))):
                return source.file
        return ""


def sources_of(
    details: EpisodeDetails, masthead: Masthead, glossary: Glossary, lists: Lists, known: KnownNames
) -> Sources:
    """Everything that people wrote down about the episode and its show."""
    rows = (
        *((DETAILS, text) for text in _of_details(details, lists)),
        *((SHOW, text) for text in _of_show(masthead)),
        *((GLOSSARY, text) for text in _of_glossary(glossary)),
    )
    made = tuple(
        Source(file, tuple(prepared(text.split(), lists, known))) for file, text in rows if text
    )
    return Sources(made, details.date)


def prepared(words: Sequence[str], lists: Lists, known: KnownNames) -> list[Token]:
    """Words made comparable: numbers as values, known names as one."""
    return with_names(with_numbers(with_stutters(atoms_of(words, lists)), lists), known)


def _of_details(details: EpisodeDetails, lists: Lists) -> Iterator[str]:
    day = details.date
    months = {number: month for month, number in lists.calendar.items()}
    weekday = lists.weekdays[day.weekday()] if lists.weekdays else ""
    yield f"{weekday} {day.day} {months.get(day.month, day.month)} {day.year}"
    yield from (details.title, details.summary, details.place, details.host)
    for guest in details.guests:
        yield from (guest.name, guest.role)
    yield from (f"{person.name} {person.role}" for person in details.credits)
    yield from details.tags
    for number in (details.season, details.number):
        yield number_key(float(number))[1:] if number is not None else ""
    yield from (correction.text for correction in details.corrections)


def _of_show(masthead: Masthead) -> Iterator[str]:
    yield from (masthead.title, masthead.author, masthead.description, masthead.host)
    yield from (masthead.outlet, masthead.place, masthead.byline, masthead.label)


def _of_glossary(glossary: Glossary) -> Iterator[str]:
    for person in glossary.people:
        yield from (person.name, person.role, *person.variants)
    for place in glossary.places:
        yield from (place.name, *place.variants)
    for term in glossary.terms:
        yield from (term.short, term.long, term.note, term.source)
    for title in glossary.titles:
        yield from (title.name, *title.variants)
