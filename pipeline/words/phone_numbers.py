"""Telephone numbers said digit by digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.words.numbers import DIGITS
from pipeline.words.said_numbers import Written

_DIGIT = {name: str(digit) for digit, name in enumerate(DIGITS)} | {"kosong": "0"}
_NAMED = frozenset(("nomor", "telepon", "telpon", "hp", "wa", "whatsapp", "hotline", "kontak"))
_SHORTEST_PHONE, _SHORTEST_SERVICE = 8, 3
_GROUP = 4


def phones_in(words: Sequence[str]) -> Iterator[Written]:
    """Digits said one by one: from nought on, or behind “nomor”, “WhatsApp” and the like."""
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and words[last] in _DIGIT:
            last += 1
        digits = "".join(_DIGIT[word] for word in words[first:last])
        named = bool(_NAMED.intersection(words[max(0, first - 3) : first]))
        least = _SHORTEST_SERVICE if named else _SHORTEST_PHONE
        if len(digits) >= least and (named or digits.startswith("0")):
            yield Written(first, last, _in_groups(digits))
        first = max(last, first + 1)


def _in_groups(digits: str) -> str:
    if len(digits) < _SHORTEST_PHONE:
        return digits
    groups = [digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP)]
    if len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return "-".join(groups)
