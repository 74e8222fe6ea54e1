"""Years, months and clock times as they are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.words.grounding.digits import CLOCKS, is_digits, number_key, value_of
from pipeline.words.grounding.lists import Lists
from pipeline.words.grounding.tokens import Kind, Token, merged

_CENTURIES = (19, 20)


def with_years(tokens: list[Token]) -> list[Token]:
    """ "sembilan belas sembilan puluh delapan" is 1998, "dua ribu dua dua" 2022."""
    made: list[Token] = []
    for token in tokens:
        value, last = value_of(token.key), value_of(made[-1].key) if made else None
        if value is not None and last is not None and not is_digits(token):
            if last in _CENTURIES and 10 <= value < 100:
                made[-1] = merged([made[-1], token], number_key(last * 100 + value), Kind.NUMBER)
                continue
            if last in (2001, 2002) and value < 10:
                year = 2000 + (last - 2000) * 10 + value
                made[-1] = merged([made[-1], token], number_key(year), Kind.NUMBER)
                continue
        made.append(token)
    return made


def with_months(tokens: Sequence[Token], lists: Lists) -> Iterator[Token]:
    """ "bulan tiga" is March; "tiga bulan" is not."""
    names = {number: month for month, number in lists.calendar.items()}
    for at, token in enumerate(tokens):
        value = value_of(token.key)
        named = value is not None and at > 0 and tokens[at - 1].key == "bulan"
        if named and value in names and (at < 2 or value_of(tokens[at - 2].key) is None):
            yield replace(token, key=names[int(value or 0)], kind=Kind.WORD)
        else:
            yield token


def whole_dates(tokens: Sequence[Token], lists: Lists) -> list[Token]:
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


def without_past(tokens: list[Token]) -> list[Token]:
    """ "pukul delapan lewat lima belas menit" is 8 and 15; zones stay."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        is_between = (
            token.key == "lewat"
            and len(made) > 1
            and made[-2].key in CLOCKS
            and at + 1 < len(tokens)
            and value_of(tokens[at + 1].key) is not None
        )
        if not is_between:
            made.append(token)
    return made
