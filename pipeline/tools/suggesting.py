"""Spellings from the glossary for what a model misspelt (rapidfuzz): for editors to take or leave.

Runs of one to four words are compared with each name by their sound and by their letters. Nothing
is suggested for what is right already, for ordinary words, or for a name with an affix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.words.glossary import Spelling
from pipeline.words.ordinary import is_ordinary
from pipeline.words.phonetics import is_letter_name, letters_of, sound_of, spelled_out
from pipeline.words.spoken import spoken
from pipeline.words.transcript import Segment, Suggestion, Transcript

_MOST_WORDS = 4
_MOST_LETTER_NAMES = 7
_SHARE_OF_SOUND = 0.6
_SURE = 0.99
_CANDIDATES = 6
_LEAST_SOUND = 0.65
# The least likeness by the number of letters: one letter of a short name makes another word.
_LEAST_LIKENESS = ((4, 0.99), (6, 0.80), (9, 0.78), (99, 0.76))
_LEAST_LIKENESS_OF_A_WORD = 0.6
_LEAST_LIKENESS_OF_A_CUT_NAME = 0.87
_LEAST_LETTERS_OF_A_SPLIT_NAME = 8
_LEAST_LETTERS_OF_A_PART = 5
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 7
_AFFIXES = frozenset(("nya", "lah", "kah", "pun", "ku", "mu", "an", "i", "kan"))
_EDGES = "\"'“”‘’.,;:!?…()[]—–"
_BREAKS = tuple(",;:.!?…")


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which a name is spelt."""

    name: str
    letters: str
    sound: str
    only_after_a_title: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """Words `first` to `last` of a segment (both count)."""

    first: int
    last: int
    words: tuple[str, ...]
    after_a_title: bool

    @property
    def text(self) -> str:
        return " ".join(self.words)


def suggest(transcript: Transcript, names: Iterable[Spelling]) -> tuple[Suggestion, ...]:
    """Where a name may be meant that is spelt otherwise, in the order of the talk."""
    known = _Known(tuple(names))
    titles = spoken(transcript.language).honorifics
    return tuple(
        suggestion
        for segment in transcript.segments
        for suggestion in _in_segment(segment, known, titles)
    )


def _in_segment(segment: Segment, known: _Known, titles: frozenset[str]) -> Iterator[Suggestion]:
    said = [word.text for word in segment.words] or segment.text.split()
    found = []
    right = known.right_places(said)
    for span in _spans(said, titles):
        if right.issuperset(range(span.first, span.last + 1)):
            continue
        if best := known.best(span.text, span.after_a_title):
            found.append((best[1], len(span.words), span, best[0]))
    found.sort(key=lambda each: (-each[0], -each[1], each[2].first))
    taken: set[int] = set()
    kept = []
    for score, _, span, name in found:
        places = set(range(span.first, span.last + 1))
        if not places & taken:
            taken |= places
            kept.append(
                Suggestion(segment.id, span.first, span.last, span.text, name, round(score, 3))
            )
    yield from sorted(kept, key=lambda suggestion: suggestion.first_word)


def _spans(said: Sequence[str], titles: frozenset[str]) -> Iterator[_Span]:
    """Runs of words within a clause; longer ones only where letters are named one by one."""
    bare = [text.strip(_EDGES) for text in said]
    for first in range(len(said)):
        after_a_title = first > 0 and bare[first - 1].casefold() in titles
        for last in range(first, min(first + _MOST_LETTER_NAMES, len(said))):
            words = tuple(bare[first : last + 1])
            if len(words) > _MOST_WORDS and not all(map(is_letter_name, words)):
                break
            if all(words):
                yield _Span(first, last, words, after_a_title)
            if said[last].endswith(_BREAKS):
                break


class _Known:
    """The names, ready to be compared with."""

    def __init__(self, names: Sequence[Spelling]) -> None:
        self._right = {_key(text) for name in names for text in _right_spellings(name)}
        self._longest = max((len(key.split()) for key in self._right), default=0)
        self._exact = {said: name.name for name in names for said in _said_exactly(name)}
        forms = [form for name in names for form in _forms(name)]
        self._forms = list(dict.fromkeys(forms))
        self._sounds = [form.sound for form in self._forms]
        self._by_letters = {form.letters: form.name for form in self._forms}
        self.best = lru_cache(maxsize=100_000)(self._best)

    def right_places(self, said: Sequence[str]) -> set[int]:
        """The indexes of words that are (part of) a name in its right spelling."""
        return {
            at
            for first in range(len(said))
            for last in range(first, min(first + self._longest, len(said)))
            if self._is_right(" ".join(said[first : last + 1]))
            for at in range(first, last + 1)
        }

    def _best(self, text: str, after_a_title: bool) -> tuple[str, float] | None:
        """The likeliest name and how likely it is (0..1), or None."""
        sound, letters = sound_of(text), letters_of(text)
        if letters in self._exact:
            return self._exact[letters], _SURE
        if is_ordinary(text):
            return self._split_name(letters)
        near = process.extract(
            sound,
            self._sounds,
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST_SOUND,
            limit=_CANDIDATES,
        )
        scored = [
            (self._forms[index].name, score)
            for _, likeness, index in near
            if (score := _score(text, letters, likeness, self._forms[index], after_a_title))
        ]
        return max(scored, key=lambda each: each[1], default=None)

    def _split_name(self, letters: str) -> tuple[str, float] | None:
        """“balik papan” for “Balikpapan”: ordinary words, but together they are the name."""
        long = len(letters) >= _LEAST_LETTERS_OF_A_SPLIT_NAME
        return (self._by_letters[letters], _SURE) if long and letters in self._by_letters else None

    def _is_right(self, text: str) -> bool:
        """Whether it is a known spelling, with or without an affix."""
        key = _key(text)
        if key in self._right or key.partition("-")[2] in self._right:
            return True
        return any(
            key.endswith(affix) and key[: -len(affix)].rstrip("-") in self._right
            for affix in _AFFIXES
        )


def _score(
    text: str, letters: str, sound_likeness: float, form: _Form, after_a_title: bool
) -> float:
    """How likely `form` is meant; 0 when it is not."""
    if form.only_after_a_title and not after_a_title:
        return 0.0
    if _holds(text, form.name) or not _words_are_alike(text, form.name):
        return 0.0
    by_letters = OSA.normalized_similarity(letters, form.letters)
    score = _SHARE_OF_SOUND * sound_likeness + (1 - _SHARE_OF_SOUND) * by_letters
    least = next(least for most, least in _LEAST_LIKENESS if len(form.letters) <= most)
    if len(text.split()) > len(form.name.split()):  # cut in two and misspelt: two things at once
        least = max(least, _LEAST_LIKENESS_OF_A_CUT_NAME)
    return score if score >= least else 0.0


def _holds(text: str, name: str) -> bool:
    """Whether the name stands in the text already, beside other words."""
    return f" {_key(name)} " in f" {_key(text)} "


def _words_are_alike(text: str, name: str) -> bool:
    """Of two names with a word in common the other words must be alike too."""
    heard, meant = _key(text).split(), _key(name).split()
    if len(heard) != len(meant) or not set(heard) & set(meant):
        return True
    pairs = [(h, m) for h, m in zip(heard, meant, strict=True) if h != m]
    return all(
        OSA.normalized_similarity(sound_of(h), sound_of(m)) >= _LEAST_LIKENESS_OF_A_WORD
        for h, m in pairs
    )


def _forms(spelling: Spelling) -> Iterator[_Form]:
    for text in spelling.right:
        name = spelling.name if _is_misspelling(text, spelling.name) else text
        if _is_said_as_a_word(text):
            yield _Form(name, letters_of(text), sound_of(text))
    if spelling.is_person:
        yield from _parts(spelling.name)


def _said_exactly(spelling: Spelling) -> Iterator[str]:
    """What stands for the name only letter by letter: known mishearings, acronyms spelled out."""
    yield from map(letters_of, spelling.heard_as)
    for text in spelling.right:
        if _is_acronym(text) and len(text) >= _SHORTEST_ACRONYM:
            yield spelled_out(text)


def _parts(name: str) -> Iterator[_Form]:
    """The words of a person's name, which are said alone after “Pak” or “Bu”."""
    for word in name.partition(",")[0].split():
        if len(letters_of(word)) >= _LEAST_LETTERS_OF_A_PART:
            yield _Form(word, letters_of(word), sound_of(word), only_after_a_title=True)


def _right_spellings(spelling: Spelling) -> Iterator[str]:
    for text in spelling.right:
        if text == spelling.name or not _is_misspelling(text, spelling.name):
            yield text
    if spelling.is_person:
        yield from spelling.name.partition(",")[0].split()


def _is_misspelling(variant: str, name: str) -> bool:
    """Whether a variant is the name spelt otherwise (“Kertanegara”), not another name (“Kukar”)."""
    return variant != name and OSA.normalized_similarity(sound_of(variant), sound_of(name)) >= 0.8


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) <= _LONGEST_ACRONYM


def _is_said_as_a_word(text: str) -> bool:
    """“Bappeda” may be misspelt; “RPJMN” is no misspelt “RPJMD”, nor is “kapel” a “KTP-el”."""
    letters = letters_of(text)
    vowels = sum(letter in "aiueo" for letter in letters)
    return not _is_acronym(text) and vowels * 4 >= len(letters)


def _key(text: str) -> str:
    """The words of a text in lower case without punctuation at their edges."""
    return " ".join(word.strip(_EDGES).casefold() for word in text.split())
