"""Spoken numbers in digits, where Indonesian writes digits.

A number at the start of a sentence stays in words (EYD V), but for sums of money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.words.number_rules import could_mean_two_things, in_digits
from pipeline.words.numbers import NUMBER_WORDS, SCALES, SpokenNumber, spoken_numbers
from pipeline.words.phone_numbers import phones_in
from pipeline.words.said_numbers import Said, Written, grouped, rounded
from pipeline.words.tokens import Token, Tokens, starts_of_sentences

_CLOCK_TIME = re.compile(r"\d\d\.\d\d")
_RANGES = ("sampai", "hingga", "atau")


def with_digits(tokens: Tokens, first_starts: bool = True) -> list[Token]:
    """The words with numbers in digits. What is written in digits already is left alone."""
    starts = starts_of_sentences(tokens, first_starts)
    made: list[Token] = []
    for first, last in _clauses(tokens):
        words = tuple(
            _as_said(token, starts[first + at]) for at, token in enumerate(tokens[first:last])
        )
        at = 0
        for written in _in_clause(words, starts[first]):
            made += tokens[first + at : first + written.first]
            made.append(_merged(tokens[first + written.first : first + written.last], written.text))
            at = written.last
        made += tokens[first + at : last]
    return made


def _as_said(token: Token, starts_sentence: bool) -> str:
    """The word in lower case, but for a number in a name: “Perang Tiga Puluh Tahun”."""
    is_name = token.is_capital and not starts_sentence and token.key in NUMBER_WORDS
    return token.core if is_name else token.key


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
    """Both ends of a range are written alike: “10 sampai 25”, “50 sampai 60 ribu”."""
    made = {each.first: each for each in found}
    for one, other in pairwise(numbers):
        if other.first != one.last + 1 or words[one.last] not in _RANGES:
            continue
        if any(could_mean_two_things(Said(words, end, numbers)) for end in (one, other)):
            made = {at: each for at, each in made.items() if at not in (one.first, other.first)}
        elif words[other.last - 1] in SCALES and one.value < other.value and one.value < 1000:
            made |= {each.first: each for each in _sharing_a_scale(words, one, other)}
        elif one.first in made or other.first in made:
            first, second = made.get(one.first), made.get(other.first)
            made[one.first] = _like(second, one) if _is_money(second) or not first else first
            made[other.first] = second or _like(first, other)
    return sorted(made.values(), key=lambda each: each.first)


def _like(model: Written | None, number: SpokenNumber) -> Written:
    """The number written as the other end of its range is: “Rp5.000”, “08.00”, “25”."""
    text = grouped(number.value)
    if _is_money(model):
        text = f"Rp{rounded(number.value)}"
    elif model and _CLOCK_TIME.fullmatch(model.text) and number.value <= 24:
        text = f"{int(number.value):02d}.00"
    return Written(number.first, number.last, text)


def _is_money(written: Written | None) -> bool:
    return written is not None and written.text.startswith("Rp")


def _sharing_a_scale(
    words: tuple[str, ...], one: SpokenNumber, other: SpokenNumber
) -> tuple[Written, Written]:
    """“lima puluh sampai enam puluh ribu” may be 50 or 50.000 to 60.000: the word “ribu” stays."""
    count = other.value / SCALES[words[other.last - 1]]
    return (
        Written(one.first, one.last, grouped(one.value)),
        Written(other.first, other.last - 1, grouped(count)),
    )
