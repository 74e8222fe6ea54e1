"""The ways in which a name is spelt, right and wrong, ready to be compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from pipeline.words.glossary import Spelling
from pipeline.words.phonetics import letters_of, sound_of, spelled_out

_LEAST_LETTERS_OF_A_PART = 5
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 7
_LEAST_LIKENESS_OF_A_MISSPELLING = 0.8
_EDGES = "\"'“”‘’.,;:!?…()[]—–"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a name is spelt."""

    name: str
    letters: str
    sound: str
    only_after_a_title: bool = False


def forms_of(spelling: Spelling) -> Iterator[Form]:
    """What is compared with the words of a talk, by sound and by letters."""
    for text in spelling.right:
        name = spelling.name if _is_misspelling(text, spelling.name) else text
        if _is_said_as_a_word(text):
            yield Form(name, letters_of(text), sound_of(text))
    if spelling.is_person:
        yield from _parts(spelling.name)


def said_exactly(spelling: Spelling) -> Iterator[str]:
    """What stands for the name only letter by letter: known mishearings, acronyms spelled out."""
    yield from map(letters_of, spelling.heard_as)
    for text in spelling.right:
        if _is_acronym(text) and len(text) >= _SHORTEST_ACRONYM:
            yield spelled_out(text)


def right_spellings(spelling: Spelling) -> Iterator[str]:
    """What is right as it is: the name, its other names, the words of a person's name."""
    for text in spelling.right:
        if text == spelling.name or not _is_misspelling(text, spelling.name):
            yield text
    if spelling.is_person:
        yield from spelling.name.split()


def key_of(text: str) -> str:
    """The words of a text in lower case without punctuation at their edges."""
    return " ".join(word.strip(_EDGES).casefold() for word in text.split())


def _parts(name: str) -> Iterator[Form]:
    """The words of a person's name, which are said alone after “Pak” or “Bu”."""
    for word in name.split():
        if len(letters_of(word)) >= _LEAST_LETTERS_OF_A_PART:
            yield Form(word, letters_of(word), sound_of(word), only_after_a_title=True)


def _is_misspelling(variant: str, name: str) -> bool:
    """Whether a variant is the name spelt otherwise (“Kertanegara”), not another name (“Kukar”)."""
    likeness = float(OSA.normalized_similarity(sound_of(variant), sound_of(name)))
    return variant != name and likeness >= _LEAST_LIKENESS_OF_A_MISSPELLING


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) <= _LONGEST_ACRONYM


def _is_said_as_a_word(text: str) -> bool:
    """“Bappeda” may be misspelt; “RPJMN” is no misspelt “RPJMD”, nor is “kapel” a “KTP-el”."""
    letters = letters_of(text)
    vowels = sum(letter in "aiueo" for letter in letters)
    return not _is_acronym(text) and vowels * 4 >= len(letters)
