"""The table of rules: which words of a spoken sentence are not written, each with an example.

A rule is given the words of one sentence and yields the indexes of those that go. Rules come one
after the other, each on what the one before has left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.words.numbers import NUMBER_WORDS
from pipeline.words.ordinary import is_ordinary
from pipeline.words.tidying.particles import Particles
from pipeline.words.tokens import Token

_CUT_OFF = ("-", "–", "—", "…", "...")
_LONGEST_PHRASE = 5
_LONGEST_CORRECTED = 5
_SHORTEST_CUT_OFF = 2

Find = Callable[[Sequence[Token], Particles], Iterator[int]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What goes and why; `said` becomes `written`. With `keeps_comma`, a comma behind the word
    that goes stays in the sentence."""

    name: str
    find: Find
    said: str
    written: str
    keeps_comma: bool = False


def _corrections(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    """From the word that is said again to the word that takes it back."""
    for marker, after in correction_marks(tokens, table):
        if after < len(tokens) and tokens[after].key in table.anchors:
            yield from _taken_back(tokens, marker, after, table)


def _taken_back(
    tokens: Sequence[Token], marker: int, after: int, table: Particles
) -> Iterator[int]:
    for first in range(marker - 1, max(-1, marker - 1 - _LONGEST_CORRECTED), -1):
        said = tokens[first:marker]
        if any(token.key in table.negations for token in said):
            return
        if tokens[first].key == tokens[after].key and len(said) > 1:
            yield from range(first, after)
            return


def correction_marks(tokens: Sequence[Token], table: Particles) -> Iterator[tuple[int, int]]:
    """Where “eh” or “maksud saya” stands: its first word, and the first word behind it."""
    keys = [token.key for token in tokens]
    starts = table.hesitations.union(phrase[0] for phrase in table.corrections)
    after = 0
    for at, key in enumerate(keys):
        if key not in starts or at < after:
            continue
        phrases = (*table.corrections, (key,)) if key in table.hesitations else table.corrections
        size = next((len(p) for p in phrases if tuple(keys[at : at + len(p)]) == p), 0)
        if size:
            after = at + size
            yield at, after


def _hesitations(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    """A capital inside a sentence is a letter (“Gerbang E”), not a hesitation."""
    for index, token in enumerate(tokens):
        if token.key in table.hesitations and not (index and token.is_capital):
            yield index


def _cut_off_words(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    """The start of a word that is said whole right after it."""
    for index, (token, following) in enumerate(pairwise(tokens)):
        start = token.key.rstrip("-–—")
        if len(start) < _SHORTEST_CUT_OFF or start in table.negations or token.has_digit:
            continue
        longer = len(following.key) > len(start) and following.key.startswith(start)
        marked = token.core != token.core.rstrip("-–—") or token.after.startswith(_CUT_OFF)
        unknown = start.isalpha() and token.core.islower() and not is_ordinary(start)
        if longer and (marked or (unknown and not token.after and following.core.islower())):
            yield index


def _repeated_phrases(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    """Two to five words that are said twice in a row: the first time goes."""
    at = 0
    while at < len(tokens):
        size = _size_of_repeated(tokens, at, table)
        yield from range(at, at + size)
        at += size or 1


def _size_of_repeated(tokens: Sequence[Token], at: int, table: Particles) -> int:
    keys = [token.key for token in tokens]
    for size in range(min(_LONGEST_PHRASE, (len(keys) - at) // 2), 1, -1):
        phrase = keys[at : at + size]
        if phrase == keys[at + size : at + 2 * size] and len({*phrase}) > 1:
            return 0 if any(_is_protected(t, table) for t in tokens[at : at + size]) else size
    return 0


def _repeated_words(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    """“yang yang”; any word with a dash or dots behind it. “Anak anak” is a word and stays."""
    for index, (token, following) in enumerate(pairwise(tokens)):
        if token.key != following.key or _is_protected(token, table):
            continue
        if token.key in table.stutters or token.after.startswith(_CUT_OFF):
            yield index


def _opening(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    for index, token in enumerate(tokens):
        following = tokens[index + 1].key if index + 1 < len(tokens) else ""
        if token.key not in table.opening or following in table.kept_before:
            return
        yield index


def _closing(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    """Backwards from the end of each clause; one that has nothing else goes altogether."""
    ends = [i for i, t in enumerate(tokens) if t.ends_clause or i == len(tokens) - 1]
    for end in ends:
        for index in range(end, -1, -1):
            before = tokens[index - 1] if index else None
            if tokens[index].key not in table.closing or (index < end and tokens[index].after):
                break
            if before and not before.after and before.key in table.kept_behind:
                break
            yield index


def _inside(tokens: Sequence[Token], table: Particles) -> Iterator[int]:
    for index, token in enumerate(tokens):
        if index == 0 or token.is_capital:
            continue
        before = tokens[index - 1]
        behind_subject = before.key in table.subjects and not before.after
        if token.key in table.inside or (token.key in table.after_subject and behind_subject):
            yield index


def _is_protected(token: Token, table: Particles) -> bool:
    """What no rule takes for a stutter: negations and numbers, which may be meant twice."""
    return token.key in table.negations or token.has_digit or token.key in NUMBER_WORDS


RULES: tuple[Rule, ...] = (
    Rule(
        "correction",
        _corrections,
        "Acaranya di Samarinda, eh, di Tenggarong.",
        "Acaranya di Tenggarong.",
    ),
    Rule(
        "hesitation",
        _hesitations,
        "Kami, eh, sudah menyiapkan anu tiga kapal.",
        "Kami sudah menyiapkan tiga kapal.",
    ),
    Rule(
        "cut-off word",
        _cut_off_words,
        "Ini tugas peme- pemerintah daerah.",
        "Ini tugas pemerintah daerah.",
    ),
    Rule(
        "false start",
        _repeated_phrases,
        "Kita sudah mulai, kita sudah mulai tahun lalu.",
        "Kita sudah mulai tahun lalu.",
    ),
    Rule(
        "stutter",
        _repeated_words,
        "Ini untuk untuk warga di di desa.",
        "Ini untuk warga di desa.",
    ),
    Rule(
        "opening particle",
        _opening,
        "Nah, ya, kelompok ini lahir dari warga.",
        "Kelompok ini lahir dari warga.",
    ),
    Rule(
        "closing particle",
        _closing,
        "Kelompok ini lahir dari warga gitu ya, jadi bukan dari dinas, kan.",
        "Kelompok ini lahir dari warga, jadi bukan dari dinas.",
        keeps_comma=True,
    ),
    Rule(
        "inside particle",
        _inside,
        "KIM itu kan milik warga nih di semua desa.",
        "KIM itu milik warga di semua desa.",
        keeps_comma=True,
    ),
)
