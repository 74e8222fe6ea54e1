"""Which spoken numbers are written in digits, and how. A table of rules.

Source: EYD V (2022), “Angka dan bilangan”: what one word says stays a word; dates, clock times,
money, measures, shares and the numbers of laws are written in digits. What could mean two things
stays as it was said: “lima enam orang”, “ke dua puluh”, “seribu satu”, “satu setengah”.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.words.clock_times import clock_time
from pipeline.words.said_numbers import (
    COUNTED,
    GOES_ON,
    LARGE,
    MEASURES,
    Said,
    Written,
    grouped,
    has_digit,
    rounded,
    words_of,
)
from pipeline.words.spoken import spoken

_MONTHS = frozenset(spoken("id").months)
_YEARS = range(1900, 2100)
_BEFORE_A_YEAR = words_of("tahun anggaran periode sejak pada hingga sampai")
_NUMBERED = words_of("nomor pasal ayat rt rw")
_NEVER_AFTER = words_of("ke salah setengah sekian kosong")
_FEWEST_WORDS = 2


def in_digits(said: Said) -> Written | None:
    """What the number and the words that belong to it become; None where it stays as said."""
    for rule in (clock_time, _spelled_year):
        if made := rule(said):
            return made
    if could_mean_two_things(said):
        return None
    return next((made for rule in _RULES if (made := rule(said))), None)


def could_mean_two_things(said: Said) -> bool:
    """Beside another number, in front of a half, behind “ke” or “salah”; “seribu satu”."""
    first, last = said.number.first, said.number.last
    return (
        any(first == other.last or last == other.first for other in said.numbers)
        or has_digit(said.word(-1) + said.word(1))
        or said.word(1) in GOES_ON
        or said.word(-1) in _NEVER_AFTER
        or said.words[first:last] == ("seribu", "satu")
        or _leaves_out_thousands(said.words[first:last], said.value)
    )


def _leaves_out_thousands(words: tuple[str, ...], value: float) -> bool:
    """“satu juta lima ratus” is 1.500.000 to most speakers and 1.000.500 to a few."""
    large = any(word in LARGE for word in words[:-1])
    return large and words[-1] not in LARGE and 0 < value % 1_000_000 < 1000


def _spelled_year(said: Said) -> Written | None:
    """“tahun sembilan belas sembilan puluh delapan” is 1998."""
    rest = said.follower
    if said.word(-1) != "tahun" or said.value not in (19, 20) or rest is None:
        return None
    if not 10 <= rest.value < 100 or any(n.first == rest.last for n in said.numbers):
        return None
    return said.written(f"{int(said.value)}{int(rest.value)}", rest.last - rest.first)


def _day(said: Said) -> Written | None:
    is_date = said.word(1) in _MONTHS or said.word(-1) == "tanggal"
    return said.written(grouped(said.value)) if is_date and said.value in range(1, 32) else None


def _year(said: Said) -> Written | None:
    before = said.word(-1)
    sure = before in _MONTHS or before == "tahun"
    likely = before in _BEFORE_A_YEAR and said.word(1) not in COUNTED
    in_range = said.value in _YEARS and (sure or likely)
    return said.written(f"{int(said.value)}") if in_range else None


def _numbered(said: Said) -> Written | None:
    """“Pasal 27 ayat (1)”; “nomor satu” may be praise, unless a year follows."""
    kind = said.word(-1)
    if kind not in _NUMBERED or said.value != int(said.value):
        return None
    if kind == "nomor" and said.value == 1 and said.word(1) != "tahun":
        return None
    in_a_law = kind == "ayat" and "pasal" in said.words[: said.number.first]
    return said.written(f"({int(said.value)})" if in_a_law else f"{int(said.value)}")


def _money(said: Said) -> Written | None:
    """“Rp15.000”; “satu rupiah pun” is a way of speaking."""
    is_sum = said.word(1) == "rupiah" and said.value != 1
    return said.written(f"Rp{rounded(said.value)}", 1) if is_sum else None


def _share(said: Said) -> Written | None:
    return said.written(f"{grouped(said.value)}%", 1) if said.word(1) == "persen" else None


def _measure(said: Said) -> Written | None:
    return said.written(rounded(said.value)) if said.word(1) in MEASURES else None


def _count(said: Said) -> Written | None:
    """Numbers of two words and more; a bare 2026 may be a year or a number and stays."""
    perhaps_a_year = said.value in _YEARS and said.word(1) not in COUNTED
    if said.count < _FEWEST_WORDS or perhaps_a_year:
        return None
    return said.written(rounded(said.value))


_RULES: tuple[Callable[[Said], Written | None], ...] = (
    *(_day, _year, _numbered, _money, _share, _measure, _count),
)
