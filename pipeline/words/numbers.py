"""Spoken Indonesian numbers: "satu koma lima miliar" is 1.5 milliard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = (
    *("nol", "satu", "dua", "tiga", "empat"),
    *("lima", "enam", "tujuh", "delapan", "sembilan"),
)
_UNITS = {name: value for value, name in enumerate(DIGITS)}
_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
NUMBER_WORDS = frozenset((*DIGITS, *_WHOLE, *SCALES, "belas", "puluh", "ratus", "koma"))


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """Words `first` to `last` (not included) of a sequence say `value`."""

    first: int
    last: int
    value: float


def spoken_numbers(words: Sequence[str]) -> list[SpokenNumber]:
    """The numbers said in lower-case `words`, each as long as it can be."""
    found: list[SpokenNumber] = []
    index = 0
    while index < len(words):
        value, after = _number(words, index)
        if after > index:
            found.append(SpokenNumber(index, after, value))
        index = max(after, index + 1)
    return found


def _number(words: Sequence[str], at: int) -> tuple[float, int]:
    """Groups of up to three digits with falling scales; `at` comes back when there is no number."""
    total, scale_before = 0.0, float("inf")
    while True:
        group, after = _group(words, at)
        if after == at:
            return total, at
        scale = SCALES.get(words[after], 1) if after < len(words) else 1
        if words[at] == "seribu" or group >= 1000:
            scale = 1000
            group, after = 1, at + 1
        elif scale > 1:
            after += 1
        if scale >= scale_before:
            return total, at
        # Rounded, because 2.3 times a million is not 2300000 in binary.
        total, scale_before, at = round(total + group * scale, 6), scale, after
        if scale == 1:
            return total, at


def _group(words: Sequence[str], at: int) -> tuple[float, int]:
    """0 to 999, or a number with a decimal part."""
    hundreds, at_tens = _hundreds(words, at)
    tens, after = _tens(words, at_tens)
    if after < len(words) and words[after] == "koma" and after > at:
        return _decimals(words, hundreds + tens, after)
    return hundreds + tens, after


def _hundreds(words: Sequence[str], at: int) -> tuple[int, int]:
    if _word(words, at) == "seratus":
        return 100, at + 1
    if _word(words, at) in _UNITS and _word(words, at + 1) == "ratus":
        return _UNITS[words[at]] * 100, at + 2
    return 0, at


def _tens(words: Sequence[str], at: int) -> tuple[int, int]:
    word = _word(words, at)
    if word in _WHOLE and word != "seratus":
        return _WHOLE[word], at + 1
    if word not in _UNITS:
        return 0, at
    match _word(words, at + 1):
        case "belas":
            return 10 + _UNITS[word], at + 2
        case "puluh":
            unit = _word(words, at + 2)
            # "dua puluh lima ratus" is no number: a unit belongs to what follows it.
            alone = unit in _UNITS and _word(words, at + 3) not in ("ratus", "puluh", "belas")
            return _UNITS[word] * 10 + (_UNITS[unit] if alone else 0), at + (3 if alone else 2)
        case "ratus":
            return 0, at
    return _UNITS[word], at + 1


def _decimals(words: Sequence[str], whole: int, at: int) -> tuple[float, int]:
    digits = ""
    after = at + 1
    while _word(words, after) in _UNITS:
        digits += str(_UNITS[words[after]])
        after += 1
    return (float(f"{whole}.{digits}"), after) if digits else (whole, at)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
