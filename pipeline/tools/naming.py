"""Names in spoken sentences: where a capitalised name stands, and where a known one is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pipeline.words.degrees import without_degrees
from pipeline.words.sentences import Sentence
from pipeline.words.spoken import SpokenLanguage

Owner = TypeVar("Owner")
Key = tuple[str, ...]
"""The words of a name in lower case: what two spellings of one name share."""

_EDGES = "\"'“”‘’.,;:!?…()[]—–"
_BREAKS = tuple(",;:.!?…")
_MOST_NAME_WORDS = 4
_LONGEST_KEY = 8
_INITIAL = re.compile(r"[A-Z][a-z]{0,2}\.")
# Small words that belong to names: "Muhammad bin Ali".
_INSIDE_NAMES = frozenset(("bin", "binti", "van", "de", "der", "al"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: as said, without punctuation, and in lower case."""

    said: str
    bare: str
    key: str
    segment: int

    @property
    def is_capital(self) -> bool:
        return self.bare[:1].isupper()

    @property
    def ends_clause(self) -> bool:
        """Whether punctuation follows, which also ends a name; the dot of "H." does not count."""
        return self.said.endswith(_BREAKS) and not _INITIAL.fullmatch(self.said)


def tokens_of(sentence: Sentence) -> list[Token]:
    """The words of a sentence, ready to be compared."""
    bare = [(word, word.text.strip(_EDGES)) for word in sentence.words]
    return [Token(word.text, text, text.casefold(), word.segment) for word, text in bare]


def name_at(line: list[Token], index: int) -> list[Token]:
    """The capitalised words from `index` on, at most four, up to the end of the clause."""
    run: list[Token] = []
    for token in line[index : index + _MOST_NAME_WORDS]:
        if not (token.is_capital or (run and token.key in _INSIDE_NAMES)):
            break
        run.append(token)
        if token.ends_clause:
            break
    while run and not run[-1].is_capital:
        run.pop()
    return run


def capital_runs(line: list[Token], table: SpokenLanguage) -> Iterator[list[Token]]:
    """Capitalised names that do not start the sentence (there a capital says nothing)."""
    index = 1
    while index < len(line):
        run = name_at(line, index)
        if run and run[0].key not in table.honorifics and not is_calendar(run[0].key, table):
            yield run
        index += max(1, len(run))


def is_calendar(key: str, table: SpokenLanguage) -> bool:
    """Whether a word is the name of a month or of a day of the week."""
    return key in table.months or key in table.weekdays


def name_of(run: list[Token]) -> str:
    """The words of a run as a name."""
    return " ".join(token.bare for token in run)


def key_of(name: str) -> Key:
    """The words of a name without degrees: "Ir. H. Ahmad Rianto, M.Si." is ahmad, rianto."""
    words = (word.strip(_EDGES).casefold() for word in without_degrees(name).split())
    return tuple(word for word in words if word)[:_LONGEST_KEY] or (name.casefold(),)


def last_name(name: str) -> str:
    """How a newspaper calls a person the second time: "Rianto" for "Ahmad Rianto, M.Si."."""
    return without_degrees(name).split()[-1]


def is_part(short: Key, long: Key) -> bool:
    """Whether all words of `short` stand in `long`."""
    return set(short) <= set(long)


def mentions(line: list[Token], known: Mapping[Key, Owner]) -> Iterator[tuple[Owner, int, int]]:
    """Each known name that is said: whose it is, the first word's index, and how many words.

    The longest name wins, so that "Samboja Barat" is no mention of "Samboja".
    """
    longest = max(map(len, known), default=0)
    index = 0
    while index < len(line):
        size = _size_of_known(line, index, known, longest)
        if size:
            yield known[_key(line, index, size)], index, size
        index += size or 1


def _size_of_known(line: list[Token], index: int, known: Mapping[Key, Owner], longest: int) -> int:
    sizes = range(min(longest, len(line) - index), 0, -1)
    return next((size for size in sizes if _key(line, index, size) in known), 0)


def _key(line: list[Token], index: int, size: int) -> Key:
    return tuple(token.key for token in line[index : index + size])
