"""Hotwords: the names a model is told to expect, those of the episode first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary
from pipeline.words.ordinary import is_ordinary
from pipeline.words.phonetics import letters_of

# A long list leaks more words into silence than it corrects in speech (faster-whisper's threads
# 853 and 1356 tell of it), so there is a bound besides the model's own.
MOST_HOTWORDS = 50


def hotwords_of(details: EpisodeDetails, host: str, glossary: Glossary) -> tuple[str, ...]:
    """At most 50 names, the most useful first: the episode's own, then people, places, acronyms.

    Ordinary words are left out, and so are names that say nothing new after the ones before.
    """
    chosen: list[str] = []
    given: set[str] = set()
    for name in map(_without_degrees, _by_use(details, host, glossary)):
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
    yield from (place.name for place in glossary.places)
    yield from (term.short for term in glossary.terms if _is_a_name(term.short))


def _is_a_name(text: str) -> bool:
    """Whether it has a capital: “informasi publik” needs no hint."""
    return any(letter.isupper() for letter in text)


def _without_degrees(name: str) -> str:
    """“Ahmad Rianto” for “Ir. H. Ahmad Rianto, M.Si.”: what is said, and shorter."""
    said = [word for word in name.partition(",")[0].split() if not word.endswith(".")]
    return " ".join(said) or name
