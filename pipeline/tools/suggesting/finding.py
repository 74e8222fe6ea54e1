"""Where a name may be meant that is spelt otherwise: for editors to take or leave.

Runs of one to four words are compared with each name by their sound and by their letters. Nothing
is suggested for what is right already, for ordinary words, or for a name with an affix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.tools.suggesting.known import KnownNames
from pipeline.words.glossary import Spelling
from pipeline.words.phonetics import is_letter_name
from pipeline.words.spoken import spoken
from pipeline.words.transcript import Segment, Suggestion, Transcript

_MOST_WORDS = 4
_MOST_LETTER_NAMES = 7
_EDGES = "\"'“”‘’.,;:!?…()[]—–"
_BREAKS = tuple(",;:.!?…")


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
    known = KnownNames(tuple(names))
    titles = spoken(transcript.language).honorifics
    return tuple(
        suggestion
        for segment in transcript.segments
        for suggestion in _in_segment(segment, known, titles)
    )


def _in_segment(segment: Segment, known: KnownNames, titles: frozenset[str]) -> list[Suggestion]:
    said = [word.text for word in segment.words] or segment.text.split()
    right = known.right_places(said)
    found = [
        Suggestion(segment.id, span.first, span.last, span.text, name, round(score, 3))
        for span in _spans(said, titles)
        if not right.issuperset(range(span.first, span.last + 1))
        for name, score in known.best(span.text, span.after_a_title)
    ]
    return sorted(_without_overlap(found), key=lambda suggestion: suggestion.first_word)


def _without_overlap(found: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """The likeliest first, of equals the one with more words; no word belongs to two."""
    taken: set[int] = set()
    for each in sorted(found, key=lambda s: (-s.score, s.first_word - s.last_word)):
        places = set(range(each.first_word, each.last_word + 1))
        if not places & taken:
            taken |= places
            yield each


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
