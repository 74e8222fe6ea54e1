"""Hotwords: the names a model is told to expect, those of the episode first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from pipeline.words.degrees import without_degrees
from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary
from pipeline.words.ordinary import is_ordinary
from pipeline.words.phonetics import letters_of

# A long list leaks more words into silence than it corrects in speech (faster-whisper's threads
# 853 and 1356 tell of it), and each step of decoding looks at all of it: docs/transcription.md.
MOST_HOTWORDS = 20


def hotwords_of(details: EpisodeDetails, host: str, glossary: Glossary) -> tuple[str, ...]:
    """At most 20 names, the most useful first: the episode's own, people, places and acronyms.

    Ordinary words are left out, and so are names that say nothing new after the ones before.
    """
    chosen: list[str] = []
    given: set[str] = set()
    for name in map(without_degrees, _by_use(details, host, glossary)):
        new = {letters_of(word) for word in name.split() if not is_ordinary(word)} - given
        if new:
            chosen.append(name)
            given |= new
    return tuple(chosen[:MOST_HOTWORDS])


def as_hint(hint: str, words: Sequence[str], fits: Callable[[str], bool]) -> str:
    """The show's own hint and as many of the words, in their order, as the model can be given."""
    parts = [hint.strip()] if hint.strip() else []
    for word in words:
        if not fits(", ".join([*parts, word])):
            break
        parts.append(word)
    return ", ".join(parts)


def _by_use(details: EpisodeDetails, host: str, glossary: Glossary) -> Iterator[str]:
    yield from (guest.name for guest in details.guests)
    yield from (name for name in (host, details.place) if name)
    yield from details.tags
    yield from (person.name for person in glossary.people)
    places = (place.name for place in glossary.places)
    terms = (term.short for term in glossary.terms if _is_a_name(term.short))
    for pair in zip_longest(places, terms):
        yield from (name for name in pair if name)


def _is_a_name(text: str) -> bool:
    """Whether it has a capital: “informasi publik” needs no hint."""
    return any(letter.isupper() for letter in text)
