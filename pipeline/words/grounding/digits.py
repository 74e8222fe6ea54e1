"""Numbers that are written in digits, and the keys of all numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.tokens import Kind, Token
from pipeline.words.numbers import SCALES

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = re.compile(r"\d+,\d+")
_POINT = re.compile(r"\d+\.\d+")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
_ROMAN = re.compile(r"(?=[ivxl]{2,}$)(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
# Nobody says more digits than these; Python refuses to read thousands.
_LONGEST = 30
CLOCKS = ("pukul", "jam")


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


def digits_read(tokens: Sequence[Token], lists: Lists) -> Iterator[Token]:
    """What is written in digits; “Rp5.000” is 5000 and “rupiah”."""
    numbers = list(_numbers(tokens, {number: month for month, number in lists.calendar.items()}))
    return _rupiah_behind(numbers) if lists.counts_in_words else iter(numbers)


def _numbers(tokens: Sequence[Token], months: dict[int, str]) -> Iterator[Token]:
    before = ""
    for token in tokens:
        if token.key[0].isdigit():
            yield from _read(token, before, months)
        elif before and not token.starts and _is_roman(token):
            yield as_number(token, _roman(token.key))
        else:
            yield token
        before = token.key


def _rupiah_behind(tokens: Sequence[Token]) -> Iterator[Token]:
    """What is written before an amount is said behind it, and behind its scale."""
    money: Token | None = None
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.key == "rp":
            money = token
            continue
        is_scale = token.key in SCALES
        if money and not is_scale and token.kind is not Kind.NUMBER:
            yield _rupiah(money, money)
            money = None
        yield token
        goes_on = following is not None and (
            following.key in SCALES or following.first == token.first
        )
        if money and (is_scale or not goes_on):
            yield _rupiah(money, token)
            money = None
    if money:
        yield _rupiah(money, money)


def _rupiah(money: Token, behind: Token) -> Token:
    return replace(
        money,
        key="rupiah",
        is_capital=False,
        first=behind.first,
        last=behind.last,
        ends=behind.ends,
    )


def _is_roman(token: Token) -> bool:
    return token.shown.strip('.,;:!?“”"()').isupper() and bool(_ROMAN.match(token.key))


def _read(token: Token, before: str, months: dict[int, str]) -> Iterator[Token]:
    text = token.key
    if len(text) > _LONGEST:
        yield replace(token, key=f"#{text}", kind=Kind.NUMBER)
        return
    if date := _DATE.fullmatch(text):
        day, month, year = (int(part) for part in date.groups())
        yield as_number(token, day)
        yield replace(token, key=months.get(month, str(month)), is_capital=True)
        yield as_number(token, year)
    elif _GROUPED.fullmatch(text):
        yield as_number(token, float(text.replace(".", "").replace(",", ".")))
    elif _DECIMAL.fullmatch(text):
        yield as_number(token, float(text.replace(",", ".")))
    elif _POINT.fullmatch(text) and before not in CLOCKS and not text.startswith("0"):
        yield as_number(token, float(text))
    elif text.isdigit():
        is_phone = text.startswith("0") and len(text) > 4
        yield (
            replace(token, key=f"#{text}", kind=Kind.NUMBER)
            if is_phone
            else as_number(token, int(text))
        )
    else:
        parts = [int(part) for part in re.split(r"[.,/:]", text)]
        is_full_hour = len(parts) == 2 and parts[1] == 0
        for part in parts[:1] if is_full_hour else parts:
            yield as_number(token, part)


def as_number(token: Token, value: float) -> Token:
    return replace(token, key=number_key(float(value)), kind=Kind.NUMBER, is_light=False)


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < other else one for one, other in pairs)


def is_digits(token: Token) -> bool:
    return token.shown[:1].isdigit()
