"""Compares two texts word by word and letter by letter, with jiwer (rapidfuzz below it)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import jiwer

from pipeline.words.accuracy import Confusion, Errors, NamesHeard
from pipeline.words.comparable import comparable_words
from pipeline.words.glossary import Spelling

_MOST_CONFUSIONS = 30
_LONGEST_CONFUSION_WORDS = 4
# Two texts in one language share most of their commonest words; two languages share next to none.
_COMMONEST = 30
_LEAST_SHARED = 4
_FEWEST_WORDS = 60

Words = Sequence[str]


class Comparison:
    """What a reference says and what the transcript makes of it, in comparable words."""

    def __init__(self, reference: str, transcript: str, language: str) -> None:
        """Raises ValueError when the reference holds no word."""
        self._language = language
        self.said = comparable_words(reference, language)
        self.heard = comparable_words(transcript, language)
        if not self.said:
            raise ValueError("the reference holds no word")
        self._aligned = jiwer.process_words(" ".join(self.said), " ".join(self.heard))

    def errors(self) -> Errors:
        """The edits between the comparable words."""
        return _errors(self._aligned, " ".join(self.said), " ".join(self.heard))

    def shares_a_language(self) -> bool:
        """Whether both texts may be in one language; true where they are too short to tell."""
        if min(len(self.said), len(self.heard)) < _FEWEST_WORDS:
            return True
        said, heard = (
            {word for word, _ in Counter(w for w in words if w.isalpha()).most_common(_COMMONEST)}
            for words in (self.said, self.heard)
        )
        return len(said & heard) >= _LEAST_SHARED

    def confusions(self) -> tuple[Confusion, ...]:
        """What was heard for what was said, the most frequent first."""
        counts = Counter(self._confused())
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Confusion(*pair, times) for pair, times in ranked[:_MOST_CONFUSIONS])

    def names(self, spellings: Sequence[Spelling]) -> NamesHeard:
        """Which names of the glossary were said, and which of them came out right."""
        right = self._right_words()
        said: Counter[str] = Counter()
        missed: Counter[str] = Counter()
        for name, first, last in self._named(spellings):
            said[name] += 1
            missed[name] += not all(right[first:last])
        wrong = sorted((+missed).items(), key=lambda item: (-item[1], item[0]))
        return NamesHeard(said.total(), said.total() - missed.total(), tuple(wrong))

    def _confused(self) -> Iterator[tuple[str, str]]:
        for said, heard in self._differing():
            if said and heard and max(len(said), len(heard)) <= _LONGEST_CONFUSION_WORDS:
                yield " ".join(said), " ".join(heard)

    def _differing(self) -> Iterator[tuple[Words, Words]]:
        """Each stretch in which the texts differ, up to the next word that both have."""
        said: list[str] = []
        heard: list[str] = []
        for chunk in self._aligned.alignments[0]:
            if chunk.type == "equal":
                yield said, heard
                said, heard = [], []
                continue
            said.extend(self.said[chunk.ref_start_idx : chunk.ref_end_idx])
            heard.extend(self.heard[chunk.hyp_start_idx : chunk.hyp_end_idx])
        yield said, heard

    def _right_words(self) -> list[bool]:
        right = [False] * len(self.said)
        for chunk in self._aligned.alignments[0]:
            if chunk.type == "equal":
                right[chunk.ref_start_idx : chunk.ref_end_idx] = [True] * (
                    chunk.ref_end_idx - chunk.ref_start_idx
                )
        return right

    def _named(self, spellings: Sequence[Spelling]) -> Iterator[tuple[str, int, int]]:
        """Names in the reference with their place; a word belongs to the longest name it is in."""
        forms = {
            words: spelling.name
            for spelling in spellings
            for form in spelling.right
            if (words := comparable_words(form, self._language))
        }
        lengths = sorted({len(words) for words in forms}, reverse=True)
        at = 0
        while at < len(self.said):
            found = next((n for n in lengths if self.said[at : at + n] in forms), 0)
            if found:
                yield forms[self.said[at : at + found]], at, at + found
            at += found or 1


def raw_errors(reference: str, transcript: str) -> Errors:
    """The edits between the texts as they are written: case and punctuation count."""
    said, heard = _one_line(reference), _one_line(transcript)
    return _errors(jiwer.process_words(said, heard), said, heard)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _errors(aligned: jiwer.WordOutput, said: str, heard: str) -> Errors:
    letters = jiwer.process_characters(said, heard)
    return Errors(
        words=aligned.hits + aligned.substitutions + aligned.deletions,
        substitutions=aligned.substitutions,
        deletions=aligned.deletions,
        insertions=aligned.insertions,
        characters=letters.hits + letters.substitutions + letters.deletions,
        character_edits=letters.substitutions + letters.deletions + letters.insertions,
    )
