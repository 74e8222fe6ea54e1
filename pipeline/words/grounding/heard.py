"""A transcript ready to be asked where something was said."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.words.grounding.checked import Passage, WordPlace
from pipeline.words.grounding.counting import with_numbers
from pipeline.words.grounding.faces import Faces
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.names import KnownNames, with_names
from pipeline.words.grounding.stutters import with_stutters
from pipeline.words.grounding.tokens import Ends, Token, atoms_of
from pipeline.words.sentences import SpokenWord, spoken_words
from pipeline.words.transcript import Transcript

_LONG_PAUSE_SECONDS = 1.2
_PUNCTUATED = 0.02
_COMMON = 0.02


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One word of the transcript with what was glued to it: “Rp” and “5” are one."""

    text: str
    start: float
    end: float
    segment: int
    first: int
    last: int
    """Which words of the segment it stands for, both counting."""
    speaker: str
    is_sure_who: bool
    probability: float


@dataclass(frozen=True)
class Heard:
    """The words of a transcript in order, and the same words made comparable."""

    words: tuple[HeardWord, ...]
    tokens: tuple[Token, ...]
    faces: Faces
    is_punctuated: bool = True
    """Whether the transcript has marks, so that clauses are known."""

    @cached_property
    def where(self) -> dict[str, list[int]]:
        """The places of each comparable word."""
        found: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            found.setdefault(token.key, []).append(at)
        return found

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who speaks, in order; without those whom nobody named."""
        return tuple(dict.fromkeys(word.speaker for word in self.words if word.speaker))

    def rarity(self, key: str) -> float:
        """How much a word tells about the place; 0 for one that is never said."""
        times = len(self.where.get(key, ()))
        return math.log(1 + len(self.tokens) / times) if times else 0.0

    def tells(self, key: str) -> bool:
        """Whether a word is rare enough to look for a place by."""
        return len(self.where.get(key, ())) <= max(3.0, len(self.tokens) * _COMMON)

    @cached_property
    def rarity_unsaid(self) -> float:
        """What a word weighs that nobody says: as much as one that is said once."""
        return math.log(1 + len(self.tokens))

    @cached_property
    def _by_face(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self.where:
            for face in self.faces.of(key):
                found.setdefault(face, []).append(key)
        return found

    def alike(self, key: str) -> frozenset[str]:
        """The words said that may stand for `key`, itself left out."""
        shared = (self._by_face.get(face, ()) for face in self.faces.of(key))
        return frozenset(word for words in shared for word in words) - {key}

    def passage(self, first: int, last: int) -> Passage:
        """Where the comparable words `first` to `last` (counted) are said."""
        words = self.words[self.tokens[first].first : self.tokens[last].last + 1]
        return Passage(
            segments=tuple(dict.fromkeys(word.segment for word in words)),
            first=WordPlace(words[0].segment, words[0].first),
            last=WordPlace(words[-1].segment, words[-1].last),
            start=words[0].start,
            end=words[-1].end,
            speaker=words[0].speaker,
            text=" ".join(word.text for word in words),
        )

    def speaker_of(self, place: int | None) -> str:
        """Who says the comparable word at `place`."""
        return self.words[self.tokens[place or 0].first].speaker

    def voices(self, first: int, last: int) -> Counter[str]:
        """How many words of a stretch each speaker says."""
        words = self.words[self.tokens[first].first : self.tokens[last].last + 1]
        return Counter(word.speaker for word in words)


def listened(transcript: Transcript, lists: Lists, known: KnownNames) -> Heard:
    """The transcript made comparable."""
    words = _words(transcript)
    atoms = atoms_of([word.text for word in words], lists, _ends(words))
    tokens = with_numbers(with_stutters(atoms), lists)
    return Heard(words, tuple(with_names(tokens, known)), Faces(lists), _is_punctuated(words))


def _words(transcript: Transcript) -> tuple[HeardWord, ...]:
    made: list[HeardWord] = []
    places: Counter[int] = Counter()
    for word in spoken_words(transcript):
        at = places[word.segment]
        places[word.segment] += 1
        if not word.glue and made and made[-1].segment == word.segment:
            made[-1] = _glued(made[-1], word, at)
        else:
            made.append(_heard_word(word, at))
    return tuple(made)


def _heard_word(word: SpokenWord, at: int) -> HeardWord:
    return HeardWord(
        word.text, word.start, word.end, word.segment, at, at, word.speaker,
        not word.perhaps_by_another, word.probability,
    )  # fmt: skip


def _glued(one: HeardWord, word: SpokenWord, at: int) -> HeardWord:
    return HeardWord(
        one.text + word.text, one.start, word.end, one.segment, one.first, at, one.speaker,
        one.is_sure_who, min(one.probability, word.probability),
    )  # fmt: skip


def _ends(words: Sequence[HeardWord]) -> list[Ends]:
    """Where another voice begins; where nobody wrote marks, also pauses and ends of segments."""
    is_punctuated = _is_punctuated(words)
    made = []
    for word, following in zip(words, [*words[1:], None], strict=False):
        if following is None or following.speaker != word.speaker:
            made.append(Ends.SENTENCE)
        elif is_punctuated:
            made.append(Ends.NOTHING)
        elif following.start - word.end >= _LONG_PAUSE_SECONDS:
            made.append(Ends.SENTENCE)
        else:
            made.append(Ends.NOTHING if following.segment == word.segment else Ends.CLAUSE)
    return made


def _is_punctuated(words: Sequence[HeardWord]) -> bool:
    return sum(word.text[-1:] in ".?!" for word in words) >= len(words) * _PUNCTUATED
