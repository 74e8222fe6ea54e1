"""Names to compare with: which of them is meant, and how likely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.tools.suggesting.forms import Form, forms_of, key_of, right_spellings, said_exactly
from pipeline.words.glossary import Spelling
from pipeline.words.ordinary import is_ordinary
from pipeline.words.phonetics import letters_of, sound_of

_SHARE_OF_SOUND = 0.6
_SURE = 0.99
_CANDIDATES = 6
_LEAST_SOUND = 0.65
# The least likeness by the number of letters: one letter of a short name makes another word.
_LEAST_LIKENESS = ((4, 0.99), (6, 0.80), (9, 0.78), (99, 0.76))
_LEAST_LIKENESS_OF_A_WORD = 0.6
_LEAST_LIKENESS_OF_A_CUT_NAME = 0.87
_LEAST_LETTERS_OF_A_SPLIT_NAME = 8
_AFFIXES = frozenset(("nya", "lah", "kah", "pun", "ku", "mu", "an", "i", "kan"))


_Likely = tuple[str, float]


class KnownNames:
    """The names, ready to be compared with."""

    def __init__(self, names: Sequence[Spelling]) -> None:
        self._right = {key_of(text) for name in names for text in right_spellings(name)}
        self._longest = max((len(key.split()) for key in self._right), default=0)
        self._exact = {said: name.name for name in names for said in said_exactly(name)}
        forms = [form for name in names for form in forms_of(name)]
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

    def _best(self, text: str, after_a_title: bool) -> tuple[_Likely, ...]:
        """The likeliest name and how likely it is (0..1), if there is one."""
        letters = letters_of(text)
        if letters in self._exact:
            return ((self._exact[letters], _SURE),)
        if is_ordinary(text):
            return self._split_name(letters)
        scored = [
            (form.name, score)
            for form, likeness in self._near(sound_of(text))
            if after_a_title or not form.only_after_a_title
            if (score := _score(text, letters, likeness, form))
        ]
        return tuple(sorted(scored, key=lambda likely: -likely[1])[:1])

    def _near(self, sound: str) -> Iterator[tuple[Form, float]]:
        """The forms that sound most like it, and how much (0..1)."""
        found = process.extract(
            sound,
            self._sounds,
            scorer=OSA.normalized_similarity,
            score_cutoff=_LEAST_SOUND,
            limit=_CANDIDATES,
        )
        return ((self._forms[index], likeness) for _, likeness, index in found)

    def _split_name(self, letters: str) -> tuple[_Likely, ...]:
        """“balik papan” for “Balikpapan”: ordinary words, but together they are the name."""
        if len(letters) < _LEAST_LETTERS_OF_A_SPLIT_NAME or letters not in self._by_letters:
            return ()
        return ((self._by_letters[letters], _SURE),)

    def _is_right(self, text: str) -> bool:
        """Whether it is a known spelling, with or without an affix."""
        key = key_of(text)
        if key in self._right or key.partition("-")[2] in self._right:
            return True
        return any(
            key.endswith(affix) and key[: -len(affix)].rstrip("-") in self._right
            for affix in _AFFIXES
        )


def _score(text: str, letters: str, sound_likeness: float, form: Form) -> float:
    """How likely `form` is meant; 0 when it is not."""
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
    return f" {key_of(name)} " in f" {key_of(text)} "


def _words_are_alike(text: str, name: str) -> bool:
    """Of two names with a word in common the other words must be alike too."""
    heard, meant = key_of(text).split(), key_of(name).split()
    if len(heard) != len(meant) or not set(heard) & set(meant):
        return True
    pairs = [(h, m) for h, m in zip(heard, meant, strict=True) if h != m]
    return all(
        OSA.normalized_similarity(sound_of(h), sound_of(m)) >= _LEAST_LIKENESS_OF_A_WORD
        for h, m in pairs
    )
