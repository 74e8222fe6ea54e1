"""Numbers in comparable words: said or written, each becomes its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.words.grounding.dates import whole_dates, with_months, with_years, without_past
from pipeline.words.grounding.digits import (
    CLOCKS,
    as_number,
    digits_read,
    is_digits,
    number_key,
    value_of,
)
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.tokens import Ends, Kind, Token, merged
from pipeline.words.numbers import DIGITS, SCALES, spoken_numbers

_ZONES = ("wita", "wib", "wit")
_ORDINALS = {
    f"ke{word}": word
    for word in (*DIGITS[1:], "sepuluh", "sebelas", "seratus", "seribu")
    if word != "satu"
}
_FRACTIONS = {"setengah": 0.5, "seperempat": 0.25, "tigaperempat": 0.75}
_PARTS = {"pertiga": 3, "perempat": 4, "perlima": 5, "persepuluh": 10}
_FEWEST_DIGITS = 3
_MONTHS_A_YEAR = 12


def with_numbers(tokens: Sequence[Token], lists: Lists) -> list[Token]:
    """The tokens with each number as one token whose key is “#” and its value."""
    made: list[Token] = []
    for clause in _clauses(tokens):
        made += _in_clause(clause, lists)
    return made


def _clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """ "dua puluh, lima" are two numbers: the end of a clause ends a number."""
    clause: list[Token] = []
    for token in tokens:
        clause.append(token)
        if token.ends is not Ends.NOTHING:
            yield clause
            clause = []
    if clause:
        yield clause


def _in_clause(tokens: list[Token], lists: Lists) -> list[Token]:
    tokens = list(digits_read(tokens, lists))
    if lists.counts_in_words:
        tokens = _said(list(_ordinals_apart(tokens)))
        for rule in (_with_scales, _with_halves, with_years, without_past, _spelled_out):
            tokens = rule(tokens)
        tokens = whole_dates(list(with_months(tokens, lists)), lists)
    return [_quantity(token, lists) for token in tokens]


def _quantity(token: Token, lists: Lists) -> Token:
    """A share or a rough number, with an ending too: “sepertiganya”, “puluhan”."""
    stems = (token.key, *(token.key.removesuffix(ending) for ending in lists.endings))
    known = next((stem for stem in stems if stem in lists.quantities), "")
    return replace(token, key=known, kind=Kind.NUMBER) if known else token


def _ordinals_apart(tokens: Sequence[Token]) -> Iterator[Token]:
    """ "kedua" and "ke-2" as "ke" and 2."""
    for token in tokens:
        if token.key in _ORDINALS:
            yield replace(token, key="ke", ends=Ends.NOTHING)
            yield replace(token, key=_ORDINALS[token.key], starts=False)
        else:
            yield token


def _said(tokens: list[Token]) -> list[Token]:
    keys = [token.key for token in tokens]
    made: list[Token] = []
    at = 0
    for number in spoken_numbers(keys):
        made += tokens[at : number.first]
        made.append(
            merged(tokens[number.first : number.last], number_key(number.value), Kind.NUMBER)
        )
        at = number.last
    return [*made, *tokens[at:]]


def _with_scales(tokens: list[Token]) -> list[Token]:
    """ "1,5 miliar", "27 ribu 500", "2 juta 300 ribu"."""
    made: list[Token] = []
    for token in tokens:
        value = value_of(made[-1].key) if made else None
        scale = SCALES.get(token.key)
        if value is not None and scale and value < 1000:
            key = number_key(value * scale)
            both = [made.pop(), token]
            made.append(merged(both, key, Kind.NUMBER))
            if len(made) > 1 and _adds_up(made[-2], made[-1]):
                made[-2:] = [_sum(made[-2], made[-1])]
        elif value is not None and _adds_up(made[-1], token) and is_digits(token):
            made[-1] = _sum(made[-1], token)
        else:
            made.append(token)
    return made


def _adds_up(one: Token, other: Token) -> bool:
    first, second = value_of(one.key), value_of(other.key)
    if first is None or second is None or "." in one.key:
        return False
    scale = next((s for s in sorted(SCALES.values(), reverse=True) if first >= s), 0)
    return (
        scale > 0
        and first % scale == 0
        and 100 <= second < scale
        and first > second
        and (one.shown.split()[-1].strip(".,").casefold() in SCALES)
    )


def _sum(one: Token, other: Token) -> Token:
    total = (value_of(one.key) or 0) + (value_of(other.key) or 0)
    return merged([one, other], number_key(total), Kind.NUMBER)


def _with_halves(tokens: list[Token]) -> list[Token]:
    """ "satu setengah juta" is 1.500.000, "setengah sembilan" behind "jam" is 8.30."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        before = made[-1] if made else None
        value = value_of(before.key) if before else None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.key == "setengah" and before and before.key in CLOCKS and following:
            hour = value_of(following.key)
            if hour is not None and 1 <= hour <= 12:
                made.append(replace(as_number(token, hour - 1 or 12), last=token.last))
                made.append(as_number(following, 30))
                at += 2
                continue
        if (
            token.key in _FRACTIONS
            and before
            and value is not None
            and value < 100
            and before.kind is Kind.NUMBER
        ):
            total = value + _FRACTIONS[token.key]
            made[-1] = merged([before, token], number_key(total), Kind.NUMBER)
            if following and following.key in SCALES:
                scaled = number_key(total * SCALES[following.key])
                made[-1] = merged([made[-1], following], scaled, Kind.NUMBER)
                at += 1
            at += 1
            continue
        if token.key in _PARTS and before and value is not None:
            made[-1] = merged([before, token], number_key(value / _PARTS[token.key]), Kind.NUMBER)
            at += 1
            continue
        made.append(token)
        at += 1
    return made


def _spelled_out(tokens: list[Token]) -> list[Token]:
    """ "nol delapan satu dua" is the number 0812, as telephone numbers are said."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        last = at
        while last < len(tokens) and _is_one_digit(tokens[last]):
            last += 1
        if last - at >= _FEWEST_DIGITS:
            digits = "".join(token.key[1:] for token in tokens[at:last])
            made.append(merged(tokens[at:last], f"#{digits}", Kind.NUMBER))
            at = last
        else:
            made.append(tokens[at])
            at += 1
    return made


def _is_one_digit(token: Token) -> bool:
    return token.kind is Kind.NUMBER and len(token.key) == 2 and token.key[1].isdigit()
