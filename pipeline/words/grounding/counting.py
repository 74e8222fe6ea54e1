"""Numbers in comparable words: said or written, each becomes its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.tokens import Ends, Kind, Token, merged
from pipeline.words.numbers import DIGITS, SCALES, spoken_numbers

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = re.compile(r"\d+,\d+")
_POINT = re.compile(r"\d+\.\d+")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
_ROMAN = re.compile(r"(?=[ivxl]{2,}$)(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_CLOCKS = ("pukul", "jam")
_ZONES = ("wita", "wib", "wit")
_ORDINALS = {
    f"ke{word}": word
    for word in (*DIGITS[1:], "sepuluh", "sebelas", "seratus", "seribu")
    if word != "satu"
}
_FRACTIONS = {"setengah": 0.5, "seperempat": 0.25, "tigaperempat": 0.75}
_PARTS = {"pertiga": 3, "perempat": 4, "perlima": 5, "persepuluh": 10}
_CENTURIES = (19, 20)
_FEWEST_DIGITS = 3
_MONTHS_A_YEAR = 12


def with_numbers(tokens: Sequence[Token], lists: Lists) -> list[Token]:
    """The tokens with each number as one token whose key is “#” and its value."""
    made: list[Token] = []
    for clause in _clauses(tokens):
        made += _in_clause(clause, lists)
    return made


def number_key(value: float) -> str:
    """ "#1500000", "#1.5"."""
    value = round(value, 6)
    return f"#{int(value)}" if value.is_integer() else f"#{value:f}".rstrip("0")


def value_of(key: str) -> float | None:
    """The value of a number's key, or None."""
    try:
        return float(key[1:]) if key.startswith("#") else None
    except ValueError:
        return None


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
    tokens = list(_digits_read(tokens, lists))
    if lists.counts_in_words:
        tokens = _said(list(_ordinals_apart(tokens)))
        for rule in (_with_scales, _with_halves, _years, _clocks, _spelled_out):
            tokens = rule(tokens)
        tokens = _whole_dates(list(_months(tokens, lists)), lists)
    return [_quantity(token, lists) for token in tokens]


def _quantity(token: Token, lists: Lists) -> Token:
    """A share or a rough number, with an ending too: “sepertiganya”, “puluhan”."""
    stems = (token.key, *(token.key.removesuffix(ending) for ending in lists.endings))
    known = next((stem for stem in stems if stem in lists.quantities), "")
    return replace(token, key=known, kind=Kind.NUMBER) if known else token


def _digits_read(tokens: Sequence[Token], lists: Lists) -> Iterator[Token]:
    """What is written in digits; “Rp5.000” is 5000 and “rupiah”."""
    months = {number: month for month, number in lists.calendar.items()}
    money: Token | None = None
    for at, token in enumerate(tokens):
        before = tokens[at - 1].key if at else ""
        if token.key == "rp" and lists.counts_in_words:
            money = token
            continue
        if not token.key[0].isdigit():
            is_roman = token.shown.strip('.,;:!?“”"()').isupper() and _ROMAN.match(token.key)
            if is_roman and at and not token.starts:
                yield _number(token, _roman(token.key))
            else:
                if money and token.key not in SCALES:
                    yield replace(money, key="rupiah", is_capital=False)
                    money = None
                yield token
            if money and token.key in SCALES:
                yield replace(
                    money,
                    key="rupiah",
                    is_capital=False,
                    first=token.first,
                    last=token.last,
                    ends=token.ends,
                )
                money = None
            continue
        parts = list(_read(token, before, months))
        yield from parts
        following = tokens[at + 1].key if at + 1 < len(tokens) else ""
        if money and following not in SCALES:
            yield replace(
                money,
                key="rupiah",
                is_capital=False,
                first=token.first,
                last=token.last,
                ends=token.ends,
            )
            money = None
    if money:
        yield replace(money, key="rupiah", is_capital=False)


def _read(token: Token, before: str, months: dict[int, str]) -> Iterator[Token]:
    text = token.key
    if date := _DATE.fullmatch(text):
        day, month, year = (int(part) for part in date.groups())
        yield _number(token, day)
        yield replace(token, key=months.get(month, str(month)), is_capital=True)
        yield _number(token, year)
    elif _GROUPED.fullmatch(text):
        yield _number(token, float(text.replace(".", "").replace(",", ".")))
    elif _DECIMAL.fullmatch(text):
        yield _number(token, float(text.replace(",", ".")))
    elif _POINT.fullmatch(text) and before not in _CLOCKS and not text.startswith("0"):
        yield _number(token, float(text))
    elif text.isdigit():
        is_phone = text.startswith("0") and len(text) > 4
        yield (
            replace(token, key=f"#{text}", kind=Kind.NUMBER)
            if is_phone
            else _number(token, int(text))
        )
    else:
        parts = [int(part) for part in re.split(r"[.,/:]", text)]
        is_full_hour = len(parts) == 2 and parts[1] == 0
        for part in parts[:1] if is_full_hour else parts:
            yield _number(token, part)


def _number(token: Token, value: float) -> Token:
    return replace(token, key=number_key(float(value)), kind=Kind.NUMBER, is_light=False)


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < other else one for one, other in pairs)


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
        elif value is not None and _adds_up(made[-1], token) and _is_digits(token):
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


def _is_digits(token: Token) -> bool:
    return token.shown[:1].isdigit()


def _with_halves(tokens: list[Token]) -> list[Token]:
    """ "satu setengah juta" is 1.500.000, "setengah sembilan" behind "jam" is 8.30."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        before = made[-1] if made else None
        value = value_of(before.key) if before else None
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.key == "setengah" and before and before.key in _CLOCKS and following:
            hour = value_of(following.key)
            if hour is not None and 1 <= hour <= 12:
                made.append(replace(_number(token, hour - 1 or 12), last=token.last))
                made.append(_number(following, 30))
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


def _years(tokens: list[Token]) -> list[Token]:
    """ "sembilan belas sembilan puluh delapan" is 1998, "dua ribu dua dua" 2022."""
    made: list[Token] = []
    for token in tokens:
        value, last = value_of(token.key), value_of(made[-1].key) if made else None
        if value is not None and last is not None and not _is_digits(token):
            if last in _CENTURIES and 10 <= value < 100:
                made[-1] = merged([made[-1], token], number_key(last * 100 + value), Kind.NUMBER)
                continue
            if last in (2001, 2002) and value < 10:
                year = 2000 + (last - 2000) * 10 + value
                made[-1] = merged([made[-1], token], number_key(year), Kind.NUMBER)
                continue
        made.append(token)
    return made


def _months(tokens: Sequence[Token], lists: Lists) -> Iterator[Token]:
    """ "bulan tiga" is March; "tiga bulan" is not."""
    names = {number: month for month, number in lists.calendar.items()}
    for at, token in enumerate(tokens):
        value = value_of(token.key)
        named = value is not None and at > 0 and tokens[at - 1].key == "bulan"
        if named and value in names and (at < 2 or value_of(tokens[at - 2].key) is None):
            yield replace(token, key=names[int(value or 0)], kind=Kind.WORD)
        else:
            yield token


def _whole_dates(tokens: Sequence[Token], lists: Lists) -> list[Token]:
    """ "18 bulan Januari tahun 2023" as "18 Januari 2023"."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        before = made[-1] if made else None
        joins = (
            following is not None
            and before is not None
            and (
                (
                    token.key == "bulan"
                    and before.kind is Kind.NUMBER
                    and following.key in lists.calendar
                )
                or (
                    token.key == "tahun"
                    and before.key in lists.calendar
                    and following.kind is Kind.NUMBER
                )
            )
        )
        if joins and before is not None:
            made[-1] = merged([before, token], before.key, before.kind)
        else:
            made.append(token)
    return made


def _clocks(tokens: list[Token]) -> list[Token]:
    """ "pukul delapan lewat lima belas menit" is 8 and 15; zones stay."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        is_between = (
            token.key == "lewat"
            and len(made) > 1
            and made[-2].key in _CLOCKS
            and at + 1 < len(tokens)
            and value_of(tokens[at + 1].key) is not None
        )
        if not is_between:
            made.append(token)
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
