"""Spoken numbers in digits, where Indonesian writes digits.

A number at the start of a sentence stays in words (EYD V), but for sums of money.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.words.number_rules import Said, Written, grouped, in_digits
from pipeline.words.numbers import SpokenNumber, spoken_numbers
from pipeline.words.phone_numbers import phones_in
from pipeline.words.tokens import Token, Tokens, starts_of_sentences

_RANGES = ("sampai", "hingga", "atau")


def with_digits(tokens: Tokens, first_starts: bool = True) -> list[Token]:
    """The words with numbers in digits. What is written in digits already is left alone."""
    starts = starts_of_sentences(tokens, first_starts)
    made: list[Token] = []
    for first, last in _clauses(tokens):
        words = tuple(token.key for token in tokens[first:last])
        at = 0
        for written in _in_clause(words, starts[first]):
            made += tokens[first + at : first + written.first]
            made.append(_merged(tokens[first + written.first : first + written.last], written.text))
            at = written.last
        made += tokens[first + at : last]
    return made


def _clauses(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Stretches without a mark inside: “dua puluh, lima” are two numbers."""
    first = 0
    for index, token in enumerate(tokens):
        if token.after or (index + 1 < len(tokens) and tokens[index + 1].before):
            yield first, index + 1
            first = index + 1
    if first < len(tokens):
        yield first, len(tokens)


def _merged(tokens: Tokens, text: str) -> Token:
    return Token(tokens[0].before, text, tokens[-1].after, tokens[-1].pause)


def _in_clause(words: tuple[str, ...], starts_sentence: bool) -> list[Written]:
    """The replacements of a clause, in order."""
    phones = list(phones_in(words))
    busy = {at for phone in phones for at in range(phone.first, phone.last)}
    numbers = tuple(n for n in spoken_numbers(words) if n.first not in busy)
    found = list(phones)
    after = 0
    for number in numbers:
        if number.first >= after and (made := in_digits(Said(words, number, numbers))):
            found.append(made)
            after = made.last
    found = _ranges(words, numbers, sorted(found, key=lambda made: made.first))
    if starts_sentence:
        found = [made for made in found if made.first > 0 or made.text.startswith("Rp")]
    return found


def _ranges(
    words: tuple[str, ...], numbers: tuple[SpokenNumber, ...], found: list[Written]
) -> list[Written]:
    """Both ends of a range are written alike; where that may mislead, as they were said."""
    made = {each.first: each for each in found}
    for one, other in pairwise(numbers):
        if other.first != one.last + 1 or words[one.last] not in _RANGES:
            continue
        first, second = made.get(one.first), made.get(other.first)
        if first is None and second is not None and second.text.startswith("Rp"):
            del made[other.first]
        elif first is None and second is not None:
            made[one.first] = Written(one.first, one.last, grouped(one.value))
        elif second is None and first is not None and first.last == one.last:
            made[other.first] = Written(other.first, other.last, grouped(other.value))
    return sorted(made.values(), key=lambda each: each.first)
